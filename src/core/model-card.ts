/** What the catalogue says of a model, and what the browser can do. Types only; the catalogue is an adapter. */

/** Which engine runs a model. */
export type EngineKind = 'wllama' | 'webllm' | 'scripted';

/** Our catalogue's entry for a model. */
export interface ModelCard {
	/** Stable id, such as `smollm2-135m`. */
	readonly id: string;
	/** For people, such as `SmolLM2 135M`. */
	readonly name: string;
	readonly family: string;
	readonly engine: EngineKind;
	/** Id of the prompt profile (`src/core/profiles`). */
	readonly profile: string;
	/** `onBoard`: served with the app. `download`: fetched from another host, and only when a person asks for it. */
	readonly source: 'onBoard' | 'download';
	readonly sizeBytes: number;
	/** Context window in tokens. */
	readonly contextTokens: number;
	readonly licence: string;
	readonly needs: { readonly webgpu: boolean; readonly shaderF16: boolean; readonly memoryBytes: number };
	/** One honest sentence: what to expect of it. */
	readonly note: string;
	readonly recommended: boolean;
}

/** Probed facts on this browser. */
export interface Capabilities {
	readonly webgpu: boolean;
	readonly shaderF16: boolean;
	/** The adapter is software (SwiftShader): WebGPU works, but slower than the CPU engine. */
	readonly webgpuIsFallback: boolean;
	/** Largest buffer of the adapter, in bytes; 0 without WebGPU. */
	readonly maxBufferBytes: number;
	/** Cross-origin isolated: SharedArrayBuffer, threads and instant interrupts. */
	readonly isolated: boolean;
	readonly serviceWorker: boolean;
	readonly threads: number;
	/** What the browser lets this page keep, in bytes; null where it does not say. */
	readonly quotaBytes: number | null;
	readonly usageBytes: number | null;
	/** The browser promised not to clear our storage by itself. */
	readonly persisted: boolean;
}
