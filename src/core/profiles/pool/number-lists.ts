import type { FamilyExamples } from './family';

/** Lists of numbers that stand in the task. */
export const numberLists: FamilyExamples = {
	listSum: [
		['What is the sum of 12, 7, 30 and 5?', 'print(sum([12, 7, 30, 5]))'],
		['Add up the list [4, 8, 15, 16].', 'print(sum([4, 8, 15, 16]))'],
	],
	average: [
		['What is the average of 6, 9, 14 and 3?', 'print(statistics.mean([6, 9, 14, 3]))'],
		['Find the mean of [70, 85, 91].', 'print(statistics.mean([70, 85, 91]))'],
		['Calculate the average of 2.5, 3.5 and 6.', 'print(statistics.mean([2.5, 3.5, 6]))'],
	],
	median: [
		['What is the median of 8, 3, 11, 5 and 2?', 'print(statistics.median([8, 3, 11, 5, 2]))'],
		['Find the median of [40, 10, 30, 20].', 'print(statistics.median([40, 10, 30, 20]))'],
	],
	mostCommon: [
		['Which number appears most often in 2, 5, 2, 8, 2, 5?', 'print(statistics.mode([2, 5, 2, 8, 2, 5]))'],
		['Find the mode of [7, 1, 7, 3].', 'print(statistics.mode([7, 1, 7, 3]))'],
	],
	largest: [
		['What is the largest of 14, 82, 35 and 60?', 'print(max([14, 82, 35, 60]))'],
		['Find the maximum of [5, 1, 9, 4].', 'print(max([5, 1, 9, 4]))'],
		['Which number is the biggest: 45, 12, 78?', 'print(max([45, 12, 78]))'],
	],
	smallest: [
		['What is the smallest of 21, 6, 17 and 40?', 'print(min([21, 6, 17, 40]))'],
		['Find the minimum of [33, 8, 25].', 'print(min([33, 8, 25]))'],
	],
	spread: [
		[
			'What is the difference between the largest and the smallest of 4, 19, 11?',
			'print(max([4, 19, 11]) - min([4, 19, 11]))',
		],
		['Find the range of [50, 20, 90].', 'print(max([50, 20, 90]) - min([50, 20, 90]))'],
	],
	listProduct: [
		['What is the product of the numbers in [2, 5, 10]?', 'print(math.prod([2, 5, 10]))'],
		['Multiply all the numbers 3, 4, 5 and 6 together.', 'print(math.prod([3, 4, 5, 6]))'],
	],
	sortUp: [
		['Sort the numbers 9, 2, 14, 7.', 'print(sorted([9, 2, 14, 7]))'],
		['Sort [31, 4, 15, 9] in ascending order.', 'print(sorted([31, 4, 15, 9]))'],
		['Put 60, 20 and 40 in order from smallest to largest.', 'print(sorted([60, 20, 40]))'],
	],
	sortDown: [
		['Sort the numbers 3, 18, 7 in descending order.', 'print(sorted([3, 18, 7], reverse=True))'],
		['Put [5, 12, 8, 1] in order from largest to smallest.', 'print(sorted([5, 12, 8, 1], reverse=True))'],
	],
	reverseList: [
		['Reverse the list [1, 4, 9, 16].', 'print([1, 4, 9, 16][::-1])'],
		['Show the numbers 8, 6, 7 in reverse order.', 'print([8, 6, 7][::-1])'],
	],
	countItems: [
		['How many numbers are in the list [3, 1, 4, 1, 5]?', 'print(len([3, 1, 4, 1, 5]))'],
		['What is the length of the list [10, 20, 30]?', 'print(len([10, 20, 30]))'],
	],
	countValue: [
		['How many times does 4 appear in [4, 2, 4, 4, 9]?', 'print([4, 2, 4, 4, 9].count(4))'],
		['Count the 7s in 7, 1, 7, 3.', 'print([7, 1, 7, 3].count(7))'],
	],
	removeDuplicates: [
		['Remove the duplicates from [3, 5, 3, 8, 5].', 'print(list(dict.fromkeys([3, 5, 3, 8, 5])))'],
		['What are the unique values in [1, 1, 2, 6, 2]?', 'print(list(dict.fromkeys([1, 1, 2, 6, 2])))'],
		['How many different numbers are in [9, 9, 4, 2]?', 'print(len(set([9, 9, 4, 2])))'],
	],
	filterEvens: [
		['Which numbers in [11, 4, 7, 10, 2] are even?', 'print([n for n in [11, 4, 7, 10, 2] if n % 2 == 0])'],
		['Keep only the odd numbers of [1, 6, 9, 12].', 'print([n for n in [1, 6, 9, 12] if n % 2 == 1])'],
	],
	filterGreater: [
		['Which numbers in [15, 3, 22, 8] are greater than 10?', 'print([n for n in [15, 3, 22, 8] if n > 10])'],
		['How many of the numbers 6, 40, 13, 55 are less than 30?', 'print(len([n for n in [6, 40, 13, 55] if n < 30]))'],
	],
	scaleList: [
		['Double every number in [2, 7, 9].', 'print([n * 2 for n in [2, 7, 9]])'],
		['Add 5 to each number in [1, 3, 10].', 'print([n + 5 for n in [1, 3, 10]])'],
		['Square each number in [2, 4, 6].', 'print([n ** 2 for n in [2, 4, 6]])'],
	],
	contains: [
		['Is 12 in the list [3, 12, 20]?', 'print(12 in [3, 12, 20])'],
		['Does [1, 5, 9] contain 7?', 'print(7 in [1, 5, 9])'],
	],
};
