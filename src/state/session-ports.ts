import type { WireError } from '../core/errors';
import type { Clock } from '../core/ports';
import type { SessionStore, SessionSummary, Settings } from '../core/storage';
import type { Trajectory } from '../core/trajectory';
import type { EngineState } from './engine.svelte';
import type { SessionFiles } from './files.svelte';
import type { NetworkState } from './network.svelte';
import type { PythonState } from './python.svelte';

/** Calls back once, before the next frame is drawn (or soon, where no frame comes because the tab is hidden). */
type NextFrame = (callback: () => void) => void;

/** What a session needs of the outside. */
export interface SessionPorts {
	readonly engine: EngineState;
	readonly python: PythonState;
	readonly network: NetworkState;
	readonly files: SessionFiles;
	readonly store: SessionStore;
	readonly settings: Settings;
	readonly clock: Clock;
	readonly nextFrame: NextFrame;
	readonly id: () => string;
	readonly onStorageError: (error: WireError) => void;
	/** Told each time the session was saved, so that the list of sessions can follow. */
	readonly onSaved: (summary: SessionSummary) => void;
}

/** What the session is doing. `preparing`: a new task (null: a run that goes on) waits for the model. `restoring`: Python is on its way to an earlier state. */
export type Work =
	| { readonly kind: 'idle' }
	| { readonly kind: 'preparing'; readonly task: string | null }
	| { readonly kind: 'running' }
	| { readonly kind: 'restoring' };

/** What came of a call to `submit` or `resume`: the run's record, or why none was begun (null: stopped before that). */
export type Outcome =
	{ readonly ok: true; readonly trajectory: Trajectory } | { readonly ok: false; readonly error: WireError | null };
