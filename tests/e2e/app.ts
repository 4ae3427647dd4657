/**
 * Fixtures of the e2e tests. `app` is the built app, served for one test file, open in a fresh page that fails the
 * test on any request that leaves this machine, on any error in the page, and on any violation of its content policy.
 */
import { type BrowserContext, expect, type Locator, type Page, test as base } from '@playwright/test';
import type { Trajectory } from '../../src/core/trajectory';
import { serve } from '../../scripts/serve.mjs';

/** A page of the app with the words that a person would use for its parts. */
export class App {
	/** Addresses outside this machine that anything in the browser asked for. */
	readonly offHost: string[] = [];
	/** Errors and policy violations that the page reported. */
	readonly complaints: string[] = [];

	constructor(
		readonly page: Page,
		readonly url: string,
	) {
		watch(page.context(), this.offHost);
		page.on('pageerror', (error) => this.complaints.push(error.message));
		page.on('console', (message) => {
			if (/Content Security Policy/.test(message.text())) this.complaints.push(message.text());
		});
	}

	get task(): Locator {
		return this.page.getByRole('textbox', { name: 'Task' });
	}

	get answer(): Locator {
		return this.page.getByRole('region', { name: 'Answer' }).last();
	}

	get stop(): Locator {
		return this.page.getByRole('button', { name: /^Stop/ });
	}

	get continue(): Locator {
		return this.page.getByRole('button', { name: /^Continue/ });
	}

	/** The record of the newest run of the session, as it stands. */
	trajectory(): Promise<Trajectory> {
		return this.page.evaluate(() => {
			const trajectory = window.playground.trajectory();
			if (trajectory === null) throw new Error('There is no run yet');
			return trajectory;
		});
	}

	/** Starts a new session, so that the model sees nothing of what was before. */
	async newTask(): Promise<void> {
		await this.page
			.getByRole('link', { name: /new task/i })
			.first()
			.click();
	}

	/** The card of a step of the newest run, counted from 1. */
	step(index: number): Locator {
		return this.page.getByRole('article', { name: new RegExp(`^Step ${index}\\b`) }).last();
	}

	/** Opens the app, with everything after `#`. */
	async open(hash = ''): Promise<void> {
		await this.page.goto(this.url + hash);
		await this.page.waitForFunction(() => window.playground !== undefined);
	}

	/** Waits until model and Python are loaded. */
	async ready(): Promise<void> {
		await this.page.evaluate('playground.ready()');
	}

	/** Writes a task and sends it with the keyboard. */
	async send(task: string): Promise<void> {
		await this.task.fill(task);
		await this.task.press('Enter');
	}

	/** Plays a script of assistant messages on `task`, as `npm run task -- --script` does; does not wait for the end. */
	async play(task: string, script: readonly string[], options: Record<string, unknown> = {}): Promise<void> {
		await this.page.evaluate((call) => void window.playground.run(call).catch(() => undefined), {
			task,
			script: [...script],
			...options,
		} as Parameters<typeof window.playground.run>[0]);
	}
}

/** Notes every request in `context` that is not for this machine. */
function watch(context: BrowserContext, offHost: string[]): void {
	context.on('request', (request) => {
		const { protocol, hostname } = new URL(request.url());
		if (['data:', 'blob:', 'about:'].includes(protocol)) return;
		if (hostname !== '127.0.0.1' && hostname !== 'localhost') offHost.push(request.url());
	});
}

export const test = base.extend<{ app: App }, { server: Awaited<ReturnType<typeof serve>> }>({
	server: [
		// Playwright reads the fixtures that a fixture needs out of this pattern.
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const server = await serve({ root: 'dist', port: 0 });
			await use(server);
			await server.close();
		},
		{ scope: 'worker' },
	],
	app: async ({ page, server }, use) => {
		const app = new App(page, server.url);
		await use(app);
		expect(app.offHost, 'requests that left this machine').toEqual([]);
		expect(app.complaints, 'errors in the page').toEqual([]);
	},
});

export { expect };
