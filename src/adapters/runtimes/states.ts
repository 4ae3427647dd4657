/**
 * The states that Python was in, as a tree of the actions that made them: an action after going back begins a branch.
 * The present worker holds some of them in memory; any other is made again by executing the path that leads to it.
 */
import type { Checkpoint, CheckpointHistory, KeptAction } from '../../core/ports';
import type { ActionReport, WorkerHistory } from '../../../workers/contracts';

const NOTHING_HELD: WorkerHistory = { ids: [], usedBytes: 0, budgetBytes: 0 };

/** States by id. Ids grow and outlive the worker that held the state. */
export class States {
	#actions = new Map<number, KeptAction>();
	readonly #dropped = new Set<number>();
	/** Checkpoints of the present worker, by state. */
	readonly #inWorker = new Map<number, number>();
	#held = NOTHING_HELD;
	#lastId = -1;
	/** A fresh Python: the state that no action made. Sessions that were taken over bring its id of then. */
	#roots = new Set<number>();
	/** The state that Python is in, or is being led to. */
	at = this.begin();

	/** Begins with a fresh Python: the states before can no longer be had. */
	begin(): number {
		this.#actions = new Map();
		this.#lastId += 1;
		this.#roots = new Set([this.#lastId]);
		this.at = this.#lastId;
		return this.at;
	}

	/** Takes over the actions of another time; Python stays where it is. */
	adopt(actions: readonly KeptAction[]): void {
		for (const action of actions) this.#actions.set(action.id, action);
		for (const { parent } of actions) if (!this.#actions.has(parent)) this.#roots.add(parent);
		this.#lastId = Math.max(this.#lastId, ...this.#actions.keys());
	}

	/** Takes down that `code` led from the present state to a new one. */
	add(code: string, outcome: KeptAction['outcome'], checkpoint: ActionReport['checkpoint']): Checkpoint {
		const parent = this.at;
		this.#lastId += 1;
		this.at = this.#lastId;
		this.#actions.set(this.at, { id: this.at, parent, code, outcome });
		if (checkpoint !== null) this.hold(this.at, checkpoint.id);
		return { id: this.at, parent, bytes: checkpoint?.bytes ?? 0, durationMs: checkpoint?.durationMs ?? 0 };
	}

	/** True for a state that can be had, and was not dropped. */
	has(id: number): boolean {
		return !this.#dropped.has(id) && (this.#roots.has(id) || this.#actions.has(id));
	}

	/** Forgets a state. Its action stays, as later states need it. */
	drop(id: number): void {
		this.#dropped.add(id);
	}

	/** The actions that lead to the present state, oldest first: from a fresh Python, or from state `from` on the way. */
	path(from: number | null): readonly KeptAction[] {
		const path: KeptAction[] = [];
		for (let at = this.at; at !== from;) {
			const action = this.#actions.get(at);
			if (action === undefined) break;
			path.unshift(action);
			at = action.parent;
		}
		return path;
	}

	/** True for the present state and those that it was made from. */
	leadsFrom(state: number): boolean {
		return state === this.at || this.path(null).some(({ parent }) => parent === state);
	}

	/** Takes down which checkpoint of the present worker holds state `id`. */
	hold(id: number, checkpoint: number): void {
		this.#inWorker.set(id, checkpoint);
	}

	/** The present worker's checkpoint of state `id`; null where it was never held. */
	heldAs(id: number): number | null {
		return this.#inWorker.get(id) ?? null;
	}

	/** Takes over what the present worker says that it holds: first of all `reached`, the state in which it began. */
	take(held: WorkerHistory, reached: number): void {
		this.#held = held;
		const [first] = held.ids;
		if (first !== undefined && this.#inWorker.size === 0) this.hold(reached, first);
	}

	/** There is no worker any more that holds anything. */
	letGo(): void {
		this.#held = NOTHING_HELD;
		this.#inWorker.clear();
	}

	/** The states that memory holds. */
	get history(): CheckpointHistory {
		const held = new Set(this.#held.ids);
		const ids = [...this.#inWorker].filter(([, checkpoint]) => held.has(checkpoint)).map(([id]) => id);
		return { ...this.#held, ids };
	}
}

/** True where executing an action again gave what it gave the first time. */
export function isSame(first: KeptAction['outcome'], again: KeptAction['outcome']): boolean {
	return (
		first.status === again.status &&
		first.stdout === again.stdout &&
		first.value === again.value &&
		first.error?.type === again.error?.type
	);
}
