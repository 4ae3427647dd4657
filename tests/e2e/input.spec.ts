/** `input()` in the page: Python waits, the person types, and Stop works meanwhile. */
import { type App, expect, test } from './app';

const ASK =
	'<execute>\nname = input("Your name? ")\nage = int(input("Your age? "))\nprint(f"{name} will be {age + 1}")\n</execute>';

test('Python asks the person, twice in a row, and the keyboard is enough', async ({ app }) => {
	await app.open();
	await app.play('Ask me', [ASK, 'Thank you.']);
	const { page } = app;
	const field = page.getByRole('textbox', { name: 'Your name?' });
	await expect(field).toBeFocused({ timeout: 60_000 });
	await expect(app.step(1)).toContainText('Waits for you');
	await page.keyboard.type('Ada');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('textbox', { name: 'Your age?' })).toBeFocused();
	await page.keyboard.type('36');
	await page.keyboard.press('Enter');
	await expect(app.step(1)).toContainText('Ada will be 37');
	await expect(app.answer).toContainText('Thank you.');
	const observation = (await app.trajectory()).steps[0]?.observation;
	expect(observation?.stdout).toBe('Your name? Ada\nYour age? 36\nAda will be 37\n');
});

test('Escape gives no answer, which the code is told, and does not stop the run', async ({ app }) => {
	await app.open();
	await app.play('Ask me', [ASK, 'Then not.']);
	await expect(app.page.getByRole('textbox', { name: 'Your name?' })).toBeFocused({ timeout: 60_000 });
	await app.page.keyboard.press('Escape');
	await expect(app.answer).toContainText('Then not.');
	expect((await app.trajectory()).steps[0]?.observation?.error).toMatchObject({ type: 'EOFError' });
});

test('a password is not shown and not kept', async ({ app }) => {
	await app.open();
	const code = '<execute>\nimport getpass\nprint(len(getpass.getpass("Key? ")))\n</execute>';
	await app.play('Ask me', [code, 'Done.']);
	const field = app.page.getByLabel('Key?');
	await expect(field).toHaveAttribute('type', 'password', { timeout: 60_000 });
	await field.fill('open sesame');
	await field.press('Enter');
	await expect(app.step(1)).toContainText('11');
	await expect(app.answer).toContainText('Done.');
	expect(JSON.stringify(await app.trajectory())).not.toContain('sesame');
});

/** Stops an action that waits for a line, and goes on. */
async function stopWhileItWaits(app: App): Promise<void> {
	await app.play('Ask me', ['<execute>\nkept = 7\nline = input("Go on? ")\n</execute>', ASK, 'Done.']);
	const field = app.page.getByRole('textbox', { name: 'Go on?' });
	await expect(field).toBeFocused({ timeout: 60_000 });
	await app.stop.click();
	await expect(field).toBeHidden();
	await expect(app.stop).toBeHidden();
	expect((await app.trajectory()).stopReason).toBe('stopped');
	await app.continue.click();
	await app.page.getByRole('textbox', { name: 'Your name?' }).fill('Ada', { timeout: 60_000 });
	await app.page.keyboard.press('Enter');
	await app.page.getByRole('textbox', { name: 'Your age?' }).fill('1');
	await app.page.keyboard.press('Enter');
	await expect(app.step(2)).toContainText('Ada will be 2');
	await expect(app.answer).toContainText('Done.');
}

test('Stop ends the waiting and dismisses the question', async ({ app }) => {
	await app.open();
	await stopWhileItWaits(app);
	expect((await app.trajectory()).steps[0]?.observation?.state).toBe('kept');
});

test.describe('in a page that nothing isolates', () => {
	test.use({ serviceWorkers: 'block' });

	test('Python asks and Stop dismisses the question all the same', async ({ app }) => {
		await app.page.route(app.url, async (route) => {
			const response = await route.fetch();
			const headers = { ...response.headers() };
			delete headers['cross-origin-opener-policy'];
			delete headers['cross-origin-embedder-policy'];
			await route.fulfill({ response, headers });
		});
		await app.open();
		expect(await app.page.evaluate('crossOriginIsolated')).toBe(false);
		await stopWhileItWaits(app);
	});
});
