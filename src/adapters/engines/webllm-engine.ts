/** A model on the GPU: the page's end of web-llm, which runs in the model worker (`workers/model`). */
import { proxy } from 'comlink';
import type { ModelContract, WebLlmModel } from '../../../workers/contracts';
import { PlaygroundError } from '../../core/errors';
import type { ModelCard } from '../../core/model-card';
import type { ChatMessage, Engine, GenerateOptions, Generation, LoadProgress, Phase } from '../../core/ports';
import { onboardFiles } from '../model-files/onboard-list';
import { fillWebLlmCache } from '../model-files/web-llm-cache';
import { startModelWorker } from './model-worker';
import { unlessAborted } from './unless-aborted';
import type { WorkerLink } from './worker-link';

/** An interrupted generation is given this long to end by itself; a prefill on a slow GPU takes longer. */
const INTERRUPT_MS = 1000;

/** An unload is given this long before the worker is ended with all that it holds. */
const UNLOAD_MS = 2000;

/** Runs the MLC model of `card`: the one on board, or one of web-llm's catalogue, which is downloaded. */
export class WebLlmEngine implements Engine {
	readonly #card: ModelCard;
	readonly #baseUrl: string;
	#phase: Phase = 'idle';
	#contextTokens = 0;
	#link: WorkerLink<ModelContract> | null = null;
	/** Fires when the worker is ended with all that is under way in it: nothing may wait for that for ever. */
	#life = new AbortController();
	/** Settles when the engine has let go of a generation that was interrupted; never rejects. */
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
		return this.#phase === 'ready' ? this.#contextTokens : 0;
	}

	async load(onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<void> {
		if (this.#phase === 'ready') return;
		this.#phase = 'loading';
		this.#life = new AbortController();
		const either = AbortSignal.any([signal, this.#life.signal]);
		let libraryUrl: string | null = null;
		try {
			signal.throwIfAborted();
			if (!('gpu' in navigator)) throw new PlaygroundError('webgpu_unavailable');
			if (this.#card.source === 'onBoard') {
				const files = await onboardFiles(this.#card.id, this.#baseUrl, either);
				const library = await fillWebLlmCache(files, this.#baseUrl, onProgress, either);
				// As a blob: web-llm never caches a library from localhost, so offline it would not find it.
				libraryUrl = URL.createObjectURL(library);
			}
			const link = await startModelWorker(either);
			this.#link = link;
			const report = proxy((progress: LoadProgress) => {
				if (!either.aborted && this.#phase === 'loading') onProgress(progress);
			});
			const loaded = link.value(link.calls.load(this.#model(libraryUrl), report));
			this.#contextTokens = (await unlessAborted(loaded, either)).contextTokens;
			this.#phase = 'ready';
		} catch (thrown) {
			const isGivenUp = either.aborted;
			this.#end();
			signal.throwIfAborted();
			if (!isGivenUp) this.#phase = 'failed';
			throw PlaygroundError.from(thrown, 'model_load_failed');
		} finally {
			if (libraryUrl !== null) URL.revokeObjectURL(libraryUrl);
		}
	}

	async generate(
		messages: readonly ChatMessage[],
		options: GenerateOptions,
		sink: (delta: string) => void,
		signal: AbortSignal,
	): Promise<Generation> {
		await this.#released;
		const link = this.#ready();
		const startedAt = performance.now();
		let text = '';
		const unfinished = (): Generation => ({
			text,
			finish: 'interrupted',
			usage: { promptTokens: 0, cachedTokens: 0, completionTokens: 0 },
			timings: { prefillMs: performance.now() - startedAt, decodeMs: 0 },
		});
		if (signal.aborted) return unfinished();
		let isOpen = true;
		const take = proxy((delta: string) => {
			if (!isOpen) return;
			text += delta;
			sink(delta);
		});
		const run = unlessAborted(link.value(link.calls.generate(messages, options, take)), this.#life.signal);
		this.#released = run.catch(() => undefined);
		const late = interrupted(signal, () => void link.calls.interrupt());
		try {
			// Null: it is still at its prefill. Nothing was counted yet, and the next call waits until it has ended.
			return (await Promise.race([run, late.promise])) ?? unfinished();
		} catch (thrown) {
			const error = PlaygroundError.from(thrown, 'generation_failed');
			if (error.code === 'device_lost' || error.code === 'model_load_failed') {
				this.#end();
				this.#phase = 'failed';
			}
			throw error;
		} finally {
			isOpen = false;
			late.release();
		}
	}

	async countTokens(messages: readonly ChatMessage[]): Promise<number> {
		await this.#released;
		return unlessAborted(this.#ready().calls.countTokens(messages), this.#life.signal);
	}

	async unload(): Promise<void> {
		const link = this.#link;
		if (link !== null && this.#phase === 'ready') {
			this.#phase = 'idle';
			await Promise.race([link.calls.unload().catch(() => undefined), pause(UNLOAD_MS)]);
		}
		this.#end();
	}

	#model(libraryUrl: string | null): WebLlmModel {
		const { id, source, contextTokens } = this.#card;
		const weightsUrl = source === 'onBoard' ? new URL(`models/${id}/resolve/main/`, this.#baseUrl).href : null;
		return { id, weightsUrl, libraryUrl, contextTokens };
	}

	#ready(): WorkerLink<ModelContract> {
		if (this.#link === null || this.#phase !== 'ready') throw new PlaygroundError('model_not_loaded');
		return this.#link;
	}

	/** Ends the worker, and with it all that it holds. */
	#end(): void {
		this.#link?.dispose();
		this.#link = null;
		this.#phase = 'idle';
		this.#released = Promise.resolve();
		this.#life.abort(new PlaygroundError('model_not_loaded'));
	}
}

/** Calls `onInterrupt` when the signal fires; `promise` resolves with null some time later. */
function interrupted(signal: AbortSignal, onInterrupt: () => void): { promise: Promise<null>; release: () => void } {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let abort: () => void = () => undefined;
	const promise = new Promise<null>((resolve) => {
		abort = () => {
			onInterrupt();
			timer = setTimeout(() => resolve(null), INTERRUPT_MS);
		};
		signal.addEventListener('abort', abort, { once: true });
	});
	return {
		promise,
		release: () => {
			signal.removeEventListener('abort', abort);
			clearTimeout(timer);
		},
	};
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
