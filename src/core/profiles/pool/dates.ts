import type { FamilyExamples } from './family';

/** Dates and clock times. */
export const dates: FamilyExamples = {
	daysBetween: [
		[
			'How many days are between 2024-03-01 and 2024-05-10?',
			'a, b = "2024-03-01", "2024-05-10"\nprint((date.fromisoformat(b) - date.fromisoformat(a)).days)',
		],
		[
			'How many days are there from 2023-11-20 to 2023-12-31?',
			'a, b = "2023-11-20", "2023-12-31"\nprint((date.fromisoformat(b) - date.fromisoformat(a)).days)',
		],
	],
	weekday: [
		['What day of the week was 2022-08-15?', 'day = date.fromisoformat("2022-08-15")\nprint(day.strftime("%A"))'],
		['On which weekday does 2027-01-09 fall?', 'day = date.fromisoformat("2027-01-09")\nprint(day.strftime("%A"))'],
	],
	addDays: [
		[
			'What date is 45 days after 2024-06-20?',
			'day = date.fromisoformat("2024-06-20")\nprint(day + timedelta(days=45))',
		],
		[
			'Which date is 12 days later than 2023-09-25?',
			'day = date.fromisoformat("2023-09-25")\nprint(day + timedelta(days=12))',
		],
	],
	subtractDays: [
		[
			'What is the date 10 days before 2025-03-05?',
			'day = date.fromisoformat("2025-03-05")\nprint(day - timedelta(days=10))',
		],
		[
			'Which date is 60 days earlier than 2022-12-01?',
			'day = date.fromisoformat("2022-12-01")\nprint(day - timedelta(days=60))',
		],
	],
	leapYear: [
		['Is 2016 a leap year?', 'year = 2016\nprint(calendar.isleap(year))'],
		['Was the year 1900 a leap year?', 'year = 1900\nprint(calendar.isleap(year))'],
	],
	yearsBetween: [
		['How old is someone born in 1987 in the year 2024?', 'a, b = 1987, 2024\nprint(b - a)'],
		['How many years passed from 1969 to 2020?', 'a, b = 1969, 2020\nprint(b - a)'],
		['How many years are between 1815 and 1914?', 'a, b = 1815, 1914\nprint(b - a)'],
	],
	daysInMonth: [
		[
			'How many days are in February 2023?',
			'month, year = "February", 2023\nprint(calendar.monthrange(year, datetime.strptime(month, "%B").month)[1])',
		],
		[
			'How many days does June 2025 have?',
			'month, year = "June", 2025\nprint(calendar.monthrange(year, datetime.strptime(month, "%B").month)[1])',
		],
		[
			'How many days are in September 2021?',
			'month, year = "September", 2021\nprint(calendar.monthrange(year, datetime.strptime(month, "%B").month)[1])',
		],
	],
	hoursToMinutes: [
		['How many minutes are in 7 hours?', 'print(7 * 60)'],
		['Convert 2.5 hours to minutes.', 'print(2.5 * 60)'],
	],
	hoursToSeconds: [
		['How many seconds are in 2 hours?', 'print(2 * 3600)'],
		['Convert 6 hours to seconds.', 'print(6 * 3600)'],
	],
	minutesToSeconds: [
		['How many seconds are in 15 minutes?', 'print(15 * 60)'],
		['Convert 40 minutes to seconds.', 'print(40 * 60)'],
	],
	daysToHours: [
		['How many hours are in 5 days?', 'print(5 * 24)'],
		['How many hours does a week of 7 days have?', 'print(7 * 24)'],
	],
	daysToSeconds: [
		['How many seconds are there in 3 days?', 'print(3 * 24 * 60 * 60)'],
		['How many minutes are there in 2 days?', 'print(2 * 24 * 60)'],
	],
	minutesToHours: [
		['How many hours are 480 minutes?', 'print(480 / 60)'],
		['Convert 90 minutes to hours.', 'print(90 / 60)'],
	],
	secondsToMinutes: [
		['How many minutes are 540 seconds?', 'print(540 / 60)'],
		['Convert 7200 seconds to minutes.', 'print(7200 / 60)'],
	],
	hoursToDays: [
		['How many days are 96 hours?', 'print(96 / 24)'],
		['Convert 240 hours to days.', 'print(240 / 24)'],
	],
	daysToWeeks: [
		['How many weeks are 84 days?', 'print(84 / 7)'],
		['How many days are 6 weeks?', 'print(6 * 7)'],
	],
};
