/** The Runtime on Pyodide: Python in the sandbox, and a Stop that works whatever the code does. */
import { ERROR_CATALOGUE, PlaygroundError } from '../../core/errors';
import { nullIfAborted } from '../../core/null-if-aborted';
import type { OutputDelta, Phase, PythonError, RunOptions, RunResult, Runtime, WireError } from '../../core/ports';
import type { BootReport, BootStage, PythonEvent } from '../../../workers/contracts';
import type { Broker } from '../broker/broker';
import { EMPTY_RESULT } from './empty-result';
import { SandboxFrame } from './sandbox-frame';

/** When an action that was interrupted and goes on gets the signal (again). */
const AGAIN_MS = 500;
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
	| { readonly kind: 'returned'; readonly result: Omit<RunResult, 'state'> }
	| { readonly kind: 'died'; readonly detail: string }
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
	/** Ends the boot under way with a failure. */
	#giveUp: ((error: PlaygroundError) => void) | null = null;
	#isBusy = false;
	/** Both of the action under way. */
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
		if (this.#isBusy) throw new PlaygroundError('busy');
		this.#isBusy = true;
		try {
			const frame = await nullIfAborted(this.#started(), signal);
			if (frame === null) return { ...EMPTY_RESULT, status: 'interrupted' };
			return await this.#runIn(frame, code, options, signal);
		} finally {
			this.#isBusy = false;
			this.#onOutput = null;
			this.options.broker.endAction();
		}
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

	async #runIn(frame: SandboxFrame, code: string, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
		const printed = { stdout: '', stderr: '' };
		this.#onOutput = (delta) => {
			printed[delta.stream] += delta.text;
			options.onOutput(delta);
		};
		const startedAt = performance.now();
		const { ending, reason } = await this.#perform(frame, code, options.timeoutMs, signal);
		if (ending.kind === 'returned') {
			// The result and the output come over two ports, which have no common order: what is still on its way is told now.
			for (const stream of ['stdout', 'stderr'] as const) {
				const rest = ending.result[stream].slice(printed[stream].length);
				if (rest !== '') options.onOutput({ stream, text: rest });
			}
			const packages = [...this.#status.packages, ...ending.result.packages];
			if (ending.result.packages.length > 0) this.#change({ packages });
			return { ...ending.result, status: reason ?? ending.result.status, state: 'kept' };
		}
		// `restart` and `dispose` have seen to the frame already.
		if (this.#frame === frame) this.#replace();
		return {
			...EMPTY_RESULT,
			...printed,
			status: reason ?? (ending.kind === 'died' ? 'error' : 'interrupted'),
			error: ending.kind === 'died' ? pythonDied(ending.detail) : null,
			durationMs: performance.now() - startedAt,
			state: 'lost',
		};
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
		let again: ReturnType<typeof setTimeout> | undefined;
		let interrupting: Promise<void> = Promise.resolve();
		const ending = new Promise<Ending>((resolve) => {
			this.#end = resolve;
			frame.python.run(code).then(
				(settled) => {
					if (settled.ok) resolve({ kind: 'returned', result: settled.value });
					else resolve({ kind: 'died', detail: settled.error.detail ?? settled.error.message });
				},
				(thrown: unknown) => resolve({ kind: 'died', detail: String(thrown) }),
			);
		});
		const stop = (why: StopReason): void => {
			if (reason !== null) return;
			reason = why;
			if (!frame.isInterruptible) return this.#end?.({ kind: 'abandoned' });
			interrupting = frame.interrupt();
			// Code that computes between two awaits may have been cancelled while it listened, and not care.
			again = setTimeout(() => (interrupting = frame.signal()), AGAIN_MS);
			grace = setTimeout(() => this.#end?.({ kind: 'abandoned' }), GRACE_MS);
		};
		const onAbort = (): void => stop('interrupted');
		const { broker } = this.options;
		const dueMs = performance.now() + timeoutMs - broker.askedMs;
		const watch = (): void => {
			// While a person thinks about a grant, the clock of the action stands still.
			const restMs = dueMs + broker.askedMs - performance.now();
			if (restMs <= 0) stop('timedOut');
			else timer = setTimeout(watch, Math.max(restMs, 50));
		};
		let timer = setTimeout(watch, timeoutMs);
		signal.addEventListener('abort', onAbort, { once: true });
		try {
			const ended = await ending;
			// Were the interrupt still on its way, it could hit the next action.
			if (ended.kind === 'returned') await interrupting.catch(() => undefined);
			return { ending: ended, reason };
		} finally {
			this.#end = null;
			clearTimeout(timer);
			clearTimeout(again);
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
		const givenUp = new Promise<never>((_, reject) => (this.#giveUp = reject));
		const giveUp = this.#giveUp;
		const timer = setTimeout(() => giveUp?.(bootFailure(`no answer within ${BOOT_MS} ms`)), BOOT_MS);
		const opening = SandboxFrame.open({
			broker: this.options.broker,
			onEvent: (event) => this.#hear(event),
			onCrash: (detail) => this.#crashed(detail),
		});
		try {
			const frame = await Promise.race([opening, givenUp]);
			this.#frame = frame;
			const options = { indexUrls: this.options.broker.indexUrls };
			const settled = await Promise.race([frame.python.boot(options), givenUp]);
			if (!settled.ok) throw PlaygroundError.fromWire(settled.error);
			this.#change({ phase: 'ready', report: settled.value, bootMs: performance.now() - startedAt });
			return frame;
		} catch (thrown) {
			const error = PlaygroundError.from(thrown, 'python_boot_failed');
			opening.then((frame) => frame.close()).catch(() => undefined);
			// Where this boot was given up for another one, the state is that one's.
			if (this.#giveUp === giveUp) {
				this.#close();
				this.#change({ phase: 'failed', stage: null, error: error.toWire() });
			}
			throw error;
		} finally {
			clearTimeout(timer);
			if (this.#giveUp === giveUp) this.#giveUp = null;
		}
	}

	/** Ends this Python and starts a new one; its failure is kept in `status` and met again by the next call. */
	#replace(): void {
		this.#close();
		this.#started().catch(() => undefined);
	}

	/** Ends this Python, or the boot of it. */
	#close(): void {
		const giveUp = this.#giveUp;
		this.#giveUp = null;
		giveUp?.(bootFailure('it was ended while it started'));
		this.#frame?.close();
		this.#frame = null;
		this.#starting = null;
	}

	/** The worker stopped by itself: the boot or the action under way ends with it; idle, a new one takes its place. */
	#crashed(detail: string): void {
		if (this.#giveUp !== null) this.#giveUp(bootFailure(detail));
		else if (this.#end !== null) this.#end({ kind: 'died', detail });
		else this.#replace();
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

function bootFailure(detail: string): PlaygroundError {
	return new PlaygroundError('python_boot_failed', { detail });
}

/** What is told of an action in the middle of which Python stopped. `detail`: the machine's own words. */
function pythonDied(detail: string): PythonError {
	const isMemory = /out of memory|MemoryError|allocation failed/i.test(detail);
	return {
		type: isMemory ? 'MemoryError' : 'PythonDied',
		message: `${ERROR_CATALOGUE.python_died.says} (${detail.split('\n')[0] ?? ''})`,
		traceback: detail,
		line: null,
	};
}
