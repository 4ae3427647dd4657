/** What a heap image touches of Pyodide 0.27.7 beyond `time-travel/internals.ts`. None of it is an API. */
import type { PyodideInterface } from 'pyodide';
import type { Fs, FsNode, FsStream, LoadedLibrary, PyodideModule } from '../time-travel/internals';

/** Emscripten's file system, with what opens files and makes nodes. */
export interface ImageFs extends Fs {
	mkdirTree(path: string): void;
	writeFile(path: string, bytes: Uint8Array, options: { canOwn: boolean }): void;
	symlink(target: string, path: string): void;
	chmod(path: string, mode: number, dontFollow?: boolean): void;
	open(path: string, flags: number): FsStream;
	getPath(node: FsNode): string;
	isFile(mode: number): boolean;
	lookupPath(path: string, options?: { follow: boolean }): { readonly node: FsNode };
	analyzePath(path: string): { readonly exists: boolean };
}

/** The dynamic linker, memory and tables of Emscripten's module object. */
export interface ImageModule extends PyodideModule {
	readonly HEAPU8: Uint8Array;
	readonly HEAPU32: Uint32Array;
	readonly ___stack_low: number;
	readonly wasmTable: WebAssembly.Table;
	readonly wasmTableMirror: unknown[];
	getDylinkMetadata(library: WebAssembly.Module | BufferSource): { readonly tableSize: number };
	growMemory(bytes: number): void;
	loadWebAssemblyModule(
		module: WebAssembly.Module,
		flags: object,
		name: string,
		scope: object,
		handle: number,
	): Record<string, unknown>;
	/** Gives an address to each symbol that a library asked for and that has none yet. */
	reportUndefinedSymbols(): void;
	newDSO(name: string, handle: undefined, exports: Record<string, unknown>): LoadedLibrary;
	mergeLibSymbols(exports: Record<string, unknown>, name: string): void;
	__hiwire_immortal_get(index: number): unknown;
	__hiwire_immortal_add(value: unknown): void;
}

/** A loaded Pyodide, with its inside. */
export interface ImageInside {
	readonly _module: ImageModule;
	readonly FS: ImageFs;
	readonly loadedPackages: Record<string, string>;
}

/** The inside of a loaded Pyodide. */
export function imageInsideOf(pyodide: PyodideInterface): ImageInside {
	return pyodide as unknown as ImageInside;
}

/** All entries of a table that is read by index and throws past its end. */
export function entriesOf(get: (index: number) => unknown): unknown[] {
	const values: unknown[] = [];
	for (;;) {
		try {
			values.push(get(values.length));
		} catch {
			return values;
		}
	}
}
