/** Puts files on board: each is kept when it is right, else had from the first source that gives the right bytes. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, sha256OfFile, writeWhole } from './files.mjs';

/** @typedef {'python' | 'packages' | 'model' | 'modelWebgpu'} Part */
/** A place that files come from. `read` rejects when it has none. @typedef {{ name: string, read: (file: string) => Promise<Buffer> }} Source */
/** A file to have; `path` is relative to `public/`. @typedef {{ path: string, file: string, part: Part, sha256: string, sources: Source[] }} Wanted */
/** @typedef {{ path: string, bytes: number, sha256: string, part: Part }} OnboardFile */
/** @typedef {{ part: Part, path: string, why: string }} Missing */
/** @typedef {{ files: OnboardFile[], missing: Missing[] }} Filled */

/**
 * What filling needs: the folder `public`, the folder for unfinished files, and where lines and progress go.
 * @typedef {{ publicFolder: string, cacheFolder: string, log: (line: string) => void, progress: (text: string) => void }} Yard
 */

/**
 * Has every wanted file under `publicFolder`. Never throws for a file that cannot be had: it is listed as missing,
 * and what is there stays usable. Bytes with a wrong hash are never written, and a file with one is deleted.
 * @param {readonly Wanted[]} wanted
 * @param {Yard} yard
 * @returns {Promise<Filled & { origins: Map<string, number> }>} `origins` counts the new files by the name of their source
 */
export async function fill(wanted, yard) {
	/** @type {Filled & { origins: Map<string, number> }} */
	const filled = { files: [], missing: [], origins: new Map() };
	const told = new Set();
	/** One line for a source that is out of reach, not one for each of its files. @param {string} reason */
	const tell = (reason) => {
		if (!told.has(reason)) yard.log(`  nothing from ${reason}`);
		told.add(reason);
	};
	for (const [index, want] of wanted.entries()) {
		yard.progress(`${want.file}, ${String(index + 1)} of ${String(wanted.length)}`);
		const path = join(yard.publicFolder, want.path);
		if (!(await isRight(path, want, yard))) {
			const result = await obtain(want, yard, tell);
			if ('why' in result) {
				filled.missing.push({ part: want.part, path: want.path, why: result.why });
				continue;
			}
			await writeWhole(path, result.bytes, yard.cacheFolder);
			filled.origins.set(result.source, (filled.origins.get(result.source) ?? 0) + 1);
		}
		const { size } = await stat(path);
		filled.files.push({ path: want.path, bytes: size, sha256: want.sha256, part: want.part });
	}
	return filled;
}

/** @param {string} path @param {Wanted} want @param {Yard} yard */
async function isRight(path, want, yard) {
	const found = await sha256OfFile(path);
	if (found === want.sha256) return true;
	if (found !== null) {
		yard.log(refusal(want, found, 'the copy on this machine'));
		await rm(path);
	}
	return false;
}

/** @param {Wanted} want @param {string} found @param {string} source */
function refusal(want, found, source) {
	return `wrong_hash: refused ${want.path} from ${source}: its sha256 is ${found}, and should be ${want.sha256}.`;
}

/**
 * Asks the sources in turn.
 * @param {Wanted} want
 * @param {Yard} yard
 * @param {(reason: string) => void} tell says why a source gave nothing
 * @returns {Promise<{ bytes: Buffer, source: string } | { why: string }>}
 */
async function obtain(want, yard, tell) {
	const reasons = [];
	for (const source of want.sources) {
		try {
			const bytes = await source.read(want.file);
			const found = sha256(bytes);
			if (found === want.sha256) return { bytes, source: source.name };
			reasons.push(refusal(want, found, source.name));
			yard.log(refusal(want, found, source.name));
		} catch (error) {
			const reason = `${source.name}: ${error instanceof Error ? error.message : String(error)}`;
			reasons.push(reason);
			tell(reason);
		}
	}
	return { why: reasons.join(' · ') };
}
