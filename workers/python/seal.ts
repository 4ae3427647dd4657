/**
 * Takes from the worker's global scope what Python has no use for and could do harm with. The browser's own walls (the
 * opaque origin, the frame's policy) hold without this; it keeps code from ending the worker, from flooding the page
 * past what `SandboxFrame` counts, and from the ports that the page's calls come over.
 */

/** Ends the worker, talks to the frame, starts threads that nobody stops, keeps data. */
const TAKEN = ['close', 'postMessage', 'Worker', 'SharedWorker', 'BroadcastChannel', 'caches', 'indexedDB'];

/** Whose methods and getters are handed a port as `this` or give one away: patched, they would tell on the port. */
const FROZEN = ['MessagePort', 'MessageEvent', 'Event', 'EventTarget'];

/** Seals `scope`, the global object of a worker, for good. What is taken reads as `undefined`. */
export function sealScope(scope: object): void {
	for (const name of TAKEN) {
		for (let owner: object | null = scope; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
			Reflect.deleteProperty(owner, name);
		}
		Object.defineProperty(scope, name, { value: undefined, writable: false, configurable: false });
	}
	for (const name of FROZEN) {
		const type: unknown = Reflect.get(scope, name);
		if (typeof type === 'function') Object.freeze(type.prototype);
	}
}
