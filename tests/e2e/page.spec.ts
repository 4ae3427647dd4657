/** The page as a person meets it: keyboard, themes, a reload in the middle, bad input. */
import type axe from 'axe-core';
import { readFile } from 'node:fs/promises';
import { type App, expect, test } from './app';

const LONG_RUN = [
	'First I look.\n<execute>\nprint("first " + "step")\n</execute>',
	'Then I wait.\n<execute>\nimport time\nprint("second " + "step")\ntime.sleep(60)\n</execute>',
	'<execute>\nprint("third step")\n</execute>',
	'All done.',
];

/** What axe finds in the page as it stands. */
async function findings(app: App): Promise<string[]> {
	await app.page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'));
	return app.page.evaluate(async () => {
		const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
		return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
	});
}

test('a reload in the middle loses nothing, and the run goes on', async ({ app }) => {
	await app.open();
	await app.play('Take three steps', LONG_RUN);
	await expect(app.step(2)).toContainText('second step', { timeout: 60_000 });
	await app.task.fill('my next idea');
	await app.page.reload();
	await expect(app.step(1)).toContainText('first step');
	await expect(app.task).toHaveValue('my next idea');
	await expect(app.page.getByText(/Python was restarted/)).toBeVisible();
	await expect(app.continue).toBeVisible();
});

test('Erase everything leaves nothing of what was done', async ({ app }) => {
	await app.open();
	await app.play('A private matter', ['<execute>\nprint("secret")\n</execute>', 'Done.']);
	await expect(app.answer).toContainText('Done.', { timeout: 60_000 });
	await app.task.fill('a private draft');
	await app.page.getByRole('button', { name: /Offline/ }).click();
	const dialog = app.page.locator('dialog[open]');
	await dialog.getByRole('button', { name: 'Erase everything' }).click();
	// Asked once more, with the other way out beside it.
	await expect(dialog.getByText('Really erase everything?')).toBeVisible();
	const reloaded = app.page.waitForEvent('load');
	await dialog.getByRole('button', { name: 'Erase everything' }).click();
	await reloaded;
	await expect(app.page.getByRole('heading', { name: /A model writes Python/ })).toBeVisible();
	await expect(app.task).toHaveValue('');
	await expect(app.page.getByText('A private matter')).toHaveCount(0);
	expect(await app.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('private');
});

test('an empty task gets a hint and starts nothing', async ({ app }) => {
	await app.open();
	await app.task.press('Enter');
	await expect(app.page.getByText('There is no task to run.')).toBeVisible();
	await expect(app.task).toBeFocused();
});

test('a run that reaches its step limit pauses, and Continue goes on with the same variables', async ({ app }) => {
	await app.open();
	await app.play(
		'Go on',
		['<execute>\nkept = 1\nprint("one")\n</execute>', '<execute>\nprint(kept + 1)\n</execute>', 'Two.'],
		{ maxSteps: 1 },
	);
	await expect(app.page.getByText(/step limit/i).first()).toBeVisible({ timeout: 60_000 });
	await app.continue.click();
	await expect(app.answer).toContainText('Two.');
	expect((await app.trajectory()).steps[1]?.observation?.stdout).toBe('2\n');
});

test('a model that needs WebGPU says so where there is none', async ({ app }) => {
	await app.open();
	await app.page.evaluate(
		() => void window.playground.run({ task: 'What is 2 + 2?', model: 'smollm2-135m-webgpu' }).catch(() => undefined),
	);
	await expect(app.page.getByText('This browser gives the page no WebGPU.').first()).toBeVisible();
	await expect(app.page.getByText(/runs on the CPU/).first()).toBeVisible();
});

test('a damaged model file is refused with its name and both hashes, and the page stays usable', async ({ app }) => {
	await app.page.route('**/models/smollm2-135m/*.gguf', async (route) => {
		await route.fulfill({ status: 200, body: Buffer.alloc(1024, 7), contentType: 'application/octet-stream' });
	});
	await app.open();
	await app.page.goto(app.url + '#/models');
	await expect(app.page.getByText('A file of the model is damaged').first()).toBeVisible({ timeout: 60_000 });
	await expect(app.page.getByText(/b179c9523d0e/).first()).toBeAttached();
	await app.play('Still here', ['<execute>\nprint("usable")\n</execute>', 'Yes.']);
	await expect(app.step(1)).toContainText('usable', { timeout: 60_000 });
});

test('everything is reached and done by the keyboard', async ({ app }) => {
	await app.open();
	await app.ready();
	await app.page.keyboard.press('Tab');
	await expect(app.page.getByRole('link', { name: /Skip/ })).toBeFocused();
	await app.task.focus();
	await app.page.keyboard.type('first line');
	await app.page.keyboard.press('Shift+Enter');
	await app.page.keyboard.type('second line');
	await expect(app.task).toHaveValue('first line\nsecond line');
	await app.task.fill('What is 6 times 7?');
	await app.page.keyboard.press('Enter');
	await expect(app.answer).toContainText('42', { timeout: 60_000 });
	await app.task.focus();
	await app.page.keyboard.press('ArrowUp');
	await expect(app.task).toHaveValue('What is 6 times 7?');
});

for (const theme of ['light', 'dark'] as const) {
	test(`axe finds nothing in the first run, a run and the models, ${theme}`, async ({ app }) => {
		await app.page.emulateMedia({ colorScheme: theme });
		await app.open();
		await app.ready();
		expect(await findings(app)).toEqual([]);
		await app.play('Err and mend', [
			'I try.\n<execute>\nprint(undefined_name)\n</execute>',
			'<execute>\nprint("mended")\n</execute>',
			'Done.',
		]);
		await expect(app.answer).toContainText('Done.', { timeout: 60_000 });
		expect(await findings(app)).toEqual([]);
		await app.page.goto(app.url + '#/models');
		await expect(app.page.getByRole('heading', { name: 'Models' })).toBeVisible();
		expect(await findings(app)).toEqual([]);
	});
}

for (const width of [320, 834, 1440]) {
	test(`nothing scrolls sideways at ${width} pixels`, async ({ app }) => {
		await app.page.setViewportSize({ width, height: 800 });
		await app.open();
		const overflow = () =>
			app.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		expect(await overflow()).toBe(0);
		await app.play('Print a long line', [
			'<execute>\nprint("x" * 2000)\nprint(very_long_name_that_is_not_there_at_all_' +
				'y'.repeat(120) +
				')\n</execute>',
			'W'.repeat(300),
		]);
		await expect(app.answer).toContainText('WWW', { timeout: 60_000 });
		expect(await overflow()).toBe(0);
	});
}
