import type { FamilyExamples } from './family';

/** Sentences and lists of words. */
export const sentences: FamilyExamples = {
	countWords: [
		['How many words are in "the cat sat on the mat"?', 'words = "the cat sat on the mat".split()\nprint(len(words))'],
		[
			'Count the words in the sentence "we went home early".',
			'words = "we went home early".split()\nprint(len(words))',
		],
	],
	splitWords: [
		['Split "one two three" into words.', 'words = "one two three".split()\nprint(words)'],
		['List the words of "birds sing at dawn".', 'words = "birds sing at dawn".split()\nprint(words)'],
	],
	firstWord: [
		[
			'What is the first word of "open the window please"?',
			'words = "open the window please".split()\nprint(words[0])',
		],
		['Give the first word of "dogs chase cats".', 'words = "dogs chase cats".split()\nprint(words[0])'],
	],
	lastWord: [
		['What is the last word of "she likes green tea"?', 'words = "she likes green tea".split()\nprint(words[-1])'],
		['Give the last word of "snow falls in winter".', 'words = "snow falls in winter".split()\nprint(words[-1])'],
	],
	longestWord: [
		[
			'What is the longest word in "a very beautiful day"?',
			'words = "a very beautiful day".split()\nprint(max(words, key=len))',
		],
		[
			'Find the longest word of the sentence "rain makes flowers grow".',
			'words = "rain makes flowers grow".split()\nprint(max(words, key=len))',
		],
	],
	shortestWord: [
		[
			'What is the shortest word in "every little thing is fine"?',
			'words = "every little thing is fine".split()\nprint(min(words, key=len))',
		],
		[
			'Find the shortest word of the sentence "my brother plays drums".',
			'words = "my brother plays drums".split()\nprint(min(words, key=len))',
		],
	],
	reverseWords: [
		[
			'Reverse the order of the words in "red green blue".',
			'words = "red green blue".split()\nprint(" ".join(reversed(words)))',
		],
		['Reverse the words in "I am here now".', 'words = "I am here now".split()\nprint(" ".join(reversed(words)))'],
	],
	countWord: [
		[
			'How many times does the word "very" appear in "a very very long road"?',
			'words = "a very very long road".split()\nprint(words.count("very"))',
		],
		['Count the word "in" in "in and out and in".', 'words = "in and out and in".split()\nprint(words.count("in"))'],
		[
			'How many times does "a" appear in "a cat and a dog"?',
			'words = "a cat and a dog".split()\nprint(words.count("a"))',
		],
	],
	initials: [
		['What are the initials of "Ada Lovelace"?', 'words = "Ada Lovelace".split()\nprint("".join(w[0] for w in words))'],
		[
			'Take the first letter of each word in "north sea oil".',
			'words = "north sea oil".split()\nprint("".join(w[0] for w in words))',
		],
	],
	acronym: [
		[
			'Make an acronym of "frequently asked questions".',
			'words = "frequently asked questions".split()\nprint("".join(w[0] for w in words).upper())',
		],
		[
			'What is the acronym for "random access memory"?',
			'words = "random access memory".split()\nprint("".join(w[0] for w in words).upper())',
		],
	],
	wordLengths: [
		[
			'What are the lengths of the words in "the quick fox"?',
			'words = "the quick fox".split()\nprint([len(w) for w in words])',
		],
		['How long is each word of "my blue car"?', 'words = "my blue car".split()\nprint([len(w) for w in words])'],
		[
			'How long is each word in "stars are bright"?',
			'words = "stars are bright".split()\nprint([len(w) for w in words])',
		],
	],
	sortWords: [
		['Sort the words pear, fig, apple alphabetically.', 'words = ["pear", "fig", "apple"]\nprint(sorted(words))'],
		['Put "dog", "cat" and "bird" in alphabetical order.', 'words = ["dog", "cat", "bird"]\nprint(sorted(words))'],
		['Sort the names Tom, Anna, Mia.', 'words = ["Tom", "Anna", "Mia"]\nprint(sorted(words))'],
	],
	sortSentence: [
		['Sort the words in "the sun is hot".', 'words = "the sun is hot".split()\nprint(sorted(words))'],
		[
			'Put the words of "we all eat cake" in alphabetical order.',
			'words = "we all eat cake".split()\nprint(sorted(words))',
		],
	],
	longestOfList: [
		[
			'Which of the words "sky", "cloud", "rain" is the longest?',
			'words = ["sky", "cloud", "rain"]\nprint(max(words, key=len))',
		],
		['Which word is the longest: pen, chair, door?', 'words = ["pen", "chair", "door"]\nprint(max(words, key=len))'],
	],
	shortestOfList: [
		[
			'Which of the words "moon", "sun", "stars" is the shortest?',
			'words = ["moon", "sun", "stars"]\nprint(min(words, key=len))',
		],
		['Which word is the shortest: table, pen, chair?', 'words = ["table", "pen", "chair"]\nprint(min(words, key=len))'],
	],
	joinWords: [
		[
			'Join the words "sun", "moon" and "star" with a comma.',
			'words = ["sun", "moon", "star"]\nprint(",".join(words))',
		],
		['Join red, blue, pink with a dash.', 'words = ["red", "blue", "pink"]\nprint("-".join(words))'],
	],
	appendText: [
		['Join "rain" and "bow" into one word.', 'print("rain" + "bow")'],
		['Combine the texts "foot" and "ball".', 'print("foot" + "ball")'],
	],
	countWordItems: [
		['How many items are in "milk", "bread", "eggs"?', 'words = ["milk", "bread", "eggs"]\nprint(len(words))'],
		['How many fruits are in apple, kiwi, plum, lime?', 'words = ["apple", "kiwi", "plum", "lime"]\nprint(len(words))'],
	],
};
