/**
 * `window.playground`: the page driven from outside (the terminal command, tests). Only data goes in and out, and it
 * drives the same session that the page shows.
 */
import type { FileMention } from '../core/files';
import type { Restored, RunResult } from '../core/ports';
import type { AgentEvent, Trajectory } from '../core/trajectory';

/** What a run from outside may say. */
export interface AutomationOptions {
	readonly task: string;
	/** Catalogue id; left out: the model that is loaded. A model that is not here is downloaded: asking is granting. */
	readonly model?: string;
	/** Assistant messages, one a turn, in place of a model. */
	readonly script?: readonly string[];
	readonly maxSteps?: number;
	/** Wall time after which the run pauses, in milliseconds. */
	readonly timeoutMs?: number;
	/** Lets micropip ask the package index. With this or `allowHosts` nobody is asked, and what they do not allow is denied. */
	readonly allowPackages?: boolean;
	/** Hosts that Python may reach, such as `api.example`. */
	readonly allowHosts?: readonly string[];
	/** Lines that answer `input()`, in order. With these, or where nobody is asked, the end of them is the end of the input. */
	readonly inputs?: readonly string[];
	/** Files for Python's working directory. */
	readonly files?: readonly { readonly path: string; readonly base64: string }[];
	/** Addresses of Simple-API package indexes, for a mirror; they take effect when Python is started. */
	readonly indexUrls?: readonly string[];
}

/** The object at `window.playground`. */
export interface Automation {
	readonly version: string;
	/** Resolves when the model that loads by itself and Python are up; rejects with `code: sentence` if one cannot be. */
	ready(): Promise<void>;
	/** Runs a task in a new session on the page. Rejects with `code: sentence` where no run could begin. */
	run(options: AutomationOptions): Promise<Trajectory>;
	/**
	 * Runs one action in the Python of the page, without a model and outside the record of any run; what the code does
	 * wrong is in the result. `stop` stops it, and so does `timeoutMs`, if it is given. Nobody is asked: what has no
	 * grant is denied. Rejects with `code: sentence` where a run is at work or Python cannot be started.
	 */
	execute(code: string, options?: { readonly timeoutMs?: number }): Promise<RunResult>;
	/** Takes Python to a checkpoint (`RunResult.checkpoint.id`). Rejects with `code: sentence` where it cannot. */
	restore(checkpoint: number): Promise<Restored>;
	/** Puts a fresh Python in place of this one. Rejects with `code: sentence` where a run is at work or it cannot start. */
	restart(): Promise<void>;
	/** Events since the last call; waits for the next one while a run is at work. Empty: there is no more. */
	nextEvents(): Promise<readonly AgentEvent[]>;
	/** The record of the newest run of the session, as it stands; null where there is none. */
	trajectory(): Trajectory | null;
	/** Files of the working directory as they are after the last action. */
	files(): Promise<readonly FileMention[]>;
	/** Contents of one, as base64. Rejects with `file_unreadable: sentence`. */
	readFile(path: string): Promise<string>;
	/** Stops generation and Python, an `execute` too; what was done is kept. */
	stop(): void;
}

declare global {
	interface Window {
		playground: Automation;
	}
}
