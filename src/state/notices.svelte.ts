import type { WireError } from '../core/errors';

/** Failures of the app itself that have no place of their own, each shown once while the app goes on. */
export class Notices {
	list = $state.raw<readonly WireError[]>([]);
	#seen: readonly string[] = [];

	/** Shows `error`; a second one of the same code is not shown again. */
	show(error: WireError): void {
		if (this.#seen.includes(error.code)) return;
		this.#seen = [...this.#seen, error.code];
		this.list = [...this.list, error];
	}

	dismiss(error: WireError): void {
		this.list = this.list.filter((other) => other !== error);
	}
}
