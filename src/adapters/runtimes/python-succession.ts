/** One Python after another: when one breaks or is ended, the next is led to the state that the one before was in. */
import { PlaygroundError } from '../../core/errors';
import type { WorkingDirectory } from '../../core/files';
import type { CheckpointHistory, OutputDelta, Phase, Restored, WireError } from '../../core/ports';
import type { ActionReport, BootOptions, BootReport, BootStage, PythonEvent } from '../../../workers/contracts';
import type { Broker } from '../broker/broker';
import { FrameDirectory } from './frame-directory';
import type { Images } from './images';
import { leadTo } from './lead-to';
import { memoryLimitBytes } from './memory-limit';
import { PythonStart } from './python-start';
import type { SandboxFrame, SandboxOptions } from './sandbox-frame';
import type { SparePython } from './spare-python';
import type { States } from './states';

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
	/** How many kept actions were executed again, of how many; null while none are. */
	readonly rerun: { readonly done: number; readonly total: number } | null;
	/** Why the last boot failed. */
	readonly error: WireError | null;
}

/** What the line of Pythons is made of. */
export interface PythonSuccessionOptions {
	/** Answers what Python asks for. */
	readonly broker: Broker;
	/** A Python that is started already; it takes the place of one that is needed. */
	readonly spare?: SparePython;
	/** The states to lead to. */
	readonly states: States;
	/** What a new Python may begin from. */
	readonly images: Images;
	/** True while a call is under way, whose caller sees to a crash itself. */
	readonly isBusy: () => boolean;
	readonly onOutput: (delta: OutputDelta) => void;
	readonly onChange?: (status: RuntimeStatus) => void;
	/** Called when the state could not be put back, so that the variables of earlier actions are gone. */
	readonly onLost?: () => void;
	/**
	 * Puts the files of the session into a Python that begins. `own`: only those that no action made, since the actions
	 * are about to be executed again. Where it fails, Python begins without them.
	 */
	readonly fillFiles?: (directory: WorkingDirectory, which: 'all' | 'own') => Promise<void>;
}

/** What a caller may add who waits for Python. */
export interface StartOptions {
	/** Told of each stage. */
	readonly onStage?: (stage: string) => void;
	/** Ends leading Python to its state, which is lost then. */
	readonly signal?: AbortSignal;
	/** True where the state is an earlier one: the page then takes over the files that are there. */
	readonly isGoingBack?: boolean;
	/** True where no action may be executed for it: the state is had from an image, or lost. */
	readonly isRecalling?: boolean;
}

/** A Python that is up, and how it got to the state that it is in; null where the state before is lost. */
interface Up {
	readonly frame: SandboxFrame;
	readonly restored: Restored | null;
}

/**
 * Boots Python where there is none, and replaces it where it broke.
 *
 * Contract: while a new Python takes the place of another one, `phase` is `loading`.
 */
export class PythonSuccession {
	#status: RuntimeStatus;
	#frame: SandboxFrame | null = null;
	/** The boot under way. */
	#start: PythonStart | null = null;
	#up: Promise<Up> | null = null;
	/** The state in which the present Python began, or that it was led to. */
	#reached = 0;
	readonly #stageListeners = new Set<(stage: string) => void>();

	constructor(private readonly options: PythonSuccessionOptions) {
		this.#status = {
			phase: 'idle',
			stage: null,
			report: null,
			bootMs: null,
			packages: [],
			history: options.states.history,
			rerun: null,
			error: null,
		};
	}

	/** Where things stand; a new object with each change. */
	get status(): RuntimeStatus {
		return this.#status;
	}

	/** The frame of the present Python, from when it is up. */
	get frame(): SandboxFrame | null {
		return this.#frame;
	}

	/** The Python that is ready; boots one where there is none. Rejects with a `PlaygroundError`. */
	async started(options: StartOptions = {}): Promise<Up> {
		const { onStage } = options;
		if (onStage !== undefined) this.#stageListeners.add(onStage);
		try {
			this.#up ??= this.#boot(options);
			return await this.#up;
		} finally {
			if (onStage !== undefined) this.#stageListeners.delete(onStage);
		}
	}

	async #boot(startOptions: StartOptions): Promise<Up> {
		this.#change({ phase: 'loading', stage: null, packages: [], error: null });
		const { broker, spare, images } = this.options;
		const kept = images.onTheWay();
		const sandbox: SandboxOptions = {
			broker,
			onEvent: (event) => this.#hear(event),
			onCrash: (detail) => this.#crashed(detail),
		};
		const options: BootOptions = {
			indexUrls: broker.indexUrls,
			memoryLimitBytes: memoryLimitBytes(),
			image: kept?.image ?? null,
		};
		// A spare is a fresh Python: an image needs one that has run nothing at all.
		const start = (kept === null ? spare?.take(sandbox, options) : null) ?? new PythonStart(sandbox, options);
		this.#start = start;
		try {
			const { frame, report, bootMs } = await start.started;
			this.#frame = frame;
			const from = kept !== null && report.startedFrom === 'image' ? kept.state : null;
			if (from === null) images.forget();
			const restored = await this.#lead(frame, from, startOptions);
			if (this.#start !== start) throw ended();
			if (restored === null) return await this.#bootAfresh();
			this.#tellStage('ready');
			this.#change({ phase: 'ready', report, bootMs });
			spare?.prepare();
			return { frame, restored };
		} catch (thrown) {
			const error = PlaygroundError.from(thrown, 'python_boot_failed');
			// Where this boot was given up for another one, the state is that one's.
			if (this.#start === start) {
				this.close();
				this.#change({ phase: 'failed', stage: null, error: error.toWire() });
			}
			throw error;
		} finally {
			if (this.#start === start) this.#start = null;
		}
	}

	/** Leads a new Python, that is in state `from` (null: fresh), to the state that is wanted; null where that cannot be. */
	async #lead(frame: SandboxFrame, from: number | null, options: StartOptions): Promise<Restored | null> {
		const { signal, isGoingBack = false, isRecalling = false } = options;
		const startedAt = performance.now();
		const path = this.options.states.path(from);
		const total = path.length;
		if (isRecalling && from === null) return null;
		this.#reached = from ?? path[0]?.parent ?? this.options.states.at;
		const fill = async (which: 'all' | 'own'): Promise<void> => {
			const directory = new FrameDirectory(() => Promise.resolve(frame));
			await this.options.fillFiles?.(directory, which).catch(() => undefined);
		};
		if (total === 0) {
			if (!isGoingBack) await fill('all');
			const by = from === null ? 'rerun' : 'image';
			return { by, isDifferent: false, durationMs: performance.now() - startedAt };
		}
		this.#tellStage('restoring');
		if (from === null) await fill('own');
		let done = 0;
		this.#change({ rerun: { done, total } });
		const restored = await leadTo(frame, path, signal ?? new AbortController().signal, ({ id }, report) => {
			this.tellPackages(report);
			if (report.checkpoint !== null) this.options.states.hold(id, report.checkpoint.id);
			this.#reached = id;
			done += 1;
			this.#change({ rerun: { done, total } });
		});
		this.#change({ rerun: null });
		// An action that adds to a file has done so twice by now. Going back, the page takes over what is there instead.
		if (!isGoingBack) await fill('all');
		return restored;
	}

	/** The last resort: a Python without the variables of earlier actions. */
	async #bootAfresh(): Promise<Up> {
		this.options.states.begin();
		this.options.images.forget();
		this.close();
		this.options.onLost?.();
		const { frame } = await this.started();
		return { frame, restored: null };
	}

	/** Ends this Python; a new one is led to the state that is wanted. Resolves with how; null where that state is lost. */
	async replace(options: StartOptions = {}): Promise<Restored | null> {
		this.close();
		return (await this.started(options)).restored;
	}

	/** Ends this Python for good. */
	dispose(): void {
		this.close();
		this.options.spare?.dispose();
		this.#change({ phase: 'idle', stage: null });
	}

	/** Ends this Python, or the boot of it; the next call for one boots another. */
	close(): void {
		const start = this.#start;
		this.#start = null;
		start?.giveUp('it was ended while it started');
		this.#frame?.close();
		this.#frame = null;
		this.#up = null;
		this.options.states.letGo();
		this.tellHistory();
	}

	/** The worker stopped by itself: the boot or the call under way ends with it; idle, a new one takes its place. */
	#crashed(detail: string): void {
		if (this.#start !== null) this.#start.giveUp(detail);
		else if (!this.options.isBusy()) this.replace().catch(() => undefined);
	}

	#hear(event: Exclude<PythonEvent, { kind: 'ask' }>): void {
		switch (event.kind) {
			case 'output':
				return this.options.onOutput(event.delta);
			case 'history':
				this.options.states.take(event.history, this.#reached);
				return this.tellHistory();
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

	/** Takes note of the packages that an action loaded. */
	tellPackages({ packages }: ActionReport): void {
		if (packages.length > 0) this.#change({ packages: [...this.#status.packages, ...packages] });
	}

	/** Tells which states memory holds, as that has changed. */
	tellHistory(): void {
		this.#change({ history: this.options.states.history });
	}

	#change(change: Partial<RuntimeStatus>): void {
		this.#status = { ...this.#status, ...change };
		this.options.onChange?.(this.#status);
	}
}

function ended(): PlaygroundError {
	return new PlaygroundError('python_boot_failed', { detail: 'it was ended while it started' });
}
