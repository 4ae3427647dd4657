/** The lanes of `npm test`, cheap to dear: what each runs, and how its tests are counted. */
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installWithApt } from '../apt.mjs';
import { CPU_WEBGPU_FLAGS, findBrowser, findFirefox, findWebKit } from '../browser.mjs';
import { repositoryRoot } from '../main.mjs';
import { run } from '../run.mjs';
import { SetupError } from '../setup-error.mjs';
import { playwrightTotals, unittestTotals, vitestTotals } from './totals.mjs';

/** @typedef {import('./totals.mjs').Totals} Totals */
/** What a lane did; `output` is the text of what failed. @typedef {Totals & { output: string }} LaneResult */
/** What a lane is given. @typedef {{ log: (line: string) => void, progress: (text: string) => void }} Desk */
/** @typedef {{ name: string, run: (desk: Desk) => Promise<LaneResult> }} Lane */

/** No program of a lane may last longer; a hung one is ended and counts as failed. */
const LIMIT_MS = 20 * 60_000;

/** What is shown when something failed is read in logs: no colours. */
const PLAIN = { NO_COLOR: '1', FORCE_COLOR: undefined };

const reports = join(repositoryRoot, '.cache', 'test');

/** The program `name` of an installed package. @param {string} packageName @param {string} [name] */
function program(packageName, name = packageName) {
	const folder = join(repositoryRoot, 'node_modules', packageName);
	const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/** Runs one program in the repository. @param {string} command @param {readonly string[]} args @param {Desk} desk @param {Record<string, string>} [env] */
async function call(command, args, { progress }, env) {
	const { status, output, hasTimedOut } = await run(command, args, {
		cwd: repositoryRoot,
		limitMs: LIMIT_MS,
		onOutput: (text) => progress(text.trim().split('\n').at(-1)?.slice(0, 100) ?? ''),
		env: { ...PLAIN, ...env },
	});
	return { status, output: hasTimedOut ? `${output}\nEnded after ${String(LIMIT_MS / 60_000)} minutes.` : output };
}

/**
 * A lane of programs that pass or fail as a whole; each counts as one test.
 * @param {string} name
 * @param {() => [name: string, ...call: string[]][]} list each with its name and the arguments for Node; asked for when
 *   the lane runs, since before the installation there are no programs
 * @returns {Lane}
 */
function checks(name, list) {
	return {
		name,
		run: async (desk) => {
			/** @type {LaneResult} */
			const result = { passed: 0, failures: [], skipped: 0, output: '' };
			for (const [check, ...args] of list()) {
				const { status, output } = await call(process.execPath, args, desk);
				if (status === 0) result.passed++;
				else {
					result.failures.push(check);
					result.output += `${output.trim()}\n`;
				}
			}
			return result;
		},
	};
}

/**
 * The result of a test runner: what it reported, and a failure more where its exit status says so and no test does.
 * @param {number | null} status
 * @param {string} output
 * @param {Totals | null} totals null when it left no report
 * @returns {LaneResult}
 */
export function suiteResult(status, output, totals) {
	const { passed, failures, skipped } = totals ?? { passed: 0, failures: [], skipped: 0 };
	const names = [...failures];
	if (names.length === 0 && status !== 0) names.push(`the runner itself (exit status ${String(status)})`);
	if (names.length === 0 && passed === 0) names.push('no test was run');
	return { passed, failures: names, skipped, output };
}

/** @template T @param {string} path @param {(report: T) => Totals} read @returns {Promise<Totals | null>} */
async function readReport(path, read) {
	const text = await readFile(path, 'utf8').catch(() => null);
	return text === null ? null : read(JSON.parse(text));
}

/** The browser for a test runner, in the words of vite.config.ts and playwright.config.ts. @param {Desk} desk @param {readonly string[]} extraFlags */
async function browserEnv({ log }, extraFlags = []) {
	const { path, args } = await findBrowser({ install: true, log });
	return { BROWSER_PATH: path, BROWSER_ARGS: [...args, ...extraFlags].join(' ') };
}

/** A project of vite.config.ts. @param {string} name @param {string} project @param {(desk: Desk) => Promise<Record<string, string>>} [env] @returns {Lane} */
function vitest(name, project, env = () => Promise.resolve({})) {
	return {
		name,
		run: async (desk) => {
			const report = join(reports, `${name}.json`);
			await mkdir(reports, { recursive: true });
			await rm(report, { force: true });
			const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
			const args = [program('vitest'), 'run', '--project', project, ...reporters];
			const { status, output } = await call(process.execPath, args, desk, await env(desk));
			return suiteResult(status, output, await readReport(report, vitestTotals));
		},
	};
}

/** @type {Lane} */
const e2e = {
	name: 'e2e',
	run: async (desk) => {
		// playwright.config.ts names this file.
		const report = join(repositoryRoot, 'test-results', 'e2e.json');
		await rm(report, { force: true });
		const env = await browserEnv(desk);
		const { status, output } = await call(
			process.execPath,
			[program('@playwright/test', 'playwright'), 'test'],
			desk,
			env,
		);
		return suiteResult(status, output, await readReport(report, playwrightTotals));
	},
};

/** A Python 3 of this machine. @param {(line: string) => void} log @returns {Promise<string>} */
async function findPython(log) {
	const find = async () => {
		for (const name of ['python3', 'python']) {
			const { status, output } = await run(name, ['--version']);
			if (status === 0 && output.startsWith('Python 3')) return name;
		}
		return undefined;
	};
	let python = await find();
	if (python === undefined && (await installWithApt(['python3'], log))) python = await find();
	if (python !== undefined) return python;
	throw new SetupError(
		'python_missing',
		'The Python tests need Python 3, and there is none.',
		'Install it, then start again.',
	);
}

/** @type {Lane} */
const python = {
	name: 'python',
	run: async (desk) => {
		const args = ['-m', 'unittest', 'discover', '-s', 'tests/python'];
		// Imported modules must leave no caches beside the sources.
		const env = { PYTHONDONTWRITEBYTECODE: '1' };
		const { status, output } = await call(await findPython(desk.log), args, desk, env);
		return suiteResult(status, output, unittestTotals(output));
	},
};

/** @param {string} realm @returns {[name: string, ...call: string[]]} */
const tsc = (realm) => [`tsc ${realm}`, program('typescript', 'tsc'), '-p', `tsconfig.${realm}.json`];

/** @type {readonly Lane[]} */
export const LANES = [
	checks('format', () => [['prettier', program('prettier'), '--check', '.']]),
	checks('lint', () => [['eslint', program('eslint'), '.']]),
	checks('types', () => [
		['svelte-check', program('svelte-check'), '--tsconfig', 'tsconfig.page.json', '--fail-on-warnings'],
		...['core', 'worker', 'service-worker', 'node'].map(tsc),
	]),
	checks('arch', () => [
		['depcruise', program('dependency-cruiser', 'depcruise'), '--config', '.dependency-cruiser.cjs', 'src', 'workers'],
	]),
	checks('dead', () => [['knip', program('knip')]]),
	vitest('unit', 'node'),
	python,
	checks('size', () => [['size-limit', program('size-limit')]]),
	vitest('browser', 'browser', (desk) => browserEnv(desk)),
	vitest('webgpu', 'webgpu', (desk) => browserEnv(desk, CPU_WEBGPU_FLAGS)),
	vitest('chromium', 'browsers', async (desk) => ({ ...(await browserEnv(desk)), TEST_BROWSER: 'chromium' })),
	vitest('firefox', 'browsers', async ({ log }) => {
		await findFirefox({ install: true, log });
		return { TEST_BROWSER: 'firefox' };
	}),
	vitest('webkit', 'browsers', async ({ log }) => {
		await findWebKit({ install: true, log });
		return { TEST_BROWSER: 'webkit' };
	}),
	e2e,
];
