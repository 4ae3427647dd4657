/** Boots Pyodide in named stages and puts the harness into it; what runs actions afterwards is `pyodide-host.ts`. */
import type { PyodideInterface } from 'pyodide';
import { version } from 'pyodide/package.json';
import { PYODIDE_URL } from '../../src/core/network';
import type { BootOptions, BootReport, BootStage } from '../contracts';
import { fetchBootFiles } from './boot-files';
import environment from './environment.json';
import { capMemory } from './memory';
import type { HeapImage } from './image/heap-image';
import { type Loading, loadImage } from './image/load';
import { markBoot } from './image/mark';
import { saveImage } from './image/save';
import { type HarnessHost, harnessHost } from './on-board';
import notebookPy from './notebook/__init__.py?raw';
import notebookDisplayPy from './notebook/display.py?raw';
import type { Questions } from './questions';
import { adaptToBrowser, openSnapshot, type Recipe } from './snapshot';
import { installHooks, type Hooks } from './time-travel/hooks';
import { insideOf } from './time-travel/internals';

/** The harness as a Python package: in a folder of its own, under a name that no action has a use for. */
const HARNESS_PATH = '/lib/playground';
const HARNESS_FOLDER = `${HARNESS_PATH}/playground_harness`;
const FILES = import.meta.glob<string>(['./*.py', './*.json', '!./environment.json'], {
	query: '?raw',
	import: 'default',
	eager: true,
});
const { './preload.py': preloadPy = '', ...HARNESS_FILES } = FILES;

/** What Python is booted with; a memory snapshot of anything else is not used. */
const RECIPE: Recipe = {
	pyodide: version,
	environment,
	sources: {
		'__init__.py': '',
		...Object.fromEntries(Object.entries(HARNESS_FILES).map(([path, text]) => [path.slice(2), text])),
	},
	preload: preloadPy,
};

const RECIPE_TEXT = JSON.stringify(RECIPE);

/** Our own small `IPython`, last on the path: the package on board, once loaded, comes before it. */
const NOTEBOOK_FOLDER = `${HARNESS_PATH}/IPython`;
const NOTEBOOK_FILES = { '__init__.py': notebookPy, 'display.py': notebookDisplayPy };

/** The harness as seen from here; see `harness.py`. */
export interface Harness {
	install(): void;
	preload(code: string): void;
	run(code: string): PromiseLike<string> & { destroy(): void };
	parses(code: string): boolean;
	look_ahead(loads: string): string;
	compile_next(): boolean;
	interrupt(): void;
}

/** A Python that is ready for its first action. */
export interface Booted {
	readonly pyodide: PyodideInterface;
	readonly harness: Harness;
	readonly startedFrom: BootReport['startedFrom'];
	/** What `TimeTravel` needs; see time-travel/. */
	readonly hooks: Hooks;
	/** Makes an image of this Python as it is at that moment; see image/. */
	readonly saveImage: () => HeapImage | null;
}

/** A Pyodide that has loaded, in which nothing has run. */
interface Loaded extends Loading {
	readonly host: HarnessHost;
	readonly from: BootReport['startedFrom'];
}

/** Loads Pyodide; `more` goes to it besides. */
type Load = (more: object) => Promise<Loaded>;

/** Boots Python; `onStage` is told each stage as it begins. Rejects with what went wrong. */
export async function bootPython(
	options: BootOptions,
	questions: Questions,
	onStage: (stage: BootStage) => void,
): Promise<Booted> {
	capMemory(options.memoryLimitBytes);
	onStage('files');
	const { snapshot, lock, load } = await fetchBootFiles();
	onStage('interpreter');
	const loadOnce: Load = async (more) => {
		const hooks = installHooks();
		// New for each load: Pyodide adds to the environment that it is given.
		const pyodide = await load({ indexURL: PYODIDE_URL, env: { ...environment }, ...more });
		hooks.attach(insideOf(pyodide)._module);
		const host = harnessHost(pyodide, lock, questions, options.memoryLimitBytes);
		return { pyodide, hooks, mark: markBoot(pyodide, hooks), host, from: 'plain' };
	};
	const goneOn = options.image === null ? null : await goOn(options.image, snapshot, loadOnce);
	const loaded = goneOn ?? (await begin(snapshot, loadOnce));
	onStage('harness');
	const harness = goneOn === null ? installHarness(loaded, options.indexUrls) : harnessOf(loaded.pyodide);
	onStage('preload');
	if (goneOn === null) harness.preload(preloadPy);
	const { pyodide, hooks, from } = loaded;
	return {
		pyodide,
		hooks,
		harness: asItIs(harness),
		startedFrom: from,
		saveImage: () => saveImage({ ...loaded, recipe: RECIPE_TEXT }),
	};
}

/** The harness with the methods that it has now: an action may put others in their place. */
function asItIs({ install, preload, run, parses, look_ahead, compile_next, interrupt }: Harness): Harness {
	return { install, preload, run, parses, look_ahead, compile_next, interrupt };
}

/** A fresh Python: from the snapshot, or from its files where there is none that fits. */
async function begin(snapshot: ArrayBuffer | null, load: Load): Promise<Loaded> {
	try {
		const memory = snapshot === null ? null : openSnapshot(snapshot, RECIPE);
		if (memory === null) return await load({});
		// `_loadSnapshot` is what Pyodide 0.27 calls it.
		const loaded = await load({ _loadSnapshot: memory });
		adaptToBrowser(loaded.pyodide);
		return { ...loaded, from: 'snapshot' };
	} catch {
		// Slower and the same.
		return load({});
	}
}

/** The Python of the image; null where it does not fit. */
async function goOn(image: HeapImage, snapshot: ArrayBuffer | null, load: Load): Promise<Loaded | null> {
	if (image.recipe !== RECIPE_TEXT) return null;
	try {
		const loaded = await begin(snapshot, load);
		await loadImage(image, loaded);
		adaptToBrowser(loaded.pyodide);
		return { ...loaded, from: 'image' };
	} catch {
		// What was loaded may be spoilt: another one is loaded in its place.
		return null;
	}
}

function installHarness({ pyodide, host, from }: Loaded, indexUrls: readonly string[]): Harness {
	writeFiles(pyodide, HARNESS_FOLDER, RECIPE.sources);
	writeFiles(pyodide, NOTEBOOK_FOLDER, NOTEBOOK_FILES);
	const { path } = pyodide.pyimport('sys');
	// In a snapshot it is there already.
	if (!path.toJs().includes(HARNESS_PATH)) path.append(HARNESS_PATH);
	if (from === 'snapshot') pyodide.pyimport('playground_harness.snapshot').renew();
	const module = pyodide.pyimport('playground_harness.harness');
	const harness = module.Harness(pyodide.pyimport('__main__').__dict__, host, pyodide.toPy([...indexUrls])) as Harness;
	harness.install();
	module.current = harness;
	return harness;
}

/** The harness that is installed already. */
function harnessOf(pyodide: PyodideInterface): Harness {
	return pyodide.pyimport('playground_harness.harness').current as Harness;
}

function writeFiles(pyodide: PyodideInterface, folder: string, files: Readonly<Record<string, string>>): void {
	pyodide.FS.mkdirTree(folder);
	for (const [name, text] of Object.entries(files)) pyodide.FS.writeFile(`${folder}/${name}`, text);
}
