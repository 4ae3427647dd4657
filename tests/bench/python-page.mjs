/** The built app in a browser of its own, for a bench: a fresh profile, and actions without a model. */
import { chromium } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';

/** @import { RunResult, Restored } from '../../src/core/ports' */

/**
 * Opens the app at `url` and waits for its Python.
 * @param {string} url
 */
export async function openPage(url) {
	const { path, args } = await findBrowser({ install: true });
	const browser = await chromium.launch({ executablePath: path, args });
	const page = await browser.newPage();
	await page.goto(url);
	await page.waitForFunction('window.playground !== undefined');
	return {
		page,
		/** Runs an action, which must not fail. @param {string} code @returns {Promise<RunResult>} */
		execute: async (code) => {
			/** @type {RunResult} */
			const result = await page.evaluate(`playground.execute(${JSON.stringify(code)}, { timeoutMs: 120000 })`);
			if (result.status !== 'ok') throw new Error(result.error?.traceback ?? result.status);
			return result;
		},
		/** Takes Python to a checkpoint. @param {number} id @returns {Promise<Restored>} */
		restore: (id) => page.evaluate(`playground.restore(${String(id)})`),
		close: () => browser.close(),
	};
}
