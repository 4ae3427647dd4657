import { PlaygroundError } from '../../core/errors';
import { type FileEntry, isFilePath, type WorkingDirectory } from '../../core/files';

/** A working directory in memory, for the scripted runtime. Contract: that of `WorkingDirectory`. */
export class MemoryDirectory implements WorkingDirectory {
	readonly #files = new Map<string, { readonly bytes: Uint8Array; readonly modified: number }>();

	async list(): Promise<readonly FileEntry[]> {
		const entries = [...this.#files].map(([path, { bytes, modified }]) => ({ path, bytes: bytes.length, modified }));
		return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
	}

	async read(path: string): Promise<Uint8Array> {
		const file = this.#files.get(path);
		if (file === undefined) throw new PlaygroundError('file_unreadable', { detail: path });
		return file.bytes.slice();
	}

	async write(path: string, bytes: Uint8Array, modified: number): Promise<void> {
		if (!isFilePath(path)) throw new PlaygroundError('file_name_invalid', { detail: path });
		this.#files.set(path, { bytes, modified });
	}

	async remove(path: string): Promise<void> {
		this.#files.delete(path);
	}
}
