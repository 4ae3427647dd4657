/** Going back in time in the page: to an earlier step, on from there, and forward again. */
import { expect, test } from './app';

const COUNT = [
	'<execute>\nimport random\nvalues = [random.random()]\nwith open("log.txt", "w") as log: log.write("one")\nprint(len(values))\n</execute>',
	'<execute>\nvalues.append(2)\nwith open("log.txt", "a") as log: log.write(" two")\nprint(len(values))\n</execute>',
	'<execute>\nvalues.append(3)\nprint(len(values), open("log.txt").read())\n</execute>',
	'Counted.',
	// What the model writes after going back.
	'<execute>\nprint("now", len(values), open("log.txt").read())\n</execute>',
	'Counted again.',
];

test('goes back to a step, on from there, and forward again', async ({ app }) => {
	await app.open();
	await app.ready();
	await app.play('Count', COUNT);
	await expect(app.answer).toContainText('Counted.', { timeout: 60_000 });
	const first = (await app.trajectory()).steps[0]?.observation;
	expect(first?.checkpoint?.bytes).toBeGreaterThan(0);

	await app.step(1).getByRole('button', { name: 'Go back to here' }).click();
	await expect(app.page.getByText('You went back.')).toContainText('its memory was put back');
	await expect(app.step(2)).toHaveCount(0);
	await app.continue.click();
	await expect(app.step(2)).toContainText('now 1 one');
	await expect(app.answer).toContainText('Counted again.');

	await app.page.getByRole('button', { name: 'Go forward again' }).click();
	await expect(app.step(3)).toContainText('3 one two');
	expect(await app.page.evaluate(() => window.playground.execute('len(values), open("log.txt").read()'))).toMatchObject(
		{
			value: "(3, 'one two')",
		},
	);
	// Both are sessions of their own.
	await expect(
		app.page.getByRole('complementary', { name: 'Sessions' }).getByText('Count', { exact: true }),
	).toHaveCount(2);
});

test('what breaks Python leaves it as it was before the step, and the run goes on', async ({ app }) => {
	await app.open();
	await app.ready();
	await app.play('Break it', [
		'<execute>\nkept = {"a": 1}\nprint("set")\n</execute>',
		'<execute>\nimport os\nkept["b"] = 2\nos._exit(3)\n</execute>',
		'<execute>\nprint("still", kept)\n</execute>',
		'It lives.',
	]);
	await expect(app.answer).toContainText('It lives.', { timeout: 60_000 });
	await expect(app.step(2)).toContainText('as it was before this step (its memory was put back');
	await expect(app.step(3)).toContainText("still {'a': 1}");
	expect((await app.trajectory()).steps[1]?.observation).toMatchObject({
		state: 'restored',
		restored: { by: 'memory' },
	});
});

test('after a reload Python goes on from where the session left it, and nothing is executed again', async ({ app }) => {
	await app.open();
	await app.ready();
	await app.play('Load', [
		'<execute>\nimport pandas as pd\nframe = pd.DataFrame({"a": [1, 2, 3]})\nprint(frame.a.sum())\n</execute>',
		'Loaded.',
	]);
	await expect(app.answer).toContainText('Loaded.', { timeout: 60_000 });
	const imageBytes = (): Promise<number> =>
		app.page.evaluate(async () => {
			const root = await navigator.storage.getDirectory();
			const images = await root.getDirectoryHandle('heap-images').catch(() => null);
			let bytes = 0;
			for await (const handle of images?.values() ?? [])
				bytes += (await (handle as FileSystemFileHandle).getFile()).size;
			return bytes;
		});
	await expect.poll(imageBytes, { timeout: 60_000 }).toBeGreaterThan(1_000_000);
	await app.open();
	await expect(app.answer).toContainText('Loaded.');
	await app.ready();
	await expect(app.page.getByText('Python was restarted')).toBeHidden();
	expect(await app.page.evaluate(() => window.playground.execute('int(frame.a.sum())'))).toMatchObject({ value: '6' });
});
