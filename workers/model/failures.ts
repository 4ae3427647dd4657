import { type ErrorCode, PlaygroundError, type WireError } from '../../src/core/errors';
import { saysOutOfMemory } from '../../src/core/out-of-memory';

/** What web-llm's named errors mean here. */
const CODES: Readonly<Record<string, ErrorCode>> = {
	ModelNotFoundError: 'unknown_model',
	WebGPUNotAvailableError: 'webgpu_unavailable',
	WebGPUNotFoundError: 'webgpu_unavailable',
	ShaderF16SupportError: 'shader_f16_missing',
	DeviceLostError: 'device_lost',
	ContextWindowSizeExceededError: 'context_overflow',
	IntegrityError: 'model_corrupt',
	ModelNotLoadedError: 'model_not_loaded',
	QuotaExceededError: 'storage_full',
};

/** What browsers say of a request that found no server (`TypeError`), and `Cache.add` of an answer that is no success. */
const UNREACHABLE = /failed to fetch|load failed|networkerror|request failed|cannot fetch|network error/i;

/** A failure of web-llm, TVM or the GPU as plain data; `fallback` where its words mean nothing to us. */
export function coded(thrown: unknown, fallback: ErrorCode): WireError {
	if (thrown instanceof PlaygroundError) return thrown.toWire();
	const { name, message } = thrown instanceof Error ? thrown : { name: '', message: String(thrown) };
	const code =
		CODES[name] ??
		(saysOutOfMemory(message) ? 'out_of_memory' : UNREACHABLE.test(message) ? 'model_unreachable' : fallback);
	return new PlaygroundError(code, { detail: message }).toWire();
}
