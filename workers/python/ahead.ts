/** Loads what the next action will import, while Python has nothing else to do (ahead.py says what and how). */
import type { PyodideInterface } from 'pyodide';
import type { Loads } from '../../src/core/ahead';
import type { Harness } from './boot';
import { loadOnBoard } from './on-board';

// The browser's own: a timer of a state that was left is not called.
const later = self.setTimeout.bind(self);

/** What is made ready between two actions. Nothing of it is under way while an action runs or a state is put back. */
export class Ahead {
	/** The work under way; another one, or an action, ends it. */
	#work: object | null = null;
	#loading: Promise<void> = Promise.resolve();
	#isLoading = false;
	/** Packages that were loaded for an action which has not begun. */
	#loaded: readonly string[] = [];

	constructor(
		private readonly pyodide: PyodideInterface,
		private readonly harness: Harness,
	) {}

	/** True while packages are being loaded: no state can be kept then. */
	get isLoading(): boolean {
		return this.#isLoading;
	}

	/** Begins to load; what does not work is left to the action, which says why. */
	async begin(loads: Loads): Promise<void> {
		const work = {};
		this.#work = work;
		await this.#loading;
		if (this.#work !== work) return;
		const packages = JSON.parse(this.harness.look_ahead(JSON.stringify(loads))) as readonly string[];
		this.#loading = this.#load(packages);
		await this.#loading;
		while (this.#work === work && this.harness.compile_next()) await new Promise((resolve) => later(resolve));
	}

	/** Ends the work under way, and tells which packages were loaded ahead. */
	async end(): Promise<readonly string[]> {
		this.#work = null;
		await this.#loading;
		const loaded = this.#loaded;
		this.#loaded = [];
		return loaded;
	}

	async #load(packages: readonly string[]): Promise<void> {
		const before = new Set(Object.keys(this.pyodide.loadedPackages));
		const wanted = packages.filter((name) => !before.has(name));
		this.#isLoading = true;
		if (wanted.length > 0) await loadOnBoard(this.pyodide, wanted).catch(() => undefined);
		this.#isLoading = false;
		const news = Object.keys(this.pyodide.loadedPackages).filter((name) => !before.has(name));
		this.#loaded = [...this.#loaded, ...news];
	}
}
