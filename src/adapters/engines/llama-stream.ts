import type { ChatCompletionChunk } from '@wllama/wllama';
import type { Generation, Usage } from '../../core/ports';

/** Makes a `Generation` of what wllama streams. */
export class LlamaStream {
	readonly #sink: (delta: string) => void;
	readonly #startedAt = performance.now();
	#firstAt: number | null = null;
	#lastAt = 0;
	#text = '';
	#isLength = false;
	#isClosed = false;
	#usage: Usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };

	constructor(sink: (delta: string) => void) {
		this.#sink = sink;
	}

	/** Takes the next chunk; after `close` they are ignored. */
	readonly take = (chunk: ChatCompletionChunk): void => {
		if (this.#isClosed) return;
		if (chunk.timings !== undefined) {
			const { cache_n, prompt_n, predicted_n } = chunk.timings;
			this.#usage = { promptTokens: cache_n + prompt_n, cachedTokens: cache_n, completionTokens: predicted_n };
		} else if (chunk.prompt_progress !== undefined) {
			const { total, cache } = chunk.prompt_progress;
			this.#usage = { promptTokens: total, cachedTokens: cache, completionTokens: 0 };
		}
		const choice = chunk.choices[0];
		this.#isLength ||= choice?.finish_reason === 'length';
		const delta = choice?.delta.content ?? '';
		if (delta === '') return;
		this.#lastAt = performance.now();
		this.#firstAt ??= this.#lastAt;
		this.#text += delta;
		this.#sink(delta);
	};

	/** Ends the stream and returns what came of it. */
	close(isInterrupted: boolean): Generation {
		this.#isClosed = true;
		const firstAt = this.#firstAt ?? performance.now();
		return {
			text: this.#text,
			finish: isInterrupted ? 'interrupted' : this.#isLength ? 'length' : 'stop',
			usage: this.#usage,
			timings: { prefillMs: firstAt - this.#startedAt, decodeMs: Math.max(0, this.#lastAt - firstAt) },
		};
	}
}
