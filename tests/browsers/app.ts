/** The built app in the browser under test, driven through `window.playground`. */
import { expect, test as base } from 'vitest';
import type { RunResult } from '../../src/core/ports';
import type { Observation, Trajectory } from '../../src/core/trajectory';
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

	/** Runs one action as a step of a run, so that the page shows what it prints and displays. */
	async show(code: string): Promise<Observation> {
		const script = JSON.stringify([`<execute>\n${code}\n</execute>`, 'Done.']);
		const trajectory = await this.tab.evaluate<Trajectory>(`playground.run({ task: 'Show it', script: ${script} })`);
		const result = trajectory.steps[0]?.observation;
		if (result === null || result === undefined) throw new Error('The run has no observation');
		// Time for what is shown to do its worst.
		await this.tab.evaluate('new Promise((done) => setTimeout(done, 300))');
		return result;
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

/** Where the app of a file is served, and what is done with it before the first test. */
interface AppTestOptions {
	readonly isolated?: boolean;
	readonly prepare?: (app: App) => Promise<void>;
}

/**
 * `test` with the app of one file: one server, one browser, one page for all of its tests. Each test fails on a request
 * for another host.
 */
export function appTest({ prepare, ...options }: AppTestOptions = {}) {
	return base.extend<{ app: App; hermetic: undefined }>({
		app: [
			// Vitest reads the fixtures that a fixture needs out of this pattern.
			// eslint-disable-next-line no-empty-pattern
			async ({}, use) => {
				const trap = await openTrap();
				const app = new App(await openTab(trap), trap, await serveApp(options));
				await app.open();
				await prepare?.(app);
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
