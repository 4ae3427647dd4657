import type { FamilyExamples } from './family';

/** Properties of whole numbers, runs of them, and their digits. */
export const wholeNumbers: FamilyExamples = {
	sumToN: [
		['What is the sum of the numbers from 1 to 60?', 'first, last = 1, 60\nprint(sum(range(first, last + 1)))'],
		['Add up all the integers from 1 to 250.', 'first, last = 1, 250\nprint(sum(range(first, last + 1)))'],
		['sum of 1 to 35', 'first, last = 1, 35\nprint(sum(range(first, last + 1)))'],
	],
	sumBetween: [
		['Add all numbers between 5 and 30.', 'first, last = 5, 30\nprint(sum(range(first, last + 1)))'],
		['What is the sum of the numbers from 12 to 48?', 'first, last = 12, 48\nprint(sum(range(first, last + 1)))'],
	],
	sumOfSquares: [
		['What is the sum of the squares from 1 to 8?', 'n = 8\nprint(sum(k ** 2 for k in range(1, n + 1)))'],
		['Add the squares of the first 12 numbers.', 'n = 12\nprint(sum(k ** 2 for k in range(1, n + 1)))'],
	],
	sumOfEvens: [
		['What is the sum of the even numbers from 1 to 40?', 'n = 40\nprint(sum(range(2, n + 1, 2)))'],
		['Add all even numbers up to 70.', 'n = 70\nprint(sum(range(2, n + 1, 2)))'],
	],
	sumOfOdds: [
		['What is the sum of the odd numbers from 1 to 33?', 'n = 33\nprint(sum(range(1, n + 1, 2)))'],
		['Add all odd numbers up to 25.', 'n = 25\nprint(sum(range(1, n + 1, 2)))'],
	],
	factorial: [
		['What is the factorial of 6?', 'n = 6\nprint(math.factorial(n))'],
		['Compute 12 factorial.', 'n = 12\nprint(math.factorial(n))'],
		['What is 8!?', 'n = 8\nprint(math.factorial(n))'],
		['Calculate 5!', 'n = 5\nprint(math.factorial(n))'],
		['factorial of 20', 'n = 20\nprint(math.factorial(n))'],
	],
	listSquares: [
		['List the squares of the numbers from 1 to 7.', 'n = 7\nprint([k ** 2 for k in range(1, n + 1)])'],
		['Print the first 9 square numbers.', 'n = 9\nprint([k ** 2 for k in range(1, n + 1)])'],
		['first 12 squares', 'n = 12\nprint([k ** 2 for k in range(1, n + 1)])'],
		['squares of the numbers from 1 to 5', 'n = 5\nprint([k ** 2 for k in range(1, n + 1)])'],
	],
	listCubes: [
		['Show the cubes of 1 to 4.', 'n = 4\nprint([k ** 3 for k in range(1, n + 1)])'],
		['List the first 6 cubes.', 'n = 6\nprint([k ** 3 for k in range(1, n + 1)])'],
	],
	listNumbers: [
		['Print the numbers from 1 to 12.', 'first, last = 1, 12\nprint(list(range(first, last + 1)))'],
		['List the integers from 20 to 30.', 'first, last = 20, 30\nprint(list(range(first, last + 1)))'],
		['Show the numbers from 3 to 11.', 'first, last = 3, 11\nprint(list(range(first, last + 1)))'],
		['Count from 1 to 6.', 'first, last = 1, 6\nprint(list(range(first, last + 1)))'],
	],
	countDown: [
		['Count down from 5 to 1.', 'n = 5\nprint(list(range(n, 0, -1)))'],
		['Print the numbers from 8 down to 1.', 'n = 8\nprint(list(range(n, 0, -1)))'],
	],
	listEvens: [
		['List the even numbers from 1 to 16.', 'n = 16\nprint(list(range(2, n + 1, 2)))'],
		['Print all even numbers up to 24.', 'n = 24\nprint(list(range(2, n + 1, 2)))'],
		['even numbers below 30', 'n = 30\nprint(list(range(2, n, 2)))'],
	],
	listOdds: [
		['List the odd numbers from 1 to 19.', 'first, last = 1, 19\nprint(list(range(first, last + 1, 2)))'],
		['Print all odd numbers up to 9.', 'first, last = 1, 9\nprint(list(range(first, last + 1, 2)))'],
		['Show the odd numbers from 1 to 33.', 'first, last = 1, 33\nprint(list(range(first, last + 1, 2)))'],
	],
	multiplesUpTo: [
		['List the multiples of 4 up to 30.', 'n, end = 4, 30\nprint(list(range(n, end + 1, n)))'],
		['Show all multiples of 11 up to 100.', 'n, end = 11, 100\nprint(list(range(n, end + 1, n)))'],
	],
	firstMultiples: [
		['What are the first 6 multiples of 9?', 'count, n = 6, 9\nprint([n * k for k in range(1, count + 1)])'],
		['List the first 4 multiples of 25.', 'count, n = 4, 25\nprint([n * k for k in range(1, count + 1)])'],
	],
	timesTable: [
		['Show the multiplication table of 6.', 'n = 6\nprint([n * k for k in range(1, 10 + 1)])'],
		['Print the times table for 11.', 'n = 11\nprint([n * k for k in range(1, 10 + 1)])'],
		['Show the times table of 4.', 'n = 4\nprint([n * k for k in range(1, 10 + 1)])'],
	],
	countMultiples: [
		['How many numbers from 1 to 90 are divisible by 7?', 'end, n = 90, 7\nprint(end // n)'],
		['How many multiples of 3 are there from 1 to 50?', 'n, end = 3, 50\nprint(end // n)'],
	],
	powersOfTwo: [
		['List the first 5 powers of 2.', 'count, n = 5, 2\nprint([n ** k for k in range(count)])'],
		['Show the first 4 powers of 3.', 'count, n = 4, 3\nprint([n ** k for k in range(count)])'],
		['Print the first 7 powers of 2.', 'count, n = 7, 2\nprint([n ** k for k in range(count)])'],
	],
	isPrime: [
		['Is 89 a prime number?', 'n = 89\nprint(n > 1 and all(n % k for k in range(2, n)))'],
		['Check whether 51 is prime.', 'n = 51\nprint(n > 1 and all(n % k for k in range(2, n)))'],
	],
	listPrimes: [
		[
			'List the prime numbers up to 20.',
			'n = 20\nprint([p for p in range(2, n + 1) if all(p % k for k in range(2, p))])',
		],
		['What are the primes below 15?', 'n = 15\nprint([p for p in range(2, n) if all(p % k for k in range(2, p))])'],
	],
	divisors: [
		['What are the divisors of 18?', 'n = 18\nprint([k for k in range(1, n + 1) if n % k == 0])'],
		['List all factors of 40.', 'n = 40\nprint([k for k in range(1, n + 1) if n % k == 0])'],
		['What are the factors of 24?', 'n = 24\nprint([k for k in range(1, n + 1) if n % k == 0])'],
	],
	greatestCommonDivisor: [
		['What is the greatest common divisor of 36 and 60?', 'a, b = 36, 60\nprint(math.gcd(a, b))'],
		['gcd of 14 and 49', 'a, b = 14, 49\nprint(math.gcd(a, b))'],
	],
	leastCommonMultiple: [
		['What is the least common multiple of 6 and 8?', 'a, b = 6, 8\nprint(math.lcm(a, b))'],
		['lcm of 9 and 15', 'a, b = 9, 15\nprint(math.lcm(a, b))'],
	],
	fibonacci: [
		['Print the first 8 Fibonacci numbers.', 'n, f = 8, [0, 1]\nwhile len(f) < n: f.append(f[-1] + f[-2])\nprint(f)'],
		[
			'Show the first 15 numbers of the Fibonacci sequence.',
			'n, f = 15, [0, 1]\nwhile len(f) < n: f.append(f[-1] + f[-2])\nprint(f)',
		],
	],
	digitSum: [
		['What is the sum of the digits of 4071?', 'n = 4071\nprint(sum(int(d) for d in str(n)))'],
		['Add the digits of 98765.', 'n = 98765\nprint(sum(int(d) for d in str(n)))'],
	],
	digitCount: [
		['How many digits does 3 ** 50 have?', 'n = 3 ** 50\nprint(len(str(n)))'],
		['How many digits are in the number 7450021?', 'n = 7450021\nprint(len(str(n)))'],
	],
	toBinary: [
		['Convert 19 to binary.', 'n = 19\nprint(format(n, "b"))'],
		['What is 100 in binary?', 'n = 100\nprint(format(n, "b"))'],
	],
	toHex: [
		['Convert 200 to hexadecimal.', 'n = 200\nprint(format(n, "x"))'],
		['What is 4095 in hex?', 'n = 4095\nprint(format(n, "x"))'],
	],
	fromBinary: [
		['Convert the binary number 10110 to decimal.', 'bits = "10110"\nprint(int(bits, 2))'],
		['What is the binary number 111001 in decimal?', 'bits = "111001"\nprint(int(bits, 2))'],
	],
	combinations: [
		['How many ways are there to choose 2 people out of 9?', 'print(math.comb(9, 2))'],
		['In how many ways can you pick 5 cards from 52?', 'print(math.comb(52, 5))'],
		['How many ways can you choose 3 books from 7?', 'print(math.comb(7, 3))'],
		['How many combinations of 4 out of 10 are there?', 'print(math.comb(10, 4))'],
	],
	arrangements: [
		['In how many ways can 5 books be arranged on a shelf?', 'n = 5\nprint(math.factorial(n))'],
		['How many different orders are there for 7 people in a row?', 'n = 7\nprint(math.factorial(n))'],
	],
};
