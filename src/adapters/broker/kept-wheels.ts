/**
 * Wheels that came from a package index, kept with their hash: an install finds them again without a network and
 * without a grant. They lie in Cache Storage under their addresses, with what the index said of them in headers.
 */
import type { KeptPackage } from '../../core/packages';
import { hexOf } from './on-board-files';

const CACHE_NAME = 'packages-v1';
const PAGE = 'x-index-page';
const SHA256 = 'x-sha256';

/** A kept wheel with its address and that of the page which listed it. */
interface Kept extends KeptPackage {
	readonly url: string;
	readonly page: string;
}

/** Contract: nothing rejects. Where the browser keeps nothing, or is full, no wheel is kept. */
export class KeptWheels {
	#known: Promise<Map<string, Kept>> | null = null;

	/** `cacheName`: another one in tests. */
	constructor(private readonly cacheName = CACHE_NAME) {}

	/** What is kept, by name. */
	async list(): Promise<readonly KeptPackage[]> {
		const kept = [...(await this.#all()).values()];
		return kept.sort((one, other) => one.name.localeCompare(other.name));
	}

	/** Keeps a wheel whose hash was verified. `page`: address of the page of the index that listed it. */
	async keep(url: string, page: string, sha256: string, bytes: ArrayBuffer): Promise<void> {
		const about = { url, page, sha256, bytes: bytes.byteLength, ...partsOf(url) };
		const headers = { 'content-length': String(about.bytes), [PAGE]: page, [SHA256]: sha256 };
		// Made before the first wait: the bytes are handed on to Python.
		const response = new Response(bytes, { headers });
		try {
			const cache = await caches.open(this.cacheName);
			await cache.put(url, response);
			(await this.#all()).set(url, about);
		} catch {
			// It is used now, and had again the next time.
		}
	}

	/** The bytes of a kept wheel that the index lists with `sha256`; null where there is none that has it. */
	async read(url: string, sha256: string): Promise<ArrayBuffer | null> {
		const kept = (await this.#all()).get(url);
		if (kept === undefined || kept.sha256 !== sha256) return null;
		try {
			const response = await (await caches.open(this.cacheName)).match(url);
			const bytes = await response?.arrayBuffer();
			if (bytes !== undefined && (await hexOf(bytes)) === sha256) return bytes;
		} catch {
			// As good as gone.
		}
		await this.#delete(url);
		return null;
	}

	/** The page of the index at `page` (Simple API, JSON) as far as its wheels are kept; null where none is. */
	async page(page: string): Promise<string | null> {
		const kept = [...(await this.#all()).values()].filter((one) => one.page === page);
		const [first] = kept;
		if (first === undefined) return null;
		const files = kept.map(({ file, url, sha256, bytes }) => ({
			...{ filename: file, url, size: bytes },
			hashes: { sha256 },
		}));
		return JSON.stringify({ meta: { 'api-version': '1.0' }, name: first.name, files });
	}

	async remove(file: string): Promise<void> {
		for (const kept of [...(await this.#all()).values()]) if (kept.file === file) await this.#delete(kept.url);
	}

	async #delete(url: string): Promise<void> {
		(await this.#all()).delete(url);
		await caches
			.open(this.cacheName)
			.then((cache) => cache.delete(url))
			.catch(() => undefined);
	}

	#all(): Promise<Map<string, Kept>> {
		this.#known ??= this.#look().catch(() => new Map<string, Kept>());
		return this.#known;
	}

	async #look(): Promise<Map<string, Kept>> {
		const known = new Map<string, Kept>();
		// To open a cache makes one, which is for the first wheel to do.
		if (!('caches' in globalThis) || !(await caches.has(this.cacheName))) return known;
		const cache = await caches.open(this.cacheName);
		for (const { url } of await cache.keys()) {
			const headers = (await cache.match(url))?.headers;
			const page = headers?.get(PAGE);
			const sha256 = headers?.get(SHA256);
			if (typeof page !== 'string' || typeof sha256 !== 'string') continue;
			known.set(url, { url, page, sha256, bytes: Number(headers?.get('content-length')), ...partsOf(url) });
		}
		return known;
	}
}

/** What the address of a wheel says (PEP 427: `name-version-…-tags.whl`). */
function partsOf(url: string): Pick<KeptPackage, 'file' | 'name' | 'version'> {
	const file = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
	const [name = '', version = ''] = file.split('-');
	return { file, name: name.replaceAll(/[-_.]+/g, '-').toLowerCase(), version };
}
