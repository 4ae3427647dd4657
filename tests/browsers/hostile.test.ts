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
	pwned: window.pwned ?? null,
	polluted: Object.keys(Object.prototype),
	cookie: document.cookie,
	frames: document.querySelectorAll('iframe[sandbox="allow-scripts"]').length,
	api: typeof window.playground.execute,
})`;

/** True where the result says that Python is not the one that it was. */
const isReplaced = ({ state }: Pick<RunResult, 'state'>): boolean => state !== 'kept';

/** Addresses that the snippets are told. */
const addresses = (app: App): string =>
	`TRAP, PAGE = ${JSON.stringify(`127.0.0.1:${String(app.trap.port)}`)}, ${JSON.stringify(app.served.url)}\n`;

const test = appTest({
	prepare: async (app) => {
		const { checkpoint } = await app.execute(addresses(app) + PRELUDE);
		await app.tab.evaluate(`window.base = ${String(checkpoint?.id)}`);
	},
});

/** What is true after every snippet, whatever it did. */
async function expectUntouched(app: App, before: unknown, tabs: number): Promise<void> {
	expect(await app.tab.evaluate(STATE)).toEqual(before);
	expect(await app.tab.tabs()).toBe(tabs);
}

const named = (isShown: boolean) =>
	SNIPPETS.filter((snippet) => snippet.isShown === isShown).map((snippet) => [snippet.name, snippet] as const);

test.for(named(false))('%s, ends contained', async ([, { code, ends, timeoutMs }], { app }) => {
	const before = await app.tab.evaluate(STATE);
	const tabs = await app.tab.tabs();
	const startedAt = performance.now();
	const result = await app.execute(code, { timeoutMs });

	expect(performance.now() - startedAt).toBeLessThan(timeoutMs + SLACK_MS);
	expect(result.stdout + result.stderr).not.toContain('ESCAPED');
	if (ends === 'ok') expect(result).toMatchObject({ status: 'ok', state: 'kept' });
	if (ends.startsWith('error')) expect(result).toMatchObject({ status: 'error', state: 'kept' });
	if (ends.startsWith('error ')) expect(result.error?.type).toBe(ends.slice('error '.length));
	if (ends === 'stopped') expect(result.status).toMatch(/^(timedOut|interrupted)$/);
	if (ends === 'broken') expect([result.status, isReplaced(result)]).toEqual(['error', true]);

	const next = await app.execute('1 + 1');
	expect([next.value, next.stdout]).toEqual(['2', '']);
	expect(await app.value('kept')).toBe("'kept'");
	await expectUntouched(app, before, tabs);
	await app.tab.evaluate('playground.restore(window.base)');
});

// Last: a run begins a session of its own, with a Python that knows nothing of what was before.
test.for(named(true))('%s, is shown without it', async ([, { code, ends }], { app }) => {
	const before = await app.tab.evaluate(STATE);
	const tabs = await app.tab.tabs();
	// The replies of a model are short: without the head.
	const result = await app.show(addresses(app) + code.replace(/^#.*\n/gm, ''));
	if (ends === 'ok') expect(result).toMatchObject({ status: 'ok' });
	expect(await app.tab.evaluate('document.body.innerText')).toContain('seen');
	await expectUntouched(app, before, tabs);
	expect(await app.value('1 + 1')).toBe('2');
});
