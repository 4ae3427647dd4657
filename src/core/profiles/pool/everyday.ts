import type { FamilyExamples } from './family';

/** Units, shapes and money. */
export const everyday: FamilyExamples = {
	celsiusToFahrenheit: [
		['Convert 20 degrees Celsius to Fahrenheit.', 'print(20 * 9 / 5 + 32)'],
		['What is 37 Celsius in Fahrenheit?', 'print(37 * 9 / 5 + 32)'],
	],
	fahrenheitToCelsius: [
		['Convert 68 degrees Fahrenheit to Celsius.', 'print((68 - 32) * 5 / 9)'],
		['What is 104 Fahrenheit in Celsius?', 'print((104 - 32) * 5 / 9)'],
	],
	lengthUnits: [
		['How many meters are 12 kilometers?', 'print(12 * 1000)'],
		['Convert 350 centimeters to meters.', 'print(350 / 100)'],
		['Convert 8 miles to kilometers.', 'print(8 * 1.60934)'],
	],
	weightUnits: [
		['How many grams are in 6 kilograms?', 'print(6 * 1000)'],
		['Convert 2500 grams to kilograms.', 'print(2500 / 1000)'],
	],
	rectangleArea: [
		['What is the area of a rectangle with sides 7 and 12?', 'print(7 * 12)'],
		['Find the area of a garden that is 15 meters long and 8 meters wide.', 'print(15 * 8)'],
	],
	rectanglePerimeter: [
		['What is the perimeter of a rectangle with sides 9 and 14?', 'print(2 * (9 + 14))'],
		['Find the perimeter of a square with side 6.', 'print(4 * 6)'],
	],
	circleArea: [
		['What is the area of a circle with radius 3?', 'print(math.pi * 3 ** 2)'],
		['Find the area of a circle of radius 10.', 'print(math.pi * 10 ** 2)'],
	],
	circumference: [
		['What is the circumference of a circle with radius 4?', 'print(2 * math.pi * 4)'],
		['Find the circumference of a circle of radius 9.', 'print(2 * math.pi * 9)'],
	],
	triangleArea: [
		['What is the area of a triangle with base 10 and height 6?', 'print(10 * 6 / 2)'],
		['Find the area of a triangle of base 7 and height 3.', 'print(7 * 3 / 2)'],
	],
	hypotenuse: [
		['What is the hypotenuse of a right triangle with legs 6 and 8?', 'print(math.hypot(6, 8))'],
		['Find the hypotenuse for sides 9 and 12.', 'print(math.hypot(9, 12))'],
	],
	volume: [
		['What is the volume of a cube with side 5?', 'print(5 ** 3)'],
		['Find the volume of a box that is 3 by 4 by 6.', 'print(3 * 4 * 6)'],
	],
	price: [
		['A pen costs 3 dollars. How much do 14 pens cost?', 'print(14 * 3)'],
		['I buy 6 apples at 0.5 dollars each. What do I pay?', 'print(6 * 0.5)'],
	],
	change: [
		['I pay with 50 dollars for a book that costs 32. How much change do I get?', 'print(50 - 32)'],
		['Tom has 20 sweets and eats 8. How many are left?', 'print(20 - 8)'],
	],
	discount: [
		['A coat costs 90 dollars and is 20% off. What is the new price?', 'print(90 * (1 - 20 / 100))'],
		['What is the price of a 40 dollar shirt after a 15% discount?', 'print(40 * (1 - 15 / 100))'],
	],
	increase: [
		['Increase 200 by 10%.', 'print(200 * (1 + 10 / 100))'],
		['A bill is 60 dollars plus a tip of 15%. What is the total?', 'print(60 * (1 + 15 / 100))'],
	],
	compoundInterest: [
		['1000 dollars grow at 5% interest a year. How much is it after 3 years?', 'print(1000 * (1 + 5 / 100) ** 3)'],
		['What are 500 euros worth after 10 years at 2% compound interest?', 'print(500 * (1 + 2 / 100) ** 10)'],
	],
	shareEqually: [
		['Share 72 marbles equally among 8 children. How many does each get?', 'print(72 / 8)'],
		['5 friends split a bill of 85 dollars. How much does each pay?', 'print(85 / 5)'],
	],
	distance: [
		['A train drives 80 km per hour for 3 hours. How far does it go?', 'print(80 * 3)'],
		['How far does a car get in 2.5 hours at 60 miles per hour?', 'print(60 * 2.5)'],
	],
	speed: [
		['A runner covers 30 km in 3 hours. What is the average speed?', 'print(30 / 3)'],
		['A bus needs 4 hours for 260 km. How fast is it?', 'print(260 / 4)'],
	],
};
