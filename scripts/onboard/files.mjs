/** Files that are checked by hash and written whole or not at all. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** @param {Buffer | string} bytes */
export function sha256(bytes) {
	return createHash('sha256').update(bytes).digest('hex');
}

/** The sha256 of a file, or null when there is none. @param {string} path @returns {Promise<string | null>} */
export async function sha256OfFile(path) {
	const hash = createHash('sha256');
	try {
		await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
		throw error;
	}
	return hash.digest('hex');
}

/**
 * Writes `bytes` to `path` in one move, so that a stopped run leaves no half file.
 * @param {string} path
 * @param {Buffer | string} bytes
 * @param {string} cacheFolder where the unfinished file lies; on the same disk as `path`
 */
export async function writeWhole(path, bytes, cacheFolder) {
	await mkdir(cacheFolder, { recursive: true });
	await mkdir(dirname(path), { recursive: true });
	const unfinished = join(cacheFolder, `${basename(path)}.${String(process.pid)}.part`);
	try {
		await writeFile(unfinished, bytes);
		await rename(unfinished, path);
	} finally {
		await rm(unfinished, { force: true });
	}
}
