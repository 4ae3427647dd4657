/**
 * The built app in a headless browser, driven through `window.playground` (docs/automation.md). Chromium by
 * Playwright; Firefox by Puppeteer over WebDriver BiDi, since Playwright drives only a Firefox of its own.
 */
import { chromium } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { findBrowser, findFirefox } from '../browser.mjs';

/** @import { AgentEvent, Trajectory } from '../../src/core/trajectory' */

/**
 * What the terminal needs of a page: to evaluate an expression in it, and to close it.
 * @typedef {{ evaluate: <T>(expression: string) => Promise<T>, close: () => Promise<void> }} Tab
 */

const WEBGPU_ARGS = ['--enable-unsafe-webgpu'];
/** WebGPU on the CPU, where the machine has no GPU. */
const SWIFTSHADER_ARGS = [...WEBGPU_ARGS, '--use-webgpu-adapter=swiftshader'];

/** @param {string} url @param {readonly string[]} extraArgs @returns {Promise<Tab>} */
async function openChromium(url, extraArgs) {
	const { path, args } = await findBrowser({ install: true });
	const browser = await chromium.launch({ executablePath: path, args: [...args, ...extraArgs] });
	const page = await browser.newPage();
	await page.goto(url);
	return { evaluate: (expression) => page.evaluate(expression), close: () => browser.close() };
}

/** @param {string} url @returns {Promise<Tab>} */
async function openFirefox(url) {
	const { path } = await findFirefox({ install: true });
	const browser = await puppeteer.launch({
		browser: 'firefox',
		executablePath: path,
		headless: true,
		protocolTimeout: 0,
	});
	const page = await browser.newPage();
	await page.goto(url);
	return {
		evaluate: async (expression) => /** @type {any} */ (await page.evaluate(expression)),
		close: () => browser.close(),
	};
}

/** A Chromium whose WebGPU works: the machine's own adapter, else the one on the CPU. @param {string} url */
async function openWithWebGpu(url) {
	const tab = await openChromium(url, WEBGPU_ARGS);
	if (await tab.evaluate('navigator.gpu?.requestAdapter().then((adapter) => adapter !== null) ?? false')) return tab;
	await tab.close();
	return openChromium(url, SWIFTSHADER_ARGS);
}

/**
 * Opens the app at `url`; `model` decides whether WebGPU is asked for.
 * @param {string} url
 * @param {'chromium' | 'firefox'} browser
 * @param {string} model
 */
export async function openApp(url, browser, model) {
	const needsCpuOnly = model === '' || model === 'smollm2-135m';
	const tab =
		browser === 'firefox'
			? await openFirefox(url)
			: needsCpuOnly
				? await openChromium(url, [])
				: await openWithWebGpu(url);
	await tab.evaluate(
		'new Promise((done) => { (function wait() { window.playground ? done() : setTimeout(wait, 50) })() })',
	);
	return {
		/** Starts the run; its end is told by `nextEvents`. @param {object} options */
		start: (options) =>
			tab.evaluate(
				`(window.currentRun = playground.run(${JSON.stringify(options)}), window.currentRun.catch(() => {}), undefined)`,
			),
		/** Waits for events; an empty array says that the run is over. @returns {Promise<AgentEvent[]>} */
		nextEvents: () => tab.evaluate('playground.nextEvents()'),
		/** The finished record. Rejects with the coded sentence when the run could not begin. @returns {Promise<Trajectory>} */
		trajectory: () => tab.evaluate('window.currentRun'),
		/** Files of the working directory. @returns {Promise<{ path: string, bytes: number }[]>} */
		files: () => tab.evaluate('playground.files()'),
		/** Contents of one, as base64. @param {string} path @returns {Promise<string>} */
		readFile: (path) => tab.evaluate(`playground.readFile(${JSON.stringify(path)})`),
		/** Stops generation and Python; what was done is kept. */
		stop: () => tab.evaluate('playground.stop()'),
		close: () => tab.close(),
	};
}
