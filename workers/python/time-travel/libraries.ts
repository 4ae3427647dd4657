/**
 * What the dynamic linker and the package loader know: libraries by name and by handle, the symbols they gave to those
 * that come after, and the names of the loaded packages. The code of a library stays in the browser after a restore; it
 * is only no longer known.
 */
import type { Inside, LoadedLibrary, Part, PyodideModule } from './internals';

interface SavedLibraries {
	readonly byName: Record<string, LoadedLibrary>;
	readonly byHandle: Record<string, LoadedLibrary>;
	readonly marks: readonly (readonly [LoadedLibrary, { refcount: number; global: boolean }])[];
	readonly symbols: Record<string, unknown>;
	readonly offsets: Record<string, unknown>;
	readonly packages: Record<string, string>;
}

/** See the head of this file. */
export class Libraries implements Part<SavedLibraries> {
	#last: SavedLibraries | null = null;
	readonly #module: PyodideModule;

	constructor(private readonly inside: Inside) {
		this.#module = inside._module;
		// A slot of the function table that an undone action freed may be in use again in the memory that comes back.
		this.#module.freeTableIndexes.push = () => 0;
	}

	save(): SavedLibraries {
		if (this.#last !== null && this.#isUnchanged(this.#last)) return this.#last;
		const { loadedLibsByName, loadedLibsByHandle: byHandle } = this.#module.LDSO;
		// One that is still being loaded would be so for ever after a restore; left out, it is loaded anew.
		const ready = Object.entries(loadedLibsByName).filter(([, library]) => typeof library.exports === 'object');
		const byName = Object.fromEntries(ready);
		this.#last = {
			byName,
			byHandle: { ...byHandle },
			marks: Object.values(byName).map((library) => [library, { refcount: library.refcount, global: library.global }]),
			symbols: { ...this.#symbols },
			offsets: Object.fromEntries(Object.entries(this.#module.GOT).map(([name, cell]) => [name, cell.value])),
			packages: { ...this.inside.loadedPackages },
		};
		return this.#last;
	}

	load(saved: SavedLibraries): void {
		if (this.#last === saved && this.#isUnchanged(saved)) return;
		const { LDSO, GOT } = this.#module;
		const symbols = this.#symbols;
		replace(LDSO.loadedLibsByName, saved.byName);
		replace(LDSO.loadedLibsByHandle, saved.byHandle);
		for (const [library, marks] of saved.marks) Object.assign(library, marks);
		replace(symbols, saved.symbols);
		for (const [name, cell] of Object.entries(GOT)) {
			if (!(name in saved.offsets)) Reflect.deleteProperty(GOT, name);
			else if (cell.value !== saved.offsets[name]) cell.value = saved.offsets[name];
		}
		replace(this.inside.loadedPackages, saved.packages);
		this.#last = saved;
	}

	/** The imports that each library gets: the main module's and what the libraries before gave. */
	get #symbols(): Record<string, unknown> {
		const main = this.#module.LDSO.loadedLibsByName.__main__;
		if (main === undefined) throw new Error('Pyodide has no main module.');
		return main.exports;
	}

	/** Comparing every symbol takes milliseconds; they change only when a library or a handle comes. */
	#isUnchanged(saved: SavedLibraries): boolean {
		const { loadedLibsByName, loadedLibsByHandle } = this.#module.LDSO;
		return (
			isSame(loadedLibsByName, saved.byName) &&
			isSame(loadedLibsByHandle, saved.byHandle) &&
			isSame(this.inside.loadedPackages, saved.packages) &&
			saved.marks.every(([library, { refcount, global }]) => library.refcount === refcount && library.global === global)
		);
	}
}

/** True where both have the same entries. */
function isSame(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
	const names = Object.keys(one);
	return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** Makes the entries of `target` those of `source`, writing only what differs. */
function replace(target: Record<string, unknown>, source: Record<string, unknown>): void {
	for (const name of Object.keys(target)) if (!(name in source)) Reflect.deleteProperty(target, name);
	for (const [name, value] of Object.entries(source)) if (target[name] !== value) target[name] = value;
}
