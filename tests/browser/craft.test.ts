import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { act, answer, KEY_ERROR, PIXEL, show, task } from './app';

beforeEach(() => page.viewport(1280, 900));

describe('craft', () => {
	for (const theme of ['light', 'dark'] as const) {
		test(`axe finds nothing in the first run, a run, the models and the dialogs, ${theme}`, async () => {
			const { playground } = await show({
				script: [act('df["species"]', 'I try.'), act('show()'), 'Mended.'],
				results: [KEY_ERROR, { stdout: '1\n', value: "'x'", displays: [{ mime: 'image/png', data: PIXEL }] }],
			});
			playground.theme.choose(theme);
			expect(await findings()).toEqual([]);
			await playground.session.submit('Err and mend');
			await expect.element(answer()).toBeVisible();
			expect(await findings()).toEqual([]);
			for (const name of [/Network/, /Python/, /Offline/]) {
				await page.getByRole('button', { name }).click();
				expect(await findings()).toEqual([]);
				await userEvent.keyboard('{Escape}');
			}
			location.hash = '#/models';
			await expect.element(page.getByRole('heading', { name: 'Models' })).toBeVisible();
			expect(await findings()).toEqual([]);
		});
	}

	for (const width of [320, 834, 1440]) {
		test(`nothing scrolls sideways at ${width} pixels, long words included`, async () => {
			await page.viewport(width, 800);
			const { playground } = await show({
				script: [act(`print("${'x'.repeat(400)}")`, 'W'.repeat(200)), 'A'.repeat(300)],
				results: [{ stdout: 'x'.repeat(2000) }],
			});
			const overflow = (): number => document.documentElement.scrollWidth - document.documentElement.clientWidth;
			expect(overflow()).toBe(0);
			await playground.session.submit('T'.repeat(200));
			await expect.element(answer()).toBeVisible();
			expect(overflow()).toBe(0);
			const pane = document.querySelector('.pane__scroll.dots');
			expect((pane?.scrollWidth ?? 0) - (pane?.clientWidth ?? 0)).toBe(0);
			location.hash = '#/models';
			await expect.element(page.getByRole('heading', { name: 'Models' })).toBeVisible();
			expect(overflow()).toBe(0);
		});
	}

	test('a step is announced once, when it ends', async () => {
		await show({ script: [act('df["species"]'), 'No.'], results: [KEY_ERROR], pacing: { pieceMs: 30 } });
		await task().fill('Look');
		await userEvent.keyboard('{Enter}');
		const status = page.getByText("Step 1, Error, KeyError: 'species'", { exact: true });
		await expect.element(status).toBeInTheDocument();
		await expect.element(page.getByText('Answer: No.', { exact: true })).toBeInTheDocument();
	});
});

/** What axe finds in the page as it stands. */
async function findings(): Promise<string[]> {
	const { violations } = await axe.run(document.body, { rules: { 'page-has-heading-one': { enabled: false } } });
	return violations.map(
		({ id, nodes }) =>
			`${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.html.slice(0, 120)}`).join(' | ')}`,
	);
}
