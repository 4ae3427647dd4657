/**
 * Passes on a growing text, save an end that may turn out to be the beginning of a stop string: web-llm cuts the text
 * before a stop string, but has streamed its beginning by then.
 */
export class HeldBack {
	readonly #stops: readonly string[];
	readonly #sink: (delta: string) => void;
	#passed = 0;

	constructor(stops: readonly string[], sink: (delta: string) => void) {
		this.#stops = stops;
		this.#sink = sink;
	}

	/** The text so far. */
	update(text: string): void {
		const open = Math.max(0, ...this.#stops.map((stop) => openingLength(text, stop)));
		this.#pass(text, text.length - open);
	}

	/** The final text: nothing is held back any longer. */
	end(text: string): void {
		this.#pass(text, text.length);
	}

	#pass(text: string, end: number): void {
		if (end <= this.#passed) return;
		this.#sink(text.slice(this.#passed, end));
		this.#passed = end;
	}
}

/** Length of the longest end of `text` with which `stop` begins. */
function openingLength(text: string, stop: string): number {
	for (let length = Math.min(stop.length - 1, text.length); length > 0; length -= 1) {
		if (text.endsWith(stop.slice(0, length))) return length;
	}
	return 0;
}
