import type { FamilyExamples } from './family';

/** Sentences and lists of words. */
export const sentences: FamilyExamples = {
	countWords: [
		['How many words are in "the cat sat on the mat"?', 'text = "the cat sat on the mat"\nprint(len(text.split()))'],
		['Count the words in the sentence "we went home early".', 'text = "we went home early"\nprint(len(text.split()))'],
	],
	splitWords: [
		['Split "one two three" into words.', 'text = "one two three"\nprint(text.split())'],
		['List the words of "birds sing at dawn".', 'text = "birds sing at dawn"\nprint(text.split())'],
	],
	firstWord: [
		['What is the first word of "open the window please"?', 'text = "open the window please"\nprint(text.split()[0])'],
		['Give the first word of "dogs chase cats".', 'text = "dogs chase cats"\nprint(text.split()[0])'],
	],
	lastWord: [
		['What is the last word of "she likes green tea"?', 'text = "she likes green tea"\nprint(text.split()[-1])'],
		['Give the last word of "snow falls in winter".', 'text = "snow falls in winter"\nprint(text.split()[-1])'],
	],
	longestWord: [
		[
			'What is the longest word in "a very beautiful day"?',
			'text = "a very beautiful day"\nprint(max(text.split(), key=len))',
		],
		[
			'Find the longest word of the sentence "rain makes flowers grow".',
			'text = "rain makes flowers grow"\nprint(max(text.split(), key=len))',
		],
	],
	shortestWord: [
		[
			'What is the shortest word in "every little thing is fine"?',
			'text = "every little thing is fine"\nprint(min(text.split(), key=len))',
		],
		[
			'Find the shortest word of the sentence "my brother plays drums".',
			'text = "my brother plays drums"\nprint(min(text.split(), key=len))',
		],
	],
	reverseWords: [
		[
			'Reverse the order of the words in "red green blue".',
			'text = "red green blue"\nprint(" ".join(reversed(text.split())))',
		],
		['Reverse the words in "I am here now".', 'text = "I am here now"\nprint(" ".join(reversed(text.split())))'],
	],
	countWord: [
		[
			'How many times does the word "very" appear in "a very very long road"?',
			'text = "a very very long road"\nprint(text.split().count("very"))',
		],
		['Count the word "in" in "in and out and in".', 'text = "in and out and in"\nprint(text.split().count("in"))'],
		[
			'How many times does "a" appear in "a cat and a dog"?',
			'text = "a cat and a dog"\nprint(text.split().count("a"))',
		],
	],
	initials: [
		['What are the initials of "Ada Lovelace"?', 'text = "Ada Lovelace"\nprint("".join(w[0] for w in text.split()))'],
		[
			'Take the first letter of each word in "north sea oil".',
			'text = "north sea oil"\nprint("".join(w[0] for w in text.split()))',
		],
	],
	acronym: [
		[
			'Make an acronym of "frequently asked questions".',
			'text = "frequently asked questions"\nprint("".join(w[0] for w in text.split()).upper())',
		],
		[
			'What is the acronym for "random access memory"?',
			'text = "random access memory"\nprint("".join(w[0] for w in text.split()).upper())',
		],
	],
	wordLengths: [
		[
			'What are the lengths of the words in "the quick fox"?',
			'text = "the quick fox"\nprint([len(w) for w in text.split()])',
		],
		['How long is each word of "my blue car"?', 'text = "my blue car"\nprint([len(w) for w in text.split()])'],
		[
			'How long is each word in "stars are bright"?',
			'text = "stars are bright"\nprint([len(w) for w in text.split()])',
		],
	],
	sortWords: [
		['Sort the words pear, fig, apple alphabetically.', 'words = ["pear", "fig", "apple"]\nprint(sorted(words))'],
		['Put "dog", "cat" and "bird" in alphabetical order.', 'words = ["dog", "cat", "bird"]\nprint(sorted(words))'],
		['Sort the names Tom, Anna, Mia.', 'words = ["Tom", "Anna", "Mia"]\nprint(sorted(words))'],
	],
	sortSentence: [
		['Sort the words in "the sun is hot".', 'text = "the sun is hot"\nprint(sorted(text.split()))'],
		[
			'Put the words of "we all eat cake" in alphabetical order.',
			'text = "we all eat cake"\nprint(sorted(text.split()))',
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
