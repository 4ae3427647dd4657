/** The built app in the browser under test, driven through `window.playground`. */
import { expect, test as base } from 'vitest';
import type { RunResult } from '../../src/core/ports';
import { openTab, type Tab } from './browser';
import { type Served, serveApp } from './served';
import { openTrap, type Trap } from './trap';

/** How an action is run; `stopAfterMs` presses Stop so long after its start. */
export interface ExecuteOptions {
	readonly timeoutMs?: number;
	readonly stopAfterMs?: number;
}

/** The app in one tab; see `openApp`. */
export class App {
	constructor(
		readonly tab: Tab,
		readonly trap: Trap,
		readonly served: Served,
	) {}

	/** Opens the page anew and waits until Python answers. */
	async open(): Promise<void> {
		await this.tab.goto(this.served.url);
		await this.execute('None');
	}

	/** Runs one action in the page's Python. */
	execute(code: string, { timeoutMs, stopAfterMs }: ExecuteOptions = {}): Promise<RunResult> {
		const stop = stopAfterMs === undefined ? '' : `setTimeout(() => playground.stop(), ${String(stopAfterMs)}), `;
		const options = JSON.stringify({ timeoutMs });
		return this.tab.evaluate(`(${stop}playground.execute(${JSON.stringify(code)}, ${options}))`);
	}

	/** The text of the last expression's value. */
	async value(code: string): Promise<string | null> {
		const { value, error } = await this.execute(code);
		if (error !== null) throw new Error(error.traceback);
		return value;
	}

	async close(): Promise<void> {
		await this.tab.close();
		await this.served.close();
		this.trap.close();
	}
}

/**
 * `test` with the app of one file: one server, one browser, one page for all of its tests. Each test fails on a request
 * for another host.
 */
export function appTest(options: { isolated?: boolean } = {}) {
	return base.extend<{ app: App; hermetic: undefined }>({
		app: [
			// Vitest reads the fixtures that a fixture needs out of this pattern.
			// eslint-disable-next-line no-empty-pattern
			async ({}, use) => {
				const trap = await openTrap();
				const app = new App(await openTab(trap), trap, await serveApp(options));
				await app.open();
				await use(app);
				await app.close();
			},
			{ scope: 'file' },
		],
		hermetic: [
			async ({ app }, use) => {
				await use(undefined);
				expect(app.trap.caught.splice(0), 'requests for another host').toEqual([]);
			},
			{ auto: true },
		],
	});
}
