/** The paper's own example of sophisticated work, played by a script on real Python. */
import { readFileSync } from 'node:fs';
import { expect, test } from './app';

const script = JSON.parse(readFileSync('tests/fixtures/scripts/train-classifier.json', 'utf8')) as string[];

test('a model is installed, trained, mended after a real exception, scored and plotted', async ({ app }) => {
	await app.open();
	await app.play('Train a classifier on the iris data and show where it goes wrong', script);

	await expect(app.step(1)).toContainText('(150, 4) setosa, versicolor, virginica', { timeout: 90_000 });
	await expect(app.step(2)).toContainText('Error');
	await expect(app.step(2)).toContainText('species');
	await expect(app.step(3)).toContainText(/accuracy 0\.9\d\d/);
	const figure = app.step(4).getByRole('img', { name: /figure/i });
	await expect(figure).toBeVisible();
	expect(await figure.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);
	await expect(app.answer).toContainText(/right for 9\d\.\d%/);

	const trajectory = await app.trajectory();
	expect(trajectory.steps[1]?.observation?.error?.type).toBe('KeyError');
	expect(trajectory.steps[0]?.observation?.packages).toContain('scikit-learn');
	const plot = trajectory.steps[3]?.observation?.displays[0];
	expect(plot?.mime).toBe('image/png');
	expect(atob(plot?.data ?? '').slice(1, 4)).toBe('PNG');
	expect(trajectory.stopReason).toBe('answered');
	expect(trajectory.answerSource).toBe('finalAnswer');
});

test('a data frame is shown as a table', async ({ app }) => {
	await app.open();
	await app.play('Show a table', [
		'<execute>\nimport pandas as pd\npd.DataFrame({"city": ["Oslo", "Rome"], "people": [1, 3]})\n</execute>',
		'Two cities.',
	]);
	const table = app.step(1).getByRole('table');
	await expect(table.getByRole('columnheader', { name: 'city' })).toBeVisible({ timeout: 60_000 });
	await expect(table.getByRole('cell', { name: 'Rome' })).toBeVisible();
	await expect(app.answer).toContainText('Two cities.');
});

test('the next message goes on with the same variables', async ({ app }) => {
	await app.open();
	await app.play('Remember a number', [
		'<execute>\nkept = 41\nprint("kept")\n</execute>',
		'Kept.',
		'<execute>\nprint(kept + 1)\n</execute>',
		'42.',
	]);
	await expect(app.answer).toContainText('Kept.', { timeout: 60_000 });
	await app.send('Add one to it');
	await expect(app.answer).toContainText('42.');
	const trajectory = await app.trajectory();
	expect(trajectory.steps[0]?.observation?.stdout).toBe('42\n');
});
