/**
 * Hostile code (tests/fixtures/hostile, one snippet a file) in the real page. Each snippet ends contained: nothing
 * leaves the device, the page is as it was, and the next action works, with the variables or with word of their loss.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { RunResult } from '../../src/core/ports';
import { type App, appTest } from './app';

const FOLDER = 'tests/fixtures/hostile';
const PRELUDE = readFileSync(`${FOLDER}/prelude.py`, 'utf8');

/** What the head of a snippet says of it. */
interface Snippet {
	readonly name: string;
	readonly code: string;
	/** `ok`, `error`, `error TYPE`, `stopped`, `broken` (Python itself), or `any`. */
	readonly ends: string;
	readonly timeoutMs: number;
	/** True where what it shows is looked at in the page. */
	readonly isShown: boolean;
}

const SNIPPETS = readdirSync(FOLDER)
	.filter((file) => file !== 'prelude.py')
	.map((file): Snippet => {
		const code = readFileSync(`${FOLDER}/${file}`, 'utf8');
		const word = (key: string): string | undefined => new RegExp(`^# ${key}: (.+)$`, 'm').exec(code)?.[1];
		return {
			name: `${file}, which tries ${word('tries') ?? ''}`,
			code,
			ends: word('ends') ?? '',
			timeoutMs: Number(word('timeout') ?? 5_000),
			isShown: word('shown') === 'yes',
		};
	});

/** How long an action may take beyond its own time, on a machine that is busy with other things. */
const SLACK_MS = 10_000;

/** What a page looks like that nobody tampered with. */
const STATE = `({
	href: location.href.split('#')[0],
	title: document.title,
	pwned: window.pwned ?? null,
	polluted: Object.keys(Object.prototype),
	cookie: document.cookie,
	frames: document.querySelectorAll('iframe[sandbox="allow-scripts"]').length,
	api: typeof window.playground.execute,
})`;

/** Puts Python back to where nothing has been tried yet. */
async function begin(app: App): Promise<void> {
	await app.tab.evaluate('playground.restore(window.base)');
}

/** True where the result says that Python is not the one that it was. */
const isReplaced = ({ state }: RunResult): boolean => state !== 'kept';

const test = appTest({
	prepare: async (app) => {
		const setting = `TRAP, PAGE = ${JSON.stringify(`127.0.0.1:${String(app.trap.port)}`)}, ${JSON.stringify(app.served.url)}`;
		const { checkpoint } = await app.execute(`${setting}\n${PRELUDE}`);
		await app.tab.evaluate(`window.base = ${String(checkpoint?.id)}`);
	},
});

test.for(SNIPPETS.map((snippet) => [snippet.name, snippet] as const))(
	'%s, ends contained',
	async ([, { code, ends, timeoutMs, isShown }], { app }) => {
		const before = await app.tab.evaluate(STATE);
		const tabs = await app.tab.tabs();
		const startedAt = performance.now();
		const result = isShown ? await app.show(code) : await app.execute(code, { timeoutMs });

		expect(performance.now() - startedAt).toBeLessThan(timeoutMs + SLACK_MS);
		expect(result.stdout + result.stderr).not.toContain('ESCAPED');
		if (ends === 'ok') expect(result).toMatchObject({ status: 'ok', state: 'kept' });
		if (ends.startsWith('error')) expect(result).toMatchObject({ status: 'error', state: 'kept' });
		if (ends.startsWith('error ')) expect(result.error?.type).toBe(ends.slice('error '.length));
		if (ends === 'stopped') expect(result.status).toMatch(/^(timedOut|interrupted)$/);
		if (ends === 'broken') expect([result.status, isReplaced(result)]).toEqual(['error', true]);

		const next = await app.execute('1 + 1');
		if (next.value !== '2') {
			// What was sabotaged may break the next action, if that is told; then there is another Python.
			expect(isReplaced(next)).toBe(true);
			expect(await app.value('1 + 1')).toBe('2');
		}
		expect(next.stdout).not.toContain('ESCAPED');
		const { value, error } = await app.execute('kept');
		if (value !== "'kept'") expect([error?.type, next.state]).toEqual(['NameError', 'lost']);
		expect(await app.tab.evaluate(STATE)).toEqual(before);
		expect(await app.tab.tabs()).toBe(tabs);
		await begin(app);
	},
);
