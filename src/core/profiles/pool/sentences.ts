import type { FamilyExamples } from './family';

/** Sentences and lists of words. */
export const sentences: FamilyExamples = {
	countWords: [
		['How many words are in "the cat sat on the mat"?', 'print(len("the cat sat on the mat".split()))'],
		['Count the words in the sentence "we went home early".', 'print(len("we went home early".split()))'],
	],
	splitWords: [
		['Split "one two three" into words.', 'print("one two three".split())'],
		['List the words of "birds sing at dawn".', 'print("birds sing at dawn".split())'],
	],
	firstWord: [
		['What is the first word of "open the window please"?', 'print("open the window please".split()[0])'],
		['What is the last word of "she likes green tea"?', 'print("she likes green tea".split()[-1])'],
	],
	longestWord: [
		['What is the longest word in "a very beautiful day"?', 'print(max("a very beautiful day".split(), key=len))'],
		[
			'Find the shortest word in "every little thing is fine".',
			'print(min("every little thing is fine".split(), key=len))',
		],
	],
	reverseWords: [
		['Reverse the order of the words in "red green blue".', 'print(" ".join("red green blue".split()[::-1]))'],
		['Write the words of "I am here" in reverse order.', 'print(" ".join("I am here".split()[::-1]))'],
	],
	countWord: [
		[
			'How many times does the word "very" appear in "a very very long road"?',
			'print("a very very long road".split().count("very"))',
		],
		['Count the word "in" in "in and out and in".', 'print("in and out and in".split().count("in"))'],
	],
	initials: [
		['What are the initials of "Ada Lovelace"?', 'print("".join(w[0] for w in "Ada Lovelace".split()))'],
		[
			'Make an acronym of "frequently asked questions".',
			'print("".join(w[0] for w in "frequently asked questions".split()).upper())',
		],
	],
	wordLengths: [
		['What are the lengths of the words in "the quick fox"?', 'print([len(w) for w in "the quick fox".split()])'],
		['How many letters does each word of "my blue car" have?', 'print([len(w) for w in "my blue car".split()])'],
	],
	sortWords: [
		['Sort the words pear, fig, apple alphabetically.', 'print(sorted(["pear", "fig", "apple"]))'],
		['Put "dog", "cat" and "bird" in alphabetical order.', 'print(sorted(["dog", "cat", "bird"]))'],
		['Sort the words in "the sun is hot".', 'print(sorted("the sun is hot".split()))'],
	],
	longestOfList: [
		['Which of the words "sky", "cloud", "rain" is the longest?', 'print(max(["sky", "cloud", "rain"], key=len))'],
		['Which word is the shortest: table, pen, chair?', 'print(min(["table", "pen", "chair"], key=len))'],
	],
	joinWords: [
		['Join the words "sun", "moon" and "star" with a comma.', 'print(",".join(["sun", "moon", "star"]))'],
		['Join "rain" and "bow" into one word.', 'print("rain" + "bow")'],
	],
	countWordItems: [
		['How many items are in the list "milk", "bread", "eggs"?', 'print(len(["milk", "bread", "eggs"]))'],
		['How many fruits are in apple, kiwi, plum, lime?', 'print(len(["apple", "kiwi", "plum", "lime"]))'],
	],
};
