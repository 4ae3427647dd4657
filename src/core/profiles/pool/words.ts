import type { FamilyExamples } from './family';

/** One word or one piece of text as a whole. */
export const words: FamilyExamples = {
	reverseText: [
		['Reverse the word "garden".', 'print("garden"[::-1])'],
		['Spell "window" backwards.', 'print("window"[::-1])'],
		['What is "hello there" reversed?', 'print("hello there"[::-1])'],
	],
	countLetters: [
		['How many letters are in the word "elephant"?', 'print(len("elephant"))'],
		['letters in "pencil"', 'print(len("pencil"))'],
		['How long is the text "good morning"?', 'print(len("good morning"))'],
		['How many characters does "notebook" have?', 'print(len("notebook"))'],
	],
	countLetter: [
		['How many times does the letter "s" appear in "mississippi"?', 'print("mississippi".count("s"))'],
		['Count the letter "a" in "banana".', 'print("banana".count("a"))'],
		['How many e\'s are in "cheese"?', 'print("cheese".count("e"))'],
	],
	countVowels: [
		['How many vowels are in "umbrella"?', 'print(sum("umbrella".count(v) for v in "aeiou"))'],
		['Count the vowels in "education".', 'print(sum("education".count(v) for v in "aeiou"))'],
	],
	upperCase: [
		['Write "good luck" in upper case.', 'print("good luck".upper())'],
		['Convert "river" to capital letters.', 'print("river".upper())'],
	],
	lowerCase: [
		['Write "WELCOME" in lower case.', 'print("WELCOME".lower())'],
		['Convert "Big Apple" to small letters.', 'print("Big Apple".lower())'],
	],
	titleCase: [
		['Capitalize each word in "the old man and the sea".', 'print("the old man and the sea".title())'],
		['Write "summer holiday" in title case.', 'print("summer holiday".title())'],
	],
	firstLetter: [
		['What is the first letter of "orange"?', 'print("orange"[0])'],
		['Give the first 3 letters of "mountain".', 'print("mountain"[:3])'],
	],
	lastLetter: [
		['What is the last letter of "kitchen"?', 'print("kitchen"[-1])'],
		['Give the last 4 letters of "butterfly".', 'print("butterfly"[-4:])'],
	],
	letterAt: [
		['What is the 3rd letter of "planet"?', 'print("planet"[3 - 1])'],
		['Which letter is at position 5 in "diamond"?', 'print("diamond"[5 - 1])'],
	],
	findLetter: [
		['At which index is "n" in "mango"?', 'print("mango".index("n"))'],
		['Find the position of "r" in "forest".', 'print("forest".index("r"))'],
	],
	containsText: [
		['Does "blueberry" contain "berry"?', 'print("berry" in "blueberry")'],
		['Is the letter "z" in "jazz"?', 'print("z" in "jazz")'],
	],
	startsWith: [
		['Does "sunflower" start with "sun"?', 'print("sunflower".startswith("sun"))'],
		['Does "homework" end with "work"?', 'print("homework".endswith("work"))'],
	],
	replaceText: [
		['Replace "a" with "o" in "salad".', 'print("salad".replace("a", "o"))'],
		['In "red car, red hat" replace "red" by "blue".', 'print("red car, red hat".replace("red", "blue"))'],
	],
	removeText: [
		['Remove the spaces from "a b c d".', 'print("a b c d".replace(" ", ""))'],
		['Remove every "l" from "yellow".', 'print("yellow".replace("l", ""))'],
		['Remove the vowels from "computer".', 'print("".join(c for c in "computer" if c not in "aeiou"))'],
	],
	repeatText: [
		['Repeat "ha" 5 times.', 'print("ha" * 5)'],
		['Print the word "echo" 3 times.', 'print("echo" * 3)'],
	],
	isPalindrome: [
		['Is "level" a palindrome?', 'print("level" == "level"[::-1])'],
		['Check whether "banana" is a palindrome.', 'print("banana" == "banana"[::-1])'],
	],
	isAnagram: [
		['Are "listen" and "silent" anagrams?', 'print(sorted("listen") == sorted("silent"))'],
		['Is "apple" an anagram of "peach"?', 'print(sorted("apple") == sorted("peach"))'],
	],
	sortLetters: [
		['Sort the letters of "zebra".', 'print("".join(sorted("zebra")))'],
		['Put the letters of "monkey" in alphabetical order.', 'print("".join(sorted("monkey")))'],
	],
	uniqueLetters: [
		['How many different letters are in "balloon"?', 'print(len(set("balloon")))'],
		['Count the unique characters in "pepper".', 'print(len(set("pepper")))'],
	],
	spellOut: [
		['List the letters of "cat".', 'print(list("cat"))'],
		['Write "tiger" with a dash between the letters.', 'print("-".join("tiger"))'],
	],
	mostCommonLetter: [
		['Which letter appears most often in "tattoo"?', 'print(max("tattoo", key="tattoo".count))'],
		['What is the most common letter in "assess"?', 'print(max("assess", key="assess".count))'],
	],
	characterCode: [
		['What is the ASCII code of "K"?', 'print(ord("K"))'],
		['Which character has the code 66?', 'print(chr(66))'],
	],
	compareText: [
		['Which is longer, "ocean" or "lake"?', 'print(max("ocean", "lake", key=len))'],
		['Which word comes first in the alphabet, "grape" or "fig"?', 'print(min("grape", "fig"))'],
	],
};
