/**
 * The memory snapshot of the booted interpreter, from which every start goes on (`workers/python/snapshot.ts`). It is
 * made on this machine, of what its header says; where one of these has changed it is made anew.
 */
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../run.mjs';
import { sha256OfFile, writeWhole } from './files.mjs';
import { PYODIDE } from './manifest.mjs';

/** @typedef {import('./fill.mjs').Filled} Filled */
/** @typedef {import('./parts.mjs').Place} Place */

/**
 * What a snapshot is made of; equal on both sides, or it is not used.
 * @typedef {{ format: number, pyodide: string, environment: Record<string, string>, sources: Record<string, string>, preload: string }} Recipe
 */

/** Of the layout of the file. */
const FORMAT = 1;
/** The file's first four bytes, little-endian: "PySn". */
const MAGIC = 0x6e537950;
const PAGE_BYTES = 4096;
/** Making one takes 3 s; on a machine that is busy, longer. */
const LIMIT_MS = 180_000;

const MAKER = fileURLToPath(new URL('make-snapshot.mjs', import.meta.url));
const PRELOAD = 'preload.py';
const ENVIRONMENT = 'environment.json';

/** What the snapshot of the harness in `folder` is to be made of. @param {string} folder @returns {Promise<Recipe>} */
export async function readRecipe(folder) {
	/** @param {string} name */
	const text = (name) => readFile(join(folder, name), 'utf8');
	const files = (await readdir(folder)).filter((name) => /\.(py|json)$/.test(name));
	const names = files.filter((name) => ![PRELOAD, ENVIRONMENT].includes(name)).sort();
	return {
		format: FORMAT,
		pyodide: PYODIDE.version,
		environment: JSON.parse(await text(ENVIRONMENT)),
		sources: {
			'__init__.py': '',
			...Object.fromEntries(await Promise.all(names.map(async (name) => [name, await text(name)]))),
		},
		preload: await text(PRELOAD),
	};
}

/** The file: magic, length of the header, header (JSON), the pages of `memory` that hold anything. @param {Recipe} recipe @param {Uint8Array} memory */
export function encodeSnapshot(recipe, memory) {
	/** First page and number of pages of each stretch. @type {[number, number][]} */
	const runs = [];
	const pages = [];
	for (let page = 0; page * PAGE_BYTES < memory.length; page++) {
		const bytes = memory.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
		if (bytes.every((byte) => byte === 0)) continue;
		pages.push(bytes);
		const run = runs.at(-1);
		if (run !== undefined && run[0] + run[1] === page) run[1] += 1;
		else runs.push([page, 1]);
	}
	const header = Buffer.from(JSON.stringify({ recipe, bytes: memory.length, runs }));
	const start = Buffer.alloc(8);
	start.writeUInt32LE(MAGIC, 0);
	start.writeUInt32LE(header.length, 4);
	return Buffer.concat([start, header, ...pages]);
}

/** What the snapshot at `path` was made of; null where there is none. @param {string} path @returns {Promise<Recipe | null>} */
async function recipeOf(path) {
	const file = await open(path).catch(() => null);
	if (file === null) return null;
	try {
		const start = Buffer.alloc(8);
		await file.read(start, 0, 8, 0);
		if (start.readUInt32LE(0) !== MAGIC) return null;
		const header = Buffer.alloc(start.readUInt32LE(4));
		await file.read(header, 0, header.length, 8);
		return JSON.parse(header.toString('utf8')).recipe;
	} catch {
		return null;
	} finally {
		await file.close();
	}
}

/**
 * Has a snapshot of this release under `public/`. Where none can be made it is listed as missing: Python then boots
 * plainly, which takes longer.
 * @param {Place} place
 * @returns {Promise<Filled & { origins: Map<string, number> }>}
 */
export async function snapshotPart({ root, publicFolder, cacheFolder }) {
	const path = PYODIDE.target + PYODIDE.snapshot;
	const file = join(publicFolder, path);
	const folder = join(root, 'workers', 'python');
	/** @type {Map<string, number>} */
	const origins = new Map();
	if (JSON.stringify(await recipeOf(file)) !== JSON.stringify(await readRecipe(folder))) {
		await rm(file, { force: true });
		const made = join(cacheFolder, PYODIDE.snapshot);
		await writeWhole(made, '', cacheFolder);
		const { status, output } = await run(process.execPath, [MAKER, folder, made], { cwd: root, limitMs: LIMIT_MS });
		if (status === 0) await writeWhole(file, await readFile(made), cacheFolder);
		await rm(made, { force: true });
		if (status !== 0) {
			const why =
				output
					.trim()
					.split('\n')
					.findLast((line) => /\w*Error\b/.test(line)) ?? `it ended with ${String(status)}`;
			return { files: [], missing: [{ part: 'python', path, why }], origins };
		}
		origins.set('this machine', 1);
	}
	const sha256 = (await sha256OfFile(file)) ?? '';
	return { files: [{ path, bytes: (await stat(file)).size, sha256, part: 'python' }], missing: [], origins };
}
