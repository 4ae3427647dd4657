import type { FamilyExamples } from './family';

/** Units, shapes and money. */
export const everyday: FamilyExamples = {
	celsiusToFahrenheit: [
		['Convert 20 degrees Celsius to Fahrenheit.', 'degrees = 20\nprint(degrees * 9 / 5 + 32)'],
		['What is 37 Celsius in Fahrenheit?', 'degrees = 37\nprint(degrees * 9 / 5 + 32)'],
		['Convert 12 Celsius to Fahrenheit.', 'degrees = 12\nprint(degrees * 9 / 5 + 32)'],
	],
	fahrenheitToCelsius: [
		['Convert 68 degrees Fahrenheit to Celsius.', 'degrees = 68\nprint((degrees - 32) * 5 / 9)'],
		['What is 104 Fahrenheit in Celsius?', 'degrees = 104\nprint((degrees - 32) * 5 / 9)'],
		['Convert 95 Fahrenheit to Celsius.', 'degrees = 95\nprint((degrees - 32) * 5 / 9)'],
	],
	kilometersToMeters: [
		['How many meters are 12 kilometers?', 'print(12 * 1000)'],
		['Convert 3.5 km to meters.', 'print(3.5 * 1000)'],
	],
	metersToCentimeters: [
		['How many centimeters are 9 meters?', 'print(9 * 100)'],
		['Convert 2.4 m to centimeters.', 'print(2.4 * 100)'],
	],
	centimetersToMeters: [
		['How many meters are 720 centimeters?', 'print(720 / 100)'],
		['Convert 350 cm to meters.', 'print(350 / 100)'],
	],
	milesToKilometers: [
		['How many kilometers are 8 miles?', 'print(8 * 1.60934)'],
		['Convert 26.2 miles to km.', 'print(26.2 * 1.60934)'],
	],
	kilogramsToGrams: [
		['How many grams are in 6 kilograms?', 'print(6 * 1000)'],
		['Convert 0.75 kg to grams.', 'print(0.75 * 1000)'],
	],
	gramsToKilograms: [
		['How many kilograms are 3100 grams?', 'print(3100 / 1000)'],
		['Convert 2500 g to kilograms.', 'print(2500 / 1000)'],
	],
	rectangleArea: [
		['What is the area of a rectangle with sides 7 and 12?', 'length, width = 7, 12\nprint(length * width)'],
		['A garden is 15 meters long and 8 meters wide. What is its area?', 'length, width = 15, 8\nprint(length * width)'],
	],
	rectanglePerimeter: [
		['What is the perimeter of a rectangle with sides 9 and 14?', 'length, width = 9, 14\nprint(2 * (length + width))'],
		[
			'A field is 40 meters long and 25 meters wide. What is its perimeter?',
			'length, width = 40, 25\nprint(2 * (length + width))',
		],
	],
	squarePerimeter: [
		['What is the perimeter of a square with side 6?', 'side = 6\nprint(4 * side)'],
		['Find the perimeter of a square of side 15.', 'side = 15\nprint(4 * side)'],
	],
	circleArea: [
		['What is the area of a circle with radius 3?', 'radius = 3\nprint(math.pi * radius ** 2)'],
		['Find the area of a circle of radius 10.', 'radius = 10\nprint(math.pi * radius ** 2)'],
	],
	circumference: [
		['What is the circumference of a circle with radius 4?', 'radius = 4\nprint(2 * math.pi * radius)'],
		['Find the circumference of a circle of radius 9.', 'radius = 9\nprint(2 * math.pi * radius)'],
	],
	triangleArea: [
		['What is the area of a triangle with base 10 and height 6?', 'base, height = 10, 6\nprint(base * height / 2)'],
		['Find the area of a triangle of base 7 and height 3.', 'base, height = 7, 3\nprint(base * height / 2)'],
	],
	hypotenuse: [
		['What is the hypotenuse of a right triangle with legs 6 and 8?', 'a, b = 6, 8\nprint(math.hypot(a, b))'],
		['Find the hypotenuse for sides 9 and 12.', 'a, b = 9, 12\nprint(math.hypot(a, b))'],
	],
	volume: [
		['What is the volume of a cube with side 5?', 'print(5 ** 3)'],
		['Find the volume of a box that is 3 by 4 by 6.', 'print(3 * 4 * 6)'],
	],
	price: [
		['A pen costs 3 dollars. How much do 14 pens cost?', 'price, count = 3, 14\nprint(price * count)'],
		['I buy 6 apples at 0.5 dollars each. What do I pay?', 'count, price = 6, 0.5\nprint(count * price)'],
	],
	change: [
		[
			'I pay with 50 dollars for a book that costs 32. How much change do I get?',
			'paid, cost = 50, 32\nprint(paid - cost)',
		],
		['I have 100 dollars and spend 64. How much is left?', 'paid, cost = 100, 64\nprint(paid - cost)'],
	],
	leftOver: [
		['Tom has 20 sweets and eats 8. How many are left?', 'print(20 - 8)'],
		['There are 45 birds on a tree and 17 fly away. How many birds remain?', 'print(45 - 17)'],
	],
	gathered: [
		['Ann has 12 stamps and gets 9 more. How many stamps does she have?', 'print(12 + 9)'],
		['A bus has 23 people and 14 more get on. How many people are there now?', 'print(23 + 14)'],
	],
	discount: [
		[
			'A coat costs 90 dollars and is 20% off. What is the new price?',
			'price, percent = 90, 20\nprint(price - price * percent / 100)',
		],
		[
			'What is the price of a 40 dollar shirt after a 15% discount?',
			'price, percent = 40, 15\nprint(price - price * percent / 100)',
		],
	],
	increase: [
		['Increase 200 by 10%.', 'start, rise = 200, 10\nprint(start + start * rise / 100)'],
		['Add 5 percent to 640.', 'rise, start = 5, 640\nprint(start + start * rise / 100)'],
	],
	tip: [
		['How much is a 15% tip on a bill of 60 dollars?', 'print(15 / 100 * 60)'],
		['How much is a tip of 18% on 75 dollars?', 'print(18 / 100 * 75)'],
	],
	compoundInterest: [
		[
			'1000 dollars grow at 5% interest a year. How much is it after 3 years?',
			'amount, percent, years = 1000, 5, 3\nprint(amount * (1 + percent / 100) ** years)',
		],
		[
			'What are 500 euros worth after 10 years at 2% interest?',
			'amount, years, percent = 500, 10, 2\nprint(amount * (1 + percent / 100) ** years)',
		],
	],
	shareEqually: [
		['Share 72 marbles equally among 8 children. How many does each get?', 'print(72 / 8)'],
		['5 friends split a bill of 85 dollars. How much does each pay?', 'people, total = 5, 85\nprint(total / people)'],
	],
	distance: [
		['A train drives 80 km per hour for 3 hours. How far does it go?', 'print(80 * 3)'],
		['How far does a car get in 2.5 hours at 60 miles per hour?', 'print(2.5 * 60)'],
	],
	speed: [
		['A runner covers 30 km in 3 hours. What is the average speed?', 'print(30 / 3)'],
		['A bus drives 260 km in 4 hours. How fast is it?', 'print(260 / 4)'],
	],
	squareArea: [
		['What is the area of a square with side 11?', 'side = 11\nprint(side ** 2)'],
		['Find the area of a square of side 4.', 'side = 4\nprint(side ** 2)'],
	],
};
