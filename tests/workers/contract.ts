/** What the worker of the time travel tests answers; types only. */
import type { Checkpoint, Restored } from '../../workers/python/time-travel/time-travel';

/** A Python with time travel, in a worker of its own. */
export interface Traveller {
	boot(options?: { readonly budgetBytes?: number }): Promise<void>;
	/** Loads packages on board. */
	load(packages: readonly string[]): Promise<void>;
	/** Runs one action through the harness, as the app does; returns what it told. */
	action(code: string): Promise<{ readonly status: string; readonly value: string | null; readonly error: unknown }>;
	/** Runs Python at once and returns its value; what it raises is an error. */
	python(code: string): Promise<unknown>;
	/** The same with await at top level. */
	pythonAsync(code: string): Promise<unknown>;
	/** Evaluates JavaScript in the worker. */
	javascript(code: string): Promise<unknown>;
	/** Has `globalThis.signal` interrupt Python. */
	useSignal(): Promise<void>;
	tableSizes(): Promise<{ readonly functions: number; readonly references: number; readonly heapBytes: number }>;
	checkpoint(): Promise<Checkpoint>;
	restore(id: number): Promise<Restored>;
	drop(id: number): Promise<void>;
	revive(): Promise<boolean>;
	ids(): Promise<number[]>;
	current(): Promise<number | null>;
	usedBytes(): Promise<number>;
	/** Random programs; see `tests/fixtures/time-travel/state.py`. */
	programs(options: ProgramOptions): Promise<ProgramReport>;
	/** Fatal errors since the last call. */
	fatals(): Promise<string[]>;
}

/** Which random programs. */
export interface ProgramOptions {
	readonly count: number;
	readonly seed: number;
	/** What their steps work on. */
	readonly kind: 'stdlib' | 'pandas' | 'files';
}

/** What came of them; a difference is told with the place where the traces part. */
export interface ProgramReport {
	readonly programs: number;
	readonly restores: number;
	readonly differences: readonly string[];
}
