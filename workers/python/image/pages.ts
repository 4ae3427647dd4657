/** Memory without its empty pages. */
import type { PackedMemory } from './heap-image';

const PAGE_BYTES = 4096;
const PAGE_WORDS = PAGE_BYTES / 4;

/** Packs `memory`, whose size is a multiple of a page. */
export function pack(memory: ArrayBuffer): PackedMemory {
	const words = new Int32Array(memory);
	const runs: [number, number][] = [];
	let kept = 0;
	for (let page = 0; page * PAGE_WORDS < words.length; page += 1) {
		if (isEmpty(words, page * PAGE_WORDS)) continue;
		const run = runs.at(-1);
		if (run !== undefined && run[0] + run[1] === page) run[1] += 1;
		else runs.push([page, 1]);
		kept += 1;
	}
	const pages = new Uint8Array(kept * PAGE_BYTES);
	let at = 0;
	for (const [page, count] of runs) {
		pages.set(new Uint8Array(memory, page * PAGE_BYTES, count * PAGE_BYTES), at);
		at += count * PAGE_BYTES;
	}
	return { bytes: memory.byteLength, runs, pages: pages.buffer };
}

/** Makes `memory` (as large as the packed one, or larger) what was packed. */
export function unpack({ runs, pages }: PackedMemory, memory: Uint8Array): void {
	let at = 0;
	let end = 0;
	for (const [page, count] of runs) {
		const start = page * PAGE_BYTES;
		memory.fill(0, end, start);
		memory.set(new Uint8Array(pages, at, count * PAGE_BYTES), start);
		at += count * PAGE_BYTES;
		end = start + count * PAGE_BYTES;
	}
	memory.fill(0, end);
}

function isEmpty(words: Int32Array, start: number): boolean {
	for (let at = start; at < start + PAGE_WORDS; at += 1) if (words[at] !== 0) return false;
	return true;
}
