#!/usr/bin/env node
/**
 * `npm run assets`: fills `public/` with what goes on board (Python, its packages, the model for the CPU and for
 * WebGPU) and writes `public/onboard.json`, the list of it. Every file is checked by sha256; what is right is kept.
 * `--prefer pip|cdn`, or ONBOARD_SOURCE, says where packages are looked for first (pip); the other comes second.
 */
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fill } from './onboard/fill.mjs';
import { writeWhole } from './onboard/files.mjs';
import { corePart, modelPart, packagesPart, webgpuPart } from './onboard/parts.mjs';
import { snapshotPart } from './onboard/snapshot.mjs';
import { isMain, repositoryRoot, runMain } from './main.mjs';
import { SetupError } from './setup-error.mjs';
import { megabytes, step } from './steps.mjs';

/** @typedef {import('./onboard/fill.mjs').Filled} Filled */
/** @typedef {import('./onboard/fill.mjs').Wanted} Wanted */
/** @typedef {import('./onboard/parts.mjs').Place} Place */

/** Removes packages of an older release, which the build would carry along. @param {string} folder @param {readonly string[]} kept */
async function prune(folder, kept) {
	for (const name of await readdir(folder)) {
		if (/\.(whl|zip)$/.test(name) && !kept.includes(name)) await rm(join(folder, name));
	}
}

/**
 * Puts everything on board that can be had.
 * @param {{ root?: string, log?: (line: string) => void, prefer?: string | undefined }} [options] `root` is the repository
 * @returns {Promise<Filled>} what is on board and what is missing, as written to `public/onboard.json`
 * @throws {SetupError} `unknown_source` for another `prefer` than `pip` and `cdn`
 */
export async function provision({ root = repositoryRoot, log = console.log, prefer } = {}) {
	const first = prefer ?? process.env.ONBOARD_SOURCE ?? 'pip';
	if (first !== 'pip' && first !== 'cdn') {
		throw new SetupError('unknown_source', `There is no source "${first}".`, 'Use pip or cdn.');
	}
	const publicFolder = join(root, 'public');
	/** @type {Place} */
	const place = { root, publicFolder, cacheFolder: join(root, '.cache', 'onboard'), prefer: first, log };
	/** @type {Filled} */
	const all = { files: [], missing: [] };
	/** @param {string} title @param {(progress: (text: string) => void) => ReturnType<typeof fill>} have */
	const had = (title, have) =>
		step(log, `putting ${title} on board`, async (progress) => {
			const { files, missing, origins } = await have(progress);
			all.files.push(...files);
			all.missing.push(...missing);
			const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
			const news = [...origins].map(([name, count]) => `, ${String(count)} from ${name}`).join('');
			const gap = missing.length === 0 ? '' : `, ${String(missing.length)} MISSING`;
			return `${title}: ${String(files.length)} files, ${megabytes(bytes)}${news || ', already on board'}${gap}`;
		});
	/** @param {string} title @param {() => Wanted[] | Promise<Wanted[]>} list */
	const part = (title, list) => had(title, async (progress) => fill(await list(), { ...place, progress }));
	await part('Python', () => corePart(place));
	await had('the memory of Python', () => snapshotPart(place));
	await part('packages', async () => {
		const wanted = await packagesPart(place);
		if (wanted.length > 0) {
			const kept = [...wanted.map(({ file }) => file), 'python_stdlib.zip'];
			await prune(join(publicFolder, 'pyodide'), kept);
		}
		return wanted;
	});
	await part('the model', () => modelPart(place));
	await part('the model for WebGPU', () => webgpuPart(place));
	await writeList(publicFolder, place.cacheFolder, all);
	for (const { path, why } of all.missing) log(`! not on board: ${path}. ${why}`);
	if (all.missing.length > 0) log('! The app works without these, and says so. Start again to look for them again.');
	return all;
}

/** Writes the list where it says something new, so that an unchanged one does not cause a build. @param {string} folder @param {string} cacheFolder @param {Filled} filled */
async function writeList(folder, cacheFolder, { files, missing }) {
	const path = join(folder, 'onboard.json');
	const text = `${JSON.stringify({ version: 1, files, missing }, null, '\t')}\n`;
	if (!existsSync(path) || (await readFile(path, 'utf8')) !== text) await writeWhole(path, text, cacheFolder);
}

if (isMain(import.meta.url)) {
	await runMain(async () => {
		const { values } = parseArgs({ options: { prefer: { type: 'string' } } });
		const { missing } = await provision(values);
		return missing.length === 0 ? 0 : 1;
	});
}
