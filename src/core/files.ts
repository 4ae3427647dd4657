/** Files of the working directory: what may be in it, and how a list of them is told to the model. */

/** A file of the working directory, or of a session on this device. */
export interface FileEntry {
	/** Relative to the working directory, `/` between its parts. */
	readonly path: string;
	readonly bytes: number;
	/** When it was written last, in milliseconds since 1970. */
	readonly modified: number;
}

/** A file as a run records it: what the model is told. */
export type FileMention = Pick<FileEntry, 'path' | 'bytes'>;

/** The largest file that the working directory takes in or hands out: it passes through memory whole. */
export const FILE_LIMIT_BYTES = 256_000_000;

/** So many files of the working directory are listed and kept; a program can make millions. */
export const FILE_LIMIT_COUNT = 2_000;

/** So many changes of one action are recorded. */
export const CHANGE_LIMIT = 100;

/** Names that a prompt or an observation lists before it only counts. */
const MENTIONED = 12;

/**
 * Port: the working directory of Python.
 *
 * Contract: every method rejects with a `PlaygroundError` (`file_too_large`, `file_unreadable`, `file_name_invalid`,
 * `python_died`, or why Python could not be started). A call waits for the action under way; what it was to do is done
 * or not done at all where Python is ended meanwhile (`python_died`).
 */
export interface WorkingDirectory {
	/** At most `FILE_LIMIT_COUNT`, by path. */
	list(): Promise<readonly FileEntry[]>;
	read(path: string): Promise<Uint8Array>;
	/** Makes the folders that `path` needs. `modified` is kept as the file's time. */
	write(path: string, bytes: Uint8Array, modified: number): Promise<void>;
	/** Does nothing where there is no such file. */
	remove(path: string): Promise<void>;
}

/** True for a path that stays below the working directory and that file systems take. */
export function isFilePath(path: unknown): path is string {
	if (typeof path !== 'string' || path.length > 1_000) return false;
	return path
		.split('/')
		.every((part) => part !== '' && part !== '.' && part !== '..' && part.length <= 200 && !isOdd(part));
}

/** `path` with a number before its extension, the first that is free: `data (2).csv`. */
export function anotherPath(path: string, isTaken: (path: string) => boolean): string {
	const slash = path.lastIndexOf('/');
	const dot = path.lastIndexOf('.');
	const end = dot > slash + 1 ? dot : path.length;
	for (let number = 2; ; number += 1) {
		const candidate = `${path.slice(0, end)} (${String(number)})${path.slice(end)}`;
		if (!isTaken(candidate)) return candidate;
	}
}

/** Such as `data.csv (12 kB), notes.txt (300 B) and 3 more`. */
export function mentionFiles(files: readonly FileMention[]): string {
	const named = files.slice(0, MENTIONED).map(({ path, bytes }) => `${path} (${fileSize(bytes)})`);
	const rest = files.length - named.length;
	return rest === 0 ? named.join(', ') : `${named.join(', ')} and ${String(rest)} more`;
}

/** Such as `14 kB`: a whole number of a decimal unit, for the model. */
export function fileSize(bytes: number): string {
	if (bytes < 1_000) return `${String(bytes)} B`;
	if (bytes < 999_500) return `${String(Math.round(bytes / 1_000))} kB`;
	return `${String(Math.round(bytes / 1_000_000))} MB`;
}

/** True where a part of a path holds a control character, or a half of a character that no file system can write. */
function isOdd(part: string): boolean {
	return [...part].some((character) => {
		const code = character.codePointAt(0) ?? 0;
		return code < 32 || code === 127 || character === '\\' || (code >= 0xd800 && code <= 0xdfff);
	});
}
