/**
 * A model on the CPU: wllama, which is llama.cpp in WebAssembly, in a worker of its own. The weights are one GGUF file
 * that is on board. Threads are used where the page is cross-origin isolated.
 */
import type { Wllama } from '@wllama/wllama';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import { PlaygroundError } from '../../core/errors';
import type { ModelCard } from '../../core/model-card';
import { saysOutOfMemory } from '../../core/out-of-memory';
import type { ChatMessage, Engine, GenerateOptions, Generation, LoadProgress, Phase } from '../../core/ports';
import { fetchFile } from '../model-files/fetch-file';
import { onboardFiles } from '../model-files/onboard-list';
import { LlamaStream } from './llama-stream';
import { LlamaTokenCounter } from './llama-token-counter';
import { NativeLog } from './native-log';
import { unlessAborted } from './unless-aborted';

/** Prompt tokens computed at a time. Small enough that a stopped prefill is over soon; larger ones are no faster on the CPU. */
const BATCH_TOKENS = 64;

/** A start that takes longer than this, and the time to read the file at the speed below, is given up and tried anew. */
const STALL_MS = 10_000;
const STALL_BYTES_PER_MS = 20_000;
/** More threads than this do not make decoding faster: memory is the limit. */
const MAX_THREADS = 8;

/** Runs the GGUF model of `card`, which must be on board. */
export class WllamaEngine implements Engine {
	readonly #card: ModelCard;
	readonly #baseUrl: string;
	#phase: Phase = 'idle';
	#wllama: Wllama | null = null;
	#log = new NativeLog();
	#counter: LlamaTokenCounter | null = null;
	/** Fires at `unload`: the worker is ended with all that is under way in it, and nothing may wait for that for ever. */
	#life = new AbortController();
	/** Settles when the engine is free for the next call, also after an interrupted one; never rejects. */
	#released: Promise<unknown> = Promise.resolve();

	/** @param baseUrl address of the app, with a slash at the end */
	constructor(card: ModelCard, baseUrl: string) {
		this.#card = card;
		this.#baseUrl = baseUrl;
	}

	get phase(): Phase {
		return this.#phase;
	}

	get contextTokens(): number {
		return this.#phase === 'ready' ? this.#card.contextTokens : 0;
	}

	async load(onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<void> {
		if (this.#phase === 'ready') return;
		this.#phase = 'loading';
		this.#life = new AbortController();
		const life = this.#life.signal;
		const either = AbortSignal.any([signal, life]);
		try {
			signal.throwIfAborted();
			const [file] = await onboardFiles(this.#card.id, this.#baseUrl, either);
			if (file === undefined) throw new PlaygroundError('model_missing');
			const totalBytes = file.bytes;
			const report = (loadedBytes: number): void => onProgress({ loadedBytes, totalBytes, text: 'Reading the model' });
			const blob = await fetchFile(file, this.#baseUrl, report, either);
			onProgress({ loadedBytes: totalBytes, totalBytes, text: 'Starting the engine' });
			await unlessAborted(this.#start(blob), either);
			this.#phase = 'ready';
		} catch (thrown) {
			const isGivenUp = either.aborted;
			await this.unload();
			signal.throwIfAborted();
			if (!isGivenUp) this.#phase = 'failed';
			throw this.#coded(thrown, 'model_load_failed');
		}
	}

	async #start(blob: Blob): Promise<void> {
		await checkWasm();
		const patientMs = STALL_MS + blob.size / STALL_BYTES_PER_MS;
		// Firefox 153, about one time in seven while Pyodide boots beside it: the worker never comes to an end of its start.
		for (const [nThreads, waitMs] of [
			[threads(), patientMs],
			[threads(), patientMs],
			[1, 10 * patientMs],
		] as const) {
			const wllama = await this.#open();
			const loading = wllama.loadModel([blob], {
				n_ctx: this.#card.contextTokens,
				n_batch: BATCH_TOKENS,
				n_threads: nThreads,
				// One conversation at a time, so that each call finds the last one's KV cache.
				n_parallel: 1,
				n_gpu_layers: 0,
			});
			if (await isWithin(loading, waitMs)) {
				// wllama resolves for a file that llama.cpp refused; the reason is only in the log.
				if (wllama.getLoadedContextInfo().n_vocab === 0) throw new Error(this.#log.text());
				this.#counter = new LlamaTokenCounter(wllama, this.#card.contextTokens);
				return;
			}
			await wllama.exit();
		}
		throw new PlaygroundError('model_load_failed', { detail: 'the engine did not start' });
	}

	/** A fresh engine, without a model. */
	async #open(): Promise<Wllama> {
		const { Wllama } = await import('@wllama/wllama');
		this.#life.signal.throwIfAborted();
		this.#log = new NativeLog();
		const wllama = new Wllama({ default: wasmUrl }, { logger: this.#log });
		// Its fallback build for browsers without 64-bit WebAssembly memory would come from another host.
		wllama.setCompat(null);
		this.#wllama = wllama;
		return wllama;
	}

	async generate(
		messages: readonly ChatMessage[],
		options: GenerateOptions,
		sink: (delta: string) => void,
		signal: AbortSignal,
	): Promise<Generation> {
		await this.#released;
		const wllama = this.#ready();
		const stream = new LlamaStream(sink);
		const request = {
			messages: messages.map((message) => ({ ...message })),
			stream: true as const,
			temperature: options.temperature,
			max_tokens: options.maxTokens,
			// Not in wllama's types for chats, but its llama.cpp server reads it there too.
			stop: options.stop,
			cache_prompt: true,
			timings_per_token: true,
			return_progress: true,
			...(options.topP === undefined ? {} : { top_p: options.topP }),
			...(options.seed === undefined ? {} : { seed: options.seed }),
			...(options.grammar === undefined ? {} : { grammar: options.grammar }),
			abortSignal: signal,
			onData: stream.take,
		};
		const run = wllama.createChatCompletion(request);
		this.#released = run.catch(() => undefined);
		try {
			await unlessAborted(run, AbortSignal.any([signal, this.#life.signal]));
		} catch (thrown) {
			if (!signal.aborted) throw this.#coded(thrown, 'generation_failed');
		}
		return stream.close(signal.aborted);
	}

	async countTokens(messages: readonly ChatMessage[]): Promise<number> {
		const earlier = this.#released;
		const counted = (async () => {
			await earlier;
			this.#ready();
			if (this.#counter === null) throw new PlaygroundError('model_not_loaded');
			return unlessAborted(this.#counter.count(messages), this.#life.signal);
		})();
		this.#released = counted.catch(() => undefined);
		return counted.catch((thrown: unknown) => {
			throw this.#coded(thrown, 'generation_failed');
		});
	}

	async unload(): Promise<void> {
		const wllama = this.#wllama;
		this.#wllama = null;
		this.#counter = null;
		this.#phase = 'idle';
		this.#released = Promise.resolve();
		this.#life.abort(new PlaygroundError('model_not_loaded'));
		await wllama?.exit().catch(() => undefined);
	}

	#ready(): Wllama {
		if (this.#wllama === null || this.#phase !== 'ready') throw new PlaygroundError('model_not_loaded');
		return this.#wllama;
	}

	/** The failure as a coded error. A crash of the WebAssembly ends the engine: `phase` is `failed`, `load` starts anew. */
	#coded(thrown: unknown, fallback: 'model_load_failed' | 'generation_failed'): PlaygroundError {
		if (thrown instanceof PlaygroundError) return thrown;
		const { message, name } = thrown instanceof Error ? thrown : { message: String(thrown), name: '' };
		if (message.includes('exceeds the available context size')) {
			return new PlaygroundError('context_overflow', { detail: message, cause: thrown });
		}
		if (name === 'RuntimeError') {
			this.#phase = 'failed';
			void this.#wllama?.exit();
			this.#wllama = null;
		}
		const isMemory = saysOutOfMemory(message) || saysOutOfMemory(this.#log.text());
		return new PlaygroundError(isMemory ? 'out_of_memory' : fallback, { detail: message, cause: thrown });
	}
}

/** True where `work` resolves in time, false where it does not; rejects with what it rejects with. */
function isWithin(work: Promise<unknown>, waitMs: number): Promise<boolean> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), waitMs);
	});
	return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}

/** Threads for this machine: all of a small one, half of a large one (its other half are hyper-threads). */
function threads(): number {
	const cores = navigator.hardwareConcurrency;
	return Math.min(MAX_THREADS, cores <= 4 ? cores : Math.ceil(cores / 2));
}

/** Says early what wllama would say by never settling: no WebAssembly that this browser can run. */
async function checkWasm(): Promise<void> {
	try {
		new WebAssembly.Memory({ initial: 1n, address: 'i64' } as unknown as WebAssembly.MemoryDescriptor);
	} catch (thrown) {
		throw new PlaygroundError('model_load_failed', {
			message: 'This browser cannot run the engine for the CPU: it has no 64-bit WebAssembly memory.',
			cause: thrown,
		});
	}
	const response = await fetch(wasmUrl);
	await response.body?.cancel();
	if (!response.ok) throw new Error(`${wasmUrl}: HTTP ${response.status}`);
}
