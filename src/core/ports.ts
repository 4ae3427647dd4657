/**
 * The two ports of the agent: `Engine` (messages in, text out) and `Runtime` (code in, result out).
 * Everything that the loop needs of the outside goes through them, so the same loop runs in a unit test,
 * in the page and in the lab. Adapters are in `src/adapters`; one contract suite per port runs over all of
 * them (`tests/contracts`).
 */
import type { WireError } from './errors';
import type { WorkingDirectory } from './files';
import type { GrantRecord, RequestRecord } from './network';

/** One message of a conversation, in the order in which the model reads them. */
export interface ChatMessage {
	readonly role: 'system' | 'user' | 'assistant';
	readonly content: string;
}

/** Tokens of one generation, as the engine counted them (never estimated). */
export interface Usage {
	/** Tokens of the prompt, cached ones included. */
	readonly promptTokens: number;
	/** Those of `promptTokens` that came out of the KV cache and were not computed again. */
	readonly cachedTokens: number;
	readonly completionTokens: number;
}

/** Times of one generation, in milliseconds. */
export interface GenerationTimings {
	/** From the call to the first token. */
	readonly prefillMs: number;
	/** From the first token to the last. */
	readonly decodeMs: number;
}

/** How one generation is to be sampled and where it ends. */
export interface GenerateOptions {
	/** 0 is greedy. */
	readonly temperature: number;
	readonly topP?: number;
	readonly seed?: number;
	readonly maxTokens: number;
	/** Generation ends before the first of these; the text does not contain it. */
	readonly stop: readonly string[];
	/** A grammar in the engine's own dialect (GBNF for wllama, EBNF for web-llm). */
	readonly grammar?: string;
}

/** What one call of `Engine.generate` gave. */
export interface Generation {
	readonly text: string;
	/** `stop`: the model ended or a stop string came; `length`: maxTokens; `interrupted`: the signal. */
	readonly finish: 'stop' | 'length' | 'interrupted';
	readonly usage: Usage;
	readonly timings: GenerationTimings;
}

/** How far a load is. `loadedBytes` of `totalBytes` (0 where unknown); `text` names the stage. */
export interface LoadProgress {
	readonly loadedBytes: number;
	readonly totalBytes: number;
	readonly text: string;
}

/** Where an engine or a runtime stands. Only `load`/`start` leave `idle`; nothing rolls `ready` back to `loading`. */
export type Phase = 'idle' | 'loading' | 'ready' | 'failed';

/**
 * Port: turns messages into streamed text.
 *
 * Contract:
 * - `load` rejects with a `PlaygroundError` (never another type); after a rejection `phase` is `failed`, and
 *   `load` may be called again. An aborted load rejects with the signal's reason and leaves `idle`.
 * - `generate` resolves with `finish: 'interrupted'` and the text so far when the signal fires; it rejects with a
 *   `PlaygroundError` when the engine breaks. Calls do not overlap.
 * - `sink` receives every piece of `text`, in order, joined they are `text` (save trailing text that turned out
 *   to be the beginning of a stop string, which is held back).
 * - A prompt that begins with what an earlier call already held is not computed again (KV cache).
 */
export interface Engine {
	readonly phase: Phase;
	/** Size of the context window in tokens; 0 before `load`. */
	readonly contextTokens: number;
	load(onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<void>;
	generate(
		messages: readonly ChatMessage[],
		options: GenerateOptions,
		sink: (delta: string) => void,
		signal: AbortSignal,
	): Promise<Generation>;
	/** Tokens of `messages` as this model's template and tokenizer make them. */
	countTokens(messages: readonly ChatMessage[]): Promise<number>;
	/** Frees the memory; `phase` is `idle` afterwards. Never rejects. */
	unload(): Promise<void>;
}

/** One thing that Python showed: a figure, a table, HTML. `data` is text, or base64 for binary types. */
export interface Display {
	readonly mime: string;
	readonly data: string;
}

/** A Python exception, with the frames of Pyodide and of the harness left out. */
export interface PythonError {
	/** Class name, such as `KeyError`. */
	readonly type: string;
	readonly message: string;
	/** The traceback as Python prints it, own frames only. */
	readonly traceback: string;
	/** Line of the action (1-based) where it happened, if it did there. */
	readonly line: number | null;
}

/** A point that Python can be taken back to. Ids grow; none is used twice within a Runtime. */
export interface Checkpoint {
	readonly id: number;
	/** The state before the action that made this one. */
	readonly parent: number;
	/** Memory that keeping it costs; 0 where it is not held and would be made again by executing its actions. */
	readonly bytes: number;
	/** Time that making it took, in milliseconds. */
	readonly durationMs: number;
}

/** What a Runtime holds of the past. */
export interface CheckpointHistory {
	/** Those that memory holds, oldest first: going back to them takes no time. */
	readonly ids: readonly number[];
	/** Memory that they cost together, and what they may cost before the oldest are merged. */
	readonly usedBytes: number;
	readonly budgetBytes: number;
}

/**
 * How Python got back to an earlier state: its memory was put back, a new one took over a saved image of it, or a new
 * one executed the kept actions again.
 */
export interface Restored {
	readonly by: 'memory' | 'image' | 'rerun';
	/** True where an action that was executed again gave other output than the first time. */
	readonly isDifferent: boolean;
	readonly durationMs: number;
}

/** An action of the past and the state after it, as far as that is needed to make the state again. */
export interface KeptAction {
	readonly id: number;
	/** The state before it. */
	readonly parent: number;
	readonly code: string;
	/** What it gave; compared when it is executed again. */
	readonly outcome: Pick<RunResult, 'status' | 'stdout' | 'value' | 'error'>;
}

/** What became of a file in the working directory. `path` is relative to it; `bytes` is the size now. */
export interface FileChange {
	readonly path: string;
	readonly change: 'created' | 'changed' | 'removed';
	readonly bytes: number;
}

/** What a Runtime returns of one action. Expected failures are values: a traceback is data, not a throw. */
export interface RunResult {
	readonly status: 'ok' | 'error' | 'interrupted' | 'timedOut';
	/** What was printed; cut in the middle past `OUTPUT_LIMIT` of the harness, with a line that says how much. */
	readonly stdout: string;
	readonly stderr: string;
	/** `repr` of the last expression's value; null where there is none or it is None. */
	readonly value: string | null;
	readonly error: PythonError | null;
	readonly displays: readonly Display[];
	/** Text of the value given to `final_answer(value)`; null where it was not called. */
	readonly answer: string | null;
	/** Packages that were loaded for this action, by name. */
	readonly packages: readonly string[];
	/** Time that Python was at work, in milliseconds; loading packages included. */
	readonly durationMs: number;
	/**
	 * What became of Python's state. `restored`: Python broke or had to be ended, and is as it was before this action;
	 * `restoring`: so it will be, and later calls wait for it; `lost`: the variables of earlier actions are gone.
	 */
	readonly state: 'kept' | 'restored' | 'restoring' | 'lost';
	/** How it was put back, with `state: 'restored'`; else null. */
	readonly restored: Restored | null;
	/** The state after this action; null where none was kept. */
	readonly checkpoint: Checkpoint | null;
	/** What the action did to the files of the working directory. */
	readonly files: readonly FileChange[];
	/** What the action asked for beyond the files on board, and what the person was asked for it. */
	readonly requests: readonly RequestRecord[];
	readonly grants: readonly GrantRecord[];
}

/** A piece of output while an action runs. */
export interface OutputDelta {
	readonly stream: 'stdout' | 'stderr';
	readonly text: string;
}

/** How one action is run. */
export interface RunOptions {
	/** After this long the action is interrupted and the result is `timedOut`. */
	readonly timeoutMs: number;
	readonly onOutput: (delta: OutputDelta) => void;
}

/**
 * Port: executes actions and keeps their variables.
 *
 * Contract:
 * - `start` rejects with a `PlaygroundError`; calling it again when ready does nothing.
 * - `run` starts the runtime where needed. It never rejects for what the code does; it rejects with a
 *   `PlaygroundError` only when Python itself cannot be started. Calls do not overlap.
 * - When the signal fires, `run` resolves within two seconds with `interrupted`, whatever the code does; the
 *   variables survive where the interrupt worked (`state: 'kept'`), else Python is ended and the state before the
 *   action is put back (`'restored'`, `'restoring'`), or, where that cannot be done, `'lost'`.
 * - Each action leaves a checkpoint. `restore` takes Python back (or forward) to one, and says how; it rejects with
 *   `checkpoint_gone` where it was dropped or is of an earlier Python, or when the signal fires. Actions after it form
 *   another branch.
 * - `prepare` is a hint that never rejects and changes nothing that an action could see: what the code (perhaps
 *   unfinished) imports begins to load.
 * - `restart` gives a fresh namespace; it resolves when Python is ready again.
 */
export interface Runtime {
	readonly phase: Phase;
	/** The files that Python works on. */
	readonly files: WorkingDirectory;
	start(onStage: (stage: string) => void): Promise<void>;
	run(code: string, options: RunOptions, signal: AbortSignal): Promise<RunResult>;
	restore(checkpoint: number, signal?: AbortSignal): Promise<Restored>;
	/** Takes over the actions of a kept session without executing them; `restore` then leads to the state after any. */
	adopt(actions: readonly KeptAction[]): void;
	/**
	 * Takes Python to a checkpoint that an image of a kept session holds, as after a reload. Null where there is none, or
	 * it does not fit: Python is fresh then, and no action is executed for it.
	 */
	recall(checkpoint: number): Promise<Restored | null>;
	/** Forgets a checkpoint; does nothing where there is none of that id. */
	drop(checkpoint: number): Promise<void>;
	prepare(code: string): void;
	restart(): Promise<void>;
	/** True where the code parses as Python (used for replies without tags). */
	parses(code: string): Promise<boolean>;
	dispose(): void;
}

/** Time for the core: injected, so that tests need no clock. Milliseconds. */
export interface Clock {
	/** Monotonic, for durations. */
	now(): number;
	/** Wall clock as ISO 8601, for records. */
	date(): string;
}

export type { WireError };
