/**
 * How much of the wait for packages is hidden behind the model's writing. The same reply is streamed twice at a fixed
 * rate (the scripted engine): to a Runtime that hears of the code while it is written, and to one that does not. The
 * wait is the time that the action takes, in a fresh Python each time; what it computes itself is a millisecond.
 *
 *   npm run bench -- python --only overlap
 */
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { findBrowser } from '../../scripts/browser.mjs';

/** @typedef {{ name: string, reply: string }} Case */
/** @import { Figure } from './table.mjs' */

/** Tokens of a reply in a second. */
const RATE = 25;
const REPEATS = 3;

const REST = `
values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9]
labels = ["a", "b", "c", "a", "b", "c", "a", "b", "c", "a", "b", "c", "a", "b", "c"]
table = {"label": labels, "value": values}
total = sum(values)
largest = max(values)
smallest = min(values)
print("The sum is", total, "and the range goes from", smallest, "to", largest)
`;

/** Replies of some 110 tokens: the imports first, as models write them. @type {readonly Case[]} */
const CASES = [
	{ name: 'import pandas', reply: `I will use pandas.\n<execute>\nimport pandas as pd\n${REST}</execute>` },
	{
		name: 'import matplotlib.pyplot',
		reply: `I will draw it.\n<execute>\nimport matplotlib.pyplot as plt\n${REST}</execute>`,
	},
	{
		name: 'micropip.install("sympy"), import',
		reply: `I need sympy.\n<execute>\nimport micropip\nawait micropip.install("sympy")\nimport sympy\n${REST}</execute>`,
	},
];

/**
 * Runs one reply in the page, in a fresh Python.
 * @param {{ reply: string, rate: number, isHeard: boolean }} options
 * @returns {Promise<number>} how long the action took, in milliseconds
 */
async function playInPage({ reply, rate, isHeard }) {
	/** @param {string} path @returns {Promise<any>} */
	const load = (path) => import(/* @vite-ignore */ path);
	const { Broker } = await load('/src/adapters/broker/broker.ts');
	const { PyodideRuntime } = await load('/src/adapters/runtimes/pyodide-runtime.ts');
	const { ScriptedEngine } = await load('/src/adapters/engines/scripted-engine.ts');
	const { runAgent } = await load('/src/core/agent.ts');
	const { DEFAULT_LIMITS } = await load('/src/core/limits.ts');
	const { browserClock } = await load('/src/adapters/frame-clock.ts');
	const runtime = new PyodideRuntime({ broker: new Broker({ baseUrl: `${location.origin}/` }) });
	if (!isHeard) runtime.prepare = () => undefined;
	await runtime.start(() => undefined);
	const engine = new ScriptedEngine([reply, 'Done.'], { pieceMs: 1000 / rate });
	await engine.load(() => undefined, new AbortController().signal);
	const profile = {
		id: 'bench',
		system: '',
		tags: { open: '<execute>', close: '</execute>' },
		examples: () => [],
		temperature: 0,
		maxTokens: 1000,
		observationChars: 400,
		answerFrom: 'reply',
	};
	const options = {
		...{ task: 'Bench', files: [], history: [], resume: null, id: 'bench', model: 'scripted', seed: 0 },
		...{ engine, runtime, profile, limits: { ...DEFAULT_LIMITS, actionMs: 120_000 }, clock: browserClock },
	};
	let waitedMs = Number.NaN;
	let startedAt = 0;
	for await (const event of runAgent(options, new AbortController().signal)) {
		if (event.type === 'actionStarted') startedAt = performance.now();
		if (event.type === 'stepEnded' && startedAt !== 0 && Number.isNaN(waitedMs)) {
			if (event.step.observation?.status !== 'ok') throw new Error(JSON.stringify(event.step.observation));
			waitedMs = performance.now() - startedAt;
		}
	}
	runtime.dispose();
	return waitedMs;
}

/** @returns {Promise<Figure[]>} */
export async function measureOverlap() {
	const root = fileURLToPath(new URL('../..', import.meta.url));
	const vite = await createServer({ root, server: { port: 0, hmr: false, ws: false }, logLevel: 'error' });
	await vite.listen();
	const { path, args } = await findBrowser({ install: true });
	const browser = await chromium.launch({ executablePath: path, args });
	try {
		const page = await browser.newPage();
		const url = `${vite.resolvedUrls?.local[0] ?? ''}empty`;
		const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
		await page.route(url, (route) => route.fulfill({ headers, contentType: 'text/html', body: '<!doctype html>' }));
		await page.goto(url);
		/** @type {Figure[]} */
		const figures = [];
		for (const { name, reply } of CASES) {
			/** @type {number[]} */
			const without = [];
			/** @type {number[]} */
			const heard = [];
			// By turns, so that a busy moment of the machine hits both.
			for (let repeat = 0; repeat < REPEATS; repeat += 1) {
				without.push(await page.evaluate(playInPage, { reply, rate: RATE, isHeard: false }));
				heard.push(await page.evaluate(playInPage, { reply, rate: RATE, isHeard: true }));
			}
			const hidden = heard.map((waitedMs, repeat) => 100 * (1 - waitedMs / (without[repeat] ?? waitedMs)));
			figures.push(
				{ what: `${name}: wait`, values: without, unit: 'ms' },
				{ what: `${name}: wait, loaded ahead`, values: heard, unit: 'ms' },
				{ what: `${name}: share of the wait that is hidden`, values: hidden, unit: '%' },
			);
		}
		return figures;
	} finally {
		await browser.close();
		await vite.close();
	}
}
