import { PlaygroundError, type WireError } from '../core/errors';
import type { SessionChange, SessionStore } from '../core/storage';

/**
 * Writes the changes of a session one after the other. Changes that come while one is being written are merged into
 * the next, so a fast stream never queues up and nothing of it is left out.
 */
export class Saver {
	readonly #store: SessionStore;
	readonly #onError: (error: WireError) => void;
	#next: SessionChange | null = null;
	#work: Promise<void> | null = null;

	constructor(store: SessionStore, onError: (error: WireError) => void) {
		this.#store = store;
		this.#onError = onError;
	}

	/** Takes over a change and writes it as soon as the one before is written. Never throws; failures go to `onError`. */
	save(change: SessionChange): void {
		if (this.#next !== null && this.#next.summary.id === change.summary.id) {
			const indices = new Set(change.runs.map(({ index }) => index));
			const kept = this.#next.runs.filter(({ index }) => !indices.has(index));
			this.#next = { ...change, runs: [...kept, ...change.runs] };
		} else {
			this.#next = change;
		}
		this.#work ??= this.#drain().finally(() => {
			this.#work = null;
		});
	}

	/** Resolves when everything taken over so far is written. */
	async settled(): Promise<void> {
		await this.#work;
	}

	async #drain(): Promise<void> {
		while (this.#next !== null) {
			const change = this.#next;
			this.#next = null;
			try {
				await this.#store.save(change);
			} catch (thrown) {
				this.#onError(PlaygroundError.from(thrown, 'storage_unavailable').toWire());
			}
		}
	}
}
