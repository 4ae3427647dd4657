/** The Runtime on Pyodide: Python in the sandbox, a Stop that works whatever the code does, and states to go back to. */
import { PlaygroundError } from '../../core/errors';
import type { WorkingDirectory } from '../../core/files';
import { nullIfAborted } from '../../core/null-if-aborted';
import { pythonDied } from '../../core/python-died';
import type {
	CheckpointHistory,
	OutputDelta,
	Phase,
	Restored,
	RunOptions,
	RunResult,
	Runtime,
	WireError,
} from '../../core/ports';
import type { ActionReport, BootReport, BootStage, PythonEvent } from '../../../workers/contracts';
import type { Broker } from '../broker/broker';
import { ActionCall, type Ended } from './action-call';
import { EMPTY_RESULT } from './empty-result';
import { FrameDirectory } from './frame-directory';
import { leadTo } from './lead-to';
import { PythonStart } from './python-start';
import type { SandboxFrame } from './sandbox-frame';
import { States } from './states';

/** How long the result of an action whose worker was ended waits for the state to be back, to tell how that went. */
const RECOVERY_WAIT_MS = 800;

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
	/** States that memory holds, so that going back to them takes no time. */
	readonly history: CheckpointHistory;
	/** Why the last boot failed. */
	readonly error: WireError | null;
}

/** What a runtime is made of. */
export interface PyodideRuntimeOptions {
	/** Answers what Python asks for; it is told when an action has ended. */
	readonly broker: Broker;
	readonly onChange?: (status: RuntimeStatus) => void;
	/** Called when the state could not be put back, so that the variables of earlier actions are gone. */
	readonly onLost?: () => void;
	/**
	 * Puts the files of the session into a Python that begins. `own`: only those that no action made, since the actions
	 * are about to be executed again. Where it fails, Python begins without them.
	 */
	readonly fillFiles?: (directory: WorkingDirectory, which: 'all' | 'own') => Promise<void>;
}

/** A Python that is up, and how it got to the state that it is in; null where the state before is lost. */
interface Up {
	readonly frame: SandboxFrame;
	readonly restored: Restored | null;
}

/**
 * Python in the sandbox frame. An action is stopped by an interrupt first, and by ending its worker where that does
 * not help within a second or the browser has none; then a new Python is led to the state before the action.
 *
 * Contract: that of `Runtime`. While a new Python takes the place of another one, `phase` is `loading`.
 */
export class PyodideRuntime implements Runtime {
	readonly #states = new States();
	#status: RuntimeStatus = {
		phase: 'idle',
		stage: null,
		report: null,
		bootMs: null,
		packages: [],
		history: this.#states.history,
		error: null,
	};
	readonly files = new FrameDirectory(async () => (await this.#started()).frame);
	#frame: SandboxFrame | null = null;
	/** The boot under way. */
	#start: PythonStart | null = null;
	#up: Promise<Up> | null = null;
	readonly #stageListeners = new Set<(stage: string) => void>();
	#isBusy = false;
	/** True while `restore` leads to an earlier state. */
	#isGoingBack = false;
	/** That of the action under way. */
	#onOutput: ((delta: OutputDelta) => void) | null = null;

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

	run(code: string, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
		return this.#exclusively(async () => {
			try {
				const up = await nullIfAborted(this.#started(), signal);
				if (up === null) return { ...EMPTY_RESULT, status: 'interrupted' };
				return await this.#runIn(up.frame, code, options, signal);
			} finally {
				this.#onOutput = null;
				this.options.broker.endAction();
			}
		});
	}

	restore(checkpoint: number): Promise<Restored> {
		if (!this.#states.has(checkpoint)) return Promise.reject(new PlaygroundError('checkpoint_gone'));
		return this.#exclusively(async () => {
			const startedAt = performance.now();
			const { frame } = await this.#started();
			const id = this.#states.heldAs(checkpoint);
			this.#states.at = checkpoint;
			if (id !== null) {
				const settled = await Promise.race([frame.python.restore(id), frame.ended.then(() => null)]);
				if (settled?.ok === true) {
					return { by: 'memory', isDifferent: false, durationMs: performance.now() - startedAt };
				}
			}
			this.#isGoingBack = true;
			const restored = await this.#replace().finally(() => (this.#isGoingBack = false));
			if (restored === null) throw new PlaygroundError('checkpoint_gone');
			return { ...restored, durationMs: performance.now() - startedAt };
		});
	}

	async drop(checkpoint: number): Promise<void> {
		this.#states.drop(checkpoint);
		const id = this.#states.heldAs(checkpoint);
		if (id !== null && this.#frame !== null) await this.#frame.python.drop(id);
	}

	prepare(_code: string): void {
		// Nothing is loaded ahead yet.
	}

	async restart(): Promise<void> {
		this.#states.begin();
		this.#close();
		await this.#started();
	}

	async parses(code: string): Promise<boolean> {
		return (await this.#started()).frame.python.parses(code);
	}

	dispose(): void {
		this.#close();
		this.#change({ phase: 'idle', stage: null });
	}

	async #exclusively<T>(work: () => Promise<T>): Promise<T> {
		if (this.#isBusy) throw new PlaygroundError('busy');
		this.#isBusy = true;
		try {
			return await work();
		} finally {
			this.#isBusy = false;
		}
	}

	async #runIn(frame: SandboxFrame, code: string, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
		const printed = { stdout: '', stderr: '' };
		this.#onOutput = (delta) => {
			printed[delta.stream] += delta.text;
			options.onOutput(delta);
		};
		const startedAt = performance.now();
		const { timeoutMs } = options;
		const askedMs = (): number => this.options.broker.askedMs;
		const { ending, reason } = await new ActionCall({ frame, code, timeoutMs, askedMs, signal }).ended();
		if (ending.kind === 'returned') {
			// The result and the output come over two ports, which have no common order: what is still on its way is told now.
			for (const stream of ['stdout', 'stderr'] as const) {
				const rest = ending.report[stream].slice(printed[stream].length);
				if (rest !== '') options.onOutput({ stream, text: rest });
			}
			return this.#keep(code, ending.report, reason);
		}
		const durationMs = performance.now() - startedAt;
		return {
			...EMPTY_RESULT,
			...printed,
			status: reason ?? (ending.kind === 'died' ? 'error' : 'interrupted'),
			error: ending.kind === 'died' ? pythonDied(ending.detail) : null,
			durationMs,
			...(await this.#recovered(frame)),
		};
	}

	/** Takes down the state after an action that returned. */
	#keep(code: string, report: ActionReport, reason: Ended['reason']): RunResult {
		const status = reason ?? report.status;
		if (report.packages.length > 0) this.#change({ packages: [...this.#status.packages, ...report.packages] });
		const result = { ...EMPTY_RESULT, ...report, status };
		if (report.state !== 'kept') return { ...result, checkpoint: null };
		const checkpoint = this.#states.add(code, result, report.checkpoint);
		this.#tellHistory();
		return { ...result, checkpoint };
	}

	/** Puts a new Python in the place of `frame`'s, and tells how the state came back as far as that is known in time. */
	async #recovered(frame: SandboxFrame): Promise<Pick<RunResult, 'state' | 'restored'>> {
		// `restart` and `dispose` have seen to the frame already.
		if (this.#frame !== frame) return { state: 'lost', restored: null };
		const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), RECOVERY_WAIT_MS));
		const restored = await Promise.race([this.#replace().catch(() => null), late]);
		if (restored === 'late') return { state: 'restoring', restored: null };
		return restored === null ? { state: 'lost', restored } : { state: 'restored', restored };
	}

	/** The Python that is ready; boots one where there is none. */
	#started(): Promise<Up> {
		this.#up ??= this.#boot();
		return this.#up;
	}

	async #boot(): Promise<Up> {
		this.#change({ phase: 'loading', stage: null, packages: [], error: null });
		const start = new PythonStart(
			{
				broker: this.options.broker,
				onEvent: (event) => this.#hear(event),
				onCrash: (detail) => this.#crashed(detail),
			},
			{ indexUrls: this.options.broker.indexUrls },
		);
		this.#start = start;
		try {
			const { frame, report, bootMs } = await start.started;
			this.#frame = frame;
			const restored = await this.#lead(frame);
			if (this.#start !== start) throw ended();
			if (restored === null) return await this.#bootAfresh();
			this.#tellStage('ready');
			this.#change({ phase: 'ready', report, bootMs });
			return { frame, restored };
		} catch (thrown) {
			const error = PlaygroundError.from(thrown, 'python_boot_failed');
			// Where this boot was given up for another one, the state is that one's.
			if (this.#start === start) {
				this.#close();
				this.#change({ phase: 'failed', stage: null, error: error.toWire() });
			}
			throw error;
		} finally {
			if (this.#start === start) this.#start = null;
		}
	}

	/** Leads a fresh Python to the state that is wanted; null where it could not be had again. */
	async #lead(frame: SandboxFrame): Promise<Restored | null> {
		const { path } = this.#states;
		const fill = async (which: 'all' | 'own'): Promise<void> => {
			const directory = new FrameDirectory(() => Promise.resolve(frame));
			await this.options.fillFiles?.(directory, which).catch(() => undefined);
		};
		if (path.length === 0) {
			await fill('all');
			return { by: 'rerun', isDifferent: false, durationMs: 0 };
		}
		this.#tellStage('restoring');
		await fill('own');
		const restored = await leadTo(frame, path, ({ id }, report) => {
			if (report.packages.length > 0) this.#change({ packages: [...this.#status.packages, ...report.packages] });
			if (report.checkpoint !== null) this.#states.hold(id, report.checkpoint.id);
		});
		// An action that adds to a file has done so twice by now. Going back, the page takes over what is there instead.
		if (!this.#isGoingBack) await fill('all');
		return restored;
	}

	/** The last resort: a Python without the variables of earlier actions. */
	async #bootAfresh(): Promise<Up> {
		this.#states.begin();
		this.#close();
		this.options.onLost?.();
		const { frame } = await this.#started();
		return { frame, restored: null };
	}

	/** Ends this Python; a new one is led to the state that is wanted. Resolves with how; null where that state is lost. */
	async #replace(): Promise<Restored | null> {
		this.#close();
		return (await this.#started()).restored;
	}

	/** Ends this Python, or the boot of it. */
	#close(): void {
		const start = this.#start;
		this.#start = null;
		start?.giveUp('it was ended while it started');
		this.#frame?.close();
		this.#frame = null;
		this.#up = null;
		this.#states.take(null);
		this.#tellHistory();
	}

	/** The worker stopped by itself: the boot or the call under way ends with it; idle, a new one takes its place. */
	#crashed(detail: string): void {
		if (this.#start !== null) this.#start.giveUp(detail);
		else if (!this.#isBusy) this.#replace().catch(() => undefined);
	}

	#hear(event: Exclude<PythonEvent, { kind: 'ask' }>): void {
		switch (event.kind) {
			case 'output':
				return this.#onOutput?.(event.delta);
			case 'history':
				this.#states.take(event.history);
				return this.#tellHistory();
			case 'stage':
				// The page has its own last stages: the state is led to its place before Python counts as ready.
				return event.stage === 'ready' ? undefined : this.#tellStage(event.stage);
			default:
				event satisfies never;
		}
	}

	#tellStage(stage: BootStage): void {
		for (const listener of this.#stageListeners) listener(stage);
		this.#change({ stage });
	}

	#tellHistory(): void {
		this.#change({ history: this.#states.history });
	}

	#change(change: Partial<RuntimeStatus>): void {
		this.#status = { ...this.#status, ...change };
		this.options.onChange?.(this.#status);
	}
}

function ended(): PlaygroundError {
	return new PlaygroundError('python_boot_failed', { detail: 'it was ended while it started' });
}
