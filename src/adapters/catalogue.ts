/** The models that the playground knows: those on board, and those of web-llm's own catalogue. */
import { PlaygroundError } from '../core/errors';
import type { Capabilities, ModelCard } from '../core/model-card';
import type { WebLlmEntry } from '../../workers/contracts';
import { cardOf, RECOMMENDED } from './engines/webllm-cards';
import { readWebLlmEntries } from './engines/model-worker';
import { onboardFiles } from './model-files/onboard-list';
import { isKept, removeKept } from './model-files/web-llm-cache';

/** Memory beside the weights: the engine, its buffers and the KV cache. */
const RUNTIME_BYTES = 200_000_000;

const CPU_BYTES = 98_362_432;
const GPU_BYTES = 117_444_137;

const CPU_CARD: ModelCard = {
	id: 'smollm2-135m',
	name: 'SmolLM2 135M',
	family: 'SmolLM2',
	engine: 'wllama',
	profile: 'onboard',
	source: 'onBoard',
	sizeBytes: CPU_BYTES,
	contextTokens: 2048,
	licence: 'Apache-2.0',
	needs: { webgpu: false, shaderF16: false, memoryBytes: CPU_BYTES + RUNTIME_BYTES },
	note: 'Runs everywhere, on the CPU. Very small: it manages short tasks that resemble the examples it is shown.',
	recommended: true,
};

const GPU_CARD: ModelCard = {
	...CPU_CARD,
	id: 'smollm2-135m-webgpu',
	name: 'SmolLM2 135M (GPU)',
	engine: 'webllm',
	sizeBytes: GPU_BYTES,
	contextTokens: 1024,
	needs: { webgpu: true, shaderF16: false, memoryBytes: GPU_BYTES + RUNTIME_BYTES },
	note: 'The same small model on the GPU, where the browser has WebGPU.',
};

/** The cards that are there at once: what is on board, and the larger models that we recommend. */
export const MODEL_CATALOGUE: readonly ModelCard[] = [CPU_CARD, GPU_CARD, ...RECOMMENDED.map(cardOf)];

let full: Promise<readonly ModelCard[]> | null = null;

/** Every card: those of `MODEL_CATALOGUE` first, then the rest of web-llm's catalogue. Throws `model_load_failed`. */
export function loadFullCatalogue(): Promise<readonly ModelCard[]> {
	full ??= readWebLlmEntries().then(withEntries);
	full.catch(() => {
		full = null;
	});
	return full;
}

/** `MODEL_CATALOGUE` and the cards of those entries that it does not have. */
export function withEntries(entries: readonly WebLlmEntry[]): readonly ModelCard[] {
	const known = new Set(MODEL_CATALOGUE.map((card) => card.id));
	return [...MODEL_CATALOGUE, ...entries.map(cardOf).filter((card) => !known.has(card.id))];
}

/** The card of that id. Throws `unknown_model`, with the id in `detail`. */
export async function cardFor(id: string): Promise<ModelCard> {
	const isId = (card: ModelCard): boolean => card.id === id;
	const card = MODEL_CATALOGUE.find(isId) ?? (await loadFullCatalogue()).find(isId);
	if (card === undefined) throw new PlaygroundError('unknown_model', { detail: id });
	return card;
}

/** The model that is loaded where nobody chose one: on the GPU if there is a real one, else on the CPU. */
export function defaultModel(capabilities: Capabilities): ModelCard {
	return capabilities.webgpu && !capabilities.webgpuIsFallback ? GPU_CARD : CPU_CARD;
}

/** True where the files of this model can be had without another host. */
export async function isOnDevice(card: ModelCard): Promise<boolean> {
	if (card.source === 'download') return isKept(weightsUrl(card));
	const files = onboardFiles(card.id, document.baseURI, new AbortController().signal);
	return files.then(
		() => true,
		() => false,
	);
}

/** The host that a download of this model asks. */
export function hostOf(card: ModelCard): string {
	return new URL(weightsUrl(card)).host;
}

/** Deletes what web-llm keeps of a model on this device. */
export function removeModel(card: ModelCard): Promise<void> {
	return removeKept(weightsUrl(card));
}

/** Folder of the weights. A build with a smaller context (`-1k`) shares them with the full one. */
function weightsUrl(card: ModelCard): string {
	if (card.source === 'onBoard') return new URL(`models/${card.id}/resolve/main/`, document.baseURI).href;
	return `https://huggingface.co/mlc-ai/${card.id.replace(/-1k$/, '')}/resolve/main/`;
}
