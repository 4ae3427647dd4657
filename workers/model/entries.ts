import { type ModelRecord, prebuiltAppConfig } from '@mlc-ai/web-llm';
import type { WebLlmEntry } from '../contracts';

/** Context window of a record that names none, in tokens. */
const DEFAULT_CONTEXT = 4096;

/** web-llm's catalogue without embedders, models of images and base models that were never taught to converse. */
export function entries(): readonly WebLlmEntry[] {
	return prebuiltAppConfig.model_list
		.filter((record) => (record.model_type ?? 0) === 0 && !record.model_id.includes('-Base-'))
		.map((record) => ({
			id: record.model_id,
			weightsUrl: `${record.model.replace(/\/$/, '')}/resolve/main/`,
			memoryBytes: Math.round((record.vram_required_MB ?? 0) * 2 ** 20),
			needsShaderF16: needsShaderF16(record),
			contextTokens: record.overrides?.context_window_size ?? DEFAULT_CONTEXT,
		}));
}

/** The record of `id` in web-llm's catalogue. */
export function recordOf(id: string): ModelRecord | undefined {
	return prebuiltAppConfig.model_list.find((record) => record.model_id === id);
}

/** Some records (0.2.86: Qwen2.5 and Llama 3) compute in f16 without listing the feature; their names say it. */
export function needsShaderF16(record: ModelRecord): boolean {
	return record.required_features?.includes('shader-f16') === true || /-q\df16/.test(record.model_id);
}
