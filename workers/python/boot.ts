/** Boots Pyodide in named stages and puts the harness into it; what runs actions afterwards is `pyodide-host.ts`. */
import type { loadPyodide, PyodideInterface } from 'pyodide';
import { PlaygroundError } from '../../src/core/errors';
import { PYODIDE_URL } from '../../src/core/network';
import type { BootOptions, BootStage } from '../contracts';
import { capMemory } from './memory';
import { harnessHost, type Lock } from './on-board';
import { installHooks, type Hooks } from './time-travel/hooks';
import { insideOf } from './time-travel/internals';
import distributions from './distributions.json?raw';
import baselinePy from './baseline.py?raw';
import displaysPy from './displays.py?raw';
import failurePy from './failure.py?raw';
import harnessPy from './harness.py?raw';
import hooksPy from './hooks.py?raw';
import keyboardPy from './keyboard.py?raw';
import memoryPy from './memory.py?raw';
import notebookPy from './notebook/__init__.py?raw';
import notebookDisplayPy from './notebook/display.py?raw';
import namesPy from './names.py?raw';
import packagesPy from './packages.py?raw';
import pagePy from './page.py?raw';
import preloadPy from './preload.py?raw';
import type { Questions } from './questions';
import representationsPy from './representations.py?raw';
import resolverPy from './resolver.py?raw';
import shortenedPy from './shortened.py?raw';
import sourcePy from './source.py?raw';
import tablesPy from './tables.py?raw';

/** The harness as a Python package: in a folder of its own, under a name that no action has a use for. */
const HARNESS_PATH = '/lib/playground';
const HARNESS_FOLDER = `${HARNESS_PATH}/playground_harness`;
const HARNESS_FILES = {
	'__init__.py': '',
	'baseline.py': baselinePy,
	'displays.py': displaysPy,
	'distributions.json': distributions,
	'failure.py': failurePy,
	'harness.py': harnessPy,
	'hooks.py': hooksPy,
	'keyboard.py': keyboardPy,
	'names.py': namesPy,
	'memory.py': memoryPy,
	'packages.py': packagesPy,
	'page.py': pagePy,
	'resolver.py': resolverPy,
	'representations.py': representationsPy,
	'shortened.py': shortenedPy,
	'source.py': sourcePy,
	'tables.py': tablesPy,
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
	interrupt(): void;
}

/** A Python that is ready for its first action. */
export interface Booted {
	readonly pyodide: PyodideInterface;
	readonly harness: Harness;
	/** What `TimeTravel` needs; see time-travel/. */
	readonly hooks: Hooks;
}

/** Boots Python; `onStage` is told each stage as it begins. Rejects with what went wrong. */
export async function bootPython(
	options: BootOptions,
	questions: Questions,
	onStage: (stage: BootStage) => void,
): Promise<Booted> {
	capMemory(options.memoryLimitBytes);
	onStage('files');
	const { load, lock } = await fetchFiles();
	onStage('interpreter');
	const hooks = installHooks();
	const pyodide = await load({
		indexURL: PYODIDE_URL,
		env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0', MPLBACKEND: 'Agg' },
	});
	hooks.attach(insideOf(pyodide)._module);
	onStage('harness');
	const harness = installHarness(pyodide, lock, questions, options);
	onStage('preload');
	harness.preload(preloadPy);
	return { pyodide, harness, hooks };
}

/** Fetches what the boot needs, all at once, and imports the two scripts; `lock` is Pyodide's own. */
async function fetchFiles(): Promise<{ load: typeof loadPyodide; lock: Lock }> {
	const ask = self.fetch;
	const names = [
		'pyodide.asm.js',
		'pyodide.mjs',
		'pyodide-lock.json',
		'pyodide.asm.wasm',
		'python_stdlib.zip',
	] as const;
	// All of them before Pyodide starts: one that it fetches itself and does not get leaves it waiting for ever.
	const [asm, module, lock, ...rest] = await Promise.all(names.map((name) => ask(PYODIDE_URL + name)));
	if (asm === undefined || module === undefined || lock === undefined) throw new PlaygroundError('internal');
	const early = new Map([lock, ...rest].map((response) => [response.url, response.clone()]));
	self.fetch = async (input, init) => {
		const url = String(input);
		const response = early.get(url);
		early.delete(url);
		return response ?? ask(input, init);
	};
	await importText(await asm.text());
	const { loadPyodide: load } = (await importText(await module.text())) as { loadPyodide: typeof loadPyodide };
	return { load, lock: (await lock.json()) as Lock };
}

/** Imports a script from its text: the frame's policy lets scripts come from blobs only. */
async function importText(text: string): Promise<unknown> {
	const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
	try {
		return await import(/* @vite-ignore */ url);
	} finally {
		URL.revokeObjectURL(url);
	}
}

function installHarness(pyodide: PyodideInterface, lock: Lock, questions: Questions, options: BootOptions): Harness {
	writeFiles(pyodide, HARNESS_FOLDER, HARNESS_FILES);
	writeFiles(pyodide, NOTEBOOK_FOLDER, NOTEBOOK_FILES);
	pyodide.pyimport('sys').path.append(HARNESS_PATH);
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
