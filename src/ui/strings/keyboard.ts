/** What the question of `input()` says. */
export const keyboard = {
	title: 'Python waits for a line',
	line: 'Your line',
	password: 'Your line, shown nowhere',
	send: 'Send',
	none: 'No answer',
	hint: 'Enter sends, Esc gives no answer. What you type goes to Python, and is kept with the step.',
	maskedHint: 'Enter sends, Esc gives no answer. What you type goes to Python and is not shown or kept.',
};
