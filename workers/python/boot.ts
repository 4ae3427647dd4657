/** Boots Pyodide in named stages and puts the harness into it; what runs actions afterwards is `pyodide-host.ts`. */
import type { PyodideInterface } from 'pyodide';
import { version } from 'pyodide/package.json';
import { PYODIDE_URL } from '../../src/core/network';
import type { BootOptions, BootReport, BootStage } from '../contracts';
import { type BootFiles, fetchBootFiles } from './boot-files';
import environment from './environment.json';
import { capMemory } from './memory';
import { harnessHost, type Lock } from './on-board';
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
}

type Loaded = Pick<Booted, 'pyodide' | 'hooks'> & { readonly from: BootReport['startedFrom'] };

/** Boots Python; `onStage` is told each stage as it begins. Rejects with what went wrong. */
export async function bootPython(
	options: BootOptions,
	questions: Questions,
	onStage: (stage: BootStage) => void,
): Promise<Booted> {
	capMemory(options.memoryLimitBytes);
	onStage('files');
	const files = await fetchBootFiles();
	onStage('interpreter');
	const loaded = (await loadSnapshot(files)) ?? (await load(files, {}));
	const { pyodide, hooks } = loaded;
	onStage('harness');
	const harness = installHarness(pyodide, files.lock, questions, options);
	onStage('preload');
	harness.preload(preloadPy);
	return { pyodide, harness, hooks, startedFrom: loaded.from };
}

/** Loads Pyodide with the memory of the snapshot; null where there is none, or none of this release. */
async function loadSnapshot(files: BootFiles): Promise<Loaded | null> {
	try {
		const memory = files.snapshot === null ? null : openSnapshot(files.snapshot, RECIPE);
		if (memory === null) return null;
		// `_loadSnapshot` is what Pyodide 0.27 calls it.
		const loaded = await load(files, { _loadSnapshot: memory });
		adaptToBrowser(loaded.pyodide);
		loaded.pyodide.pyimport('playground_harness.snapshot').renew();
		return { ...loaded, from: 'snapshot' };
	} catch {
		// A plain boot is slower and the same.
		return null;
	}
}

/** Loads Pyodide; `more` goes to it besides. */
async function load({ load }: BootFiles, more: object): Promise<Loaded> {
	const hooks = installHooks();
	// New for each load: Pyodide adds to the environment that it is given.
	const pyodide = await load({ indexURL: PYODIDE_URL, env: { ...environment }, ...more });
	hooks.attach(insideOf(pyodide)._module);
	return { pyodide, hooks, from: 'plain' };
}

function installHarness(pyodide: PyodideInterface, lock: Lock, questions: Questions, options: BootOptions): Harness {
	writeFiles(pyodide, HARNESS_FOLDER, RECIPE.sources);
	writeFiles(pyodide, NOTEBOOK_FOLDER, NOTEBOOK_FILES);
	const { path } = pyodide.pyimport('sys');
	// In a snapshot it is there already.
	if (!path.toJs().includes(HARNESS_PATH)) path.append(HARNESS_PATH);
	const module = pyodide.pyimport('playground_harness.harness');
	const harness = module.Harness(
		pyodide.pyimport('__main__').__dict__,
		harnessHost(pyodide, lock, questions, options.memoryLimitBytes),
		pyodide.toPy([...options.indexUrls]),
	) as Harness;
	harness.install();
	return harness;
}

function writeFiles(pyodide: PyodideInterface, folder: string, files: Readonly<Record<string, string>>): void {
	pyodide.FS.mkdirTree(folder);
	for (const [name, text] of Object.entries(files)) pyodide.FS.writeFile(`${folder}/${name}`, text);
}
