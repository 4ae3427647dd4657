/** What a Python is like when Pyodide has loaded and nothing has run in it. */
import type { PyodideInterface } from 'pyodide';
import type { Hooks } from '../time-travel/hooks';
import { entriesOf, imageInsideOf } from './inside';

/** See the head of this file; to be taken by `markBoot` before Python is used in any way. */
export interface BootMark {
	/** JavaScript values that Python refers to, by index. */
	readonly references: readonly unknown[];
	/** Length of the function table. */
	readonly tableLength: number;
	/** Number of handles that Pyodide has. */
	readonly handles: number;
}

/** Takes the mark; see `BootMark`. */
export function markBoot(pyodide: PyodideInterface, hooks: Hooks): BootMark {
	const { _module: module } = imageInsideOf(pyodide);
	return {
		references: entriesOf((index) => module.__hiwire_get(index)),
		tableLength: module.wasmTable.length,
		handles: hooks.bootProxies.length,
	};
}
