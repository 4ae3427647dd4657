/** The Runtime on Pyodide: Python in the sandbox, a Stop that works whatever the code does, and states to go back to. */
import { loadsOf } from '../../core/ahead';
import { PlaygroundError } from '../../core/errors';
import type { WorkingDirectory } from '../../core/files';
import { nullIfAborted } from '../../core/null-if-aborted';
import { pythonDied } from '../../core/python-died';
import type { KeptAction, OutputDelta, Phase, Restored, RunOptions, RunResult, Runtime } from '../../core/ports';
import type { ActionReport } from '../../../workers/contracts';
import type { Broker } from '../broker/broker';
import { ActionCall, type Ended } from './action-call';
import { EMPTY_RESULT } from './empty-result';
import { FrameDirectory } from './frame-directory';
import { Images, type ImageStore } from './images';
import { PythonSuccession, type RuntimeStatus } from './python-succession';
import type { SandboxFrame } from './sandbox-frame';
import type { SparePython } from './spare-python';
import { States } from './states';

/** How long the result of an action whose worker was ended waits for the state to be back, to tell how that went. */
const RECOVERY_WAIT_MS = 500;

/** What a runtime is made of. */
export interface PyodideRuntimeOptions {
	/** Answers what Python asks for; it is told when an action has ended. */
	readonly broker: Broker;
	/** A Python that is started already, so that a restart takes no time; left out: each start takes its time. */
	readonly spare?: SparePython;
	readonly onChange?: (status: RuntimeStatus) => void;
	/** Called when the state could not be put back, so that the variables of earlier actions are gone. */
	readonly onLost?: () => void;
	/** Keeps the newest image of Python across a reload. */
	readonly images?: ImageStore;
	/**
	 * Puts the files of the session into a Python that begins. `own`: only those that no action made, since the actions
	 * are about to be executed again. Where it fails, Python begins without them.
	 */
	readonly fillFiles?: (directory: WorkingDirectory, which: 'all' | 'own') => Promise<void>;
}

/**
 * Python in the sandbox frame. An action is stopped by an interrupt first, and by ending its worker where that does
 * not help within a second or the browser has none; then a new Python is led to the state before the action.
 *
 * Contract: that of `Runtime`.
 */
export class PyodideRuntime implements Runtime {
	readonly #states = new States();
	readonly #images: Images;
	readonly #life: PythonSuccession;
	readonly files = new FrameDirectory(async () => (await this.#life.started()).frame);
	#isBusy = false;
	/** That of the action under way. */
	#onOutput: ((delta: OutputDelta) => void) | null = null;

	constructor(private readonly options: PyodideRuntimeOptions) {
		this.#images = new Images(this.#states, () => this.#isBusy, options.images ?? null);
		this.#life = new PythonSuccession({
			...options,
			states: this.#states,
			images: this.#images,
			isBusy: () => this.#isBusy,
			onOutput: (delta) => this.#onOutput?.(delta),
		});
	}

	get phase(): Phase {
		return this.#life.status.phase;
	}

	/** Where the runtime stands; a new object with each change. */
	get status(): RuntimeStatus {
		return this.#life.status;
	}

	async start(onStage: (stage: string) => void): Promise<void> {
		await this.#life.started({ onStage });
	}

	run(code: string, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
		const { broker } = this.options;
		return this.#exclusively(async () => {
			try {
				const up = await nullIfAborted(this.#life.started(), signal);
				if (up === null) return { ...EMPTY_RESULT, status: 'interrupted' };
				const result = await this.#runIn(up.frame, code, options, signal);
				return { ...result, ...broker.endAction() };
			} finally {
				this.#onOutput = null;
				// Also where Python could not be started, and there is no result to tell it in.
				broker.endAction();
			}
		});
	}

	restore(checkpoint: number, signal: AbortSignal = new AbortController().signal): Promise<Restored> {
		if (!this.#states.has(checkpoint)) return Promise.reject(new PlaygroundError('checkpoint_gone'));
		return this.#exclusively(async () => {
			const startedAt = performance.now();
			const { frame } = await this.#life.started();
			const id = this.#states.heldAs(checkpoint);
			this.#states.at = checkpoint;
			if (id !== null) {
				const settled = await Promise.race([frame.python.restore(id), frame.ended.then(() => null)]);
				if (settled?.ok === true) {
					this.#images.takeSoon(frame);
					return { by: 'memory', isDifferent: false, durationMs: performance.now() - startedAt };
				}
			}
			const restored = await this.#life.replace({ signal, isGoingBack: true });
			if (restored === null) throw new PlaygroundError('checkpoint_gone');
			return { ...restored, durationMs: performance.now() - startedAt };
		});
	}

	adopt(actions: readonly KeptAction[]): void {
		this.#states.adopt(actions);
	}

	async recall(checkpoint: number): Promise<Restored | null> {
		if (!this.#states.has(checkpoint) || !(await this.#images.recall(checkpoint))) return null;
		return this.#exclusively(() => {
			this.#states.at = checkpoint;
			return this.#life.replace({ isRecalling: true });
		});
	}

	async drop(checkpoint: number): Promise<void> {
		this.#states.drop(checkpoint);
		const id = this.#states.heldAs(checkpoint);
		if (id !== null && this.#life.frame !== null) await this.#life.frame.python.drop(id);
	}

	prepare(code: string): void {
		const frame = this.#life.frame;
		if (this.#isBusy || this.phase !== 'ready' || frame === null) return;
		frame.python.prepare(loadsOf(code)).catch(() => undefined);
	}

	async restart(): Promise<void> {
		this.#states.begin();
		this.#images.forget();
		this.#life.close();
		await this.#life.started();
	}

	async parses(code: string): Promise<boolean> {
		return (await this.#life.started()).frame.python.parses(code);
	}

	dispose(): void {
		this.#life.dispose();
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
			this.#images.takeSoon(frame);
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
		this.#life.tellPackages(report);
		const result = { ...EMPTY_RESULT, ...report, status };
		if (report.state !== 'kept') return { ...result, checkpoint: null };
		const checkpoint = this.#states.add(code, result, report.checkpoint);
		this.#life.tellHistory();
		return { ...result, checkpoint };
	}

	/** Puts a new Python in the place of `frame`'s, and tells how the state came back as far as that is known in time. */
	async #recovered(frame: SandboxFrame): Promise<Pick<RunResult, 'state' | 'restored'>> {
		// `restart` and `dispose` have seen to the frame already.
		if (this.#life.frame !== frame) return { state: 'lost', restored: null };
		const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), RECOVERY_WAIT_MS));
		const restored = await Promise.race([this.#life.replace().catch(() => null), late]);
		if (restored === 'late') return { state: 'restoring', restored: null };
		return restored === null ? { state: 'lost', restored } : { state: 'restored', restored };
	}
}
