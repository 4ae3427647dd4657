/** web-llm behind our own contract: it drives `MLCEngine` directly, so that failures keep their codes (conventions §2). */
import { type ChatCompletionMessageParam, MLCEngine, type ModelRecord, prebuiltAppConfig } from '@mlc-ai/web-llm';
import { PlaygroundError } from '../../src/core/errors';
import type { ChatMessage, GenerateOptions, Generation, LoadProgress } from '../../src/core/ports';
import type { ModelContract, Settled, WebLlmEntry, WebLlmModel } from '../contracts';
import { entries, needsShaderF16, recordOf } from './entries';
import { coded } from './failures';
import { HeldBack } from './held-back';
import { KeptConversation } from './kept-conversation';
import { LoadedPipeline } from './pipeline';

interface Loaded {
	readonly engine: MLCEngine;
	readonly pipeline: LoadedPipeline;
}

/** Answers the page's calls; one model at a time. */
export class WebLlmHost implements ModelContract {
	#loaded: Loaded | null = null;
	#isInterrupted = false;
	readonly #kept = new KeptConversation();

	entries(): Promise<readonly WebLlmEntry[]> {
		return Promise.resolve(entries());
	}

	async load(
		model: WebLlmModel,
		onProgress: (progress: LoadProgress) => void,
	): Promise<Settled<{ contextTokens: number }>> {
		await this.unload();
		try {
			const record = toRecord(model);
			await checkGpu(record);
			const engine = new MLCEngine({
				appConfig: { ...prebuiltAppConfig, model_list: [record], cacheBackend: 'cache' },
				initProgressCallback: ({ progress, text }) => onProgress(toProgress(progress, text)),
				logLevel: 'ERROR',
			});
			await engine.reload(
				record.model_id,
				model.contextTokens === null ? undefined : { context_window_size: model.contextTokens },
			);
			const pipeline = new LoadedPipeline(engine, record.model_id);
			if (!pipeline.isLoaded) throw new PlaygroundError('device_lost');
			this.#loaded = { engine, pipeline };
			return { ok: true, value: { contextTokens: pipeline.contextTokens } };
		} catch (thrown) {
			return { ok: false, error: coded(thrown, 'model_load_failed') };
		}
	}

	async generate(
		messages: readonly ChatMessage[],
		options: GenerateOptions,
		sink: (delta: string) => void,
	): Promise<Settled<Generation>> {
		const loaded = this.#loaded;
		if (loaded === null) return { ok: false, error: new PlaygroundError('model_not_loaded').toWire() };
		try {
			return { ok: true, value: await this.#generate(loaded, messages, options, sink) };
		} catch (thrown) {
			this.#kept.clear();
			// web-llm unloads the model by itself when the GPU is lost; what fails then says nothing of it.
			if (!loaded.pipeline.isLoaded) {
				this.#loaded = null;
				const detail = thrown instanceof Error ? thrown.message : String(thrown);
				return { ok: false, error: new PlaygroundError('device_lost', { detail }).toWire() };
			}
			await loaded.engine.resetChat().catch(() => undefined);
			return { ok: false, error: coded(thrown, 'generation_failed') };
		}
	}

	async #generate(
		{ engine, pipeline }: Loaded,
		messages: readonly ChatMessage[],
		options: GenerateOptions,
		sink: (delta: string) => void,
	): Promise<Generation> {
		const promptTokens = pipeline.countTokens(messages);
		if (promptTokens >= pipeline.contextTokens) {
			const detail = `the prompt has ${promptTokens} tokens, the context window ${pipeline.contextTokens}`;
			throw new PlaygroundError('context_overflow', { detail });
		}
		const continuation = this.#kept.continuation(messages, pipeline.template());
		if (continuation === null) await engine.resetChat();
		const sent = continuation ?? messages.map((message): ChatCompletionMessageParam => ({ ...message }));
		this.#kept.clear();
		this.#isInterrupted = false;

		const startedAt = performance.now();
		let firstAt: number | null = null;
		let lastAt = startedAt;
		/** Text so far, and before the last token: that one is not in the KV cache when a reply ends. */
		let streamed = '';
		let cached = '';
		let finish: Generation['finish'] = 'stop';
		let usage = { prompt_tokens: 0, completion_tokens: 0 };
		const heldBack = new HeldBack(options.stop, sink);
		const chunks = await engine.chat.completions.create({
			messages: sent,
			stream: true,
			stream_options: { include_usage: true },
			temperature: options.temperature,
			max_tokens: options.maxTokens,
			stop: [...options.stop],
			...(options.topP === undefined ? {} : { top_p: options.topP }),
			...(options.seed === undefined ? {} : { seed: options.seed }),
			...(options.grammar === undefined ? {} : { response_format: { type: 'grammar', grammar: options.grammar } }),
		});
		for await (const chunk of chunks) {
			// web-llm forgets an interrupt that came before it had begun.
			if (this.#isInterrupted) await engine.interruptGenerate();
			if (chunk.usage) usage = chunk.usage;
			const choice = chunk.choices[0];
			if (choice === undefined) continue;
			if (choice.finish_reason === 'length') finish = 'length';
			if (choice.finish_reason === 'abort') finish = 'interrupted';
			if (choice.finish_reason !== null) continue;
			lastAt = performance.now();
			firstAt ??= lastAt;
			cached = streamed;
			streamed += choice.delta.content ?? '';
			heldBack.update(streamed);
		}
		const text = await engine.getMessage();
		heldBack.end(text);
		if (finish === 'stop') this.#kept.keep({ messages: [...messages], sent, reply: text, cached });
		return {
			text,
			finish,
			usage: {
				promptTokens,
				// web-llm counts as prompt only what it prefilled.
				cachedTokens: Math.max(0, promptTokens - usage.prompt_tokens),
				completionTokens: usage.completion_tokens,
			},
			timings: { prefillMs: (firstAt ?? lastAt) - startedAt, decodeMs: lastAt - (firstAt ?? lastAt) },
		};
	}

	async interrupt(): Promise<void> {
		this.#isInterrupted = true;
		await this.#loaded?.engine.interruptGenerate();
	}

	async countTokens(messages: readonly ChatMessage[]): Promise<number> {
		return this.#loaded?.pipeline.countTokens(messages) ?? 0;
	}

	async unload(): Promise<void> {
		const loaded = this.#loaded;
		this.#loaded = null;
		this.#kept.clear();
		await loaded?.engine.unload().catch(() => undefined);
	}
}

function toRecord(model: WebLlmModel): ModelRecord {
	const record =
		model.weightsUrl === null || model.libraryUrl === null
			? recordOf(model.id)
			: { model: model.weightsUrl, model_id: model.id, model_lib: model.libraryUrl };
	if (record === undefined) throw new PlaygroundError('unknown_model', { detail: model.id });
	return record;
}

async function checkGpu(record: ModelRecord): Promise<void> {
	const adapter =
		'gpu' in navigator ? await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }) : null;
	if (adapter === null) throw new PlaygroundError('webgpu_unavailable');
	if (needsShaderF16(record) && !adapter.features.has('shader-f16')) throw new PlaygroundError('shader_f16_missing');
}

/** web-llm reports the share of the weights as a number, and the bytes only in its words: `…: 32MB fetched. 12% …`. */
function toProgress(share: number, text: string): LoadProgress {
	const megabytes = Number(/(\d+)MB (?:fetched|loaded)/.exec(text)?.[1] ?? 0);
	const loadedBytes = megabytes * 2 ** 20;
	const isDownload = text.includes('fetched');
	return {
		loadedBytes,
		totalBytes: share > 0 ? Math.round(loadedBytes / share) : 0,
		text: isDownload ? 'Downloading the model' : 'Loading the model onto the GPU',
	};
}
