/**
 * How a reply reaches a worker that waits with Python's stack on: it reads no message then, but it can wait on shared
 * memory, and it can send. The worker says which question it waits for; the frame says how long the reply is; the
 * worker sends memory of that size; the frame fills it. Both sides are here, since they must agree.
 */
import type { Answer, PageReply } from '../contracts';

/** Cells of the shared memory, of 32 bits each. The first is Pyodide's interrupt buffer, of which one byte is used. */
const ASKED = 1;
const REPLIED = 2;
const SIZE = 3;
const FILLED = 4;
/** Bytes of the shared memory. */
export const SHARED_BYTES = 20;

/** How long the worker waits without looking whether it was interrupted, in milliseconds. */
const SLICE_MS = 50;

/** The frame's side: keeps the reply until the worker has sent the memory for it. */
export class ReplyWriter {
	readonly #cells: Int32Array;
	#kept: { readonly id: number; readonly bytes: Uint8Array } | null = null;

	constructor(shared: SharedArrayBuffer) {
		this.#cells = new Int32Array(shared);
	}

	/** Announces a reply, unless its question was given up. */
	announce({ id, answer }: PageReply): void {
		if (Atomics.load(this.#cells, ASKED) !== id) return;
		const bytes = packed(answer);
		this.#kept = { id, bytes };
		Atomics.store(this.#cells, SIZE, bytes.length);
		this.#tell(REPLIED, id);
	}

	/** Fills the memory that the worker sent for the reply announced last. */
	fill(memory: SharedArrayBuffer): void {
		const kept = this.#kept;
		this.#kept = null;
		if (kept === null || memory.byteLength !== kept.bytes.length) return;
		new Uint8Array(memory).set(kept.bytes);
		this.#tell(FILLED, kept.id);
	}

	#tell(cell: number, id: number): void {
		Atomics.store(this.#cells, cell, id);
		Atomics.notify(this.#cells, cell);
	}
}

/** The worker's side. `send` hands memory to the frame. */
export class ReplyReader {
	readonly #cells: Int32Array;

	constructor(
		shared: SharedArrayBuffer,
		private readonly send: (memory: SharedArrayBuffer) => void,
	) {
		this.#cells = new Int32Array(shared);
	}

	/** Says which question is asked next; one before it is given up. */
	expect(id: number): void {
		Atomics.store(this.#cells, ASKED, id);
	}

	/** Waits for the reply to question `id`. `check` is called in between, and ends the waiting where it throws. */
	wait(id: number, check: () => void): Answer {
		this.#until(REPLIED, id, check);
		const memory = new SharedArrayBuffer(Atomics.load(this.#cells, SIZE));
		this.send(memory);
		this.#until(FILLED, id, check);
		return unpacked(new Uint8Array(memory));
	}

	#until(cell: number, id: number, check: () => void): void {
		for (;;) {
			const seen = Atomics.load(this.#cells, cell);
			if (seen === id) return;
			Atomics.wait(this.#cells, cell, seen, SLICE_MS);
			check();
		}
	}
}

/** An answer as bytes: the length of its head, its head as JSON, its body. */
function packed(answer: Answer): Uint8Array {
	const hasBody = answer.kind === 'response';
	const head = new TextEncoder().encode(JSON.stringify(hasBody ? { ...answer, body: null } : answer));
	const body = hasBody ? new Uint8Array(answer.body) : new Uint8Array();
	const bytes = new Uint8Array(4 + head.length + body.length);
	new DataView(bytes.buffer).setUint32(0, head.length);
	bytes.set(head, 4);
	bytes.set(body, 4 + head.length);
	return bytes;
}

function unpacked(memory: Uint8Array): Answer {
	// Copied out, since a TextDecoder takes no shared memory.
	const bytes = memory.slice();
	const bodyAt = 4 + new DataView(bytes.buffer).getUint32(0);
	const answer = JSON.parse(new TextDecoder().decode(bytes.subarray(4, bodyAt))) as Answer;
	return answer.kind === 'response' ? { ...answer, body: bytes.slice(bodyAt).buffer } : answer;
}
