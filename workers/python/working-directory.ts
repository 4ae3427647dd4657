/**
 * The working directory of Python, seen from the worker. Its nodes are read straight out of Emscripten's file system:
 * asking by path costs a look-up per part and file, which thousands of files would make felt in every action.
 */
import type { PyodideInterface } from 'pyodide';
import { PlaygroundError } from '../../src/core/errors';
import { CHANGE_LIMIT, FILE_LIMIT_BYTES, FILE_LIMIT_COUNT, type FileEntry, isFilePath } from '../../src/core/files';
import type { FileChange } from '../../src/core/ports';

/** Where Python is when a session begins. Not the home folder itself, in which libraries keep caches. */
const WORKING_DIRECTORY = '/home/pyodide/work';

/** Folders in which only Python itself writes. */
const SKIPPED = new Set(['__pycache__']);

/** What is read of a node of MEMFS (Emscripten 3.1.58, `src/library_memfs.js`). */
interface Node {
	readonly mode: number;
	readonly timestamp: number;
	readonly usedBytes: number;
	/** Of a folder: its nodes by name. Of a file: its bytes, and room for more. */
	readonly contents: Readonly<Record<string, Node>> | Uint8Array | null;
}

/** A file at one moment. It was written since where any of these is another: opening it anew makes new `contents`. */
type Moment = Pick<Node, 'timestamp' | 'usedBytes' | 'contents'>;

/** Every file at one moment, by path. */
export type FileTree = ReadonlyMap<string, Moment>;

/** The working directory of a booted Python. */
export class PyodideDirectory {
	readonly #fs: PyodideInterface['FS'];

	/** Makes the folder and goes there; modules that lie in it can be imported. */
	constructor(pyodide: PyodideInterface) {
		this.#fs = pyodide.FS;
		this.#fs.mkdirTree(WORKING_DIRECTORY);
		this.#fs.chdir(WORKING_DIRECTORY);
		// At the end: a file of the person's that is called like a module must not take its place.
		pyodide.pyimport('sys').path.append(WORKING_DIRECTORY);
	}

	/** The files as they are now. Links are not followed, so there is no circle. */
	tree(): FileTree {
		const files = new Map<string, Moment>();
		const walk = (folder: Node, before: string): void => {
			for (const [name, node] of Object.entries(folder.contents as Record<string, Node>)) {
				if (files.size >= FILE_LIMIT_COUNT) return;
				if (this.#fs.isDir(node.mode)) {
					if (!SKIPPED.has(name)) walk(node, `${before}${name}/`);
				} else if (this.#fs.isFile(node.mode) && isFilePath(before + name)) {
					const { timestamp, usedBytes, contents } = node;
					files.set(before + name, { timestamp, usedBytes, contents });
				}
			}
		};
		const root = this.#node('');
		if (root !== null && this.#fs.isDir(root.mode)) walk(root, '');
		return files;
	}

	/** What became of the files since `before`, by path; at most `CHANGE_LIMIT` of it. */
	changesSince(before: FileTree): FileChange[] {
		const changes: FileChange[] = [];
		const now = this.tree();
		for (const [path, { timestamp, usedBytes: bytes, contents }] of now) {
			const was = before.get(path);
			if (was === undefined) changes.push({ path, change: 'created', bytes });
			else if (was.timestamp !== timestamp || was.usedBytes !== bytes || was.contents !== contents) {
				changes.push({ path, change: 'changed', bytes });
			}
		}
		for (const path of before.keys()) if (!now.has(path)) changes.push({ path, change: 'removed', bytes: 0 });
		return changes.sort((a, b) => (a.path < b.path ? -1 : 1)).slice(0, CHANGE_LIMIT);
	}

	/** Every file with its size and time. */
	list(): FileEntry[] {
		const entries = [...this.tree()].map(([path, { usedBytes, timestamp }]) => ({
			path,
			bytes: usedBytes,
			modified: timestamp,
		}));
		return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
	}

	/** A copy of the bytes of a file. Throws `file_unreadable` or `file_too_large`. */
	read(path: string): Uint8Array {
		const node = this.#node(path);
		if (node === null || !this.#fs.isFile(node.mode)) throw new PlaygroundError('file_unreadable', { detail: path });
		if (node.usedBytes > FILE_LIMIT_BYTES) throw new PlaygroundError('file_too_large', { detail: path });
		return ((node.contents ?? new Uint8Array()) as Uint8Array).slice(0, node.usedBytes);
	}

	/** Writes a file whole, in place of one of that name. Takes `bytes` over. Throws `file_name_invalid` or `file_too_large`. */
	write(path: string, bytes: Uint8Array, modified: number): void {
		if (!isFilePath(path)) throw new PlaygroundError('file_name_invalid', { detail: path });
		if (bytes.length > FILE_LIMIT_BYTES) throw new PlaygroundError('file_too_large', { detail: path });
		const at = `${WORKING_DIRECTORY}/${path}`;
		try {
			this.#fs.mkdirTree(at.slice(0, at.lastIndexOf('/')));
			this.#fs.writeFile(at, bytes, { canOwn: true });
			this.#fs.utime(at, modified, modified);
		} catch (thrown) {
			// A folder has this name, or a file has the name of a folder of it.
			throw new PlaygroundError('file_name_invalid', { detail: `${path}: ${String(thrown)}` });
		}
	}

	/** Removes a file, where there is one. */
	remove(path: string): void {
		const node = this.#node(path);
		if (node !== null && this.#fs.isFile(node.mode)) this.#fs.unlink(`${WORKING_DIRECTORY}/${path}`);
	}

	/** The node at a path of the working directory; null where there is none (Python may have removed all of it). */
	#node(path: string): Node | null {
		try {
			return this.#fs.lookupPath(`${WORKING_DIRECTORY}/${path}`, {}).node as unknown as Node;
		} catch {
			return null;
		}
	}
}
