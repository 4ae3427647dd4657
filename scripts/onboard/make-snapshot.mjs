/**
 * Boots Python in Node, imports the harness and what actions use of the standard library, and writes the memory of the
 * interpreter: `node make-snapshot.mjs FOLDER OUT`, FOLDER being that of the harness. A program of its own, since
 * Pyodide keeps its memory until the process ends. The format of the file is told in `workers/python/snapshot.ts`.
 */
import { writeFile } from 'node:fs/promises';
import { loadPyodide } from 'pyodide';
import { encodeSnapshot, readRecipe } from './snapshot.mjs';

/** As in `workers/python/boot.ts`. */
const HARNESS_PATH = '/lib/playground';
const HARNESS_FOLDER = `${HARNESS_PATH}/playground_harness`;

/**
 * Python asks once, at its start, whether the browser can switch stacks, and then offers `run_sync` or not; a browser
 * that cannot answers for itself later (`can_run_sync`). This Node may not have it, and nothing here switches any stack.
 */
function offerStackSwitching() {
	if ('Suspending' in WebAssembly) return;
	/** A constructor that gives back what it is given. @param {object} work */
	function Suspending(work) {
		return work;
	}
	Object.assign(WebAssembly, { Suspending, promising: (/** @type {unknown} */ work) => work });
}

const [folder = '', out = ''] = process.argv.slice(2);
const recipe = await readRecipe(folder);
offerStackSwitching();
const options = { _makeSnapshot: true, env: { ...recipe.environment }, _sysExecutable: './this.program' };
const pyodide = await loadPyodide(options);
pyodide.FS.mkdirTree(HARNESS_FOLDER);
for (const [name, text] of Object.entries(recipe.sources)) pyodide.FS.writeFile(`${HARNESS_FOLDER}/${name}`, text);
pyodide.pyimport('sys').path.append(HARNESS_PATH);
pyodide.pyimport('playground_harness.harness').destroy();
pyodide.pyimport('playground_harness.snapshot').prepare(recipe.preload);
const memory = /** @type {{ makeMemorySnapshot: () => Uint8Array }} */ (
	/** @type {unknown} */ (pyodide)
).makeMemorySnapshot();
await writeFile(out, encodeSnapshot(recipe, memory));
process.exit(0);
