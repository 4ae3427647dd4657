/**
 * Measures the profile of the model on board on held-out tasks: the real prompt, the real model (wllama in headless
 * Chromium), greedy, one action; the code runs in CPython after `workers/python/preload.py`, and its last printed line
 * is compared with the answer.
 *
 *   BROWSER_PATH=/usr/bin/chromium node tests/bench/onboard-profile.mjs [--every N] [--plain N] [--threads N] [--tasks FILE] [--log FILE]
 *
 * An action takes about 10 s on two cores (some 30 ms for each token of the prompt), the whole set 25 minutes.
 * --every N: only every N-th task (1).
 * --log FILE: one JSON line an action, as it is done.
 * --plain N: the same without worked examples on every N-th of these, as the reference (6; 0 leaves it out).
 * --threads N: threads of the model (2); on a busy machine 1 is faster.
 */
import { appendFile, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer as createVite } from 'vite';
import { Judge } from './onboard-judge.mjs';
import { openModel } from './onboard-model.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const options = parseArgs({
	options: {
		every: { type: 'string', default: '1' },
		plain: { type: 'string', default: '6' },
		threads: { type: 'string', default: '2' },
		tasks: { type: 'string', default: fileURLToPath(new URL('onboard-tasks.json', import.meta.url)) },
		log: { type: 'string' },
	},
}).values;

/** @typedef {{ family: string, covered: boolean, task: string, answer: string }} Task */
/** @typedef {import('../../src/core/profile').Profile} Profile */
/** @typedef {Task & { mode: 'profile' | 'plain', reply: string, printed: string, error: string, isRight: boolean, tokensIn: number, tokensOut: number, ms: number }} Row */

/** Wilson's interval for a share, 95 %: https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval */
function wilson(/** @type {number} */ right, /** @type {number} */ total) {
	const z = 1.96;
	const share = right / total;
	const middle = (share + (z * z) / (2 * total)) / (1 + (z * z) / total);
	const half = (z / (1 + (z * z) / total)) * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
	return `${Math.round(100 * (middle - half))}–${Math.round(100 * (middle + half))} %`;
}

/** One line of the table. */
function line(/** @type {string} */ name, /** @type {readonly Row[]} */ rows) {
	if (rows.length === 0) return;
	const right = rows.filter((row) => row.isRight).length;
	const mean = (/** @type {(row: Row) => number} */ of) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
	const share = `${Math.round((100 * right) / rows.length)} %`;
	const tokens = `${mean((row) => row.tokensIn).toFixed(0)} + ${mean((row) => row.tokensOut).toFixed(0)}`;
	const seconds = (mean((row) => row.ms) / 1000).toFixed(1);
	console.log(
		`| ${name} | ${right} of ${rows.length} | ${share} | ${wilson(right, rows.length)} | ${tokens} | ${seconds} |`,
	);
}

/** The profile as the app has it: its TypeScript, loaded through Vite. */
async function loadProfile() {
	const vite = await createVite({
		root,
		configFile: false,
		server: { middlewareMode: true, hmr: false, ws: false },
		appType: 'custom',
		logLevel: 'error',
	});
	try {
		return /** @type {{ onboard: Profile }} */ (await vite.ssrLoadModule('/src/core/profiles/onboard.ts')).onboard;
	} finally {
		await vite.close();
	}
}

const profile = await loadProfile();
const all = /** @type {Task[]} */ (JSON.parse(await readFile(options.tasks, 'utf8')));
const tasks = all.filter((_, index) => index % Number(options.every) === 0);
const judge = new Judge(await readFile(`${root}workers/python/preload.py`, 'utf8'));
const model = await openModel(root, Number(options.threads));
/** @type {Row[]} */
const rows = [];

/** One action of the model on one task. */
async function measure(/** @type {Task} */ task, /** @type {Row['mode']} */ mode) {
	const messages = [
		{ role: 'system', content: profile.system },
		...(mode === 'plain' ? [] : profile.examples(task.task)),
		{ role: 'user', content: task.task },
	];
	const started = performance.now();
	const { text, tokensIn, tokensOut } = await model.generate(messages, profile.tags.close, profile.maxTokens);
	const ms = performance.now() - started;
	const [, code] = text.split(profile.tags.open);
	const { printed, error } = code === undefined ? { printed: '', error: 'no action' } : await judge.run(code.trim());
	const isRight = error === '' && judge.isSame(printed, task.answer);
	const row = { ...task, mode, reply: text, printed, error, isRight, tokensIn, tokensOut, ms };
	rows.push(row);
	if (options.log) await appendFile(options.log, `${JSON.stringify(row)}\n`);
	if (!isRight && mode === 'profile') {
		const shown = text.replace(profile.tags.open, '').trim().replaceAll('\n', ' ⏎ ');
		console.log(`wrong: ${task.family}: ${task.task} → ${shown} → ${printed || error} (${task.answer})`);
	}
}

try {
	const every = Number(options.plain);
	for (const task of tasks) await measure(task, 'profile');
	for (const [index, task] of tasks.entries()) if (every > 0 && index % every === 0) await measure(task, 'plain');
} finally {
	await model.close();
}

console.log(
	'\n| tasks | right | share | 95 % | tokens in + out | s an action |\n| --- | --- | --- | --- | --- | --- |',
);
for (const mode of /** @type {const} */ (['profile', 'plain'])) {
	const of = rows.filter((row) => row.mode === mode);
	line(
		`${mode}, covered families`,
		of.filter((row) => row.covered),
	);
	line(
		`${mode}, uncovered families`,
		of.filter((row) => !row.covered),
	);
}
