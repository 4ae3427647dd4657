import { PlaygroundError } from '../../core/errors';
import type { OnboardFile } from './onboard-list';

/**
 * Fetches a file that is on board from the app's own address (the service worker answers from its cache where it
 * can) and checks its hash, wherever it came from.
 * @param onBytes told how many bytes of the file have arrived
 * @throws `model_missing` where the file cannot be had, `model_corrupt` where it is not the listed one,
 * `out_of_memory`; the signal's reason when it fires
 */
export async function fetchFile(
	file: OnboardFile,
	baseUrl: string,
	onBytes: (bytes: number) => void,
	signal: AbortSignal,
): Promise<Blob> {
	const url = new URL(file.path, baseUrl).href;
	try {
		const response = await fetch(url, { signal });
		// A development server answers an unknown path with the app's own page.
		const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
		if (!response.ok || response.body === null || isPage) {
			const why = isPage ? 'the server answered with a page' : `HTTP ${response.status}`;
			throw new PlaygroundError('model_missing', { detail: `${url}: ${why}` });
		}
		const blob = await collect(response.body, onBytes);
		await check(blob, file, url);
		return blob;
	} catch (thrown) {
		signal.throwIfAborted();
		if (thrown instanceof PlaygroundError) throw thrown;
		const code = thrown instanceof RangeError ? 'out_of_memory' : 'model_missing';
		const words = thrown instanceof Error ? thrown.message : String(thrown);
		throw new PlaygroundError(code, { detail: `${url}: ${words}`, cause: thrown });
	}
}

async function collect(body: ReadableStream<Uint8Array<ArrayBuffer>>, onBytes: (bytes: number) => void): Promise<Blob> {
	const parts: Uint8Array<ArrayBuffer>[] = [];
	let bytes = 0;
	const reader = body.getReader();
	for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
		parts.push(piece.value);
		bytes += piece.value.byteLength;
		onBytes(bytes);
	}
	return new Blob(parts);
}

async function check(blob: Blob, file: OnboardFile, url: string): Promise<void> {
	const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
	const found = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
	if (found === file.sha256) return;
	throw new PlaygroundError('model_corrupt', {
		detail: [
			`file: ${file.path}`,
			`expected: ${file.sha256} (${file.bytes} bytes)`,
			`found: ${found} (${blob.size} bytes)`,
			`source: ${url}`,
		].join('\n'),
	});
}
