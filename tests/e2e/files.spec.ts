/** Files of a session: in by a drop, through Python, out by a download, and still there after a reload. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './app';

const CODE = `
import csv
with open("cities.csv") as f:
    rows = list(csv.DictReader(f))
total = sum(int(row["people"]) for row in rows)
with open("total.csv", "w") as f:
    f.write(f"total\\n{total}\\n")
print(total)`;
const SCRIPT = [`<execute>${CODE}\n</execute>`, 'There are 6.'];

/** Drops a file on the page as a file manager does. */
async function drop(page: Page, name: string, text: string): Promise<void> {
	const transfer = await page.evaluateHandle(
		([name, text]) => {
			const transfer = new DataTransfer();
			transfer.items.add(new File([text], name));
			return transfer;
		},
		[name, text] as const,
	);
	for (const type of ['dragenter', 'dragover', 'drop']) {
		await page.locator('#main').dispatchEvent(type, { dataTransfer: transfer });
	}
}

const attached = (page: Page, count: string) => page.getByRole('button', { name: count, exact: true });

test('a dropped file is read by Python, its result is downloaded, and both are there after a reload', async ({
	app,
}) => {
	const { page } = app;
	await app.open();
	await drop(page, 'cities.csv', 'city,people\nOslo,1\nRome,2\nLima,3\n');
	await expect(attached(page, '1 file')).toBeVisible();
	await app.play('How many people?', SCRIPT);
	await expect(app.answer).toContainText('There are 6.', { timeout: 60_000 });
	const trajectory = await app.trajectory();
	expect(trajectory.files).toEqual([{ path: 'cities.csv', bytes: 33 }]);
	expect(trajectory.steps[0]?.observation?.text).toBe('6\n[file written: total.csv (8 B)]');

	await app
		.step(1)
		.getByRole('button', { name: /^total\.csv, new/ })
		.click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('cell', { name: '6' })).toBeVisible();
	const downloading = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Download' }).click();
	const saved = await downloading;
	expect(saved.suggestedFilename()).toBe('total.csv');
	expect(await readFile(await saved.path(), 'utf8')).toBe('total\n6\n');
	await page.keyboard.press('Escape');

	await page.reload();
	await expect(attached(page, '2 files')).toBeVisible();
	await app.ready();
	const result = await page.evaluate(() => window.playground.execute('open("total.csv").read()'));
	expect(result.value).toBe("'total\\n6\\n'");
});

test('files that find no room are said to be not kept, work all the same, and are kept once there is room', async ({
	app,
}) => {
	const { page } = app;
	await app.open();
	await app.ready();
	const devtools = await page.context().newCDPSession(page);
	const origin = new URL(app.url).origin;
	await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
	await drop(page, 'large.txt', 'x'.repeat(3_000_000));
	await expect(page.getByRole('alert').filter({ hasText: 'storage_full' })).toBeVisible();
	const result = await page.evaluate(() => window.playground.execute('len(open("large.txt").read())'));
	expect(result.value).toBe('3000000');
	await attached(page, '1 file').click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByText('not kept')).toBeVisible();
	await devtools.send('Storage.overrideQuotaForOrigin', { origin });
	await dialog.getByRole('button', { name: 'Try to keep again' }).click();
	await expect(dialog.getByText('not kept')).toBeHidden();
});

test('files go back in time with Python, and forward again', async ({ app }) => {
	await app.open();
	await app.ready();
	const seen = await app.page.evaluate(async () => {
		const { execute, restore, files, readFile } = window.playground;
		const first = await execute('open("a.txt", "w").write("one")');
		const second = await execute('open("a.txt", "a").write("two")\nopen("b.txt", "w").write("b")');
		const look = async () => [(await files()).map(({ path }) => path).join(' '), atob(await readFile('a.txt'))];
		await restore(first.checkpoint?.id ?? -1);
		const back = await look();
		await restore(second.checkpoint?.id ?? -1);
		return [back, await look()];
	});
	expect(seen).toEqual([
		['a.txt', 'one'],
		['a.txt b.txt', 'onetwo'],
	]);
});

test('earlier code that is run again after a reload does not write twice into its files', async ({ app }) => {
	const { page } = app;
	await app.open();
	await drop(page, 'mine.txt', 'mine');
	await expect(attached(page, '1 file')).toBeVisible();
	await app.play('Write', ['<execute>\nopen("log.txt", "a").write(open("mine.txt").read())\n</execute>', 'Done.']);
	await expect(app.answer).toContainText('Done.', { timeout: 60_000 });
	await expect(attached(page, '2 files')).toBeVisible();
	await page.reload();
	await app.ready();
	await page.getByRole('button', { name: 'Re-run earlier code' }).click();
	await expect(app.stop).toBeHidden({ timeout: 90_000 });
	const again = await page.evaluate(() => window.playground.execute('open("log.txt").read()'));
	expect(again.value).toBe("'mine'");
	expect(await page.evaluate(() => window.playground.readFile('log.txt').then(atob))).toBe('mine');
});

test('a second tab on the session works on copies, and says so', async ({ app }) => {
	const { page } = app;
	await app.open();
	await drop(page, 'notes.txt', 'first');
	await attached(page, '1 file').click();
	await expect(page.getByRole('dialog').getByText('Kept on this device.')).toBeVisible();
	const second = await page.context().newPage();
	await second.goto(app.url);
	await attached(second, '1 file').click();
	await expect(second.getByRole('dialog')).toContainText('open in another tab too');
	await second.close();
});
