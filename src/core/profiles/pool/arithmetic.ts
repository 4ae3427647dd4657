import type { FamilyExamples } from './family';

/** Two or three numbers and one operation. */
export const arithmetic: FamilyExamples = {
	add: [
		['What is 48 plus 75?', 'print(48 + 75)'],
		['Add 1250 and 389.', 'print(1250 + 389)'],
		['How much is 61 + 29?', 'print(61 + 29)'],
	],
	subtract: [
		['What is 503 minus 267?', 'print(503 - 267)'],
		['How much is 96 - 58?', 'print(96 - 58)'],
		['Subtract 89 from 240.', 'a, b = 89, 240\nprint(b - a)'],
		['Take 15 away from 72.', 'a, b = 15, 72\nprint(b - a)'],
	],
	multiply: [
		['What is 14 times 36?', 'print(14 * 36)'],
		['Multiply 125 by 8.', 'print(125 * 8)'],
		['How much is 44 * 7?', 'print(44 * 7)'],
		['What is the product of 6, 7 and 9?', 'print(6 * 7 * 9)'],
	],
	divide: [
		['What is 156 divided by 12?', 'print(156 / 12)'],
		['How much is 210 / 14?', 'print(210 / 14)'],
		['Divide 91 by 4.', 'print(91 / 4)'],
	],
	remainder: [
		['What is the remainder when 100 is divided by 7?', 'print(100 % 7)'],
		['What is the remainder of 65 divided by 8?', 'print(65 % 8)'],
		['Compute 85 modulo 9.', 'print(85 % 9)'],
	],
	quotient: [
		['How many times does 6 go into 50?', 'size, total = 6, 50\nprint(total // size)'],
		['How many full boxes of 12 can be filled with 130 eggs?', 'size, total = 12, 130\nprint(total // size)'],
		['How many complete groups of 4 can be made from 30 children?', 'size, total = 4, 30\nprint(total // size)'],
	],
	divisible: [
		['Is 84 divisible by 6?', 'n, k = 84, 6\nprint(n % k == 0)'],
		['Can 91 be divided by 5 without a remainder?', 'n, k = 91, 5\nprint(n % k == 0)'],
	],
	evenOrOdd: [
		['Is 58 even or odd?', 'n = 58\nprint("even" if n % 2 == 0 else "odd")'],
		['Is the number 133 even or odd?', 'n = 133\nprint("even" if n % 2 == 0 else "odd")'],
	],
	power: [
		['What is 3 to the power of 7?', 'print(3 ** 7)'],
		['Raise 5 to the 4th power.', 'print(5 ** 4)'],
		['Compute 9 ^ 6.', 'print(9 ** 6)'],
	],
	square: [
		['What is the square of 18?', 'print(18 ** 2)'],
		['What is 27 squared?', 'print(27 ** 2)'],
		['What is 6 cubed?', 'print(6 ** 3)'],
	],
	squareRoot: [
		['What is the square root of 196?', 'print(math.sqrt(196))'],
		['Find the square root of 50.', 'print(math.sqrt(50))'],
	],
	percentOf: [
		['What is 35 percent of 60?', 'print(35 / 100 * 60)'],
		['How much is 8% of 450?', 'print(8 / 100 * 450)'],
		['Calculate 5% of 1200.', 'print(5 / 100 * 1200)'],
	],
	percentShare: [
		['What percentage of 80 is 20?', 'whole, part = 80, 20\nprint(part / whole * 100)'],
		['18 is what percent of 72?', 'part, whole = 18, 72\nprint(part / whole * 100)'],
	],
	round: [
		['Round 7.46281 to 2 decimal places.', 'print(round(7.46281, 2))'],
		['Round 12.7 to the nearest whole number.', 'print(round(12.7))'],
	],
	absolute: [
		['What is the absolute value of -37?', 'print(abs(-37))'],
		['Find the absolute difference between 15 and 42.', 'print(abs(15 - 42))'],
	],
	compare: [
		['Which is larger, 3 ** 5 or 5 ** 3?', 'print(max(3 ** 5, 5 ** 3))'],
		['Is 45 bigger than 54?', 'print(45 > 54)'],
		['Is 7 * 8 smaller than 60?', 'print(7 * 8 < 60)'],
	],
	expression: [
		['Calculate (14 + 6) * 3.', 'print((14 + 6) * 3)'],
		['What is 5 * (20 - 3)?', 'print(5 * (20 - 3))'],
		['Evaluate 9 * 8 - 5 * 7.', 'print(9 * 8 - 5 * 7)'],
		['Compute 100 - 36 / 4.', 'print(100 - 36 / 4)'],
	],
	half: [
		['What is half of 96?', 'print(96 / 2)'],
		['What is double 47?', 'print(47 * 2)'],
	],
};
