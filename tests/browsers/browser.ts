/**
 * The browser that a suite runs in: `TEST_BROWSER` is `chromium`, `firefox` or `webkit` (scripts/test/lanes.mjs).
 * Chromium and Firefox are the machine's own, driven by Puppeteer; Firefox over WebDriver BiDi.
 */
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import { findBrowser, findFirefox } from '../../scripts/browser.mjs';
import type { Trap } from './trap';
import { openWebKit } from './webkit';

/** Name of the browser under test. */
export const BROWSER = process.env.TEST_BROWSER ?? 'chromium';

/** One browser with one tab. */
export interface Tab {
	goto(url: string): Promise<void>;
	/** Evaluates an expression in the page and awaits its value, which must be plain data. */
	evaluate<T>(expression: string): Promise<T>;
	/** How many tabs and windows there are: a popup is one more. */
	tabs(): Promise<number>;
	close(): Promise<void>;
}

/** Opens the browser under test; whatever it asks another host for goes to the trap. */
export async function openTab(trap: Trap): Promise<Tab> {
	if (BROWSER === 'webkit') return openWebKit(trap);
	const browser = await puppeteer.launch(await launchOptions(trap));
	const [first] = await browser.pages();
	const page = first ?? (await browser.newPage());
	return {
		goto: async (url) => void (await page.goto(url)),
		evaluate: async <T>(expression: string) => (await page.evaluate(expression)) as T,
		tabs: async () => (await browser.pages()).length,
		close: () => closed(browser),
	};
}

async function launchOptions({ port }: Trap): Promise<LaunchOptions> {
	const common: LaunchOptions = { headless: true, protocolTimeout: 0 };
	switch (BROWSER) {
		case 'chromium': {
			const { path, args } = await findBrowser();
			return { ...common, executablePath: path, args: [...args, `--proxy-server=127.0.0.1:${String(port)}`] };
		}
		case 'firefox': {
			const { path } = await findFirefox();
			const proxy = {
				'network.proxy.type': 1,
				'network.proxy.http': '127.0.0.1',
				'network.proxy.http_port': port,
				'network.proxy.ssl': '127.0.0.1',
				'network.proxy.ssl_port': port,
			};
			return { ...common, browser: 'firefox', executablePath: path, extraPrefsFirefox: proxy };
		}
		default:
			throw new Error(`TEST_BROWSER is ${BROWSER}`);
	}
}

/** Closes it, and ends its process where it does not close: a tab may be busy. */
async function closed(browser: Browser): Promise<void> {
	const timer = setTimeout(() => browser.process()?.kill('SIGKILL'), 5_000);
	await browser.close().catch(() => undefined);
	clearTimeout(timer);
}
