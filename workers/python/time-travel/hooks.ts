/**
 * What has to be in place before Pyodide loads: it takes hold of the interpreter's memory, replaces the imports through
 * which Python hands its objects to JavaScript, and records what a heap image needs to know of each dynamic library.
 */
import { Callbacks } from './callbacks';
import type { MainImports, ProxyRecord, PyodideModule } from './internals';
import { Proxies } from './proxies';

/** A dynamic library, in the order of loading. */
interface LibraryRecord {
	readonly memoryBase: number;
	readonly tableBase: number;
	readonly module: WebAssembly.Module | BufferSource;
	readonly exports: WebAssembly.Exports;
}

/** What the hooks hold of one Pyodide. */
export interface Hooks {
	/** The linear memory; throws before Pyodide's main module was instantiated. */
	readonly memory: WebAssembly.Memory;
	/** Each dynamic library that was instantiated, in order; those of undone actions too. */
	readonly libraries: readonly LibraryRecord[];
	/** The records of the handles that the boot made, in order. */
	readonly bootProxies: readonly ProxyRecord[];
	readonly callbacks: Callbacks;
	readonly proxies: Proxies;
	/** The table by which Python finds the reference it already has to a JavaScript value. */
	readonly references: Map<unknown, number>;
	/** To be called once Pyodide is loaded: from here on Python's handles belong to a timeline. */
	attach(module: PyodideModule): void;
}

type Imports = Record<string, Record<string, unknown>>;

/** Installs the hooks for the next Pyodide that loads in this thread. */
export function installHooks(): Hooks {
	const callbacks = new Callbacks();
	const proxies = new Proxies();
	const libraries: LibraryRecord[] = [];
	let memory: WebAssembly.Memory | undefined;
	let references = new Map<unknown, number>();

	function seeMain(env: MainImports): void {
		memory = env.memory;
		callbacks.replaceImports(env);
		env.__hiwire_deduplicate_new = Object.assign(() => (references = new Map()), { sig: 'e' });
	}

	watchInstances({
		main: (env) => {
			if (memory === undefined) seeMain(env);
		},
		library: (record) => libraries.push(record),
		begin: () => callbacks.begin(),
	});
	const restoreRegistry = watchFinalizers(proxies);

	return {
		get memory() {
			if (memory === undefined) throw new Error('Pyodide has not been loaded yet.');
			return memory;
		},
		get references() {
			return references;
		},
		libraries,
		get bootProxies() {
			return proxies.boot;
		},
		callbacks,
		proxies,
		attach(module) {
			restoreRegistry();
			callbacks.attach(module);
			proxies.attach(module);
		},
	};
}

interface Seen {
	main(env: MainImports): void;
	library(record: LibraryRecord): void;
	/** Instantiating a library begins; see `Callbacks.begin`. */
	begin(): () => boolean;
}

/** Looks at the imports of each WebAssembly module that is instantiated in this thread. */
function watchInstances(seen: Seen): void {
	const { instantiate, instantiateStreaming, Instance } = WebAssembly;
	const see = (imports: Imports | undefined): { memoryBase: number; tableBase: number } | null => {
		const env = imports?.env;
		if (env === undefined) return null;
		if (env.memory instanceof WebAssembly.Memory && 'create_once_callable' in env) seen.main(env as never);
		const { __memory_base: memoryBase, __table_base: tableBase } = env;
		const isLibrary = typeof memoryBase === 'number' && typeof tableBase === 'number';
		return isLibrary ? { memoryBase, tableBase } : null;
	};
	const keep = (bases: ReturnType<typeof see>, module: LibraryRecord['module'], made: WebAssembly.Instance): void => {
		if (bases !== null) seen.library({ ...bases, module, exports: made.exports });
	};
	const watched = async (source: WebAssembly.Module | BufferSource, imports?: Imports): Promise<unknown> => {
		const bases = see(imports);
		if (bases === null) return instantiate(source as BufferSource, imports as WebAssembly.Imports);
		// Instantiating writes the library's data to a place that was reserved in memory: it must still be that memory.
		const isPresent = seen.begin();
		const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
		if (!isPresent()) throw new Error('The library was asked for by an action that was taken back.');
		const instance = new Instance(module, imports as WebAssembly.Imports);
		keep(bases, source, instance);
		return source === module ? instance : { module, instance };
	};
	Object.assign(WebAssembly, {
		instantiate: watched,
		async instantiateStreaming(source: Response | PromiseLike<Response>, imports?: Imports) {
			see(imports);
			return instantiateStreaming(source, imports as WebAssembly.Imports);
		},
		Instance: new Proxy(Instance, {
			construct(target, [module, imports]: [WebAssembly.Module, Imports | undefined]) {
				const bases = see(imports);
				const made = new target(module, imports as WebAssembly.Imports);
				keep(bases, module, made);
				return made;
			},
		}),
	});
}

/** Lets `proxies` register the finalizers of handles, in the registry that Pyodide makes for itself while it loads. */
function watchFinalizers(proxies: Proxies): () => void {
	const Registry = globalThis.FinalizationRegistry;
	globalThis.FinalizationRegistry = class<T> extends Registry<T> {
		override register(target: WeakKey, held: T, token?: WeakKey): void {
			// An array: an iterator's, for which Pyodide's own finalizer does nothing.
			if (Array.isArray(held)) return;
			if (typeof held === 'object' && held !== null && 'ptr' in held) proxies.register(target as ProxyRecord);
			else super.register(target, held, token);
		}

		override unregister(token: WeakKey): boolean {
			return proxies.unregister(token as ProxyRecord) || super.unregister(token);
		}
	};
	return () => (globalThis.FinalizationRegistry = Registry);
}
