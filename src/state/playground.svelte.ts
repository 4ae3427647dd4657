import type { Capabilities } from '../core/model-card';
import type { EngineState } from './engine.svelte';
import type { Keyboard } from './keyboard.svelte';
import type { SessionFiles } from './files.svelte';
import type { Library } from './library.svelte';
import type { NetworkState } from './network.svelte';
import type { Notices } from './notices.svelte';
import type { OfflineState } from './offline.svelte';
import type { PackagesState } from './packages.svelte';
import type { PythonState } from './python.svelte';
import { Rewind } from './rewind.svelte';
import type { Session } from './session.svelte';
import type { ThemeState } from './theme.svelte';
import type { Uploads } from './uploads.svelte';

/** The parts that the views are made of; `main.ts` puts them together. */
interface Parts {
	readonly session: Session;
	readonly library: Library;
	readonly engine: EngineState;
	readonly python: PythonState;
	readonly packages: PackagesState;
	readonly network: NetworkState;
	readonly files: SessionFiles;
	readonly uploads: Uploads;
	readonly keyboard: Keyboard;
	readonly offline: OfflineState;
	readonly theme: ThemeState;
	readonly notices: Notices;
}

/** All state of the page, in one place for the views. */
export class Playground implements Parts {
	readonly session: Session;
	readonly library: Library;
	readonly engine: EngineState;
	readonly python: PythonState;
	readonly packages: PackagesState;
	readonly network: NetworkState;
	readonly files: SessionFiles;
	readonly uploads: Uploads;
	readonly keyboard: Keyboard;
	readonly offline: OfflineState;
	readonly theme: ThemeState;
	readonly notices: Notices;
	/** Going back to earlier steps. */
	readonly rewind: Rewind;
	/** What this browser can do; null until it has been probed. */
	capabilities = $state.raw<Capabilities | null>(null);

	constructor(parts: Parts) {
		this.session = parts.session;
		this.library = parts.library;
		this.engine = parts.engine;
		this.python = parts.python;
		this.packages = parts.packages;
		this.network = parts.network;
		this.files = parts.files;
		this.uploads = parts.uploads;
		this.keyboard = parts.keyboard;
		this.offline = parts.offline;
		this.theme = parts.theme;
		this.notices = parts.notices;
		this.rewind = new Rewind(parts.session, parts.python);
	}
}
