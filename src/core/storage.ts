/**
 * What is kept on this device, as ports: sessions, small settings, and the whole with its sizes. Adapters are in
 * `src/adapters/storage`.
 */
import type { Trajectory } from './trajectory';

/** How a step ended, for the small score beside a session's title. */
export type StepMark = 'ok' | 'error' | 'answer';

/** What the list of sessions shows of one. */
export interface SessionSummary {
	readonly id: string;
	/** The first task, shortened. */
	readonly title: string;
	/** ISO 8601. */
	readonly createdAt: string;
	readonly updatedAt: string;
	readonly marks: readonly StepMark[];
}

/** What a step at work had brought when it was last seen: kept so that a reload loses at most the last frame. */
export interface Leftover {
	readonly runId: string;
	/** What the model had written of the step. */
	readonly reply: string;
	/** What the step's action had printed. */
	readonly output: string;
}

/** A session as it is kept. */
export interface SessionRecord {
	readonly summary: SessionSummary;
	readonly runs: readonly Trajectory[];
	readonly leftover: Leftover | null;
}

/** One change of a session: the runs named are written, the others stay. */
export interface SessionChange {
	readonly summary: SessionSummary;
	readonly runs: readonly { readonly index: number; readonly trajectory: Trajectory }[];
	readonly leftover: Leftover | null;
}

/**
 * Port: keeps sessions.
 *
 * Contract: every method rejects with a `PlaygroundError` (`storage_unavailable`, `storage_full`,
 * `session_unreadable`) and with nothing else; a change is written whole or not at all.
 */
export interface SessionStore {
	/** Newest first. */
	list(): Promise<readonly SessionSummary[]>;
	/** Null where there is no session of that id. */
	open(id: string): Promise<SessionRecord | null>;
	save(change: SessionChange): Promise<void>;
	remove(id: string): Promise<void>;
}

/** A file of a session as it is kept. */
export interface KeptFile {
	readonly path: string;
	readonly blob: Blob;
	/** In milliseconds since 1970. */
	readonly modified: number;
}

/**
 * The files of one session, in hand of this page.
 *
 * Contract: methods reject with a `PlaygroundError` (`storage_full`, `storage_unavailable`) and with nothing else; a
 * file is written whole or stays as it was.
 */
export interface SessionFolder {
	/** `memory`: this browser keeps no files; `otherTab`: another tab has the session, so this one keeps nothing. */
	readonly keeping: 'device' | 'memory' | 'otherTab';
	list(): Promise<readonly KeptFile[]>;
	/** Resolves with the kept copy, which does not fill the memory. It cannot be read any more once the file is changed. */
	write(path: string, blob: Blob): Promise<Blob>;
	/** Does nothing where there is no such file. */
	remove(path: string): Promise<void>;
	/** Lets go of the session, for another tab. */
	close(): void;
}

/** Port: keeps the files of sessions. Contract: nothing rejects; where nothing can be kept, folders are in memory. */
export interface FileStore {
	/** Takes the files of a session in hand. */
	open(sessionId: string): Promise<SessionFolder>;
	/** Deletes the files of a session. */
	remove(sessionId: string): Promise<void>;
	/** Deletes the files of every session that is neither among `kept` nor in hand of a tab. */
	sweep(kept: readonly string[]): Promise<void>;
}

/** Port: small settings by name, read and written at once. Never throws; where nothing can be kept, `read` gives null. */
export interface Settings {
	read(name: string): string | null;
	write(name: string, value: string | null): void;
}

/** A share of what is kept on this device, with its size; null where the browser does not tell. */
export interface KeptShare {
	readonly part: 'models' | 'app' | 'sessions' | 'files' | 'images' | 'other';
	readonly bytes: number | null;
}

/** Port: all that this app keeps on this device. */
export interface Keep {
	shares(): Promise<readonly KeptShare[]>;
	/** Asks the browser not to clear our storage by itself; true when it promises. */
	persist(): Promise<boolean>;
	/** Deletes sessions, their files, settings, caches and model files of this app, and its service worker. */
	eraseEverything(): Promise<void>;
}

/** What the service worker holds of what is on board. */
export interface OfflineStatus {
	readonly cachedBytes: number;
	readonly totalBytes: number;
	/** Everything that the loop needs without a network is here. */
	readonly ready: boolean;
}
