/**
 * Takes from the worker's global scope what Python has no use for and could do harm with. The browser's own walls (the
 * opaque origin, the frame's policy) hold without this; it keeps code from ending the worker, from flooding the page
 * past what `SandboxFrame` counts, and from the ports that the page's calls come over.
 */

/** Ends the worker, talks to the frame, starts threads that nobody stops, keeps data. */
const TAKEN = ['close', 'postMessage', 'Worker', 'SharedWorker', 'BroadcastChannel', 'caches', 'indexedDB'];

/**
 * Frozen, with their prototypes: what has a port for `this` or gives one away would tell on it, and what the worker's own
 * code works with would forge or break the results of later actions. Not frozen is what Pyodide rightly assigns to:
 * `Error.prototype.name` in subclasses, `push` of an array, and `WebAssembly`, which the boot hooks into.
 */
const FROZEN = [
	...[
		'MessagePort',
		'MessageChannel',
		'MessageEvent',
		'Event',
		'EventTarget',
		'Request',
		'Response',
		'Headers',
		'Blob',
	],
	...['TextDecoder', 'TextEncoder', 'JSON', 'Reflect', 'Atomics', 'Promise', 'Map', 'Set', 'WeakMap', 'WeakSet'],
	...['String', 'Number', 'Boolean', 'RegExp', 'ArrayBuffer', 'DataView', 'Uint8Array', 'Int32Array'],
];

/** Seals `scope`, the global object of a worker, for good. What is taken reads as `undefined`. */
export function sealScope(scope: object): void {
	for (const name of TAKEN) {
		for (let owner: object | null = scope; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
			Reflect.deleteProperty(owner, name);
		}
		Object.defineProperty(scope, name, { value: undefined, writable: false, configurable: false });
	}
	for (const name of FROZEN) {
		const found: unknown = Reflect.get(scope, name);
		if (typeof found !== 'object' && typeof found !== 'function') continue;
		Object.freeze(found);
		const { prototype } = found as { prototype?: object };
		if (prototype !== undefined) Object.freeze(prototype);
		Object.defineProperty(scope, name, { writable: false, configurable: false });
	}
	Object.freeze(Object);
	Object.freeze(Object.getPrototypeOf(Uint8Array.prototype));
	// Its own members stay assignable on every object, but it gets no others: no `then`, no `ok`, no `kind`.
	Object.preventExtensions(Object.prototype);
}
