/**
 * Every interface that crosses a thread, types only. Only structured-cloneable data and callbacks marked with
 * comlink's `proxy()` cross; a thrown error would lose its code, so failures that are expected are values.
 *
 *   page ──comlink over a MessagePort──▶ python worker   PythonContract  (inside the opaque sandbox frame)
 *   page ◀─plain messages── python worker                PythonEvent     (what it says unasked: output, questions)
 *   page ──postMessage──▶ sandbox frame                  SandboxRequest / SandboxReply
 *   page ──comlink──▶ model worker                       ModelContract
 *   page ──comlink──▶ fetch worker                       FetchContract
 *   page ──comlink──▶ probe worker                       ProbeContract
 *
 * Nothing of the page is exposed to the sandbox by comlink, not even a callback: whoever holds a port to an exposed
 * object may read and set every property that can be reached from it (its prototype too), and Python can get at the
 * worker's ports through `import js`. So what comes out of the sandbox is data, and the page reads it as such.
 */
import type { InputAnswer, InputRequest } from '../src/core/input';
import type { FileEntry } from '../src/core/files';
import type { Loads } from '../src/core/ahead';
import type {
	ChatMessage,
	GenerateOptions,
	Generation,
	LoadProgress,
	OutputDelta,
	Restored,
	RunResult,
	WireError,
} from '../src/core/ports';
import type { HeapImage } from './python/image/heap-image';

export type { HeapImage };

/** A value, or the coded error that took its place. */
export type Settled<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

// ---------------------------------------------------------------------------------------------------
// Sandbox frame

/** What the page says to the frame. The ports travel with `spawn` as transferables, in this order: calls, events. */
export type SandboxRequest =
	| { readonly kind: 'spawn'; readonly script: string }
	/** Writes 2 (SIGINT) into the interrupt buffer that never leaves the frame. */
	| { readonly kind: 'interrupt' }
	/** The reply to an `ask` by way of memory; the frame writes it where the waiting worker reads it. */
	| { readonly kind: 'reply'; readonly reply: PageReply };

/** What the frame says to the page. */
export type SandboxReply =
	/** The frame's script is up. */
	| { readonly kind: 'framed'; readonly isolated: boolean }
	/** The worker's script is up. `interruptible`: there is a shared interrupt buffer. */
	| { readonly kind: 'connected'; readonly interruptible: boolean }
	/** The interrupt buffer was written: no later action can be hit by that interrupt. */
	| { readonly kind: 'interrupted' }
	| { readonly kind: 'crashed'; readonly detail: string };

// ---------------------------------------------------------------------------------------------------
// Python worker

/** The stages of the boot, in order. `preload` runs `workers/python/preload.py` (common imports) in the fresh namespace. */
export type BootStage = 'files' | 'interpreter' | 'harness' | 'preload' | 'restoring' | 'ready';

/** What the python worker needs to boot. */
export interface BootOptions {
	/** Addresses of Simple-API package indexes for micropip, in order. */
	readonly indexUrls: readonly string[];
	/** What Python's memory may grow to; past it Python raises MemoryError. */
	readonly memoryLimitBytes: number;
	/** A running Python to go on from; where it does not fit, Python begins anew (`BootReport.startedFrom`). */
	readonly image: HeapImage | null;
}

/** What is known once Python is up. */
export interface BootReport {
	/** Such as `3.12.7`. */
	readonly pythonVersion: string;
	readonly pyodideVersion: string;
	readonly interruptible: boolean;
	readonly memoryLimitBytes: number;
	/**
	 * `image`: the Python of `BootOptions.image` goes on; `snapshot`: a fresh one, from the memory of an interpreter that
	 * was booted before; `plain`: a fresh one, since no snapshot fits.
	 */
	readonly startedFrom: 'image' | 'snapshot' | 'plain';
}

/** What the worker knows of an action; the page adds what came of its requests. Checkpoint ids are the worker's own. */
export type ActionReport = Omit<RunResult, 'requests' | 'grants'>;

/** What the worker holds of the past, in its own ids; the page gives them ids that outlive the worker. */
export interface WorkerHistory {
	/** Oldest first. */
	readonly ids: readonly number[];
	readonly usedBytes: number;
	readonly budgetBytes: number;
}

/** The calls that the python worker answers. None rejects for what the code does. */
export interface PythonContract {
	boot(options: BootOptions): Promise<Settled<BootReport>>;
	/** Runs one action in the persistent namespace. An error means that the interpreter died and could not be revived. */
	run(code: string): Promise<Settled<ActionReport>>;
	/** Takes Python to a checkpoint of this worker. An error means that it could not be, and that this Python is done for. */
	restore(checkpoint: number): Promise<Settled<Restored>>;
	/** Forgets a checkpoint of this worker. */
	drop(checkpoint: number): Promise<void>;
	/** Begins to make ready what the next action loads; the next `run` or `restore` ends that. */
	prepare(loads: Loads): Promise<void>;
	/**
	 * The present state as data, its buffers transferred; null where there is something that no image can hold. To be
	 * called between two actions. An error means that there is no Python.
	 */
	saveImage(): Promise<Settled<HeapImage | null>>;
	/** True where `code` is Python that parses. */
	parses(code: string): Promise<boolean>;
	/** The working directory (`workers/python/working-directory.ts`); an error is one of the codes of `WorkingDirectory`. */
	listFiles(): Promise<readonly FileEntry[]>;
	readFile(path: string): Promise<Settled<Uint8Array>>;
	writeFile(path: string, bytes: Uint8Array, modified: number): Promise<Settled<null>>;
	removeFile(path: string): Promise<Settled<null>>;
	/** Cancels what the action awaits; an action that computes is interrupted by the frame's shared buffer. */
	interrupt(): Promise<void>;
}

/** What the python worker says unasked, on its second port. */
export type PythonEvent =
	| { readonly kind: 'stage'; readonly stage: BootStage }
	/** A piece of output of the action under way, as it is printed. */
	| { readonly kind: 'output'; readonly delta: OutputDelta }
	/** A checkpoint was made, dropped or merged. */
	| { readonly kind: 'history'; readonly history: WorkerHistory }
	/**
	 * Python asks the page. It replies with a `PageReply` of that id: on the same port, or through the frame into
	 * shared memory, where the worker waits with its stack on and hears no message.
	 */
	| { readonly kind: 'ask'; readonly id: number; readonly query: Query; readonly via: 'port' | 'memory' };

/** What Python asks the page for. */
export type Query =
	| { readonly kind: 'fetch'; readonly request: BrokerRequest }
	| { readonly kind: 'input'; readonly request: InputRequest };

/** What the page says to a query. */
export type Answer = BrokerResponse | InputAnswer;

/** The page's reply to an `ask` event. */
export interface PageReply {
	readonly id: number;
	readonly answer: Answer;
}

// ---------------------------------------------------------------------------------------------------
// Broker: what Python may have of the page

/** One request out of the sandbox. */
export interface BrokerRequest {
	readonly url: string;
	readonly method: string;
	readonly headers: readonly (readonly [string, string])[];
	readonly body: ArrayBuffer | null;
	/** How long the host may take, in milliseconds; the time in which a person is asked does not count. */
	readonly timeoutMs?: number;
}

/** The answer; refused and failed requests are values, so that Python can be told why. */
export type BrokerResponse =
	| {
			readonly kind: 'response';
			readonly url: string;
			readonly status: number;
			readonly statusText: string;
			readonly headers: readonly (readonly [string, string])[];
			readonly body: ArrayBuffer;
	  }
	| { readonly kind: 'refused'; readonly error: WireError };

/** What answers the python worker's queries, on the page. */
export interface BrokerContract {
	/** Never rejects. `query` is what came out of the sandbox: it may be anything. */
	answer(query: unknown): Promise<Answer>;
}

/** The calls that the fetch worker answers: the one thread that may reach other hosts (`workers/fetch.worker.ts`). */
export interface FetchContract {
	/** Sends the request; the browser tells no more of a failure than that it failed. */
	fetch(request: BrokerRequest): Promise<FetchOutcome>;
}

/** What came of a request off this device. */
export type FetchOutcome =
	Extract<BrokerResponse, { kind: 'response' }> | { readonly kind: 'timedOut' } | { readonly kind: 'failed' };

/** The calls that the probe worker answers (`workers/probe.worker.ts`). */
export interface ProbeContract {
	/** True where something at `url` answers at all, whether a page may read it or not. */
	reaches(url: string): Promise<boolean>;
}

// ---------------------------------------------------------------------------------------------------
// Model worker (web-llm)

/** The web-llm model to load: an entry of its catalogue, or one of our own with absolute addresses. */
export interface WebLlmModel {
	readonly id: string;
	/** Folder of the MLC weights; null: the entry `id` of web-llm's own catalogue. */
	readonly weightsUrl: string | null;
	/** Compiled model library; null as above. */
	readonly libraryUrl: string | null;
	/** Context window to ask for, in tokens; null: the model's own. */
	readonly contextTokens: number | null;
}

/** An entry of web-llm's own catalogue that can hold a conversation. */
export interface WebLlmEntry {
	readonly id: string;
	/** Folder of its weights, on another host. */
	readonly weightsUrl: string;
	/** GPU memory that it needs, in bytes, as its makers measured it. */
	readonly memoryBytes: number;
	readonly needsShaderF16: boolean;
	readonly contextTokens: number;
}

/** The calls that the model worker answers. */
export interface ModelContract {
	/** web-llm's own catalogue: every model that can hold a conversation. */
	entries(): Promise<readonly WebLlmEntry[]>;
	/** Loads `model`, unloading the one before. Returns the context window in tokens. */
	load(model: WebLlmModel, onProgress: (progress: LoadProgress) => void): Promise<Settled<{ contextTokens: number }>>;
	generate(
		messages: readonly ChatMessage[],
		options: GenerateOptions,
		sink: (delta: string) => void,
	): Promise<Settled<Generation>>;
	/** Ends the generation under way; it resolves with `interrupted`. */
	interrupt(): Promise<void>;
	countTokens(messages: readonly ChatMessage[]): Promise<number>;
	unload(): Promise<void>;
}
