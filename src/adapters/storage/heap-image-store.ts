/**
 * Heap images of sessions (`workers/python/image`) in the origin private file system (OPFS), one a session. They are only a
 * shortcut: a session whose image is gone has its actions executed again. So few are kept, and the oldest make room.
 */
import { PlaygroundError } from '../../core/errors';
import type { HeapImage } from '../../../workers/contracts';

/** The folder of all images in the OPFS root. */
export const HEAP_IMAGES_FOLDER = 'heap-images';

/** How many are kept: one with pandas takes about 100 MB. */
const KEPT = 3;

/** The first bytes of a file: the length of its header. */
const LENGTH_BYTES = 4;

/** What stands before the buffers of an image. */
interface Header {
	readonly stamp: string;
	readonly pagesBytes: number;
	/** The image, its two buffers empty. */
	readonly image: HeapImage;
}

/**
 * The store on this browser. `folder`: its name in the OPFS root.
 *
 * Contract: methods reject with a `PlaygroundError` (`storage_full`, `storage_unavailable`) and with nothing else; an
 * image is written whole, or the one before stays.
 */
export class HeapImageStore {
	constructor(
		private readonly folder = HEAP_IMAGES_FOLDER,
		private readonly kept = KEPT,
	) {}

	/** Keeps the image of a session in place of the one before. `stamp` says which state of the session it is. */
	async save(sessionId: string, stamp: string, image: HeapImage): Promise<void> {
		const root = await this.#root();
		if (root === null) throw new PlaygroundError('storage_unavailable');
		const header: Header = { stamp, pagesBytes: image.memory.pages.byteLength, image: withoutBuffers(image) };
		const text = new TextEncoder().encode(JSON.stringify(header));
		const length = new Uint8Array(LENGTH_BYTES);
		new DataView(length.buffer).setUint32(0, text.length, true);
		const file = new Blob([length, text, image.memory.pages, image.files.bytes]);
		try {
			await this.#write(root, sessionId, file).catch(async (thrown: unknown) => {
				if (!isFull(thrown)) throw thrown;
				await this.#dropAllBut(root, [sessionId]);
				await this.#write(root, sessionId, file);
			});
			await this.#dropAllBut(root, (await this.#newestFirst(root)).slice(0, this.kept));
		} catch (thrown) {
			throw PlaygroundError.from(thrown, isFull(thrown) ? 'storage_full' : 'storage_unavailable');
		}
	}

	/** The image of that state of a session; null where there is none. */
	async open(sessionId: string, stamp: string): Promise<HeapImage | null> {
		try {
			const file = await (await (await this.#root())?.getFileHandle(sessionId))?.getFile();
			if (file === undefined) return null;
			const length = new DataView(await file.slice(0, LENGTH_BYTES).arrayBuffer()).getUint32(0, true);
			const start = LENGTH_BYTES + length;
			const { stamp: kept, pagesBytes, image } = JSON.parse(await file.slice(LENGTH_BYTES, start).text()) as Header;
			if (kept !== stamp) return null;
			const [pages, bytes] = await Promise.all([
				file.slice(start, start + pagesBytes).arrayBuffer(),
				file.slice(start + pagesBytes).arrayBuffer(),
			]);
			return { ...image, memory: { ...image.memory, pages }, files: { ...image.files, bytes } };
		} catch {
			// Not there, or not readable: the actions are executed again.
			return null;
		}
	}

	/** Does nothing where there is none. */
	async remove(sessionId: string): Promise<void> {
		await (await this.#root())?.removeEntry(sessionId).catch(() => undefined);
	}

	async #write(root: FileSystemDirectoryHandle, name: string, file: Blob): Promise<void> {
		const handle = await root.getFileHandle(name, { create: true });
		const writable = await handle.createWritable();
		try {
			await writable.write(file);
			await writable.close();
		} catch (thrown) {
			await writable.abort().catch(() => undefined);
			// A first image that did not fit leaves an empty file.
			if ((await handle.getFile()).size === 0) await root.removeEntry(name);
			throw thrown;
		}
	}

	async #dropAllBut(root: FileSystemDirectoryHandle, kept: readonly string[]): Promise<void> {
		for (const name of await this.#newestFirst(root)) if (!kept.includes(name)) await root.removeEntry(name);
	}

	async #newestFirst(root: FileSystemDirectoryHandle): Promise<string[]> {
		const found: { name: string; at: number }[] = [];
		for await (const [name, handle] of root.entries()) {
			found.push({ name, at: (await (handle as FileSystemFileHandle).getFile()).lastModified });
		}
		return found.sort((one, other) => other.at - one.at).map(({ name }) => name);
	}

	/** Null where this browser keeps no files, or cannot write them from a page (Safari before 26). */
	async #root(): Promise<FileSystemDirectoryHandle | null> {
		if (!('FileSystemFileHandle' in globalThis) || !('createWritable' in FileSystemFileHandle.prototype)) return null;
		try {
			return await (await navigator.storage.getDirectory()).getDirectoryHandle(this.folder, { create: true });
		} catch {
			return null;
		}
	}
}

function withoutBuffers(image: HeapImage): HeapImage {
	const empty = new ArrayBuffer(0);
	return { ...image, memory: { ...image.memory, pages: empty }, files: { ...image.files, bytes: empty } };
}

function isFull(thrown: unknown): boolean {
	return thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
}
