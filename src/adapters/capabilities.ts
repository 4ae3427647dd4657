import type { Capabilities } from '../core/model-card';

/** Probes what this browser can do. Never rejects: what cannot be found out counts as absent. */
export async function probeCapabilities(): Promise<Capabilities> {
	const [adapter, estimate, persisted] = await Promise.all([
		requestAdapter(),
		navigator.storage?.estimate?.().catch(() => undefined),
		navigator.storage?.persisted?.().catch(() => false),
	]);
	return {
		webgpu: adapter !== null,
		shaderF16: adapter?.features.has('shader-f16') ?? false,
		webgpuIsFallback: adapter !== null && isSoftware(adapter.info),
		maxBufferBytes: adapter?.limits.maxBufferSize ?? 0,
		isolated: globalThis.crossOriginIsolated,
		serviceWorker: 'serviceWorker' in navigator,
		threads: navigator.hardwareConcurrency,
		quotaBytes: estimate?.quota ?? null,
		usageBytes: estimate?.usage ?? null,
		persisted: persisted ?? false,
	};
}

async function requestAdapter(): Promise<GPUAdapter | null> {
	if (!('gpu' in navigator)) return null;
	return navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
}

/** Chromium's CPU adapter says so itself; older versions only by its name. */
function isSoftware(info: GPUAdapterInfo): boolean {
	return info.isFallbackAdapter || info.architecture === 'swiftshader';
}
