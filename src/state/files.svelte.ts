import { PlaygroundError, type WireError } from '../core/errors';
import {
	anotherPath,
	FILE_LIMIT_BYTES,
	type FileEntry,
	type FileMention,
	isFilePath,
	type WorkingDirectory,
} from '../core/files';
import type { FileStore, SessionFolder } from '../core/storage';
import { bytesOf } from './bytes-of';
import { fillDirectory } from './fill-directory';
import type { PythonState } from './python.svelte';

/** A file of the session that is on the page. */
export interface SessionFile extends FileEntry {
	/** What is in it; null where it is too large to be taken out of Python. */
	readonly blob: Blob | null;
	/** True once it is on this device, so that a reload does not lose it. */
	readonly isKept: boolean;
}

/** A file to be put into the working directory. */
export interface NewFile {
	readonly path: string;
	readonly blob: Blob;
}

/** What the files of a session need of the outside. */
interface FilesPorts {
	readonly python: PythonState;
	readonly store: FileStore;
	readonly onStorageError: (error: WireError) => void;
}

/**
 * The files of the session that is on the page: this copy is what the person sees, what is kept on this device, and
 * what a new Python is given. Python's own are compared with it after each action. All that changes it is done in turn.
 */
export class SessionFiles {
	/** By path. */
	list = $state.raw<readonly SessionFile[]>([]);
	/** The file that was deleted last, so that it can be put back. */
	removed = $state.raw<NewFile | null>(null);
	/** Why the last change was refused. */
	error = $state.raw<WireError | null>(null);
	keeping = $state<SessionFolder['keeping']>('device');
	/** Told when the session has a file that will be there after a reload. */
	onKept: () => void = () => undefined;

	readonly #ports: FilesPorts;
	#folder: SessionFolder | null = null;
	#queue: Promise<void> = Promise.resolve();
	#saving: Promise<void> = Promise.resolve();

	constructor(ports: FilesPorts) {
		this.#ports = ports;
		ports.python.beforeAction = () => this.settled();
		ports.python.onFilesMoved = () => void this.refresh();
	}

	/** What the model is told with a task. */
	get mentions(): readonly FileMention[] {
		return this.list.map(({ path, bytes }) => ({ path, bytes }));
	}

	/** Takes the files of a session in hand; Python gets them with `mirror`, or when it begins. */
	open(sessionId: string): Promise<void> {
		this.removed = null;
		this.error = null;
		return this.#inTurn(async () => {
			const folder = await this.#takeFolder(sessionId);
			const files = await folder.list().catch((thrown: unknown) => this.#tell(thrown, []));
			const isKept = this.keeping === 'device';
			this.#set(files.map(({ path, blob, modified }) => ({ path, bytes: blob.size, modified, blob, isKept })));
		});
	}

	/** Goes on as the session `sessionId` with the files that Python has: those of the session before stay as they are kept. */
	branch(sessionId: string): Promise<void> {
		void this.#inTurn(async () => {
			await this.#takeFolder(sessionId);
			this.#set(this.list.map((file) => ({ ...file, isKept: false })));
		});
		return this.refresh();
	}

	/** Makes the working directory of the Python that is up as the list here. */
	mirror(): Promise<void> {
		return this.#inTurn(async () => {
			if (this.#hasPython) await this.fill(this.#ports.python.files);
		});
	}

	/** Makes `directory` as the list here, without the files that `isLeft`. */
	fill(directory: WorkingDirectory, isLeft: (path: string) => boolean = () => false): Promise<void> {
		return fillDirectory(
			directory,
			this.list.filter(({ path }) => !isLeft(path)),
		);
	}

	/** Takes over what Python did to its working directory. */
	refresh(): Promise<void> {
		return this.#inTurn(async () => {
			const directory = this.#ports.python.files;
			const entries = await directory.list();
			const next: SessionFile[] = [];
			for (const entry of entries) {
				const file = this.#find(entry.path);
				const isSame = file?.bytes === entry.bytes && file.modified === entry.modified;
				next.push(isSame ? file : await this.#taken(directory, entry));
			}
			const gone = this.list.filter(({ path }) => !entries.some((entry) => entry.path === path));
			this.#set(next);
			for (const { path } of gone) this.#forget(path);
			for (const file of next) if (!file.isKept) this.#keep(file);
		});
	}

	/** Puts a file in, in place of one of that name. `follow` is told how much of it is read. Says why where it cannot. */
	async put({ path, blob }: NewFile, follow?: (loadedBytes: number) => void): Promise<void> {
		if (!isFilePath(path)) return this.#refuse('file_name_invalid', path);
		if (blob.size > FILE_LIMIT_BYTES) return this.#refuse('file_too_large', path);
		await this.#inTurn(async () => {
			const contents = await bytesOf(blob, follow).catch(() => null);
			if (contents === null) return this.#refuse('file_unreadable', path);
			const [before, modified] = [this.list, Date.now()];
			const copy = new Blob([contents]);
			const file: SessionFile = { path, bytes: contents.length, modified, blob: copy, isKept: false };
			this.#set([...before.filter((other) => other.path !== path), file]);
			try {
				if (this.#hasPython) await this.#ports.python.files.write(path, contents, modified);
			} catch (thrown) {
				const error = PlaygroundError.from(thrown, 'file_unreadable');
				if (error.code === 'file_name_invalid') {
					this.#set(before);
					return this.#refuse(error.code, path);
				}
				// A Python that was ended meanwhile is followed by one that is given the list as it is now.
			}
			this.#keep(file);
		});
	}

	/** Deletes a file; `undo` puts it back. */
	async remove(path: string): Promise<void> {
		this.error = null;
		const blob = this.#find(path)?.blob ?? null;
		// A kept copy cannot be read once it is deleted.
		const copy = blob === null ? null : await bytesOf(blob).catch(() => null);
		this.removed = copy === null ? null : { path, blob: new Blob([copy]) };
		await this.#drop(path);
	}

	/** Puts the file that was deleted last back. */
	async undo(): Promise<void> {
		const file = this.removed;
		this.removed = null;
		if (file === null) return;
		const isTaken = (path: string): boolean => this.#find(path) !== undefined;
		await this.put({ ...file, path: isTaken(file.path) ? anotherPath(file.path, isTaken) : file.path });
	}

	/** Gives a file another name. */
	async rename(path: string, to: string): Promise<void> {
		this.error = null;
		const blob = this.#find(path)?.blob ?? null;
		if (path === to || blob === null) return;
		if (this.#find(to) !== undefined) return this.#refuse('file_exists', to);
		if (!isFilePath(to)) return this.#refuse('file_name_invalid', to);
		const contents = await bytesOf(blob).catch(() => null);
		if (contents === null) return this.#refuse('file_unreadable', path);
		await this.put({ path: to, blob: new Blob([contents]) });
		if (this.error === null) await this.#drop(path);
	}

	/** Tries again to keep what could not be kept. */
	async keepAll(): Promise<void> {
		for (const file of this.list) if (!file.isKept) this.#keep(file);
		await this.saved();
	}

	/** Resolves when Python has all that was put in, and this page has all that Python wrote. */
	async settled(): Promise<void> {
		await this.#queue;
	}

	/** Resolves when all of it is kept as well. */
	async saved(): Promise<void> {
		await this.#queue;
		await this.#saving;
	}

	/** Lets go of the session. */
	close(): void {
		this.#folder?.close();
		this.#folder = null;
	}

	/** Lets go of the folder that was in hand, when all is kept, and takes another one. */
	async #takeFolder(sessionId: string): Promise<SessionFolder> {
		await this.#saving;
		this.#folder?.close();
		this.#folder = await this.#ports.store.open(sessionId);
		this.keeping = this.#folder.keeping;
		return this.#folder;
	}

	#find(path: string): SessionFile | undefined {
		return this.list.find((file) => file.path === path);
	}

	get #hasPython(): boolean {
		return this.#ports.python.phase === 'ready' || this.#ports.python.phase === 'loading';
	}

	#drop(path: string): Promise<void> {
		return this.#inTurn(async () => {
			this.#set(this.list.filter((file) => file.path !== path));
			this.#forget(path);
			if (this.#hasPython) await this.#ports.python.files.remove(path).catch(() => undefined);
		});
	}

	async #taken(directory: WorkingDirectory, entry: FileEntry): Promise<SessionFile> {
		const contents = entry.bytes > FILE_LIMIT_BYTES ? null : await directory.read(entry.path).catch(() => null);
		return { ...entry, blob: contents === null ? null : new Blob([contents as BlobPart]), isKept: false };
	}

	/** Keeps a file on this device, when what was to be kept before is; unless it has changed by then. */
	#keep(file: SessionFile): void {
		const folder = this.#folder;
		const { path, blob } = file;
		this.#save(async () => {
			if (folder === null || blob === null || !this.list.includes(file)) return;
			const kept = await folder.write(path, blob);
			if (folder !== this.#folder) return;
			const isKept = folder.keeping === 'device';
			this.#set(this.list.map((other) => (other === file ? { ...file, blob: kept, isKept } : other)));
			if (isKept) this.onKept();
		});
	}

	#forget(path: string): void {
		const folder = this.#folder;
		this.#save(async () => {
			if (this.#find(path) === undefined) await folder?.remove(path);
		});
	}

	#save(work: () => Promise<void>): void {
		this.#saving = this.#saving.then(work).catch((thrown: unknown) => this.#tell(thrown, undefined));
	}

	/** Says a failure of the storage; the files stay in memory. */
	#tell<T>(thrown: unknown, fallback: T): T {
		this.#ports.onStorageError(PlaygroundError.from(thrown, 'storage_unavailable').toWire());
		return fallback;
	}

	#refuse(code: 'file_exists' | 'file_name_invalid' | 'file_too_large' | 'file_unreadable', path: string): void {
		this.error = new PlaygroundError(code, { detail: path }).toWire();
	}

	#set(files: readonly SessionFile[]): void {
		this.list = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
	}

	/** Does `work` when all that was begun before is done. What fails because Python went is made good when it is back. */
	#inTurn(work: () => Promise<void> | void): Promise<void> {
		this.#queue = this.#queue.then(work).catch(() => undefined);
		return this.#queue;
	}
}
