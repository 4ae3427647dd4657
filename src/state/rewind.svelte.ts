import { PlaygroundError, type WireError } from '../core/errors';
import { checkpointAt, upTo } from '../core/kept-actions';
import type { Restored } from '../core/ports';
import type { Trajectory } from '../core/trajectory';
import type { PythonState } from './python.svelte';
import type { Session } from './session.svelte';

/** A session as it was before going back. */
interface Left {
	readonly id: string;
	readonly runs: readonly Trajectory[];
	readonly checkpoint: number | null;
	/** The session that began by going back. */
	readonly branchId: string;
}

/**
 * Going back to an earlier step, Python included. What is on the page becomes a branch, a session of its own; the
 * session as it was stays kept, and going forward again shows it.
 */
export class Rewind {
	/** How Python got to where it is, after going back or forward; null once something else was done. */
	restored = $state.raw<Restored | null>(null);
	/** Why the last call failed. */
	error = $state.raw<WireError | null>(null);
	#left = $state.raw<Left | null>(null);

	readonly #session: Session;
	readonly #python: PythonState;

	constructor(session: Session, python: PythonState) {
		this.#session = session;
		this.#python = python;
	}

	/** True where step `step` of run `run` (both from 0) can be gone back to, and is not where the session stands. */
	canGoBackTo(run: number, step: number): boolean {
		const { runs, isBusy } = this.#session;
		const steps = runs[run]?.steps ?? [];
		const isLast = run === runs.length - 1 && step === steps.length - 1;
		return !isBusy && !isLast && steps[step]?.observation !== null && checkpointAt(runs, run, step) !== null;
	}

	/** True where memory holds the state after that step, so that going back takes no time. */
	isHeld(run: number, step: number): boolean {
		const checkpoint = checkpointAt(this.#session.runs, run, step);
		return checkpoint !== null && this.#python.history.ids.includes(checkpoint);
	}

	/** True where going back can be undone. */
	get canGoForward(): boolean {
		return this.#left?.branchId === this.#session.id && !this.#session.isBusy;
	}

	/** Goes back to the state after that step: later steps and runs leave the page, and Python forgets them. */
	async back(run: number, step: number): Promise<void> {
		if (!this.canGoBackTo(run, step)) return;
		const { runs, id } = this.#session;
		const checkpoint = checkpointAt(runs, run, step);
		const last = checkpointAt(runs, runs.length - 1, (runs.at(-1)?.steps.length ?? 0) - 1);
		if (checkpoint === null || !(await this.#restore(checkpoint))) return;
		this.#session.branch([...runs.slice(0, run), ...runs.slice(run, run + 1).map(upTo(step))]);
		this.#left = { id, runs, checkpoint: last, branchId: this.#session.id };
	}

	/** Undoes the last going back. */
	async forward(): Promise<void> {
		const left = this.#left;
		if (left === null || !this.canGoForward) return;
		if (left.checkpoint !== null && !(await this.#restore(left.checkpoint))) return;
		this.#session.show(left.id, left.runs);
		this.#left = null;
	}

	async #restore(checkpoint: number): Promise<boolean> {
		this.error = null;
		this.restored = null;
		this.#session.work = { kind: 'restoring' };
		try {
			this.restored = await this.#python.restore(checkpoint);
			return true;
		} catch (thrown) {
			this.error = PlaygroundError.from(thrown, 'checkpoint_gone').toWire();
			return false;
		} finally {
			this.#session.work = { kind: 'idle' };
		}
	}
}
