import type { ModelCard } from '../../core/model-card';
import type { WebLlmEntry } from '../../../workers/contracts';

/** Licences by the beginning of a model's id, where we know them. The first that fits counts. */
const LICENCES: readonly (readonly [RegExp, string])[] = [
	[/^Qwen2\.5-(Coder-)?3B/, 'Qwen Research (non-commercial)'],
	[/^(Qwen|SmolLM2|OLMo-2|Mistral-7B|TinyLlama|RedPajama|OpenHermes|NeuralHermes)/, 'Apache-2.0'],
	[/^(Phi|phi|DeepSeek-R1-Distill-Qwen)/, 'MIT'],
	[/Llama-3\.2/, 'Llama 3.2 Community'],
	[/Llama-3\.1|R1-Distill-Llama/, 'Llama 3.1 Community'],
	[/Llama-3/, 'Llama 3 Community'],
	[/^Llama-2/, 'Llama 2 Community'],
	[/^gemma-?[23]?-/, 'Gemma Terms of Use'],
];

/** The larger models that we recommend: one for GPUs with half precision, and its build for those without. */
export const RECOMMENDED: readonly WebLlmEntry[] = [
	{
		id: 'Qwen2.5-Coder-1.5B-Instruct-q4f16_1-MLC',
		weightsUrl: 'https://huggingface.co/mlc-ai/Qwen2.5-Coder-1.5B-Instruct-q4f16_1-MLC/resolve/main/',
		memoryBytes: 1_708_916_736,
		needsShaderF16: true,
		contextTokens: 4096,
	},
	{
		id: 'Qwen2.5-Coder-1.5B-Instruct-q4f32_1-MLC',
		weightsUrl: 'https://huggingface.co/mlc-ai/Qwen2.5-Coder-1.5B-Instruct-q4f32_1-MLC/resolve/main/',
		memoryBytes: 1_980_728_607,
		needsShaderF16: false,
		contextTokens: 4096,
	},
];

/** The card of an entry of web-llm's catalogue. Its size is the GPU memory it needs: web-llm names no other. */
export function cardOf(entry: WebLlmEntry): ModelCard {
	const { id, memoryBytes } = entry;
	const isCoder = /coder/i.test(id);
	const [, base = id, precision = ''] = /^(.*?)-(q\df\d\d)/.exec(id) ?? [];
	const family = /^(.*?)-\d+(\.\d+)?[BM]\b/i.exec(base)?.[1] ?? base;
	const gigabytes = (memoryBytes / 1e9).toFixed(1);
	return {
		id,
		name: `${base.replaceAll(/[-_]/g, ' ')} (${precision}${id.endsWith('-1k') ? ', short context' : ''})`,
		family: family.replaceAll('-', ' '),
		engine: 'webllm',
		profile: /^SmolLM2-135M/.test(id) ? 'onboard' : isCoder ? 'coder' : 'general',
		source: 'download',
		sizeBytes: memoryBytes,
		contextTokens: entry.contextTokens,
		licence: LICENCES.find(([pattern]) => pattern.test(id))?.[1] ?? 'see the page of the model',
		needs: { webgpu: true, shaderF16: entry.needsShaderF16, memoryBytes },
		note: `${isCoder ? 'Made for code.' : 'For conversation.'} Takes ${gigabytes} GB of GPU memory; the download is somewhat smaller.`,
		recommended: RECOMMENDED.some((recommended) => recommended.id === id),
	};
}
