import { PlaygroundError, type WireError } from '../core/errors';
import type { WorkingDirectory } from '../core/files';
import type { CheckpointHistory, KeptAction, Phase, Restored, RunOptions, RunResult, Runtime } from '../core/ports';

/** What is known of Python once it is up. */
export interface PythonReport {
	/** Such as `3.12.7`. */
	readonly pythonVersion: string;
	/** True where Stop interrupts at once; else it ends the worker, and the variables with it. */
	readonly interruptible: boolean;
	/** What Python's memory may grow to. */
	readonly memoryLimitBytes: number;
	/**
	 * `image`: the Python that was there before goes on; `snapshot`: from the memory of an interpreter that was booted
	 * before; `plain`: file by file, which takes longer.
	 */
	readonly startedFrom: 'image' | 'snapshot' | 'plain';
}

/** What a runtime tells of itself while it works (`RuntimeStatus` of the Pyodide runtime). */
export interface PythonStatus {
	readonly phase: Phase;
	readonly stage: string | null;
	readonly report: PythonReport | null;
	/** Packages that were loaded since it was started. */
	readonly packages: readonly string[];
	/** States that memory holds. */
	readonly history: CheckpointHistory;
	/** How many kept actions were executed again, of how many; null while none are. */
	readonly rerun: { readonly done: number; readonly total: number } | null;
	readonly error: WireError | null;
}

const OFF: PythonStatus = {
	phase: 'idle',
	stage: null,
	report: null,
	packages: [],
	history: { ids: [], usedBytes: 0, budgetBytes: 0 },
	rerun: null,
	error: null,
};

/** How far Python is and what it is doing; itself a `Runtime`, so that whatever runs code keeps this up to date. */
export class PythonState implements Runtime {
	isBusy = $state(false);
	/** True when code has run since Python was last started: a fresh session needs a restart then. */
	isUsed = $state(false);
	/** Called when the variables are gone: after a restart, or when Python had to be ended. */
	onLost: () => void = () => undefined;
	/** Called before an action, which waits for it. */
	beforeAction: () => Promise<void> = () => Promise.resolve();
	/** Called when an action has done something to the files. */
	onFilesMoved: () => void = () => undefined;
	#status = $state.raw<PythonStatus>(OFF);

	readonly #runtime: Runtime;

	constructor(runtime: Runtime) {
		this.#runtime = runtime;
	}

	get phase(): Phase {
		return this.#status.phase;
	}

	/** Stage of the boot under way. */
	get stage(): string | null {
		return this.#status.stage;
	}

	get report(): PythonReport | null {
		return this.#status.report;
	}

	get files(): WorkingDirectory {
		return this.#runtime.files;
	}

	get packages(): readonly string[] {
		return this.#status.packages;
	}

	/** States that memory holds, so that going back to them takes no time. */
	get history(): CheckpointHistory {
		return this.#status.history;
	}

	/** How far executing kept actions again is; null while none are. */
	get rerun(): PythonStatus['rerun'] {
		return this.#status.rerun;
	}

	/** Why Python could not be started. */
	get error(): WireError | null {
		return this.#status.error;
	}

	/** Takes over what the runtime tells of itself. */
	take(status: PythonStatus): void {
		this.#status = status;
	}

	/** Starts Python. Never rejects: a failure is `error`, and `phase` is `failed`. */
	async boot(): Promise<void> {
		await this.start(() => undefined).catch(() => undefined);
	}

	start(onStage: (stage: string) => void): Promise<void> {
		return this.#watch(() => this.#runtime.start(onStage));
	}

	async run(code: string, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
		this.isBusy = true;
		this.isUsed = true;
		try {
			await this.beforeAction();
			const result = await this.#watch(() => this.#runtime.run(code, options, signal));
			if (result.state === 'lost') this.forget();
			if (result.files.length > 0 || result.state !== 'kept') this.onFilesMoved();
			return result;
		} finally {
			this.isBusy = false;
		}
	}

	async restore(checkpoint: number, signal?: AbortSignal): Promise<Restored> {
		this.isBusy = true;
		this.isUsed = true;
		try {
			return await this.#watch(() => this.#runtime.restore(checkpoint, signal));
		} finally {
			this.isBusy = false;
		}
	}

	adopt(actions: readonly KeptAction[]): void {
		this.#runtime.adopt(actions);
	}

	async recall(checkpoint: number): Promise<Restored | null> {
		const restored = await this.#watch(() => this.#runtime.recall(checkpoint));
		if (restored !== null) this.isUsed = true;
		return restored;
	}

	drop(checkpoint: number): Promise<void> {
		return this.#runtime.drop(checkpoint);
	}

	prepare(code: string): void {
		this.#runtime.prepare(code);
	}

	async restart(): Promise<void> {
		this.forget();
		await this.#watch(() => this.#runtime.restart());
	}

	parses(code: string): Promise<boolean> {
		return this.#watch(() => this.#runtime.parses(code));
	}

	dispose(): void {
		this.#runtime.dispose();
	}

	/** Takes note that the variables are gone. */
	forget(): void {
		if (this.isUsed) this.onLost();
		this.isUsed = false;
	}

	/** Runs a call of the runtime. One that tells nothing of itself is read afterwards. */
	async #watch<T>(call: () => Promise<T>): Promise<T> {
		try {
			const value = await call();
			if (this.phase !== this.#runtime.phase) this.#status = { ...this.#status, phase: this.#runtime.phase };
			return value;
		} catch (thrown) {
			const error = PlaygroundError.from(thrown, 'python_boot_failed');
			this.#status = { ...this.#status, phase: this.#runtime.phase, error: error.toWire() };
			throw error;
		}
	}
}
