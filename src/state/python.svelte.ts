import { PlaygroundError, type WireError } from '../core/errors';
import type { Phase, RunOptions, RunResult, Runtime } from '../core/ports';

/** What is known of Python once it is up. */
export interface PythonReport {
	readonly pythonVersion: string;
	/** True where Stop interrupts at once; else it ends the worker, and the variables with it. */
	readonly interruptible: boolean;
}

/** How far Python is, what it is doing, and a `Runtime` (for the agent) that keeps this up to date. */
export class PythonState implements Runtime {
	stage = $state<string | null>(null);
	error = $state.raw<WireError | null>(null);
	report = $state.raw<PythonReport | null>(null);
	isBusy = $state(false);
	/** True when code has run since Python was last started: a fresh session needs a restart then. */
	isUsed = $state(false);
	/** Packages that were loaded, by name, in order. */
	packages = $state.raw<readonly string[]>([]);
	#phase = $state<Phase>('idle');
	/** Called when the variables are gone: after a restart, or when Python had to be ended. */
	onLost: () => void = () => undefined;

	readonly #runtime: Runtime;
	readonly #report: () => PythonReport | null;

	constructor(runtime: Runtime, report: () => PythonReport | null) {
		this.#runtime = runtime;
		this.#report = report;
	}

	get phase(): Phase {
		return this.#phase;
	}

	/** Starts Python. Never rejects: a failure is `error`, and `phase` is `failed`. */
	async boot(): Promise<void> {
		await this.start(() => undefined).catch(() => undefined);
	}

	async start(onStage: (stage: string) => void): Promise<void> {
		if (this.#phase !== 'ready') this.#phase = 'loading';
		this.error = null;
		await this.#watch(() =>
			this.#runtime.start((stage) => {
				this.stage = stage;
				onStage(stage);
			}),
		);
	}

	async run(code: string, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
		this.isBusy = true;
		this.isUsed = true;
		try {
			const result = await this.#watch(() => this.#runtime.run(code, options, signal));
			this.packages = [...new Set([...this.packages, ...result.packages])];
			if (result.state === 'lost') this.#forget();
			return result;
		} finally {
			this.isBusy = false;
		}
	}

	async restart(): Promise<void> {
		this.#phase = 'loading';
		this.stage = null;
		this.#forget();
		await this.#watch(() => this.#runtime.restart());
	}

	parses(code: string): Promise<boolean> {
		return this.#watch(() => this.#runtime.parses(code));
	}

	dispose(): void {
		this.#runtime.dispose();
		this.#phase = 'idle';
	}

	#forget(): void {
		this.isUsed = false;
		this.packages = [];
		this.onLost();
	}

	/** Runs a call of the runtime and takes over what it says of itself. */
	async #watch<T>(call: () => Promise<T>): Promise<T> {
		try {
			const value = await call();
			this.#phase = this.#runtime.phase;
			this.report = this.#report();
			if (this.#phase === 'ready') this.stage = null;
			return value;
		} catch (thrown) {
			const error = PlaygroundError.from(thrown, 'python_boot_failed');
			this.#phase = 'failed';
			this.error = error.toWire();
			throw error;
		}
	}
}
