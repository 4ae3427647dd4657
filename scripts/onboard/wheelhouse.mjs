/**
 * The project's own list of packages on board, `wheelhouse.json`: pure-Python wheels from the Python index beside those
 * of Pyodide's lock, each with its sha256. The page lays the list over the lock (src/adapters/broker/on-board-files.ts).
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../run.mjs';
import { SetupError } from '../setup-error.mjs';
import { sha256 } from './files.mjs';
import { PYODIDE } from './manifest.mjs';
import { downloadWithPip, pythonOfPip } from './pip.mjs';

/** @typedef {import('./fill.mjs').Source} Source */
/**
 * A package of the list; `depends` are names of packages on board, `imports` the modules that it brings.
 * @typedef {{ name: string, version: string, file: string, bytes: number, sha256: string, licence: string, imports: string[], depends: string[] }} Package
 */
/** The list: what was asked for, and that with all it needs. @typedef {{ asked: string[], packages: Package[] }} Wheelhouse */
/** Pyodide's lock, as far as it is read here. @typedef {{ info: { python: string }, packages: Record<string, { name: string, version: string, package_type: string, imports: string[] }> }} Lock */

const RESOLVER = fileURLToPath(new URL('resolve_wheels.py', import.meta.url));

/** Where the list lies. @param {string} root the repository */
function listFile(root) {
	return join(root, 'wheelhouse.json');
}

/** @param {string} root @returns {Promise<Wheelhouse>} */
export async function readWheelhouse(root) {
	return JSON.parse(await readFile(listFile(root), 'utf8'));
}

/** @param {string} root @param {Wheelhouse} list */
export async function writeWheelhouse(root, { asked, packages }) {
	const sorted = packages.toSorted((one, other) => (one.name < other.name ? -1 : 1));
	const list = { asked: [...new Set(asked)].toSorted(), packages: sorted };
	await writeFile(listFile(root), `${JSON.stringify(list, null, '\t')}\n`);
}

/** Where downloaded wheels are kept. @param {string} cacheFolder */
function wheelFolder(cacheFolder) {
	return join(cacheFolder, 'wheels');
}

/**
 * The list with `names` (requirements, such as `rich` or `rich<14`) added, and with all that they need. A package that
 * is listed already is looked up anew. The wheels are left in the cache.
 * @param {readonly string[]} names
 * @param {Wheelhouse} list
 * @param {{ publicFolder: string, cacheFolder: string, log: (line: string) => void }} place
 * @returns {Promise<Wheelhouse>}
 * @throws {SetupError} `wheel_unfit`, with the resolver's line on the package that cannot go on board
 */
export async function withPackages(names, list, { publicFolder, cacheFolder, log }) {
	const lock = /** @type {Lock} */ (
		JSON.parse(await readFile(join(publicFolder, PYODIDE.target, 'pyodide-lock.json'), 'utf8'))
	);
	const ofPyodide = PYODIDE.packages.flatMap((name) => lock.packages[name] ?? []);
	const asked = new Set(names.map(nameOf));
	const kept = list.packages.filter(({ name }) => !asked.has(name));
	const folder = wheelFolder(cacheFolder);
	await mkdir(folder, { recursive: true });
	const { packages } = await resolve(
		{
			requirements: names,
			python: lock.info.python,
			onBoard: Object.fromEntries([...ofPyodide, ...kept].map(({ name, version }) => [name, version])),
			libraries: Object.fromEntries(
				ofPyodide
					.filter(({ package_type }) => package_type === 'cpython_module')
					.flatMap(({ name, imports }) => imports.map((module) => [module, name])),
			),
			folder,
		},
		log,
	);
	const found = await Promise.all(
		packages.map(async (one) => {
			const wheel = await readFile(join(folder, one.file));
			const { name, version, file, licence, imports, depends } = one;
			return { name, version, file, bytes: wheel.length, sha256: sha256(wheel), licence, imports, depends };
		}),
	);
	return pruned({ asked: [...list.asked, ...asked], packages: [...kept, ...found] });
}

/**
 * The list without `names`, and without what only they needed.
 * @param {readonly string[]} names
 * @param {Wheelhouse} list
 * @returns {Wheelhouse}
 * @throws {SetupError} `not_listed`, or `still_needed` with the name of the package that needs it
 */
export function withoutPackages(names, { asked, packages }) {
	const gone = names.map(nameOf);
	for (const name of gone) {
		if (!packages.some((one) => one.name === name)) {
			throw new SetupError('not_listed', `${name} is not in wheelhouse.json.`, 'See `npm run wheelhouse -- list`.');
		}
	}
	const rest = pruned({ asked: asked.filter((name) => !gone.includes(name)), packages });
	const needed = rest.packages.find(({ name }) => gone.includes(name));
	if (needed !== undefined) {
		const by = rest.packages.find(({ depends }) => depends.includes(needed.name));
		throw new SetupError('still_needed', `${needed.name} is needed by ${by?.name ?? 'another package'}.`, '');
	}
	return rest;
}

/** Only what was asked for and what that needs. @param {Wheelhouse} list @returns {Wheelhouse} */
function pruned({ asked, packages }) {
	const needed = new Set(asked);
	for (const name of needed) {
		for (const other of packages.find((one) => one.name === name)?.depends ?? []) needed.add(other);
	}
	return { asked, packages: packages.filter(({ name }) => needed.has(name)) };
}

/** The name that a requirement is about, as indexes write it. @param {string} requirement */
function nameOf(requirement) {
	const name = /^[\w.-]+/.exec(requirement)?.[0] ?? requirement;
	return name.replaceAll(/[-_.]+/g, '-').toLowerCase();
}

/**
 * @param {{ requirements: readonly string[], python: string, onBoard: Record<string, string>, libraries: Record<string, string>, folder: string }} request
 * @param {(line: string) => void} log
 * @returns {Promise<{ packages: Omit<Package, 'bytes' | 'sha256'>[] }>}
 */
async function resolve(request, log) {
	const [command = '', ...args] = await pythonOfPip(log);
	const { status, output } = await run(command, [...args, RESOLVER, JSON.stringify(request)]);
	const last = output.trim().split('\n').at(-1) ?? '';
	const answer = last.startsWith('{') ? JSON.parse(last) : { error: last };
	if (status !== 0 || 'error' in answer) {
		throw new SetupError('wheel_unfit', answer.error ?? 'the resolver failed', 'Nothing was changed.');
	}
	return answer;
}

/**
 * The wheels of the list, had from the Python index all in one go, or one by one where that fails; kept in the cache.
 * @param {readonly Package[]} packages
 * @param {string} cacheFolder
 * @param {(line: string) => void} log
 * @returns {Source}
 */
export function wheelSource(packages, cacheFolder, log) {
	const folder = wheelFolder(cacheFolder);
	/** @type {Promise<void> | undefined} */
	let together;
	return {
		name: 'the Python index',
		read: async (file) => {
			const path = join(folder, file);
			if (existsSync(path)) return readFile(path);
			await mkdir(folder, { recursive: true });
			together ??= downloadWithPip(packages.map(pinned), folder, log, { pure: true }).catch(() => undefined);
			await together;
			const one = packages.find((entry) => entry.file === file);
			if (!existsSync(path) && one !== undefined) await downloadWithPip([pinned(one)], folder, log, { pure: true });
			return readFile(path);
		},
	};
}

/** @param {Package} entry */
function pinned({ name, version }) {
	return `${name}==${version}`;
}
