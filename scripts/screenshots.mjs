#!/usr/bin/env node
/**
 * `npm run screenshots -- [FOLDER]`: pictures of every view, in both themes and three widths, to be looked at beside
 * the study; `docs/screenshot.png` is one of them. The run is a script on real Python.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.mjs';
import { runMain } from './main.mjs';
import { serve } from './serve.mjs';
import { prepare } from './setup.mjs';

const WIDTHS = [390, 834, 1440];
const SCRIPT = 'tests/fixtures/scripts/train-classifier.json';
const TASK = 'Train a classifier on the iris data and show where it goes wrong';

await runMain(async () => {
	const folder = process.argv[2] ?? 'test-results/screenshots';
	await mkdir(folder, { recursive: true });
	await prepare();
	const server = await serve({ root: 'dist', port: 0 });
	const { path, args } = await findBrowser({ install: true });
	const browser = await chromium.launch({ executablePath: path, args });
	const script = JSON.parse(await readFile(SCRIPT, 'utf8'));
	for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
		for (const width of WIDTHS) {
			const page = await browser.newPage({ colorScheme, viewport: { width, height: width < 700 ? 844 : 900 } });
			/** @param {string} view */
			const shoot = async (view) => {
				const file = join(folder, `${view}-${String(width)}-${colorScheme}.png`);
				await page.screenshot({ path: file });
				console.log(file);
			};
			await page.goto(server.url);
			await page.evaluate('playground.ready()');
			await shoot('first-run');
			await page.evaluate(`playground.run(${JSON.stringify({ task: TASK, script })})`);
			await page.getByRole('region', { name: 'Answer' }).scrollIntoViewIfNeeded();
			await shoot('run-end');
			await page.getByRole('article', { name: 'Step 2' }).evaluate((card) => card.scrollIntoView({ block: 'start' }));
			await shoot('run');
			await page.goto(`${server.url}#/models`);
			await page.getByRole('heading', { name: 'Models' }).waitFor();
			await shoot('models');
			await page.close();
		}
	}
	await browser.close();
	await server.close();
	return 0;
});
