import type { FamilyExamples } from './family';

/** Two or three numbers and one operation. */
export const arithmetic: FamilyExamples = {
	add: [
		['What is 48 plus 75?', 'print(48 + 75)'],
		['Add 1250 and 389.', 'print(1250 + 389)'],
	],
	subtract: [
		['What is 503 minus 267?', 'print(503 - 267)'],
		['Subtract 89 from 240.', 'print(240 - 89)'],
	],
	multiply: [
		['What is 14 times 36?', 'print(14 * 36)'],
		['Multiply 125 by 8.', 'print(125 * 8)'],
		['What is the product of 6, 7 and 9?', 'print(6 * 7 * 9)'],
	],
	divide: [
		['What is 156 divided by 12?', 'print(156 / 12)'],
		['Divide 91 by 4.', 'print(91 / 4)'],
	],
	remainder: [
		['What is the remainder when 100 is divided by 7?', 'print(100 % 7)'],
		['Compute 85 modulo 9.', 'print(85 % 9)'],
	],
	quotient: [
		['How many times does 6 go into 50?', 'print(50 // 6)'],
		['How many full boxes of 12 can be filled with 130 eggs?', 'print(130 // 12)'],
	],
	divisible: [
		['Is 84 divisible by 6?', 'print(84 % 6 == 0)'],
		['Can 91 be divided by 5 without a remainder?', 'print(91 % 5 == 0)'],
	],
	evenOrOdd: [
		['Is 58 even or odd?', 'print("even" if 58 % 2 == 0 else "odd")'],
		['Is the number 133 odd?', 'print(133 % 2 == 1)'],
	],
	power: [
		['What is 3 to the power of 7?', 'print(3 ** 7)'],
		['Raise 5 to the 4th power.', 'print(5 ** 4)'],
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
		['What is 35 percent of 60?', 'print(60 * 35 / 100)'],
		['Calculate 8% of 450.', 'print(450 * 8 / 100)'],
	],
	percentShare: [
		['What percentage of 80 is 20?', 'print(20 / 80 * 100)'],
		['18 is what percent of 72?', 'print(18 / 72 * 100)'],
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
		['Is 45 greater than 54?', 'print(45 > 54)'],
	],
	expression: [
		['Calculate (14 + 6) * 3.', 'print((14 + 6) * 3)'],
		['Evaluate 9 * 8 - 5 * 7.', 'print(9 * 8 - 5 * 7)'],
		['Compute 100 - 36 / 4.', 'print(100 - 36 / 4)'],
	],
	half: [
		['What is half of 96?', 'print(96 / 2)'],
		['What is double 47?', 'print(47 * 2)'],
	],
};
