/**
 * The caches in which web-llm looks for the files of a model before it asks the network. Filling them with what is on
 * board, checked, gives its models the progress, the hash check and the errors that all our model files have; web-llm
 * itself checks no hash of the weights.
 */
import { PlaygroundError } from '../../core/errors';
import type { LoadProgress } from '../../core/ports';
import { fetchFile } from './fetch-file';
import type { OnboardFile } from './onboard-list';

/** Names of web-llm's caches (0.2.86, `createArtifactCache`), by kind of file. */
const CACHES = { config: 'webllm/config', library: 'webllm/wasm', weights: 'webllm/model' } as const;

/** Says of a kept file which hash it had when it was put there. */
const HASH_HEADER = 'x-onboard-sha256';

function cacheOf(path: string): string {
	if (path.endsWith('/mlc-chat-config.json')) return CACHES.config;
	return path.endsWith('.wasm') ? CACHES.library : CACHES.weights;
}

/**
 * Makes sure that web-llm finds `files` in its caches, each under its absolute address and with the listed hash.
 * @returns the compiled library (`model.wasm`)
 * @throws what `fetchFile` throws; `storage_full` where the browser keeps no more
 */
export async function fillWebLlmCache(
	files: readonly OnboardFile[],
	baseUrl: string,
	onProgress: (progress: LoadProgress) => void,
	signal: AbortSignal,
): Promise<Blob> {
	const totalBytes = files.reduce((sum, file) => sum + file.bytes, 0);
	let doneBytes = 0;
	let library: Blob | null = null;
	for (const file of files) {
		const url = new URL(file.path, baseUrl).href;
		const cache = await caches.open(cacheOf(file.path));
		const kept = await cache.match(url);
		const isKept = kept?.headers.get(HASH_HEADER) === file.sha256;
		const report = (bytes: number): void =>
			onProgress({ loadedBytes: doneBytes + bytes, totalBytes, text: 'Reading the model' });
		const isLibrary = cacheOf(file.path) === CACHES.library;
		if (!isKept || isLibrary) {
			const blob = isKept ? await kept.blob() : await fetchFile(file, baseUrl, report, signal);
			if (!isKept) await keep(cache, url, blob, file.sha256);
			if (isLibrary) library = blob;
		}
		signal.throwIfAborted();
		doneBytes += file.bytes;
		report(0);
	}
	if (library === null) throw new PlaygroundError('model_missing', { detail: 'onboard.json lists no model library' });
	return library;
}

async function keep(cache: Cache, url: string, blob: Blob, sha256: string): Promise<void> {
	const headers = { [HASH_HEADER]: sha256, 'content-length': String(blob.size) };
	try {
		await cache.put(url, new Response(blob, { headers }));
	} catch (thrown) {
		const isFull = thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
		throw PlaygroundError.from(thrown, isFull ? 'storage_full' : 'storage_unavailable');
	}
}

/** True where every part of the weights in the folder `weightsUrl` is kept on this device. */
export async function isKept(weightsUrl: string): Promise<boolean> {
	const cache = await caches.open(CACHES.weights);
	const list = await cache.match(new URL('tensor-cache.json', weightsUrl));
	if (list === undefined) return false;
	const { records } = (await list.json()) as { records: readonly { readonly dataPath: string }[] };
	const found = await Promise.all(records.map(({ dataPath }) => cache.match(new URL(dataPath, weightsUrl))));
	return found.every((response) => response !== undefined);
}

/** Deletes what web-llm keeps of the weights in the folder `weightsUrl`. */
export async function removeKept(weightsUrl: string): Promise<void> {
	for (const name of Object.values(CACHES)) {
		const cache = await caches.open(name);
		const requests = (await cache.keys()).filter((request) => request.url.startsWith(weightsUrl));
		for (const request of requests) await cache.delete(request);
	}
}
