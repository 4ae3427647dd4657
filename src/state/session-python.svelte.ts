import { keptActions } from '../core/kept-actions';
import type { Trajectory } from '../core/trajectory';
import type { SessionFiles } from './files.svelte';
import type { PythonState } from './python.svelte';

/** Python as a session needs it: fresh, where the session left it, or led there by executing its actions again. */
export class SessionPython {
	/** True where Python no longer has the variables that the session's actions made. */
	isLost = $state(false);

	readonly #python: PythonState;
	readonly #files: SessionFiles;

	constructor(python: PythonState, files: SessionFiles) {
		this.#python = python;
		this.#files = files;
		python.onLost = () => {
			this.isLost = true;
		};
	}

	/** A Python that nothing has run in, with the session's files. Never rejects. */
	async begin(): Promise<void> {
		if (this.#python.isUsed) await this.#python.restart().catch(() => undefined);
		await this.#files.mirror();
		this.isLost = false;
	}

	/** Has a fresh Python go on from where `runs` left it, as far as that is possible without executing anything. */
	async recall(runs: readonly Trajectory[]): Promise<void> {
		const kept = keptActions(runs);
		const last = kept.at(-1);
		this.#python.adopt(kept);
		const restored = last === undefined ? null : await this.#python.recall(last.id).catch(() => null);
		this.isLost = restored === null;
	}

	/** Leads Python to the state after the last action of `runs`, by executing them where nothing else helps. */
	async rerun(runs: readonly Trajectory[], signal: AbortSignal): Promise<void> {
		const kept = keptActions(runs);
		const last = kept.at(-1);
		if (last === undefined) return;
		this.#python.adopt(kept);
		await this.#python.restore(last.id, signal);
		this.isLost = false;
		void this.#files.refresh();
	}
}
