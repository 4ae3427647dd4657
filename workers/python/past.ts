/** The states of this Python that memory holds, as the host sees them: kept after each action, gone back to when asked. */
import type { PyodideInterface } from 'pyodide';
import type { Restored } from '../../src/core/ports';
import type { ActionReport, WorkerHistory } from '../contracts';
import type { Hooks } from './time-travel/hooks';
import { TimeTravel } from './time-travel/time-travel';

/** A Python larger than this is not kept: the copy beside it would take as much again. */
const MAX_HEAP_BYTES = 768 * 1024 * 1024;

/** To be called only while no Python is on the stack. */
export class Past {
	readonly #travel: TimeTravel;
	/** True where the state that Python is in, or was in before the action under way, is that of the current checkpoint. */
	#isCurrent = false;

	/** `onChange` is told what is held. */
	constructor(
		pyodide: PyodideInterface,
		private readonly hooks: Hooks,
		private readonly onChange: (history: WorkerHistory) => void,
	) {
		this.#travel = new TimeTravel(pyodide, hooks);
	}

	/** Keeps the present state; null where Python is too large for that. */
	keep(): ActionReport['checkpoint'] {
		this.#isCurrent = false;
		if (this.hooks.memory.buffer.byteLength > MAX_HEAP_BYTES) return null;
		const { id, parent, bytes, durationMs } = this.#travel.checkpoint();
		this.#isCurrent = true;
		this.#tell();
		return { id, parent: parent ?? id, bytes, durationMs };
	}

	/** Keeps the present state where it is not kept: that of a fresh Python, or one whose files the person changed. */
	keepChanges(): void {
		if (!this.#isCurrent) this.keep();
	}

	/** Takes note that the present state is being changed between two actions. */
	change(): void {
		this.#isCurrent = false;
	}

	/** Goes to a checkpoint. Throws where it is gone, or where Python is not well there. */
	restore(id: number): Restored {
		const startedAt = performance.now();
		this.#isCurrent = false;
		if (!this.#travel.restore(id).isWell) throw new Error(`Python is not well at checkpoint ${id}.`);
		this.#isCurrent = true;
		this.#tell();
		return { by: 'memory', isDifferent: false, durationMs: performance.now() - startedAt };
	}

	/** After an action in which Python broke: puts the state before it back. Null where that cannot be done. */
	revive(): Restored | null {
		const startedAt = performance.now();
		if (!this.#isCurrent || !this.#travel.revive()) return null;
		return { by: 'memory', isDifferent: false, durationMs: performance.now() - startedAt };
	}

	/** Forgets a checkpoint; nothing happens where it is gone already. */
	drop(id: number): void {
		this.#travel.drop(id);
		this.#tell();
	}

	#tell(): void {
		const { usedBytes, budgetBytes } = this.#travel;
		this.onChange({ ids: this.#travel.ids(), usedBytes, budgetBytes });
	}
}
