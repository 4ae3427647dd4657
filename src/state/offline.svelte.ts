import type { Keep, KeptShare, OfflineStatus } from '../core/storage';

/** What stays on this device, computed from facts: the service worker's own count, and the browser's storage. */
export class OfflineState {
	/** Null until the service worker has answered. */
	status = $state.raw<OfflineStatus | null>(null);
	shares = $state.raw<readonly KeptShare[]>([]);
	isPersisted = $state(false);

	readonly #keep: Keep;

	constructor(keep: Keep) {
		this.#keep = keep;
	}

	/** True only when the service worker has counted every file. */
	get isReady(): boolean {
		return this.status?.ready === true;
	}

	/** Reads the sizes anew. */
	async look(): Promise<void> {
		this.shares = await this.#keep.shares();
	}

	async persist(): Promise<void> {
		this.isPersisted = await this.#keep.persist();
	}

	async eraseEverything(): Promise<void> {
		await this.#keep.eraseEverything();
	}
}
