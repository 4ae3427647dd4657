/**
 * The output of one action, in constant memory: its head is streamed as it is printed, and past the limit only the
 * tail is kept. Printing in a loop must neither fill the memory of the tab nor flood the page with messages.
 */
import type { OutputDelta } from '../../src/core/ports';

/** Characters of one stream that are kept, half of them from its head and half from its tail. */
export const OUTPUT_LIMIT = 200_000;

/** Bytes that are decoded at once. */
const PIECE_BYTES = 1_000_000;
/** Characters that are sent at once, whatever the time. */
const PIECE_CHARS = 8_000;
/** Messages that may go out in one burst, and how many a second after it. */
const BURST = 100;
const MESSAGES_PER_SECOND = 40;

/** One stream (`stdout` or `stderr`) of one action. `emit` gets the pieces; joined they are what `finish` returns. */
export class OutputStream {
	#decoder = new TextDecoder();
	#head = '';
	#tail = '';
	#leftOutChars = 0;
	#pending = '';
	#allowance = BURST;
	#allowedAt: number;

	constructor(
		private readonly stream: OutputDelta['stream'],
		private readonly emit: (delta: OutputDelta) => void,
		private readonly now: () => number = () => performance.now(),
	) {
		this.#allowedAt = now();
	}

	/** Takes bytes as Python writes them (UTF-8; a character may be split between two writes). */
	write(bytes: Uint8Array): void {
		// Piece by piece: one print may be longer than any string of the browser.
		for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
			this.#take(this.#decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true }));
		}
	}

	/** Ends the stream and returns its text, cut in the middle past the limit with a line that says how much. */
	finish(): string {
		this.#take(this.#decoder.decode());
		const half = OUTPUT_LIMIT / 2;
		const leftOutChars = this.#leftOutChars + Math.max(0, this.#tail.length - half);
		const tail = this.#tail.slice(-half);
		const rest = leftOutChars > 0 ? `\n[… ${leftOutChars} characters left out …]\n${tail}` : tail;
		this.#pending += rest;
		this.#flush();
		return this.#head + rest;
	}

	#take(text: string): void {
		if (text === '') return;
		const half = OUTPUT_LIMIT / 2;
		const head = text.slice(0, half - this.#head.length);
		this.#head += head;
		this.#pending += head;
		this.#tail += text.slice(head.length);
		// Cut now and then, not at each write: cutting copies.
		if (this.#tail.length > OUTPUT_LIMIT) {
			this.#leftOutChars += this.#tail.length - half;
			this.#tail = this.#tail.slice(-half);
		}
		if (this.#pending.length >= PIECE_CHARS || this.#isAllowed()) this.#flush();
	}

	/** A busy worker has no timer that could flush later, so text goes out at once for as long as it is not a flood. */
	#isAllowed(): boolean {
		const now = this.now();
		this.#allowance = Math.min(BURST, this.#allowance + ((now - this.#allowedAt) / 1000) * MESSAGES_PER_SECOND);
		this.#allowedAt = now;
		return this.#allowance >= 1;
	}

	#flush(): void {
		if (this.#pending === '') return;
		this.#allowance = Math.max(0, this.#allowance - 1);
		this.emit({ stream: this.stream, text: this.#pending });
		this.#pending = '';
	}
}
