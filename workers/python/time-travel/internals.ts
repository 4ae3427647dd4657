/**
 * What time travel touches of Pyodide 0.27.7 beyond its public face, as types. None of it is an API: a new Pyodide means
 * reading this list again (the tests of time travel fail where one of these changed its meaning).
 */
import type { PyodideInterface } from 'pyodide';

/** The record that all handles of one Python object share. `ptr` is 0 once it is destroyed. */
export interface ProxyRecord {
	ptr: number;
	readonly cache: ProxyCache | undefined;
	destroyed_msg: string | undefined;
}

/** Handles of attributes, by the object; they live as long as the handles that count on them. */
interface ProxyCache {
	refcnt: number;
	leaked?: boolean;
}

/** A function for JavaScript that calls a Python object; `destroy` gives the object back without a call. */
export interface Callback {
	(...args: unknown[]): unknown;
	destroy(): void;
}

/** The imports of the main WebAssembly module (and, through a proxy, of each dynamic library) that are replaced. */
export interface MainImports {
	memory: WebAssembly.Memory;
	create_once_callable: ((object: number, maySyncify: number) => Callback | null) & { sig: string };
	create_promise_handles: ((
		onResult: number,
		onError: number,
		done: ((value: unknown) => void) | null,
		converter: number,
	) => [Callback, Callback] | null) & { sig: string };
	__hiwire_deduplicate_new: (() => Map<unknown, number>) & { sig: string };
	/** Suspends Python until the promise settles; there only where the browser can switch stacks (JSPI). */
	syncifyHandler: { sig?: string };
}

/** Bytes of a file. The first write from Python leaves a copy of the heap's view, which is an Int8Array; later ones do not. */
export type Bytes = Uint8Array | Int8Array;

/** A node of the file system. */
export interface FsNode {
	parent: FsNode;
	name: string;
	readonly id: number;
	mode: number;
	timestamp: number;
	mounted: { root: FsNode } | null;
	readonly node_ops: object;
	/** Of a folder: its nodes by name. Of a file: its bytes, with room to grow. */
	contents: Record<string, FsNode> | Bytes | null | undefined;
	usedBytes: number;
	link: string;
	pipe?: Pipe;
}

/** What lies between the two ends of `os.pipe()`. */
export interface Pipe {
	refcnt: number;
	buckets: { buffer: Uint8Array; offset: number; roffset: number }[] | null;
}

/** An open file. Descriptors made by `dup` have one `shared` between them. */
export interface FsStream {
	fd: number | null;
	node: FsNode;
	readonly shared: { position: number; flags: number };
	getdents?: unknown;
}

type Operation = (this: unknown, ...args: never[]) => unknown;

/** Emscripten's file system. */
export interface Fs {
	readonly root: FsNode;
	streams: (FsStream | null | undefined)[];
	nextInode: number;
	currentPath: string;
	readonly filesystems: {
		MEMFS: {
			ops_table: Record<
				'dir' | 'file' | 'link',
				{ node: Record<string, Operation>; stream: Record<string, Operation> }
			>;
		};
	};
	isDir(mode: number): boolean;
	isLink(mode: number): boolean;
	hashAddNode(node: FsNode): void;
	hashRemoveNode(node: FsNode): void;
}

/** A loaded dynamic library, as the dynamic linker keeps it. */
export interface LoadedLibrary {
	refcount: number;
	readonly name: string;
	exports: Record<string, unknown>;
	global: boolean;
}

/** Emscripten's module object and what Pyodide added to it. */
export interface PyodideModule {
	readonly ___stack_pointer: WebAssembly.Global;
	readonly API: {
		fatal_error: (thrown: unknown) => never;
		on_fatal?: (error: unknown) => void;
		readonly NoGilError: new () => Error;
		scheduleCallback: (callback: Callback, ms?: number) => void;
		isPyProxy(value: unknown): boolean;
	};
	readonly LDSO: {
		readonly loadedLibsByName: Record<string, LoadedLibrary>;
		readonly loadedLibsByHandle: Record<string, LoadedLibrary>;
	};
	readonly GOT: Record<string, WebAssembly.Global>;
	readonly freeTableIndexes: number[];
	readonly validSuspender: { value: boolean };
	exited?: unknown;
	syncify_error?: unknown;
	_Py_IncRef(object: number): void;
	_Py_DecRef(object: number): void;
	/** Address of the end of the heap in use, a pointer itself. */
	_emscripten_get_sbrk_ptr(): number;
	__hiwire_get(index: number): unknown;
	__hiwire_set(index: number, value: unknown): number;
	callPyObject(object: number, args: unknown[]): unknown;
	callPyObjectMaybePromising(object: number, args: unknown[]): unknown;
}

/** A booted Pyodide, with its inside. */
export interface Inside {
	readonly _module: PyodideModule;
	readonly FS: Fs;
	readonly loadedPackages: Record<string, string>;
}

/** The inside of a booted Pyodide. */
export function insideOf(pyodide: PyodideInterface): Inside {
	return pyodide as unknown as Inside;
}

/** A table outside of Python's memory that a checkpoint has to save and a restore has to put back. */
export interface Part<State> {
	save(): State;
	load(state: State): void;
}
