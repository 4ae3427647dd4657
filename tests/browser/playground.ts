/** The state of the page on scripted ports, for the tests of state and views. */
import { OpfsFileStore } from '../../src/adapters/storage/session-files';
import { IdbSessionStore } from '../../src/adapters/storage/idb-session-store';
import { ScriptedEngine, type ScriptedOptions } from '../../src/adapters/engines/scripted-engine';
import { type ScriptedResult, ScriptedRuntime } from '../../src/adapters/runtimes/scripted-runtime';
import type { WireError } from '../../src/core/errors';
import type { Capabilities, ModelCard } from '../../src/core/model-card';
import type { GrantRequest } from '../../src/core/network';
import type { KeptPackage } from '../../src/core/packages';
import type { FileStore, Keep, Settings } from '../../src/core/storage';
import { type Engines, EngineState } from '../../src/state/engine.svelte';
import { Keyboard } from '../../src/state/keyboard.svelte';
import { SessionFiles } from '../../src/state/files.svelte';
import { Library } from '../../src/state/library.svelte';
import { NetworkState } from '../../src/state/network.svelte';
import { Notices } from '../../src/state/notices.svelte';
import { OfflineState } from '../../src/state/offline.svelte';
import { Playground } from '../../src/state/playground.svelte';
import { PackagesState } from '../../src/state/packages.svelte';
import { PythonState } from '../../src/state/python.svelte';
import { Session } from '../../src/state/session.svelte';
import { ThemeState } from '../../src/state/theme.svelte';
import { Uploads } from '../../src/state/uploads.svelte';

export const CPU_ONLY: Capabilities = {
	webgpu: false,
	shaderF16: false,
	webgpuIsFallback: false,
	maxBufferBytes: 0,
	isolated: true,
	serviceWorker: true,
	threads: 4,
	quotaBytes: 8_000_000_000,
	usageBytes: 200_000_000,
	persisted: false,
};

/** A card of the scripted engine. */
export function card(change: Partial<ModelCard> = {}): ModelCard {
	return {
		id: 'scripted',
		name: 'Script',
		family: 'Scripted',
		engine: 'scripted',
		profile: 'general',
		source: 'onBoard',
		sizeBytes: 94_000_000,
		contextTokens: 8192,
		licence: 'Apache-2.0',
		needs: { webgpu: false, shaderF16: false, memoryBytes: 200_000_000 },
		note: 'Plays a script.',
		recommended: false,
		...change,
	};
}

/** Settings in memory, which outlive a playground as the browser's outlive a page. */
export class MemorySettings implements Settings {
	readonly #values = new Map<string, string>();

	read(name: string): string | null {
		return this.#values.get(name) ?? null;
	}

	write(name: string, value: string | null): void {
		if (value === null) this.#values.delete(name);
		else this.#values.set(name, value);
	}
}

interface Made {
	readonly playground: Playground;
	readonly store: IdbSessionStore;
	readonly fileStore: FileStore;
	readonly runtime: ScriptedRuntime;
	readonly settings: Settings;
	readonly storageErrors: WireError[];
}

interface Scenario {
	/** Assistant messages, one a turn. */
	readonly script?: readonly string[];
	readonly results?: readonly (ScriptedResult | 'hang')[];
	readonly pacing?: ScriptedOptions;
	readonly store?: IdbSessionStore;
	readonly fileStore?: FileStore;
	readonly settings?: Settings;
	readonly onRevoke?: (request: GrantRequest) => void;
	/** Wheels that were kept from the package index. */
	readonly keptPackages?: readonly KeptPackage[];
	readonly catalogue?: readonly ModelCard[];
	readonly capabilities?: Capabilities;
	/** Models whose files are here, by id; left out: those on board. */
	readonly onDevice?: readonly string[];
}

let made = 0;

/** A playground whose model is loaded, with a database of its own. */
export async function makePlayground(scenario: Scenario = {}): Promise<Made> {
	made += 1;
	const store = scenario.store ?? new IdbSessionStore(`test-${Date.now()}-${made}`);
	const fileStore = scenario.fileStore ?? new OpfsFileStore(`test-${Date.now()}-${made}`);
	const settings = scenario.settings ?? new MemorySettings();
	const runtime = new ScriptedRuntime(scenario.results ?? []);
	const catalogue = scenario.catalogue ?? [card()];
	const capabilities = scenario.capabilities ?? CPU_ONLY;
	const engines: Engines = {
		catalogue,
		all: () => Promise.resolve(catalogue),
		create: () => new ScriptedEngine(scenario.script ?? ['Hello.'], scenario.pacing),
		isOnDevice: (model) => Promise.resolve(scenario.onDevice?.includes(model.id) ?? model.source === 'onBoard'),
		hostOf: () => 'models.example',
		remove: () => Promise.resolve(),
	};
	const keep: Keep = {
		shares: () => Promise.resolve([{ part: 'models', bytes: 94_000_000 }]),
		persist: () => Promise.resolve(true),
		eraseEverything: () => Promise.resolve(),
	};
	const storageErrors: WireError[] = [];
	const notices = new Notices();
	const onStorageError = (error: WireError): void => {
		storageErrors.push(error);
		notices.show(error);
	};
	const engine = new EngineState(engines, () => Promise.resolve(capabilities));
	const python = new PythonState(runtime);
	let kept = scenario.keptPackages ?? [];
	const packages = new PackagesState(
		{
			onBoard: async () => [
				{ name: 'numpy', version: '2.0.2', bytes: 3_000_000 },
				{ name: 'sympy', version: '1.14.0', bytes: 6_299_353 },
			],
			kept: async () => kept,
			remove: async (file) => {
				kept = kept.filter((one) => one.file !== file);
			},
		},
		python,
	);
	const network = new NetworkState({
		settings,
		onPolicy: () => undefined,
		onRevoke: scenario.onRevoke ?? (() => undefined),
	});
	const keyboard = new Keyboard();
	const files = new SessionFiles({ python, store: fileStore, onStorageError });
	const library = new Library(store, fileStore, onStorageError);
	let ids = 0;
	const session = new Session({
		engine,
		python,
		network,
		files,
		store,
		settings,
		clock: { now: () => performance.now(), date: () => new Date().toISOString() },
		nextFrame: (callback) => void requestAnimationFrame(callback),
		id: () => `${made}-${(ids += 1)}-${Math.random()}`,
		onStorageError,
		onSaved: (summary) => library.follow(summary),
	});
	const theme = new ThemeState(settings, document.documentElement);
	const offline = new OfflineState(keep);
	const playground = new Playground({
		session,
		library,
		engine,
		python,
		packages,
		network,
		files,
		uploads: new Uploads(files),
		keyboard,
		offline,
		theme,
		notices,
	});
	playground.capabilities = capabilities;
	const first = catalogue[0];
	if (first !== undefined) await engine.choose(first);
	return { playground, store, fileStore, runtime, settings, storageErrors };
}
