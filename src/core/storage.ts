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

/** Port: small settings by name, read and written at once. Never throws; where nothing can be kept, `read` gives null. */
export interface Settings {
	read(name: string): string | null;
	write(name: string, value: string | null): void;
}

/** A share of what is kept on this device, with its size; null where the browser does not tell. */
export interface KeptShare {
	readonly part: 'models' | 'app' | 'sessions' | 'other';
	readonly bytes: number | null;
}

/** Port: all that this app keeps on this device. */
export interface Keep {
	shares(): Promise<readonly KeptShare[]>;
	/** Asks the browser not to clear our storage by itself; true when it promises. */
	persist(): Promise<boolean>;
	/** Deletes sessions, settings, caches and model files of this app, and its service worker. */
	eraseEverything(): Promise<void>;
}

/** What the service worker holds of what is on board. */
export interface OfflineStatus {
	readonly cachedBytes: number;
	readonly totalBytes: number;
	/** Everything that the loop needs without a network is here. */
	readonly ready: boolean;
}
