import type { FamilyExamples } from './family';

/** One word or one piece of text as a whole. */
export const words: FamilyExamples = {
	reverseText: [
		['Reverse the word "garden".', 'text = "garden"\nprint(text[::-1])'],
		['Spell "window" backwards.', 'text = "window"\nprint(text[::-1])'],
		['What is "hello there" reversed?', 'text = "hello there"\nprint(text[::-1])'],
	],
	countLetters: [
		['How many letters are in the word "elephant"?', 'text = "elephant"\nprint(len(text))'],
		['letters in "pencil"', 'text = "pencil"\nprint(len(text))'],
		['How long is the text "good morning"?', 'text = "good morning"\nprint(len(text))'],
		['How many characters does "notebook" have?', 'text = "notebook"\nprint(len(text))'],
		['What is the length of the word "holiday"?', 'text = "holiday"\nprint(len(text))'],
	],
	countLetter: [
		[
			'How many times does the letter "s" appear in "mississippi"?',
			'letter, text = "s", "mississippi"\nprint(text.count(letter))',
		],
		['Count the letter "a" in "banana".', 'letter, text = "a", "banana"\nprint(text.count(letter))'],
		['How many "e" are in "cheese"?', 'letter, text = "e", "cheese"\nprint(text.count(letter))'],
		['How many "t" does "butter" have?', 'letter, text = "t", "butter"\nprint(text.count(letter))'],
	],
	countVowels: [
		['How many vowels are in the word "umbrella"?', 'text = "umbrella"\nprint(sum(c in "aeiou" for c in text))'],
		['Count the vowels in "education".', 'text = "education"\nprint(sum(c in "aeiou" for c in text))'],
	],
	upperCase: [
		['Write "good luck" in upper case.', 'text = "good luck"\nprint(text.upper())'],
		['Convert "river" to capital letters.', 'text = "river"\nprint(text.upper())'],
		['"thank you" in upper case', 'text = "thank you"\nprint(text.upper())'],
	],
	lowerCase: [
		['Write "WELCOME" in lower case.', 'text = "WELCOME"\nprint(text.lower())'],
		['Convert "Big Apple" to small letters.', 'text = "Big Apple"\nprint(text.lower())'],
		['"NO ENTRY" in lower case', 'text = "NO ENTRY"\nprint(text.lower())'],
	],
	titleCase: [
		['Capitalize each word in "the old man and the sea".', 'text = "the old man and the sea"\nprint(text.title())'],
		['Write "summer holiday" in title case.', 'text = "summer holiday"\nprint(text.title())'],
	],
	firstLetter: [
		['What is the first letter of "orange"?', 'text = "orange"\nprint(text[0])'],
		['Show the first letter of the word "dragon".', 'text = "dragon"\nprint(text[0])'],
	],
	firstLetters: [
		['Give the first 3 letters of "mountain".', 'n, text = 3, "mountain"\nprint(text[:n])'],
		['What are the first 5 characters of "watermelon"?', 'n, text = 5, "watermelon"\nprint(text[:n])'],
	],
	lastLetter: [
		['What is the last letter of "kitchen"?', 'text = "kitchen"\nprint(text[-1])'],
		['Show the last letter of the word "summer".', 'text = "summer"\nprint(text[-1])'],
	],
	lastLetters: [
		['Give the last 4 letters of "butterfly".', 'n, text = 4, "butterfly"\nprint(text[-n:])'],
		['What are the last 2 characters of "island"?', 'n, text = 2, "island"\nprint(text[-n:])'],
	],
	letterAt: [
		['What is the 3rd letter of "planet"?', 'position, text = 3, "planet"\nprint(text[position - 1])'],
		['Which letter is at position 5 in "diamond"?', 'position, text = 5, "diamond"\nprint(text[position - 1])'],
		['What is the 6th letter of "keyboard"?', 'position, text = 6, "keyboard"\nprint(text[position - 1])'],
		['What is the 2nd letter of "sugar"?', 'position, text = 2, "sugar"\nprint(text[position - 1])'],
	],
	findLetter: [
		['At which index is "n" in "mango"?', 'letter, text = "n", "mango"\nprint(text.index(letter))'],
		['Find the position of "r" in "forest".', 'letter, text = "r", "forest"\nprint(text.index(letter))'],
	],
	containsText: [
		['Does "blueberry" contain "berry"?', 'text, part = "blueberry", "berry"\nprint(part in text)'],
		['Is the letter "z" in "jazz"?', 'part, text = "z", "jazz"\nprint(part in text)'],
	],
	startsWith: [
		['Does "sunflower" start with "sun"?', 'text, part = "sunflower", "sun"\nprint(text.startswith(part))'],
		['Does the word "raincoat" begin with "ran"?', 'text, part = "raincoat", "ran"\nprint(text.startswith(part))'],
	],
	endsWith: [
		['Does "homework" end with "work"?', 'text, part = "homework", "work"\nprint(text.endswith(part))'],
		['Does the word "teacher" end in "er"?', 'text, part = "teacher", "er"\nprint(text.endswith(part))'],
	],
	replaceText: [
		['Replace "a" with "o" in "salad".', 'old, new, text = "a", "o", "salad"\nprint(text.replace(old, new))'],
		[
			'Replace "red" by "blue" in "red car, red hat".',
			'old, new, text = "red", "blue", "red car, red hat"\nprint(text.replace(old, new))',
		],
	],
	removeSpaces: [
		['Remove the spaces from "a b c d".', 'text = "a b c d"\nprint(text.replace(" ", ""))'],
		['Delete all spaces in "good night moon".', 'text = "good night moon"\nprint(text.replace(" ", ""))'],
	],
	removeLetter: [
		['Remove every "l" from "yellow".', 'letter, text = "l", "yellow"\nprint(text.replace(letter, ""))'],
		['Delete the letter "o" from "school".', 'letter, text = "o", "school"\nprint(text.replace(letter, ""))'],
		['Remove the letter "e" from "cheese".', 'letter, text = "e", "cheese"\nprint(text.replace(letter, ""))'],
	],
	removeVowels: [
		['Remove the vowels from "computer".', 'text = "computer"\nprint("".join(c for c in text if c not in "aeiou"))'],
		[
			'Write "information" without vowels.',
			'text = "information"\nprint("".join(c for c in text if c not in "aeiou"))',
		],
	],
	repeatText: [
		['Repeat "ha" 5 times.', 'print("ha" * 5)'],
		['Print the word "echo" 3 times.', 'print("echo" * 3)'],
	],
	isPalindrome: [
		['Is "level" a palindrome?', 'text = "level"\nprint(text == text[::-1])'],
		['Check whether the word "banana" is a palindrome.', 'text = "banana"\nprint(text == text[::-1])'],
	],
	isAnagram: [
		[
			'Are "listen" and "silent" anagrams?',
			'first, second = "listen", "silent"\nprint(sorted(first) == sorted(second))',
		],
		['Is "apple" an anagram of "peach"?', 'first, second = "apple", "peach"\nprint(sorted(first) == sorted(second))'],
	],
	sortLetters: [
		['Sort the letters of "zebra".', 'text = "zebra"\nprint("".join(sorted(text)))'],
		['Put the letters of "monkey" in alphabetical order.', 'text = "monkey"\nprint("".join(sorted(text)))'],
	],
	uniqueLetters: [
		['How many different letters are in "balloon"?', 'text = "balloon"\nprint(len(set(text)))'],
		['How many unique characters are in "pepper"?', 'text = "pepper"\nprint(len(set(text)))'],
	],
	spellOut: [
		['List the letters of "cat".', 'text = "cat"\nprint(list(text))'],
		['Split the word "river" into letters.', 'text = "river"\nprint(list(text))'],
	],
	mostCommonLetter: [
		['Which letter appears most often in "tattoo"?', 'text = "tattoo"\nprint(max(text, key=text.count))'],
		['What is the most common letter in "assess"?', 'text = "assess"\nprint(max(text, key=text.count))'],
	],
	characterCode: [
		['What is the ASCII code of "K"?', 'print(ord("K"))'],
		['Give the character code of "m".', 'print(ord("m"))'],
	],
	characterOfCode: [
		['Which character has the code 66?', 'print(chr(66))'],
		['What letter is ASCII code 110?', 'print(chr(110))'],
		['What character has the code 36?', 'print(chr(36))'],
	],
	longerText: [
		['Which is longer, "ocean" or "lake"?', 'a, b = "ocean", "lake"\nprint(max(a, b, key=len))'],
		['Which word is longer, "pea" or "potato"?', 'a, b = "pea", "potato"\nprint(max(a, b, key=len))'],
	],
	firstInAlphabet: [
		['Which word comes first in the alphabet, "grape" or "fig"?', 'a, b = "grape", "fig"\nprint(min(a, b))'],
		['Does "lion" or "bear" come first alphabetically?', 'a, b = "lion", "bear"\nprint(min(a, b))'],
	],
};
