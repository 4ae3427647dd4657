/** The Runtime on Pyodide: Python in the sandbox, and a Stop that works whatever the code does. */
import { PlaygroundError } from '../../core/errors';
import type { OutputDelta, Phase, PythonError, RunOptions, RunResult, Runtime, WireError } from '../../core/ports';
import type { BootReport, BootStage, PythonContract, PythonEvent } from '../../../workers/contracts';
import type { Broker } from '../broker/broker';
import { SandboxFrame } from './sandbox-frame';

/** How long an action may go on after it was interrupted, before its worker is ended. */
const GRACE_MS = 1_500;
/** How long Python may take to boot: a slow machine reads 14 MB and compiles 10 MB. */
const BOOT_MS = 120_000;

/** Where the runtime stands, for the view. */
export interface RuntimeStatus {
	readonly phase: Phase;
	/** Stage of the boot under way. */
	readonly stage: BootStage | null;
	/** What is known of the Python that is up, or was last. */
	readonly report: BootReport | null;
	/** From opening the sandbox to ready, in milliseconds. */
	readonly bootMs: number | null;
	/** Packages that were loaded since the boot. */
	readonly packages: readonly string[];
	/** Why the last boot failed. */
	readonly error: WireError | null;
}

/** What a runtime is made of. */
export interface PyodideRuntimeOptions {
	/** Answers what Python asks for; it is told when an action has ended. */
	readonly broker: Broker;
	readonly onChange?: (status: RuntimeStatus) => void;
}

/** Why an action is being stopped. */
type StopReason = 'interrupted' | 'timedOut';

/** How the call of an action ended. `abandoned`: it did not end, and its worker is given up. */
type Ending =
	| { readonly kind: 'returned'; readonly settled: Awaited<ReturnType<PythonContract['run']>> }
	| { readonly kind: 'crashed'; readonly detail: string }
	| { readonly kind: 'abandoned' };

/**
 * Python in the sandbox frame. An action is stopped by an interrupt first, and by ending its worker where the
 * interrupt does not help within 1.5 s or the browser has none; then a new Python is started and `state` is `lost`.
 *
 * Contract: that of `Runtime`. While a new Python takes the place of a lost one, `phase` is `loading`.
 */
export class PyodideRuntime implements Runtime {
	#status: RuntimeStatus = { phase: 'idle', stage: null, report: null, bootMs: null, packages: [], error: null };
	#frame: SandboxFrame | null = null;
	#starting: Promise<SandboxFrame> | null = null;
	readonly #stageListeners = new Set<(stage: string) => void>();
	/** Of the action under way. */
	#onOutput: ((delta: OutputDelta) => void) | null = null;
	#end: ((ending: Ending) => void) | null = null;

	constructor(private readonly options: PyodideRuntimeOptions) {}

	get phase(): Phase {
		return this.#status.phase;
	}

	/** Where the runtime stands; a new object with each change. */
	get status(): RuntimeStatus {
		return this.#status;
	}

	async start(onStage: (stage: string) => void): Promise<void> {
		this.#stageListeners.add(onStage);
		try {
			await this.#started();
		} finally {
			this.#stageListeners.delete(onStage);
		}
	}

	async run(code: string, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
		if (this.#end !== null) throw new PlaygroundError('busy');
		const frame = await unlessAborted(this.#started(), signal);
		if (frame === null) return { ...NOTHING, status: 'interrupted' };
		const printed = { stdout: '', stderr: '' };
		this.#onOutput = (delta) => {
			printed[delta.stream] += delta.text;
			options.onOutput(delta);
		};
		const startedAt = performance.now();
		const { ending, reason } = await this.#perform(frame, code, options.timeoutMs, signal);
		this.#onOutput = null;
		this.options.broker.endAction();
		if (ending.kind === 'returned' && ending.settled.ok) {
			const result = ending.settled.value;
			this.#change({ packages: [...this.#status.packages, ...result.packages] });
			return { ...result, status: reason ?? result.status, state: 'kept' };
		}
		if (this.#frame === frame) this.#replace();
		const cause = ending.kind === 'returned' && !ending.settled.ok ? ending.settled.error.detail : null;
		return {
			...NOTHING,
			...printed,
			status: reason ?? (ending.kind === 'abandoned' ? 'interrupted' : 'error'),
			error: ending.kind === 'abandoned' ? null : pythonDied(ending.kind === 'crashed' ? ending.detail : cause),
			durationMs: performance.now() - startedAt,
			state: 'lost',
		};
	}

	async restart(): Promise<void> {
		this.#end?.({ kind: 'abandoned' });
		this.#replace();
		await this.#started();
	}

	async parses(code: string): Promise<boolean> {
		return (await this.#started()).python.parses(code);
	}

	dispose(): void {
		this.#end?.({ kind: 'abandoned' });
		this.#close();
		this.#change({ phase: 'idle', stage: null });
	}

	/** Calls the action and stops it when the signal or the clock says so. */
	async #perform(
		frame: SandboxFrame,
		code: string,
		timeoutMs: number,
		signal: AbortSignal,
	): Promise<{ ending: Ending; reason: StopReason | null }> {
		let reason: StopReason | null = null;
		let grace: ReturnType<typeof setTimeout> | undefined;
		let interrupting: Promise<void> = Promise.resolve();
		const ending = new Promise<Ending>((resolve) => {
			this.#end = resolve;
			frame.python.run(code).then(
				(settled) => resolve({ kind: 'returned', settled }),
				(thrown: unknown) => resolve({ kind: 'crashed', detail: String(thrown) }),
			);
		});
		const stop = (why: StopReason): void => {
			if (reason !== null) return;
			reason = why;
			if (!frame.isInterruptible) return this.#end?.({ kind: 'abandoned' });
			interrupting = frame.interrupt();
			grace = setTimeout(() => this.#end?.({ kind: 'abandoned' }), GRACE_MS);
		};
		const onAbort = (): void => stop('interrupted');
		const timer = setTimeout(() => stop('timedOut'), timeoutMs);
		signal.addEventListener('abort', onAbort, { once: true });
		try {
			const ended = await ending;
			// Were the interrupt still on its way, it could hit the next action.
			if (ended.kind === 'returned') await interrupting.catch(() => undefined);
			return { ending: ended, reason };
		} finally {
			this.#end = null;
			clearTimeout(timer);
			clearTimeout(grace);
			signal.removeEventListener('abort', onAbort);
		}
	}

	/** The frame of a Python that is ready; boots one where there is none. */
	#started(): Promise<SandboxFrame> {
		this.#starting ??= this.#boot();
		return this.#starting;
	}

	async #boot(): Promise<SandboxFrame> {
		const startedAt = performance.now();
		this.#change({ phase: 'loading', stage: null, packages: [], error: null });
		try {
			const frame = await SandboxFrame.open({
				broker: this.options.broker,
				onEvent: (event) => this.#hear(event),
				onCrash: (detail) => this.#crashed(detail),
			});
			this.#frame = frame;
			const settled = await within(BOOT_MS, frame.python.boot({ indexUrls: this.options.broker.indexUrls }));
			if (!settled.ok) throw PlaygroundError.fromWire(settled.error);
			this.#change({ phase: 'ready', stage: 'ready', report: settled.value, bootMs: performance.now() - startedAt });
			return frame;
		} catch (thrown) {
			const error = PlaygroundError.from(thrown, 'python_boot_failed');
			this.#close();
			this.#change({ phase: 'failed', error: error.toWire() });
			throw error;
		}
	}

	/** Ends this Python and starts a new one; its failure is kept in `status` and met again by the next call. */
	#replace(): void {
		this.#close();
		this.#started().catch(() => undefined);
	}

	#close(): void {
		this.#frame?.close();
		this.#frame = null;
		this.#starting = null;
	}

	/** The worker stopped by itself: the action under way ends with it; between two actions a new one is started. */
	#crashed(detail: string): void {
		if (this.#end !== null) this.#end({ kind: 'crashed', detail });
		else if (this.#status.phase === 'ready') this.#replace();
	}

	#hear(event: Exclude<PythonEvent, { kind: 'fetch' }>): void {
		if (event.kind === 'output') return this.#onOutput?.(event.delta);
		for (const listener of this.#stageListeners) listener(event.stage);
		this.#change({ stage: event.stage });
	}

	#change(change: Partial<RuntimeStatus>): void {
		this.#status = { ...this.#status, ...change };
		this.options.onChange?.(this.#status);
	}
}
