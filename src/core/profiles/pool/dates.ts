import type { FamilyExamples } from './family';

/** Dates and clock times. */
export const dates: FamilyExamples = {
	daysBetween: [
		['How many days are between 2024-03-01 and 2024-05-10?', 'print((date(2024, 5, 10) - date(2024, 3, 1)).days)'],
		['How many days from 2023-11-20 to 2023-12-31?', 'print((date(2023, 12, 31) - date(2023, 11, 20)).days)'],
	],
	weekday: [
		['What day of the week was 2022-08-15?', 'print(date(2022, 8, 15).strftime("%A"))'],
		['On which weekday does 2027-01-09 fall?', 'print(date(2027, 1, 9).strftime("%A"))'],
	],
	addDays: [
		['What date is 45 days after 2024-06-20?', 'print(date(2024, 6, 20) + timedelta(days=45))'],
		['What is the date 10 days before 2025-03-05?', 'print(date(2025, 3, 5) - timedelta(days=10))'],
	],
	leapYear: [
		['Is 2016 a leap year?', 'print(calendar.isleap(2016))'],
		['Was the year 1900 a leap year?', 'print(calendar.isleap(1900))'],
	],
	yearsBetween: [
		['How old is someone in 2024 who was born in 1987?', 'print(2024 - 1987)'],
		['How many years passed from 1969 to 2020?', 'print(2020 - 1969)'],
	],
	daysInMonth: [
		['How many days are in February 2023?', 'print(calendar.monthrange(2023, 2)[1])'],
		['How many days does June 2025 have?', 'print(calendar.monthrange(2025, 6)[1])'],
	],
	minutesIn: [
		['How many minutes are in 7 hours?', 'print(7 * 60)'],
		['How many seconds are there in 3 days?', 'print(3 * 24 * 60 * 60)'],
		['How many hours are in 5 days?', 'print(5 * 24)'],
	],
	toHours: [
		['How many hours are 480 minutes?', 'print(480 / 60)'],
		['Convert 7200 seconds to minutes.', 'print(7200 / 60)'],
		['How many weeks are 84 days?', 'print(84 / 7)'],
	],
};
