import type { FamilyExamples } from './family';

/** Lists of numbers that stand in the task. */
export const numberLists: FamilyExamples = {
	listSum: [
		['What is the sum of 12, 7, 30 and 5?', 'numbers = [12, 7, 30, 5]\nprint(sum(numbers))'],
		['Add up the list [4, 8, 15, 16].', 'numbers = [4, 8, 15, 16]\nprint(sum(numbers))'],
		['Add the numbers 21, 6, 11 and 40.', 'numbers = [21, 6, 11, 40]\nprint(sum(numbers))'],
	],
	average: [
		['What is the average of 6, 9, 14 and 3?', 'numbers = [6, 9, 14, 3]\nprint(statistics.mean(numbers))'],
		['Find the mean of [70, 85, 91].', 'numbers = [70, 85, 91]\nprint(statistics.mean(numbers))'],
		['average of 2.5, 3.5, 6, 10, 12', 'numbers = [2.5, 3.5, 6, 10, 12]\nprint(statistics.mean(numbers))'],
		['mean of 8, 2, 5', 'numbers = [8, 2, 5]\nprint(statistics.mean(numbers))'],
		[
			'Find the average of 14, 20, 9, 31, 6 and 10.',
			'numbers = [14, 20, 9, 31, 6, 10]\nprint(statistics.mean(numbers))',
		],
	],
	median: [
		['What is the median of 8, 3, 11, 5 and 2?', 'numbers = [8, 3, 11, 5, 2]\nprint(statistics.median(numbers))'],
		['Find the median of [40, 10, 30, 20].', 'numbers = [40, 10, 30, 20]\nprint(statistics.median(numbers))'],
	],
	mostCommon: [
		[
			'Which number appears most often in 2, 5, 2, 8, 2, 5?',
			'numbers = [2, 5, 2, 8, 2, 5]\nprint(statistics.mode(numbers))',
		],
		['Find the mode of [7, 1, 7, 3].', 'numbers = [7, 1, 7, 3]\nprint(statistics.mode(numbers))'],
		[
			'What is the most common number in [9, 4, 9, 6, 4, 9]?',
			'numbers = [9, 4, 9, 6, 4, 9]\nprint(statistics.mode(numbers))',
		],
		['Which value is the most frequent in [6, 1, 6]?', 'numbers = [6, 1, 6]\nprint(statistics.mode(numbers))'],
	],
	largest: [
		['What is the largest of 14, 82, 35 and 60?', 'numbers = [14, 82, 35, 60]\nprint(max(numbers))'],
		['Find the maximum of [5, 1, 9, 4].', 'numbers = [5, 1, 9, 4]\nprint(max(numbers))'],
		['Which number is the biggest: 45, 12, 78?', 'numbers = [45, 12, 78]\nprint(max(numbers))'],
		['max of 31, 90, 56', 'numbers = [31, 90, 56]\nprint(max(numbers))'],
	],
	smallest: [
		['What is the smallest of 21, 6, 17 and 40?', 'numbers = [21, 6, 17, 40]\nprint(min(numbers))'],
		['Find the minimum of [33, 8, 25].', 'numbers = [33, 8, 25]\nprint(min(numbers))'],
		['Which number is the lowest: 64, 19, 27?', 'numbers = [64, 19, 27]\nprint(min(numbers))'],
	],
	spread: [
		[
			'What is the difference between the largest and the smallest of 4, 19, 11?',
			'numbers = [4, 19, 11]\nprint(max(numbers) - min(numbers))',
		],
		['What is the range of [50, 20, 90]?', 'numbers = [50, 20, 90]\nprint(max(numbers) - min(numbers))'],
	],
	listProduct: [
		['What is the product of the numbers in [2, 5, 10]?', 'numbers = [2, 5, 10]\nprint(math.prod(numbers))'],
		['Multiply the numbers 3, 4, 5 and 6.', 'numbers = [3, 4, 5, 6]\nprint(math.prod(numbers))'],
	],
	sortUp: [
		['Sort the numbers 9, 2, 14, 7.', 'numbers = [9, 2, 14, 7]\nprint(sorted(numbers))'],
		['Sort [31, 4, 15, 9] in ascending order.', 'numbers = [31, 4, 15, 9]\nprint(sorted(numbers))'],
		['Put 60, 20 and 40 in order from smallest to largest.', 'numbers = [60, 20, 40]\nprint(sorted(numbers))'],
		['Sort 12, 5, 8, 1.', 'numbers = [12, 5, 8, 1]\nprint(sorted(numbers))'],
	],
	sortDown: [
		['Sort the numbers 3, 18, 7 in descending order.', 'numbers = [3, 18, 7]\nprint(sorted(numbers, reverse=True))'],
		[
			'Put [5, 12, 8, 1] in order from largest to smallest.',
			'numbers = [5, 12, 8, 1]\nprint(sorted(numbers, reverse=True))',
		],
		['Sort [16, 24, 9, 30] in descending order.', 'numbers = [16, 24, 9, 30]\nprint(sorted(numbers, reverse=True))'],
	],
	reverseList: [
		['Reverse the list [1, 4, 9, 16].', 'numbers = [1, 4, 9, 16]\nprint(numbers[::-1])'],
		['Show the numbers 8, 6, 7 in reverse order.', 'numbers = [8, 6, 7]\nprint(numbers[::-1])'],
	],
	countItems: [
		['How many numbers are in the list [3, 1, 4, 1, 5]?', 'numbers = [3, 1, 4, 1, 5]\nprint(len(numbers))'],
		['What is the length of the list [10, 20, 30]?', 'numbers = [10, 20, 30]\nprint(len(numbers))'],
		['How many elements are in [8, 8, 3]?', 'numbers = [8, 8, 3]\nprint(len(numbers))'],
	],
	countValue: [
		['How many times does 4 appear in [4, 2, 4, 4, 9]?', 'numbers = [4, 2, 4, 4, 9]\nprint(numbers.count(4))'],
		['Count the number 7 in [7, 1, 7, 3].', 'numbers = [7, 1, 7, 3]\nprint(numbers.count(7))'],
	],
	removeDuplicates: [
		['Remove the duplicates from [3, 5, 3, 8, 5].', 'numbers = [3, 5, 3, 8, 5]\nprint(list(dict.fromkeys(numbers)))'],
		[
			'What are the unique values in [1, 1, 2, 6, 2]?',
			'numbers = [1, 1, 2, 6, 2]\nprint(list(dict.fromkeys(numbers)))',
		],
		['Give the unique numbers of [8, 3, 8, 8, 1].', 'numbers = [8, 3, 8, 8, 1]\nprint(list(dict.fromkeys(numbers)))'],
	],
	countDistinct: [
		['How many different numbers are in [9, 9, 4, 2]?', 'numbers = [9, 9, 4, 2]\nprint(len(set(numbers)))'],
		['Count the distinct values in [5, 1, 5, 5].', 'numbers = [5, 1, 5, 5]\nprint(len(set(numbers)))'],
	],
	filterEvens: [
		[
			'Which numbers in [11, 4, 7, 10, 2] are even?',
			'numbers = [11, 4, 7, 10, 2]\nprint([n for n in numbers if n % 2 == 0])',
		],
		[
			'Find the even numbers in [6, 13, 20, 35].',
			'numbers = [6, 13, 20, 35]\nprint([n for n in numbers if n % 2 == 0])',
		],
	],
	filterOdds: [
		[
			'Keep only the odd numbers of [1, 6, 9, 12].',
			'numbers = [1, 6, 9, 12]\nprint([n for n in numbers if n % 2 == 1])',
		],
		['Which numbers in [5, 8, 14, 3] are odd?', 'numbers = [5, 8, 14, 3]\nprint([n for n in numbers if n % 2 == 1])'],
	],
	filterGreater: [
		[
			'Which numbers in [15, 3, 22, 8] are greater than 10?',
			'numbers = [15, 3, 22, 8]\nprint([n for n in numbers if n > 10])',
		],
		['Which of 25, 70, 41, 9 are larger than 40?', 'numbers = [25, 70, 41, 9]\nprint([n for n in numbers if n > 40])'],
		['Which of 18, 33, 5, 27 are greater than 15?', 'numbers = [18, 33, 5, 27]\nprint([n for n in numbers if n > 15])'],
	],
	filterSmaller: [
		[
			'Which numbers in [6, 40, 13, 55] are less than 30?',
			'numbers = [6, 40, 13, 55]\nprint([n for n in numbers if n < 30])',
		],
		['Which of 12, 3, 8, 20 are smaller than 10?', 'numbers = [12, 3, 8, 20]\nprint([n for n in numbers if n < 10])'],
	],
	multiplyList: [
		['Double every number in [2, 7, 9].', 'numbers = [2, 7, 9]\nprint([n * 2 for n in numbers])'],
		['Multiply each number in [1, 8, 20] by 5.', 'numbers = [1, 8, 20]\nprint([n * 5 for n in numbers])'],
	],
	addToList: [
		['Add 5 to each number in [1, 3, 10].', 'numbers = [1, 3, 10]\nprint([n + 5 for n in numbers])'],
		['Increase every number of [4, 6, 30] by 2.', 'numbers = [4, 6, 30]\nprint([n + 2 for n in numbers])'],
	],
	squareList: [
		['Square each number in [2, 4, 6].', 'numbers = [2, 4, 6]\nprint([n ** 2 for n in numbers])'],
		['What are the squares of 3, 5 and 11?', 'numbers = [3, 5, 11]\nprint([n ** 2 for n in numbers])'],
	],
	contains: [
		['Is 12 in the list [3, 12, 20]?', 'print(12 in [3, 12, 20])'],
		['Does [1, 5, 9] contain 7?', 'print(7 in [1, 5, 9])'],
	],
};
