/**
 * Takes a running Python back to an earlier moment. A checkpoint is the memory of the interpreter (as a delta to the one
 * before) and the tables outside of it; see README.md.
 */
import type { PyodideInterface } from 'pyodide';
import { Files, type SavedFiles } from './files';
import type { Hooks } from './hooks';
import { insideOf, type Inside } from './internals';
import { Libraries } from './libraries';
import { MirroredMemory } from './memory';
import { References } from './references';
import { rereadable } from './responses';
import { Timers } from './timers';
import { CheckpointTree, type TreeNode } from './tree';

/** What the history may take where nothing else is asked for. */
const BUDGET_BYTES = 512 * 1024 * 1024;

/** A checkpoint that was made. */
export interface Checkpoint {
	readonly id: number;
	/** The one that it follows; null where it is the first, or all before it were dropped. */
	readonly parent: number | null;
	/** What it added to the history. */
	readonly bytes: number;
	readonly durationMs: number;
}

/** A restore that was done. */
export interface Restored {
	/** Pages of memory that were written. */
	readonly pages: number;
	/** True where Python ran well there. */
	readonly isWell: boolean;
	readonly durationMs: number;
}

/** The tables outside of memory, at one moment. */
interface State {
	readonly stackPointer: unknown;
	readonly references: ReturnType<References['save']>;
	readonly callbacks: ReturnType<Hooks['callbacks']['save']>;
	readonly proxies: ReturnType<Hooks['proxies']['save']>;
	readonly timers: ReturnType<Timers['save']>;
	readonly libraries: ReturnType<Libraries['save']>;
	readonly files: SavedFiles;
}

/** See the head of this file. To be made once Pyodide is loaded, before any code of an action runs. */
export class TimeTravel {
	readonly budgetBytes: number;
	readonly #inside: Inside;
	readonly #memory: MirroredMemory;
	readonly #references: References;
	readonly #timers: Timers;
	readonly #libraries: Libraries;
	readonly #files: Files;
	readonly #tree = new CheckpointTree<State>();
	/** What the history took after the last checkpoint. */
	#usedBytes = 0;

	constructor(
		private readonly pyodide: PyodideInterface,
		private readonly hooks: Hooks,
		{ budgetBytes = BUDGET_BYTES }: { readonly budgetBytes?: number } = {},
	) {
		this.budgetBytes = budgetBytes;
		this.#inside = insideOf(pyodide);
		const { _module: module, FS } = this.#inside;
		const { API } = module;
		this.#memory = new MirroredMemory(hooks.memory, module._emscripten_get_sbrk_ptr());
		this.#references = new References(module, hooks);
		this.#timers = new Timers((callback) => hooks.callbacks.isOurs(callback) || API.isPyProxy(callback));
		this.#libraries = new Libraries(this.#inside);
		this.#files = new Files(FS);
		const { fetch, setTimeout, setInterval, clearTimeout, clearInterval } = self;
		this.#timers.install();
		self.fetch = rereadable(self.fetch, () => hooks.callbacks.begin());
		// A Python that goes on from an image has these already: they are replaced where it refers to them.
		for (const [name, before] of Object.entries({ fetch, setTimeout, setInterval, clearTimeout, clearInterval })) {
			this.#references.replace(before, self[name as 'fetch']);
		}
		// asyncio has the scheduler already.
		this.#references.replace(API.scheduleCallback, this.#timers.schedule);
		API.scheduleCallback = this.#timers.schedule;
		API.fatal_error = (thrown) => this.#fatal(thrown);
	}

	/** Id of the checkpoint that was made or restored last; null where there is none, or it was dropped. */
	get current(): number | null {
		const node = this.#tree.current;
		return node === null || node.state === null ? null : node.id;
	}

	/** Bytes that the history takes: deltas, and contents of files that only checkpoints have. */
	get usedBytes(): number {
		const files = this.#tree.kept.flatMap(({ state }) => (state === null ? [] : [state.files]));
		return this.#tree.deltaBytes + this.#files.historyBytes(files);
	}

	/** The memory at the current checkpoint, for an image of the heap. It changes with the next checkpoint or restore. */
	get mirror(): Uint8Array {
		return this.#memory.mirror;
	}

	/** Ids of the checkpoints that can be restored, oldest first. */
	ids(): number[] {
		return this.#tree.kept.map(({ id }) => id);
	}

	/**
	 * Keeps this moment. Only while no Python is on the stack, running or waiting in `run_sync`: which the host knows, and
	 * the interpreter does not say.
	 */
	checkpoint(): Checkpoint {
		const startedAt = performance.now();
		const usedBefore = this.#usedBytes;
		const { _module: module } = this.#inside;
		const state: State = {
			stackPointer: module.___stack_pointer.value,
			references: this.#references.save(),
			callbacks: this.hooks.callbacks.save(),
			proxies: this.hooks.proxies.save(),
			timers: this.#timers.save(),
			libraries: this.#libraries.save(),
			files: this.#files.save(),
		};
		if (this.#tree.current === null) this.#memory.begin();
		const { id } = this.#tree.add(this.#tree.current && this.#memory.commit(), state);
		const bytes = Math.max(0, this.usedBytes - usedBefore);
		this.#keepWithinBudget();
		this.#usedBytes = this.usedBytes;
		const parent = this.#tree.current?.parent ?? null;
		return {
			id,
			parent: parent === null || parent.state === null ? null : parent.id,
			bytes,
			durationMs: performance.now() - startedAt,
		};
	}

	/** Goes to a checkpoint. Throws an Error with code `checkpoint_gone` where it was dropped. */
	restore(id: number): Restored {
		const startedAt = performance.now();
		const node = this.#tree.find(id);
		if (node?.state == null) {
			throw Object.assign(new Error(`Checkpoint ${id} is gone.`), { code: 'checkpoint_gone' });
		}
		const pages = this.#load(node, node.state);
		const isWell = this.#isWell();
		// What the check itself left behind.
		this.#load(node, node.state);
		return { pages, isWell, durationMs: performance.now() - startedAt };
	}

	/** Forgets a checkpoint; nothing happens where it is gone already. */
	drop(id: number): void {
		const node = this.#tree.find(id);
		if (node !== undefined) this.#drop(node);
	}

	/** After a fatal error: goes back to the current checkpoint. True where Python is well there. */
	revive(): boolean {
		const { current } = this;
		if (current === null) return false;
		try {
			return this.restore(current).isWell;
		} catch {
			return false;
		}
	}

	#load(node: TreeNode<State>, state: State): number {
		const { _module: module } = this.#inside;
		const pages = this.#memory.goTo(this.#tree.moveTo(node));
		module.___stack_pointer.value = state.stackPointer;
		module.validSuspender.value = false;
		delete module.syncify_error;
		delete module.exited;
		this.#references.load(state.references);
		this.hooks.callbacks.load(state.callbacks);
		this.#timers.load(state.timers);
		this.#libraries.load(state.libraries);
		this.#files.load(state.files);
		// Last: it may run Python, which needs all of the above.
		this.hooks.proxies.load(state.proxies);
		return pages;
	}

	#drop(node: TreeNode<State>): void {
		if (node.state !== null) {
			this.hooks.callbacks.forget(node.state.callbacks);
			this.hooks.proxies.forget(node.state.proxies);
		}
		this.#tree.drop(node);
	}

	/** Drops the oldest for as long as the history takes more than it may; never the current one. */
	#keepWithinBudget(): void {
		for (const node of this.#tree.kept) {
			if (this.usedBytes <= this.budgetBytes) return;
			if (node !== this.#tree.current) this.#drop(node);
		}
	}

	/** Runs a little of everything: the compiler, objects, a reference to JavaScript. */
	#isWell(): boolean {
		try {
			return this.pyodide.runPython('import js\nsum([js.Array.of(1, 2).length, 40])') === 42;
		} catch {
			return false;
		}
	}

	/** Marks the error and lets it through; what Pyodide does besides would end it for good. */
	#fatal(thrown: unknown): never {
		const { API } = this.#inside._module;
		// Python was called while it could not be, and was not touched.
		if (thrown instanceof API.NoGilError) throw thrown;
		// Emscripten's ExitStatus is no Error, but has a message.
		const words = (thrown as { message?: unknown } | null)?.message ?? thrown;
		const error = thrown instanceof Error ? thrown : new Error(`Python broke: ${String(words)}`);
		if (!('pyodide_fatal_error' in error)) {
			Object.assign(error, { pyodide_fatal_error: true });
			API.on_fatal?.(error);
		}
		throw error;
	}
}
