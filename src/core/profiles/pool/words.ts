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
		['How many times does the letter "s" appear in "mississippi"?', 'text = "mississippi"\nprint(text.count("s"))'],
		['Count the letter "a" in "banana".', 'text = "banana"\nprint(text.count("a"))'],
		['How many "e" are in "cheese"?', 'text = "cheese"\nprint(text.count("e"))'],
		['How many "t" does "butter" have?', 'text = "butter"\nprint(text.count("t"))'],
	],
	countVowels: [
		[
			'How many vowels are in the word "umbrella"?',
			'text = "umbrella"\nvowels = [c for c in text if c in "aeiou"]\nprint(len(vowels))',
		],
		[
			'Count the vowels in "education".',
			'text = "education"\nvowels = [c for c in text if c in "aeiou"]\nprint(len(vowels))',
		],
		[
			'How many vowels does "avocado" have?',
			'text = "avocado"\nvowels = [c for c in text if c in "aeiou"]\nprint(len(vowels))',
		],
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
		['Give the first 3 letters of "mountain".', 'text = "mountain"\nprint(text[:3])'],
		['What are the first 5 characters of "watermelon"?', 'text = "watermelon"\nprint(text[:5])'],
	],
	lastLetter: [
		['What is the last letter of "kitchen"?', 'text = "kitchen"\nprint(text[-1])'],
		['Show the last letter of the word "summer".', 'text = "summer"\nprint(text[-1])'],
	],
	lastLetters: [
		['Give the last 4 letters of "butterfly".', 'text = "butterfly"\nprint(text[-4:])'],
		['What are the last 2 characters of "island"?', 'text = "island"\nprint(text[-2:])'],
	],
	letterAt: [
		['What is the 3rd letter of "planet"?', 'text = "planet"\nposition = 3\nprint(text[position - 1])'],
		['Which letter is at position 5 in "diamond"?', 'text = "diamond"\nposition = 5\nprint(text[position - 1])'],
		['What is the 6th letter of "keyboard"?', 'text = "keyboard"\nposition = 6\nprint(text[position - 1])'],
		['What is the 2nd letter of "sugar"?', 'text = "sugar"\nposition = 2\nprint(text[position - 1])'],
	],
	findLetter: [
		['At which index is "n" in "mango"?', 'text = "mango"\nprint(text.index("n"))'],
		['Find the position of "r" in "forest".', 'text = "forest"\nprint(text.index("r"))'],
	],
	containsText: [
		['Does "blueberry" contain "berry"?', 'text = "blueberry"\nprint("berry" in text)'],
		['Is the letter "z" in "jazz"?', 'text = "jazz"\nprint("z" in text)'],
	],
	startsWith: [
		['Does "sunflower" start with "sun"?', 'text = "sunflower"\nprint(text.startswith("sun"))'],
		['Does the word "raincoat" begin with "ran"?', 'text = "raincoat"\nprint(text.startswith("ran"))'],
	],
	endsWith: [
		['Does "homework" end with "work"?', 'text = "homework"\nprint(text.endswith("work"))'],
		['Does the word "teacher" end in "er"?', 'text = "teacher"\nprint(text.endswith("er"))'],
	],
	replaceText: [
		['Replace "a" with "o" in "salad".', 'text = "salad"\nprint(text.replace("a", "o"))'],
		['Replace "red" by "blue" in "red car, red hat".', 'text = "red car, red hat"\nprint(text.replace("red", "blue"))'],
	],
	removeSpaces: [
		['Remove the spaces from "a b c d".', 'text = "a b c d"\nprint(text.replace(" ", ""))'],
		['Delete all spaces in "good night moon".', 'text = "good night moon"\nprint(text.replace(" ", ""))'],
	],
	removeLetter: [
		['Remove every "l" from "yellow".', 'text = "yellow"\nprint(text.replace("l", ""))'],
		['Delete the letter "o" from "school".', 'text = "school"\nprint(text.replace("o", ""))'],
		['Remove the letter "e" from "cheese".', 'text = "cheese"\nprint(text.replace("e", ""))'],
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
		['Are "listen" and "silent" anagrams?', 'print(sorted("listen") == sorted("silent"))'],
		['Is "apple" an anagram of "peach"?', 'print(sorted("apple") == sorted("peach"))'],
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
		['Which letter has the ASCII code 75?', 'print(chr(75))'],
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
