/**
 * What differs between the memories of two checkpoints: the XOR of each 64-byte line that changed. XOR is its own
 * inverse, so one delta leads forth and back.
 */

/** Bytes of a page, the unit that is looked at for changes. */
export const PAGE = 4096;
/** 32-bit words of a page and of a line; a page has 64 lines. */
const PAGE_WORDS = PAGE / 4;
const LINE_WORDS = 16;

/** See the head of this file. */
export interface Delta {
	/** Numbers of the pages that changed, ascending. */
	readonly pages: Uint32Array;
	/** Two words a page: a bit for each line that changed. */
	readonly masks: Uint32Array;
	/** The changed lines, one after the other. */
	readonly lines: Int32Array;
}

/** Bytes that a delta takes. */
export function deltaBytes({ pages, masks, lines }: Delta): number {
	return pages.byteLength + masks.byteLength + lines.byteLength;
}

/** The delta from `mirror` to `memory` on `pages`; makes `mirror` equal to `memory` there. */
export function takeDelta(memory: Int32Array, mirror: Int32Array, pages: Uint32Array): Delta {
	const writer = new DeltaWriter(pages.length);
	for (const page of pages) {
		writer.page(page);
		const start = page * PAGE_WORDS;
		for (let line = 0; line < 64; line += 1) {
			const from = start + line * LINE_WORDS;
			let difference = 0;
			for (let at = from; at < from + LINE_WORDS; at += 1)
				difference |= (memory[at] as number) ^ (mirror[at] as number);
			if (difference === 0) continue;
			const to = writer.line(line);
			for (let word = 0; word < LINE_WORDS; word += 1) {
				const now = memory[from + word] as number;
				writer.words[to + word] = now ^ (mirror[from + word] as number);
				mirror[from + word] = now;
			}
		}
	}
	return writer.finish();
}

/** Brings `mirror` from one side of `delta` to the other. */
export function applyDelta({ pages, masks, lines }: Delta, mirror: Int32Array): void {
	let from = 0;
	pages.forEach((page, index) => {
		for (let line = 0; line < 64; line += 1) {
			if (!hasLine(masks, index, line)) continue;
			const to = page * PAGE_WORDS + line * LINE_WORDS;
			for (let word = 0; word < LINE_WORDS; word += 1) {
				mirror[to + word] = (mirror[to + word] as number) ^ (lines[from + word] as number);
			}
			from += LINE_WORDS;
		}
	});
}

/** One delta that does what `one` and `other` do after one another. */
export function mergeDeltas(one: Delta, other: Delta): Delta {
	const writer = new DeltaWriter(one.pages.length + other.pages.length);
	const sides = [one, other].map((delta) => ({ delta, index: 0, from: 0 }));
	const pageOf = ({ delta, index }: (typeof sides)[number]): number => delta.pages[index] ?? Infinity;
	for (;;) {
		const page = Math.min(...sides.map(pageOf));
		if (page === Infinity) return writer.finish();
		const here = sides.filter((side) => pageOf(side) === page);
		writer.page(page);
		for (let line = 0; line < 64; line += 1) {
			const having = here.filter(({ delta, index }) => hasLine(delta.masks, index, line));
			if (having.length === 0) continue;
			const to = writer.line(line);
			let sum = 0;
			for (let word = 0; word < LINE_WORDS; word += 1) {
				let value = 0;
				for (const { delta, from } of having) value ^= delta.lines[from + word] as number;
				writer.words[to + word] = value;
				sum |= value;
			}
			for (const side of having) side.from += LINE_WORDS;
			if (sum === 0) writer.takeLineBack(line);
		}
		for (const side of here) side.index += 1;
	}
}

function hasLine(masks: Uint32Array, index: number, line: number): boolean {
	return (((masks[index * 2 + (line >> 5)] as number) >>> (line & 31)) & 1) === 1;
}

/** Writes a delta page by page, and each page line by line. */
class DeltaWriter {
	words = new Int32Array(1024);
	#length = 0;
	#count = 0;
	readonly #pages: Uint32Array;
	readonly #masks: Uint32Array;

	constructor(maxPages: number) {
		this.#pages = new Uint32Array(maxPages);
		this.#masks = new Uint32Array(maxPages * 2);
	}

	page(page: number): void {
		// A page on which nothing was written in the end.
		if (this.#count > 0 && this.#mask(0) === 0 && this.#mask(1) === 0) this.#count -= 1;
		this.#pages[this.#count] = page;
		this.#count += 1;
	}

	/** Begins a line of the present page; returns where in `words` it is to be written. */
	line(line: number): number {
		const at = this.#length;
		this.#length += LINE_WORDS;
		if (this.#length > this.words.length) {
			const longer = new Int32Array(this.words.length * 2);
			longer.set(this.words);
			this.words = longer;
		}
		this.#setMask(line >> 5, this.#mask(line >> 5) | (1 << (line & 31)));
		return at;
	}

	takeLineBack(line: number): void {
		this.#length -= LINE_WORDS;
		this.#setMask(line >> 5, this.#mask(line >> 5) & ~(1 << (line & 31)));
	}

	finish(): Delta {
		this.page(0);
		const count = this.#count - 1;
		return {
			pages: this.#pages.slice(0, count),
			masks: this.#masks.slice(0, count * 2),
			lines: this.words.slice(0, this.#length),
		};
	}

	/** The bits of the lines 0–31 (`half` 0) or 32–63 (1) of the present page. */
	#mask(half: number): number {
		return this.#masks[(this.#count - 1) * 2 + half] as number;
	}

	#setMask(half: number, bits: number): void {
		this.#masks[(this.#count - 1) * 2 + half] = bits;
	}
}
