/** Names for JavaScript values: the way to each from what every worker has. */
import type { PyodideInterface } from 'pyodide';
import { imageInsideOf } from './inside';

/** A root and the properties from there. */
export type Path = readonly [root: Root, ...keys: string[]];

/** What every worker has: the global object, Pyodide's two faces and its module, what the harness asks of the worker. */
type Root = 'global' | 'pyodide' | 'api' | 'module' | 'host';

/** How far from a root a value may be. */
const DEPTH = 2;

/** The names of this worker's values. `host`: see `HarnessHost`. */
export class Names {
	readonly #roots: Readonly<Record<Root, object>>;
	readonly #isPython: (value: unknown) => boolean;
	#paths: Map<unknown, Path> | null = null;

	constructor(pyodide: PyodideInterface, host: object) {
		const { _module: module } = imageInsideOf(pyodide);
		this.#isPython = (value) => module.API.isPyProxy(value);
		this.#roots = { host, global: globalThis, pyodide, api: module.API, module };
	}

	/** The way to `value`, or null where there is none. */
	of(value: unknown): Path | null {
		this.#paths ??= this.#walk();
		return this.#paths.get(value) ?? null;
	}

	/** What is at the end of a way; undefined where it leads nowhere. */
	at([root, ...keys]: Path): unknown {
		let value: unknown = this.#roots[root];
		for (const key of keys) value = property(value, key);
		return value;
	}

	#walk(): Map<unknown, Path> {
		const found = new Map<unknown, Path>();
		let edge: [Path, unknown][] = Object.entries(this.#roots).map(([root, value]) => [[root as Root], value]);
		for (const [path, value] of edge) found.set(value, path);
		for (let depth = 0; depth < DEPTH; depth += 1) {
			const next: [Path, unknown][] = [];
			for (const [path, value] of edge) {
				// The module has thousands of functions, none of which has anything.
				if (path[0] === 'module' && path.length > 1) continue;
				for (const key of keysOf(value)) {
					const child = property(value, key);
					// A handle of Python's has no properties but Python's, and looking at them makes more handles.
					if (!isReference(child) || found.has(child) || this.#isPython(child)) continue;
					const way: Path = [...path, key];
					found.set(child, way);
					next.push([way, child]);
				}
			}
			edge = next;
		}
		return found;
	}
}

function isReference(value: unknown): boolean {
	return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A property, or undefined where reading it throws, as some of a worker's global object do in an opaque origin. */
function property(value: unknown, key: string): unknown {
	try {
		return (value as Record<string, unknown>)[key];
	} catch {
		return undefined;
	}
}

/** The names of the properties of a value, those of its prototypes too. */
function keysOf(value: unknown): string[] {
	if (!isReference(value) || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return [];
	const keys: string[] = [];
	try {
		for (let each: unknown = value; each !== null && each !== Object.prototype; each = Object.getPrototypeOf(each)) {
			keys.push(...Object.getOwnPropertyNames(each));
		}
	} catch {
		// A handle of Python's, or another object that does not let itself be read.
	}
	return keys;
}
