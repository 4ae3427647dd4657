/** All that the app keeps on this device, with sizes, and how it is erased. */
import type { Keep, KeptShare } from '../../core/storage';
import { HEAP_IMAGES_FOLDER } from './heap-image-store';
import { SESSION_FILES_FOLDER } from './session-files';

/** What has to let go before it can be erased. */
interface BrowserKeepOptions {
	/** Names of the IndexedDB databases of the app. */
	readonly databases: readonly string[];
	/** Closes connections and clears the settings. */
	readonly release: () => Promise<void>;
}

/** What Chromium adds to `StorageEstimate`. */
interface DetailedEstimate extends StorageEstimate {
	readonly usageDetails?: { readonly indexedDB?: number };
}

/** Caches that hold model weights: ours by folder, web-llm's by name. */
const isModelCache = (name: string): boolean => name.startsWith('webllm/');
const isModelUrl = (url: string): boolean => new URL(url).pathname.includes('/models/');

/** The browser's own storage. Never rejects: a part that the browser does not show has no size. */
export class BrowserKeep implements Keep {
	constructor(private readonly options: BrowserKeepOptions) {}

	async shares(): Promise<readonly KeptShare[]> {
		const [estimate, cached, files] = await Promise.all([estimateStorage(), cachedBytes(), fileBytes()]);
		const sessions = estimate?.usageDetails?.indexedDB ?? null;
		const models = cached.models + files.others;
		const known = models + cached.app + (sessions ?? 0) + files.ofSessions + files.images;
		return [
			{ part: 'models', bytes: models },
			{ part: 'app', bytes: cached.app },
			{ part: 'sessions', bytes: sessions },
			{ part: 'files', bytes: files.ofSessions },
			{ part: 'images', bytes: files.images },
			{ part: 'other', bytes: estimate?.usage === undefined ? null : Math.max(0, estimate.usage - known) },
		];
	}

	async persist(): Promise<boolean> {
		return (await navigator.storage?.persist?.().catch(() => false)) ?? false;
	}

	async eraseEverything(): Promise<void> {
		await this.options.release();
		await Promise.all(this.options.databases.map(deleteDatabase));
		const scope = new URL('.', document.baseURI).href;
		const registration = await navigator.serviceWorker?.getRegistration(scope);
		await registration?.unregister();
		for (const name of await cacheNames()) await caches.delete(name);
		await eraseFiles();
	}
}

async function estimateStorage(): Promise<DetailedEstimate | null> {
	return (await navigator.storage?.estimate?.().catch(() => null)) ?? null;
}

/** Cache Storage is there only in a secure context, and denied in some private modes. */
async function cacheNames(): Promise<readonly string[]> {
	return 'caches' in globalThis ? caches.keys().catch(() => []) : [];
}

async function cachedBytes(): Promise<{ models: number; app: number }> {
	let models = 0;
	let app = 0;
	for (const name of await cacheNames()) {
		const cache = await caches.open(name);
		for (const request of await cache.keys()) {
			const response = await cache.match(request);
			const bytes = Number(response?.headers.get('content-length') ?? 0);
			if (isModelCache(name) || isModelUrl(request.url)) models += bytes;
			else app += bytes;
		}
	}
	return { models, app };
}

async function fileBytes(): Promise<{ ofSessions: number; images: number; others: number }> {
	const root = await navigator.storage?.getDirectory?.().catch(() => null);
	if (root === null || root === undefined) return { ofSessions: 0, images: 0, others: 0 };
	const inFolder = async (name: string): Promise<number> => {
		const folder = await root.getDirectoryHandle(name).catch(() => null);
		return folder === null ? 0 : directoryBytes(folder);
	};
	const [ofSessions, images] = [await inFolder(SESSION_FILES_FOLDER), await inFolder(HEAP_IMAGES_FOLDER)];
	return { ofSessions, images, others: (await directoryBytes(root)) - ofSessions - images };
}

async function directoryBytes(directory: FileSystemDirectoryHandle): Promise<number> {
	let bytes = 0;
	for await (const entry of directory.values()) {
		if (entry.kind === 'directory') bytes += await directoryBytes(entry as FileSystemDirectoryHandle);
		else bytes += (await (entry as FileSystemFileHandle).getFile()).size;
	}
	return bytes;
}

async function eraseFiles(): Promise<void> {
	const root = await navigator.storage?.getDirectory?.().catch(() => null);
	if (root === null || root === undefined) return;
	for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
}

function deleteDatabase(name: string): Promise<void> {
	return new Promise((resolve) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onerror = () => resolve();
		// Another tab holds it open: the browser deletes it when that tab lets go.
		request.onblocked = () => resolve();
	});
}
