/**
 * The memory snapshot that Python starts from (made by `scripts/onboard/snapshot.mjs`): four bytes that name the format,
 * four with the length of the header, the header in JSON, then the pages of memory that hold anything.
 */

import type { PyodideInterface } from 'pyodide';

/** Of the layout of the file. */
const FORMAT = 1;
/** The file's first four bytes, little-endian: "PySn". */
const MAGIC = 0x6e537950;
const PAGE_BYTES = 4096;

/** What a snapshot is made of; one that was made of anything else is not used. */
export interface Recipe {
	readonly pyodide: string;
	readonly environment: Readonly<Record<string, string>>;
	/** The texts of the harness, by file. */
	readonly sources: Readonly<Record<string, string>>;
	readonly preload: string;
}

interface Header {
	readonly recipe: Recipe & { readonly format: number };
	/** Size of the whole. */
	readonly bytes: number;
	/** First page and number of pages of each stretch that is kept. */
	readonly runs: readonly (readonly [number, number])[];
}

/** What Pyodide's `_loadSnapshot` takes, or null where `file` was made of something else than `recipe`. */
export function openSnapshot(file: ArrayBuffer, recipe: Recipe): Uint8Array | null {
	const header = readHeader(file);
	if (header === null || !isSame({ format: FORMAT, ...recipe }, header.recipe)) return null;
	const memory = new Uint8Array(header.bytes);
	let at = 8 + new DataView(file).getUint32(4, true);
	for (const [page, count] of header.runs) {
		const start = page * PAGE_BYTES;
		const length = Math.min(count * PAGE_BYTES, memory.length - start);
		memory.set(new Uint8Array(file, at, length), start);
		at += length;
	}
	return memory;
}

/** What is used here of the module below Pyodide's public interface. */
interface Module {
	readonly HEAP32: Int32Array;
	readonly __PyRuntime: number;
	readonly __PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET: number;
	readonly _PyEM_CountArgsPtr: number;
}

/**
 * Puts back what a snapshot overwrote and only this browser knows: the function by which Python calls C functions
 * directly. Without it each call goes through JavaScript, and no stack can be switched across that (`run_sync`).
 */
export function adaptToBrowser(pyodide: PyodideInterface): void {
	const module = (pyodide as unknown as { readonly _module: Module })._module;
	const offset = module.HEAP32[module.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET >> 2] ?? 0;
	module.HEAP32[(module.__PyRuntime + offset) >> 2] = module._PyEM_CountArgsPtr;
}

function readHeader(file: ArrayBuffer): Header | null {
	if (file.byteLength < 8) return null;
	const start = new DataView(file);
	if (start.getUint32(0, true) !== MAGIC) return null;
	const text = new TextDecoder().decode(new Uint8Array(file, 8, start.getUint32(4, true)));
	return JSON.parse(text) as Header;
}

/** True where two values of JSON are the same. */
function isSame(one: unknown, other: unknown): boolean {
	if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
	const keys = Object.keys(one);
	if (keys.length !== Object.keys(other).length) return false;
	return keys.every((key) => isSame(one[key as never], other[key as never]));
}
