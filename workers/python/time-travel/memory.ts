/**
 * Python's linear memory and a mirror of it: its bytes at the current checkpoint. A hash of each page tells which pages
 * have changed since, without comparing them.
 */
import { applyDelta, PAGE, takeDelta, type Delta } from './delta';
import pagesWasm from './pages.wat';

/** The exports of `pages.wat`. */
interface PageHash {
	changed(at: number, length: number, h0: number, h1: number, h2: number, h3: number): number;
	readonly r0: WebAssembly.Global;
	readonly r1: WebAssembly.Global;
	readonly r2: WebAssembly.Global;
	readonly r3: WebAssembly.Global;
}

/** See the head of this file. */
export class MirroredMemory {
	readonly #hash: PageHash;
	#mirror = new Int32Array(0);
	/** Four words a page: the hash of the live page when it was last looked at. */
	#hashes = new Int32Array(0);

	/** Pages below this one may differ from the mirror: the heap had them when it was last looked at. */
	#end = 0;

	/** `breakAddress`: where the memory itself says how far the heap is in use. What lies beyond is never looked at. */
	constructor(
		private readonly memory: WebAssembly.Memory,
		private readonly breakAddress: number,
	) {
		const bytes = Uint8Array.from(atob(pagesWasm), (character) => character.charCodeAt(0));
		const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { python: { memory } });
		this.#hash = instance.exports as unknown as PageHash;
	}

	/** The bytes of the current checkpoint. They change with the next call of `commit` or `goTo`. */
	get mirror(): Uint8Array {
		return new Uint8Array(this.#mirror.buffer);
	}

	/** Makes the live memory the first checkpoint. */
	begin(): void {
		this.#grow();
		this.#mirror.set(new Int32Array(this.memory.buffer));
		this.#changedPages();
	}

	/** Makes the live memory the current checkpoint; returns what changed since the one before. */
	commit(): Delta {
		this.#grow();
		return takeDelta(new Int32Array(this.memory.buffer), this.#mirror, this.#changedPages());
	}

	/** Brings the live memory to where `deltas` lead from the current checkpoint. Returns how many pages it wrote. */
	goTo(deltas: readonly Delta[]): number {
		this.#grow();
		// What the live memory has done since the checkpoint is not wanted.
		const touched = new Set(this.#changedPages());
		for (const delta of deltas) {
			applyDelta(delta, this.#mirror);
			for (const page of delta.pages) touched.add(page);
		}
		const live = new Int32Array(this.memory.buffer);
		for (const page of touched) {
			const start = (page * PAGE) / 4;
			live.set(this.#mirror.subarray(start, start + PAGE / 4), start);
			this.#isChanged(page);
		}
		this.#end = this.#pagesInUse();
		return touched.size;
	}

	/** Memory only grows, also over a restore: what a checkpoint does not have yet is zero there. */
	#grow(): void {
		const words = this.memory.buffer.byteLength / 4;
		if (words === this.#mirror.length) return;
		const mirror = new Int32Array(words);
		mirror.set(this.#mirror);
		const hashes = new Int32Array((words * 16) / PAGE);
		hashes.set(this.#hashes);
		this.#mirror = mirror;
		this.#hashes = hashes;
	}

	#changedPages(): Uint32Array {
		const inUse = this.#pagesInUse();
		const count = Math.max(this.#end, inUse);
		this.#end = inUse;
		const pages = new Uint32Array(count);
		let length = 0;
		for (let page = 0; page < count; page += 1) if (this.#isChanged(page)) pages[length++] = page;
		return pages.slice(0, length);
	}

	#pagesInUse(): number {
		const [inUse = 0] = new Uint32Array(this.memory.buffer, this.breakAddress, 1);
		return Math.ceil(Math.min(inUse, this.memory.buffer.byteLength) / PAGE);
	}

	/** True where the page is not as its hash says; its hash is then the new one. */
	#isChanged(page: number): boolean {
		const hashes = this.#hashes;
		const at = page * 4;
		const { changed, r0, r1, r2, r3 } = this.#hash;
		const [h0, h1, h2, h3] = [hashes[at], hashes[at + 1], hashes[at + 2], hashes[at + 3]] as [
			number,
			number,
			number,
			number,
		];
		if (changed(page * PAGE, PAGE, h0, h1, h2, h3) === 0) return false;
		hashes[at] = r0.value as number;
		hashes[at + 1] = r1.value as number;
		hashes[at + 2] = r2.value as number;
		hashes[at + 3] = r3.value as number;
		return true;
	}
}
