/**
 * The files of sessions in the origin private file system (OPFS), a folder per session. A lock (Web Locks) says which tab
 * may write there; where there is no OPFS (private windows, an insecure host) files live as long as the page.
 */
import { PlaygroundError } from '../../core/errors';
import { isFilePath } from '../../core/files';
import type { FileStore, KeptFile, SessionFolder } from '../../core/storage';

/** The folder of all sessions in the OPFS root. */
export const SESSION_FILES_FOLDER = 'session-files';

/** How long the lock may take to come free: a page that is being reloaded lets go of it a little late. */
const LOCK_MS = 1_500;

/** The store on this browser. `name`: the folder in the OPFS root. */
export class OpfsFileStore implements FileStore {
	constructor(private readonly name: string = SESSION_FILES_FOLDER) {}

	async open(sessionId: string): Promise<SessionFolder> {
		const root = await this.#root();
		if (root === null) return new MemoryFolder('memory', []);
		const release = await lock(`${this.name}:${sessionId}`);
		const folder = new OpfsFolder(root, sessionId, release ?? (() => undefined));
		return release === null ? new MemoryFolder('otherTab', await folder.list().catch(() => [])) : folder;
	}

	async remove(sessionId: string): Promise<void> {
		const root = await this.#root();
		await root?.removeEntry(sessionId, { recursive: true }).catch(() => undefined);
	}

	async sweep(kept: readonly string[]): Promise<void> {
		const root = await this.#root();
		if (root === null) return;
		const { held = [] } = (await navigator.locks?.query()) ?? {};
		const inHand = new Set(held.map(({ name }) => name));
		const names: string[] = [];
		for await (const name of root.keys()) names.push(name);
		const gone = names.filter((name) => !kept.includes(name) && !inHand.has(`${this.name}:${name}`));
		await Promise.all(gone.map((name) => this.remove(name)));
	}

	/** Null where this browser keeps no files, or cannot write them from a page (Safari before 26). */
	async #root(): Promise<FileSystemDirectoryHandle | null> {
		if (!('FileSystemFileHandle' in globalThis) || !('createWritable' in FileSystemFileHandle.prototype)) return null;
		try {
			const root = await navigator.storage.getDirectory();
			return await root.getDirectoryHandle(this.name, { create: true });
		} catch {
			return null;
		}
	}
}

/** Files that go with the page. Those of a session that another tab has open begin as copies. */
class MemoryFolder implements SessionFolder {
	readonly #files: Map<string, KeptFile>;

	constructor(
		readonly keeping: 'memory' | 'otherTab',
		files: readonly KeptFile[],
	) {
		this.#files = new Map(files.map((file) => [file.path, file]));
	}

	async list(): Promise<readonly KeptFile[]> {
		return [...this.#files.values()];
	}

	async write(path: string, blob: Blob): Promise<Blob> {
		this.#files.set(path, { path, blob, modified: Date.now() });
		return blob;
	}

	async remove(path: string): Promise<void> {
		this.#files.delete(path);
	}

	close(): void {
		this.#files.clear();
	}
}

/** The folder of one session; it is made with the first file. */
class OpfsFolder implements SessionFolder {
	readonly keeping = 'device';

	constructor(
		private readonly root: FileSystemDirectoryHandle,
		private readonly sessionId: string,
		private readonly release: () => void,
	) {}

	async list(): Promise<readonly KeptFile[]> {
		try {
			return await filesIn(await this.root.getDirectoryHandle(this.sessionId), '');
		} catch (thrown) {
			if (isNamed(thrown, 'NotFoundError')) return [];
			throw PlaygroundError.from(thrown, 'storage_unavailable');
		}
	}

	async write(path: string, blob: Blob): Promise<Blob> {
		try {
			const handle = await this.#handle(path);
			// What is written takes the place of the old contents when it is closed, whole.
			const writable = await handle.createWritable();
			try {
				await writable.write(blob);
				await writable.close();
			} catch (thrown) {
				await writable.abort().catch(() => undefined);
				throw thrown;
			}
			return await handle.getFile();
		} catch (thrown) {
			throw PlaygroundError.from(
				thrown,
				isNamed(thrown, 'QuotaExceededError') ? 'storage_full' : 'storage_unavailable',
			);
		}
	}

	async remove(path: string): Promise<void> {
		try {
			const { folder, name } = await this.#folderOf(path, false);
			await folder.removeEntry(name);
		} catch (thrown) {
			if (isNamed(thrown, 'NotFoundError') || isNamed(thrown, 'TypeMismatchError')) return;
			throw PlaygroundError.from(thrown, 'storage_unavailable');
		}
	}

	close(): void {
		this.release();
	}

	async #handle(path: string): Promise<FileSystemFileHandle> {
		const { folder, name } = await this.#folderOf(path, true);
		return folder.getFileHandle(name, { create: true });
	}

	async #folderOf(path: string, create: boolean): Promise<{ folder: FileSystemDirectoryHandle; name: string }> {
		const parts = [this.sessionId, ...path.split('/')];
		const name = parts.pop() ?? '';
		let folder = this.root;
		for (const part of parts) folder = await folder.getDirectoryHandle(part, { create });
		return { folder, name };
	}
}

async function filesIn(folder: FileSystemDirectoryHandle, before: string): Promise<KeptFile[]> {
	const files: KeptFile[] = [];
	for await (const [name, entry] of folder.entries()) {
		const path = before + name;
		if (entry.kind === 'directory') {
			files.push(...(await filesIn(entry as FileSystemDirectoryHandle, `${path}/`)));
		} else if (isFilePath(path)) {
			const blob = await (entry as FileSystemFileHandle).getFile();
			files.push({ path, blob, modified: blob.lastModified });
		}
	}
	return files;
}

/** Takes the lock of that name. Resolves with what releases it; null where another tab has it. */
function lock(name: string): Promise<(() => void) | null> {
	// Without Web Locks there is no telling: as there are none only where there is no OPFS either, this is never met.
	if (!('locks' in navigator)) return Promise.resolve(null);
	return new Promise((resolve) => {
		navigator.locks
			.request(
				name,
				{ signal: AbortSignal.timeout(LOCK_MS) },
				() => new Promise<void>((release) => resolve(() => release())),
			)
			.catch(() => resolve(null));
	});
}

function isNamed(thrown: unknown, name: string): boolean {
	return thrown instanceof DOMException && thrown.name === name;
}
