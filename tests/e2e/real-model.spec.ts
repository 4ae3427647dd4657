/** The real model on board, real Python, the keyboard: nothing scripted anywhere. */
import { expect, test } from './app';

const TASKS = [
	{ task: 'What is 17 times 23?', answer: '391' },
	{ task: 'Reverse the word "python"', answer: 'nohtyp' },
	{ task: 'How many letters are in "strawberry"?', answer: '10' },
	{ task: 'What is 2 to the power of 20?', answer: '1048576' },
];

test('the model on board answers by code that it wrote and that ran', async ({ app }) => {
	await app.open();
	await app.ready();
	for (const { task, answer } of TASKS) {
		await app.newTask();
		await app.send(task);
		await expect(app.answer, task).toContainText(answer, { timeout: 60_000 });
		const trajectory = await app.trajectory();
		expect(trajectory.model).toBe('smollm2-135m');
		expect(trajectory.answer).toBe(answer);
		// The answer was printed by an action, and the action does not hold it as a literal.
		const last = trajectory.steps.at(-1);
		expect(last?.observation?.stdout.trim().split('\n').at(-1)).toBe(answer);
		expect(last?.action?.code).not.toContain(answer === '10' ? 'print(10)' : answer);
		expect(last?.usage.completionTokens).toBeGreaterThan(3);
	}
});
