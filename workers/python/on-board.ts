/** The packages on board, as the lock of Pyodide names them: what the harness asks of the worker (packages.py: `host`). */
import type { PyodideInterface } from 'pyodide';

/** The part of `pyodide-lock.json` that is read here. */
export interface Lock {
	readonly packages: Readonly<Record<string, { readonly name: string; readonly imports: readonly string[] }>>;
}

/** What the harness may ask of the worker. The names of its members are Python's business too, hence a plain object. */
export interface HarnessHost {
	/** Name of the package that has the top-level module `name`; null where none on board has. */
	packageOf(name: string): string | null;
	/** Loads packages on board; rejects with the broker's coded sentence. `names`: an array or a Python list. */
	load(names: Iterable<string>): Promise<void>;
	/** Waits without computing; raises KeyboardInterrupt where a signal has come. */
	pause(ms: number): void;
}

/** The harness's host on a booted Pyodide. */
export function harnessHost(pyodide: PyodideInterface, lock: Lock): HarnessHost {
	const packages = new Map<string, string>();
	for (const { name, imports } of Object.values(lock.packages)) {
		for (const module of imports) packages.set(module.split('.')[0] ?? module, name);
	}
	// Waiting on memory that nobody changes takes no CPU; where there is no such memory, `time.sleep` spins.
	const still = typeof SharedArrayBuffer === 'function' ? new Int32Array(new SharedArrayBuffer(4)) : null;
	return {
		packageOf: (name) => packages.get(name) ?? null,
		async load(names) {
			const wanted = [...names];
			const failures: string[] = [];
			await pyodide.loadPackage(wanted, {
				messageCallback: () => undefined,
				errorCallback: (message) => failures.push(message),
				// The broker has compared the hash with the lock's before it handed the wheel over.
				checkIntegrity: false,
			});
			if (wanted.some((name) => !(name in pyodide.loadedPackages))) throw new TypeError(failures.join(' '));
		},
		pause(ms) {
			if (still !== null) Atomics.wait(still, 0, 0, ms);
			// The interpreter itself looks for a signal only every so many instructions, of which a sleep has few.
			pyodide.checkInterrupt();
		},
	};
}
