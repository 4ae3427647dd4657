/**
 * Composition root: constructs the adapters, hands them to the state, mounts the app, and starts what needs no
 * asking (the model on board, Python, the service worker). Nothing else constructs an adapter.
 */
import { mount } from 'svelte';
import { version } from '../package.json';
import { Broker } from './adapters/broker/broker';
import { KeptWheels } from './adapters/broker/kept-wheels';
import { BrowserShelf } from './adapters/broker/package-shelf';
import { probeCapabilities } from './adapters/capabilities';
import {
	cardFor,
	defaultModel,
	hostOf,
	isOnDevice,
	loadFullCatalogue,
	MODEL_CATALOGUE,
	removeModel,
} from './adapters/catalogue';
import { createEngine } from './adapters/engines/create-engine';
import { ScriptedEngine } from './adapters/engines/scripted-engine';
import { browserClock, nextFrame } from './adapters/frame-clock';
import { keepOnBoard, registerServiceWorker } from './adapters/offline/service-worker-link';
import { whenIdle } from './adapters/idle';
import { memoryLimitBytes } from './adapters/runtimes/memory-limit';
import { PyodideRuntime } from './adapters/runtimes/pyodide-runtime';
import { SparePython } from './adapters/runtimes/spare-python';
import { BrowserKeep } from './adapters/storage/browser-keep';
import { OpfsFileStore } from './adapters/storage/session-files';
import { HeapImageStore } from './adapters/storage/heap-image-store';
import { IdbSessionStore, SESSIONS_DATABASE } from './adapters/storage/idb-session-store';
import { LocalSettings } from './adapters/storage/local-settings';
import type { ModelCard } from './core/model-card';
import type { OfflineStatus } from './core/storage';
import { automate } from './state/automate';
import { EngineState } from './state/engine.svelte';
import { Keyboard } from './state/keyboard.svelte';
import { SessionFiles } from './state/files.svelte';
import { Library } from './state/library.svelte';
import { isMadeByAction } from './state/made-by-action';
import { NetworkState } from './state/network.svelte';
import { Notices } from './state/notices.svelte';
import { OfflineState } from './state/offline.svelte';
import { Playground } from './state/playground.svelte';
import { PackagesState } from './state/packages.svelte';
import { PythonState } from './state/python.svelte';
import { Session } from './state/session.svelte';
import { ThemeState } from './state/theme.svelte';
import { Uploads } from './state/uploads.svelte';
import App from './ui/App.svelte';
import { firstNumbers } from './ui/run/outcome';
import './ui/tokens.css';
import './ui/styles/index.css';

/** What stands for the model while a script plays. */
const SCRIPT_CARD: ModelCard = {
	id: 'scripted',
	name: 'Script',
	family: 'Scripted',
	engine: 'scripted',
	profile: 'general',
	source: 'onBoard',
	sizeBytes: 0,
	contextTokens: 8192,
	licence: '',
	needs: { webgpu: false, shaderF16: false, memoryBytes: 0 },
	note: '',
	recommended: false,
};

/** Python may take a quarter of the device's memory: where that is 1 GiB or more, there is room for a spare one. */
const SPARE_FROM_BYTES = 2 ** 30;

const settings = new LocalSettings();
// First of all, so that the theme is there before anything is painted.
const theme = new ThemeState(settings, document.documentElement);
const store = new IdbSessionStore();
const fileStore = new OpfsFileStore();
const heapImages = new HeapImageStore();
const notices = new Notices();
const capabilities = probeCapabilities();

const keptWheels = new KeptWheels();
const broker = new Broker({
	baseUrl: document.baseURI,
	ask: (request, signal) => network.ask(request, signal),
	readLine: (request, signal) => keyboard.ask(request, signal),
	kept: keptWheels,
	onChange: () => network.take(broker),
	step: (): number | null =>
		session.live === null ? null : (firstNumbers(session.runs).at(-1) ?? 1) + session.live.index,
});
const network = new NetworkState({
	settings,
	onPolicy: (policy) => {
		broker.policy = policy;
	},
	onRevoke: (request) => broker.revoke(request),
});
const keyboard = new Keyboard();
const spare = new SparePython({
	broker,
	// A second Python takes about 100 MB, which a small device has a better use for.
	whenIdle: (prepare) => {
		if (memoryLimitBytes() >= SPARE_FROM_BYTES) void started.then(() => whenIdle(isLoadingModel, prepare));
	},
});
const runtime = new PyodideRuntime({
	broker,
	spare,
	onChange: (status) => python.take(status),
	onLost: () => python.forget(),
	images: {
		open: (state) => heapImages.open(session.id, String(state)),
		save: (state, image) => heapImages.save(session.id, String(state), image),
	},
	fillFiles: (directory, which) => files.fill(directory, which === 'own' ? isMadeByAction(session.runs) : undefined),
});
const python = new PythonState(runtime);
const packages = new PackagesState(new BrowserShelf(document.baseURI, keptWheels), python);
const engine = new EngineState(
	{
		catalogue: MODEL_CATALOGUE,
		all: loadFullCatalogue,
		create: createEngine,
		isOnDevice,
		hostOf,
		remove: removeModel,
	},
	() => capabilities,
);
const files: SessionFiles = new SessionFiles({
	python,
	store: fileStore,
	onStorageError: (error) => notices.show(error),
});
const isLoadingModel = (): boolean => engine.phase === 'loading';
const library = new Library(store, fileStore, (error) => notices.show(error));
const session: Session = new Session({
	engine,
	python,
	network,
	files,
	store,
	settings,
	clock: browserClock,
	nextFrame,
	id: () => crypto.randomUUID(),
	onStorageError: (error) => notices.show(error),
	onSaved: (summary) => library.follow(summary),
});
const offline = new OfflineState(
	new BrowserKeep({
		databases: [SESSIONS_DATABASE],
		release: async () => {
			python.dispose();
			files.close();
			await engine.unload();
			await store.close();
			settings.clear();
		},
	}),
);
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

const lastId = Session.lastId(settings);
const restored = lastId === null ? Promise.resolve() : library.restore(lastId, session);
void restored.then(() => library.sweep(session.id));
// A session that was open before brings its own Python.
const booted = restored.then(() => python.boot());
const started: Promise<unknown> = Promise.all([
	restored,
	library.look(),
	booted,
	// After Python, which takes a tenth of the model's time: side by side on few cores, both would be late.
	booted.then(() => engine.start(async () => defaultModel(await capabilities))),
	capabilities.then((able) => {
		playground.capabilities = able;
	}),
]);

window.playground = automate({
	version,
	playground,
	started,
	restored,
	cardFor,
	scriptCard: SCRIPT_CARD,
	scriptEngine: (messages) => new ScriptedEngine(messages),
	setIndexUrls: async (urls) => {
		broker.indexUrls = urls;
		await python.restart();
	},
	onRun: () => {
		location.hash = '#/';
	},
});
mount(App, { target: document.body, props: { playground } });

const onStatus = (status: OfflineStatus): void => {
	offline.status = status;
};
// Where the page is isolated already, the service worker waits until model and Python are up: a page that comes under a
// service worker's control while its workers start loses some of their scripts in Firefox 153, and then hangs.
const registered = crossOriginIsolated
	? started.then(() => registerServiceWorker(onStatus))
	: registerServiceWorker(onStatus);
// What is on board is kept for offline once the page itself needs the line no longer.
void Promise.all([started, registered]).then(keepOnBoard);
