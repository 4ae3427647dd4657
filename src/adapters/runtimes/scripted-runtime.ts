/**
 * The scripted double of a Runtime: plays results in turn. It ships with the product: the lab's scripted policies
 * and the tests of the loop run on it.
 */
import { PlaygroundError } from '../../core/errors';
import type { KeptAction, Phase, Restored, RunOptions, RunResult, Runtime } from '../../core/ports';
import { EMPTY_RESULT } from './empty-result';
import { MemoryDirectory } from './memory-directory';

/** A result (what is left out is that of an action without output), or how to make one from the code. */
export type ScriptedResult = Partial<RunResult> | ((code: string) => Partial<RunResult>);

/**
 * A Runtime that returns `results` one after the other; `'hang'` is an action that ends only by the signal or by
 * its timeout. `parses` says what counts as Python (nothing, where it is left out).
 *
 * Contract: that of `Runtime`; past the end of the script `run` rejects with `script_exhausted`. The script goes on
 * after `restore` as before: it is the author who knows what comes next.
 */
export class ScriptedRuntime implements Runtime {
	readonly files = new MemoryDirectory();
	/** Every code that was run, oldest first. */
	readonly codes: string[] = [];
	/** Every code that was given to `prepare`, oldest first. */
	readonly prepared: string[] = [];
	/** Every checkpoint that was restored, oldest first. */
	readonly restoredTo: number[] = [];
	#phase: Phase = 'idle';
	#played = 0;
	/** Checkpoints that are kept; 0 is the state before the first action. */
	readonly #checkpoints = new Set([0]);

	constructor(
		private readonly results: readonly (ScriptedResult | 'hang')[],
		private readonly isPython: (code: string) => boolean = () => false,
	) {}

	get phase(): Phase {
		return this.#phase;
	}

	async start(onStage: (stage: string) => void): Promise<void> {
		if (this.#phase === 'ready') return;
		this.#phase = 'ready';
		onStage('ready');
	}

	async run(code: string, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
		this.#phase = 'ready';
		if (signal.aborted) return { ...EMPTY_RESULT, status: 'interrupted' };
		const entry = this.results[this.#played];
		if (entry === undefined)
			throw new PlaygroundError('script_exhausted', { message: 'The script has no further result.' });
		this.#played += 1;
		this.codes.push(code);
		if (entry === 'hang') return { ...EMPTY_RESULT, ...(await ending(options.timeoutMs, signal)) };
		const checkpoint = { id: this.#played, parent: this.#played - 1, bytes: 0, durationMs: 0 };
		this.#checkpoints.add(checkpoint.id);
		const result = { ...EMPTY_RESULT, checkpoint, ...(typeof entry === 'function' ? entry(code) : entry) };
		if (result.stdout !== '') options.onOutput({ stream: 'stdout', text: result.stdout });
		if (result.stderr !== '') options.onOutput({ stream: 'stderr', text: result.stderr });
		return result;
	}

	async restore(checkpoint: number): Promise<Restored> {
		if (!this.#checkpoints.has(checkpoint)) throw new PlaygroundError('checkpoint_gone');
		this.restoredTo.push(checkpoint);
		return { by: 'memory', isDifferent: false, durationMs: 0 };
	}

	adopt(actions: readonly KeptAction[]): void {
		for (const { id } of actions) this.#checkpoints.add(id);
	}

	async recall(): Promise<null> {
		return null;
	}

	async drop(checkpoint: number): Promise<void> {
		this.#checkpoints.delete(checkpoint);
	}

	prepare(code: string): void {
		this.prepared.push(code);
	}

	async restart(): Promise<void> {
		this.#phase = 'ready';
	}

	async parses(code: string): Promise<boolean> {
		return this.isPython(code);
	}

	dispose(): void {
		this.#phase = 'idle';
	}
}

/** Waits for the signal or the timeout, whichever comes first, and says which it was. */
function ending(timeoutMs: number, signal: AbortSignal): Promise<Pick<RunResult, 'status' | 'durationMs'>> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => {
			signal.removeEventListener('abort', stop);
			resolve({ status: 'timedOut', durationMs: timeoutMs });
		}, timeoutMs);
		function stop(): void {
			clearTimeout(timer);
			resolve({ status: 'interrupted', durationMs: 0 });
		}
		signal.addEventListener('abort', stop, { once: true });
	});
}
