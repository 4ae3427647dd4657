/** From a bare clone to a build that is up to date; what is right already is left alone, so a second time takes seconds. */
import './node-version.mjs';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from './main.mjs';
import { provision } from './provision.mjs';
import { run } from './run.mjs';
import { SetupError } from './setup-error.mjs';
import { step } from './steps.mjs';

/** What a build is made of: a change in one of these asks for a new one. */
const SOURCES = [
	'index.html',
	'vite.config.ts',
	'package-lock.json',
	'wheelhouse.json',
	'tsconfig.base.json',
	'src',
	'workers',
	'scripts/vite',
	'public',
];

/** Large folders of `public/`; `public/onboard.json` has the hashes of all that lies in them. */
const LISTED_FOLDERS = ['public/pyodide', 'public/models'];

/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} LockPackages */

/** The packages of a lock file of npm. @param {string} path @returns {Promise<LockPackages | null>} null where there is none */
async function lockPackages(path) {
	const text = await readFile(path, 'utf8').catch(() => null);
	return text === null ? null : JSON.parse(text).packages;
}

/** Whether `node_modules` holds what the lock names: npm keeps a lock of its own in there. @param {string} root */
async function isInstalled(root) {
	const wanted = await lockPackages(join(root, 'package-lock.json'));
	const found = await lockPackages(join(root, 'node_modules', '.package-lock.json'));
	if (wanted === null || found === null) return false;
	return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
		// Optional packages are those of other systems; npm installs the ones that fit.
		if (path === '' || optional === true || devOptional === true) return true;
		return found[path]?.version === version;
	});
}

/** @param {string} root @param {(line: string) => void} log */
async function install(root, log) {
	await step(log, 'installing dependencies', async () => {
		if (await isInstalled(root)) return 'dependencies: up to date';
		const npm = process.env.npm_execpath;
		const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
		const { status, output } = await run(command ?? 'npm', [...first, 'ci', '--no-audit', '--no-fund'], {
			cwd: root,
			// The repository's .npmrc keeps npm quiet, and here its words are wanted.
			env: { npm_config_loglevel: 'notice' },
		});
		if (status !== 0) {
			throw new SetupError(
				'install_failed',
				`npm ci ended with ${String(status)}:\n${output.trim()}`,
				'Check that npm reaches its registry, then start again.',
			);
		}
		return 'dependencies: installed';
	});
}

/** A hash over everything that the build is made of. @param {string} root @returns {Promise<string>} */
async function sourcesHash(root) {
	const hash = createHash('sha256');
	/** @param {string} path */
	const add = async (path) => {
		if (LISTED_FOLDERS.includes(path)) return;
		const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => null);
		if (entries === null) {
			const bytes = await readFile(join(root, path)).catch(() => 'none');
			hash.update(`${path}\0${String(bytes.length)}\0`).update(bytes);
			return;
		}
		const names = entries.map(({ name }) => name).sort();
		for (const name of names) await add(`${path}/${name}`);
	};
	for (const path of SOURCES) await add(path);
	return hash.digest('hex');
}

/** Holds the hash of the sources that `dist` was built from. @param {string} root */
export function stampFile(root) {
	return join(root, '.cache', 'build-stamp');
}

/** @param {string} root @param {(line: string) => void} log */
async function build(root, log) {
	await step(log, 'building', async (progress) => {
		const stamp = stampFile(root);
		const hash = await sourcesHash(root);
		const last = await readFile(stamp, 'utf8').catch(() => null);
		// The build writes headers.json, without which the server does not start.
		if (last === hash && existsSync(join(root, 'dist', 'headers.json'))) return 'build: up to date';
		await rm(stamp, { force: true });
		const { status, output } = await run(process.execPath, [viteCli(root), 'build'], {
			cwd: root,
			onOutput: (text) => progress(text.trim().split('\n').at(-1) ?? ''),
		});
		if (status !== 0) {
			throw new SetupError(
				'build_failed',
				`The build failed:\n${output.trim()}`,
				'Correct what it names, then start again.',
			);
		}
		await mkdir(join(root, '.cache'), { recursive: true });
		await writeFile(stamp, hash);
		return 'build: done';
	});
}

/** Vite's program. @param {string} root */
export function viteCli(root) {
	return join(root, 'node_modules', 'vite', 'bin', 'vite.js');
}

/**
 * Installs dependencies, puts on board what goes there, and builds `dist`, each where it is not up to date. Files that
 * cannot be had for the board are no error: the app works without them and says so.
 * @param {{ root?: string, log?: (line: string) => void }} [options] `log` gets the lines of progress (stdout)
 * @throws {SetupError} `install_failed` or `build_failed`, with the whole output of npm or Vite
 */
export async function prepare({ root = repositoryRoot, log = console.log } = {}) {
	await install(root, log);
	await provision({ root, log });
	await build(root, log);
}
