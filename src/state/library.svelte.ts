import { PlaygroundError, type WireError } from '../core/errors';
import type { FileStore, SessionRecord, SessionStore, SessionSummary } from '../core/storage';
import type { Session } from './session.svelte';

/** The sessions that are kept on this device. */
export class Library {
	/** Newest first. */
	summaries = $state.raw<readonly SessionSummary[]>([]);
	/** The session deleted last, so that it can be put back. */
	removed = $state.raw<SessionRecord | null>(null);

	readonly #store: SessionStore;
	readonly #files: FileStore;
	readonly #onError: (error: WireError) => void;

	constructor(store: SessionStore, files: FileStore, onError: (error: WireError) => void) {
		this.#store = store;
		this.#files = files;
		this.#onError = onError;
	}

	/** Reads the list. */
	async look(): Promise<void> {
		this.summaries = (await this.#attempt(() => this.#store.list())) ?? [];
	}

	/** Follows a session that was saved. */
	follow(summary: SessionSummary): void {
		this.summaries = [summary, ...this.summaries.filter(({ id }) => id !== summary.id)];
	}

	/** Shows a kept session in place of the one on the page; one that cannot be read is left as it is. */
	async open(id: string, session: Session): Promise<void> {
		const record = await this.#attempt(() => this.#store.open(id));
		if (record !== null) await session.open(record);
	}

	/** Shows the session that was open when the page was left, unless another one was begun meanwhile. */
	async restore(id: string, session: Session): Promise<void> {
		const record = await this.#attempt(() => this.#store.open(id));
		if (session.runs.length > 0 || session.isBusy) return;
		if (record !== null) await session.open(record);
		else await session.adopt(id);
	}

	/** Deletes the files of sessions that are gone; `current` is the one on the page. */
	async sweep(current: string): Promise<void> {
		await this.#attempt(async () => {
			const kept = (await this.#store.list()).map(({ id }) => id);
			await this.#files.sweep([...kept, current]);
		});
	}

	/** Deletes a session; `undo` puts it back, and its files go when it can no longer. */
	async remove(id: string, session: Session): Promise<void> {
		if (this.removed !== null) await this.#files.remove(this.removed.summary.id);
		if (session.id === id) await session.newSession();
		await this.#attempt(async () => {
			this.removed = await this.#store.open(id);
			await this.#store.remove(id);
		});
		await this.look();
	}

	/** Puts the session that was deleted last back. */
	async undo(): Promise<void> {
		const record = this.removed;
		if (record === null) return;
		const runs = record.runs.map((trajectory, index) => ({ index, trajectory }));
		await this.#attempt(() => this.#store.save({ ...record, runs }));
		this.removed = null;
		await this.look();
	}

	async #attempt<T>(call: () => Promise<T>): Promise<T | null> {
		try {
			return await call();
		} catch (thrown) {
			this.#onError(PlaygroundError.from(thrown, 'storage_unavailable').toWire());
			return null;
		}
	}
}
