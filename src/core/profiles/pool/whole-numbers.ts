import type { FamilyExamples } from './family';

/** Properties of whole numbers, runs of them, and their digits. */
export const wholeNumbers: FamilyExamples = {
	sumToN: [
		['What is the sum of the numbers from 1 to 60?', 'print(sum(range(1, 60 + 1)))'],
		['Add up all the integers from 1 to 250.', 'print(sum(range(1, 250 + 1)))'],
		['Sum the numbers from 5 through 30.', 'print(sum(range(5, 30 + 1)))'],
	],
	sumOfSquares: [
		['What is the sum of the squares of the numbers from 1 to 8?', 'print(sum(n ** 2 for n in range(1, 8 + 1)))'],
		['Add the squares of the first 12 numbers.', 'print(sum(n ** 2 for n in range(1, 12 + 1)))'],
	],
	sumOfEvens: [
		['What is the sum of the even numbers from 1 to 40?', 'print(sum(n for n in range(1, 40 + 1) if n % 2 == 0))'],
		['Add all odd numbers up to 25.', 'print(sum(n for n in range(1, 25 + 1) if n % 2 == 1))'],
	],
	factorial: [
		['What is the factorial of 6?', 'print(math.factorial(6))'],
		['Compute 12 factorial.', 'print(math.factorial(12))'],
		['What is 8!?', 'print(math.factorial(8))'],
	],
	listSquares: [
		['List the squares of the numbers from 1 to 7.', 'print([n ** 2 for n in range(1, 7 + 1)])'],
		['Print the first 9 square numbers.', 'print([n ** 2 for n in range(1, 9 + 1)])'],
		['Show the cubes of 1 to 4.', 'print([n ** 3 for n in range(1, 4 + 1)])'],
	],
	listNumbers: [
		['Print the numbers from 1 to 12.', 'print(list(range(1, 12 + 1)))'],
		['Count down from 5 to 1.', 'print(list(range(5, 0, -1)))'],
	],
	listEvens: [
		['List the even numbers from 1 to 16.', 'print([n for n in range(1, 16 + 1) if n % 2 == 0])'],
		['Which odd numbers are between 1 and 9?', 'print([n for n in range(1, 9 + 1) if n % 2 == 1])'],
	],
	listMultiples: [
		['List the multiples of 4 up to 30.', 'print(list(range(4, 30 + 1, 4)))'],
		['What are the first 6 multiples of 9?', 'print([9 * n for n in range(1, 6 + 1)])'],
	],
	countMultiples: [
		['How many numbers from 1 to 90 are divisible by 7?', 'print(len([n for n in range(1, 90 + 1) if n % 7 == 0]))'],
		['Count the multiples of 3 below 50.', 'print(len([n for n in range(1, 50) if n % 3 == 0]))'],
	],
	powersOfTwo: [
		['List the first 5 powers of 2.', 'print([2 ** n for n in range(5)])'],
		['Show the first 4 powers of 3.', 'print([3 ** n for n in range(4)])'],
	],
	isPrime: [
		['Is 89 a prime number?', 'print(all(89 % n for n in range(2, 89)))'],
		['Check whether 51 is prime.', 'print(all(51 % n for n in range(2, 51)))'],
	],
	listPrimes: [
		['List the prime numbers up to 20.', 'print([p for p in range(2, 20 + 1) if all(p % n for n in range(2, p))])'],
		['What are the primes below 15?', 'print([p for p in range(2, 15) if all(p % n for n in range(2, p))])'],
	],
	divisors: [
		['What are the divisors of 18?', 'print([n for n in range(1, 18 + 1) if 18 % n == 0])'],
		['List all factors of 40.', 'print([n for n in range(1, 40 + 1) if 40 % n == 0])'],
	],
	greatestCommonDivisor: [
		['What is the greatest common divisor of 36 and 60?', 'print(math.gcd(36, 60))'],
		['Find the gcd of 14 and 49.', 'print(math.gcd(14, 49))'],
	],
	leastCommonMultiple: [
		['What is the least common multiple of 6 and 8?', 'print(math.lcm(6, 8))'],
		['Find the lcm of 9 and 15.', 'print(math.lcm(9, 15))'],
	],
	fibonacci: [
		['Print the first 8 Fibonacci numbers.', 'a, b = 0, 1\nfor n in range(8): print(a); a, b = b, a + b'],
		[
			'Show the first 6 numbers of the Fibonacci sequence.',
			'a, b = 0, 1\nfor n in range(6): print(a); a, b = b, a + b',
		],
	],
	digitSum: [
		['What is the sum of the digits of 4071?', 'print(sum(int(d) for d in str(4071)))'],
		['Add the digits of 98765.', 'print(sum(int(d) for d in str(98765)))'],
	],
	digitCount: [
		['How many digits does 3 ** 50 have?', 'print(len(str(3 ** 50)))'],
		['How many digits are in the number 7450021?', 'print(len(str(7450021)))'],
	],
	toBinary: [
		['Convert 19 to binary.', 'print(bin(19)[2:])'],
		['What is 100 in binary?', 'print(bin(100)[2:])'],
	],
	fromBinary: [
		['Convert the binary number 10110 to decimal.', 'print(int("10110", 2))'],
		['What is 111001 in base 2 as a decimal number?', 'print(int("111001", 2))'],
	],
	toHex: [
		['Convert 200 to hexadecimal.', 'print(hex(200)[2:])'],
		['What is 4095 in hex?', 'print(hex(4095)[2:])'],
	],
	combinations: [
		['How many ways are there to choose 2 people out of 9?', 'print(math.comb(9, 2))'],
		['In how many ways can 5 books be arranged on a shelf?', 'print(math.factorial(5))'],
	],
	timesTable: [
		['Show the multiplication table of 6.', 'for n in range(1, 10 + 1): print(6 * n)'],
		['Print the times table for 11.', 'for n in range(1, 10 + 1): print(11 * n)'],
	],
};
