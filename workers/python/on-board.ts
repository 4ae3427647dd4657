/** The packages on board, as the lock of Pyodide names them: what the harness asks of the worker (packages.py: `host`). */
import type { PyodideInterface } from 'pyodide';
import type { PyBuffer } from 'pyodide/ffi';
import type { Answer, Query } from '../contracts';
import type { Questions } from './questions';

/** The part of `pyodide-lock.json` that is read here. */
export interface Lock {
	readonly packages: Readonly<Record<string, { readonly name: string; readonly imports: readonly string[] }>>;
}

/** What the harness may ask of the worker. The names of its members are Python's business too, hence a plain object. */
export interface HarnessHost {
	/** What Python's memory may grow to. */
	readonly memoryLimitBytes: number;
	/** Name of the package that has the top-level module `name`; null where none on board has. */
	packageOf(name: string): string | null;
	/** Name of the package on board that indexes call `name`; null where there is none. */
	packageNamed(name: string): string | null;
	/** Loads packages on board; rejects with the broker's coded sentence. `names`: an array or a Python list. */
	load(names: Iterable<string>): Promise<void>;
	/** Waits without computing; raises KeyboardInterrupt where a signal has come. */
	pause(ms: number): void;
	/** Asks the page (`page.py`): a query as JSON and its body; the answer comes the same way. */
	ask(query: string, body: PyBuffer | undefined): Promise<PythonAnswer>;
	/** The same, holding Python still; raises KeyboardInterrupt where a signal comes meanwhile. */
	wait(query: string, body: PyBuffer | undefined): PythonAnswer;
}

/** An answer as Python reads it: its head as JSON, its body as a buffer of Python's. */
type PythonAnswer = readonly [head: string, body: unknown];

/** The harness's host on a booted Pyodide. */
export function harnessHost(
	pyodide: PyodideInterface,
	lock: Lock,
	questions: Questions,
	memoryLimitBytes: number,
): HarnessHost {
	const packages = new Map<string, string>();
	const names = new Map<string, string>();
	for (const { name, imports } of Object.values(lock.packages)) {
		names.set(name.replaceAll(/[-_.]+/g, '-').toLowerCase(), name);
		for (const module of imports) packages.set(module.split('.')[0] ?? module, name);
	}
	// Waiting on memory that nobody changes takes no CPU; where there is no such memory, `time.sleep` spins.
	const still = typeof SharedArrayBuffer === 'function' ? new Int32Array(new SharedArrayBuffer(4)) : null;
	const toPython = (answer: Answer): PythonAnswer => {
		if (answer.kind !== 'response') return [JSON.stringify(answer), null];
		return [JSON.stringify({ ...answer, body: null }), pyodide.toPy(new Uint8Array(answer.body))];
	};
	return {
		memoryLimitBytes,
		packageOf: (name) => packages.get(name) ?? null,
		packageNamed: (name) => names.get(name) ?? null,
		load: (names) => loadOnBoard(pyodide, [...names]),
		pause(ms) {
			if (still !== null) Atomics.wait(still, 0, 0, ms);
			// The interpreter itself looks for a signal only every so many instructions, of which a sleep has few.
			pyodide.checkInterrupt();
		},
		ask: async (query, body) => toPython(await questions.ask(toQuery(query, body))),
		wait: (query, body) => toPython(questions.wait(toQuery(query, body), () => pyodide.checkInterrupt())),
	};
}

/** Loads packages on board, and what they need; rejects with the broker's coded sentence. */
export async function loadOnBoard(pyodide: PyodideInterface, names: string[]): Promise<void> {
	const failures: string[] = [];
	await pyodide.loadPackage(names, {
		messageCallback: () => undefined,
		errorCallback: (message) => failures.push(message),
		// The broker has compared the hash with the lock's before it handed the wheel over.
		checkIntegrity: false,
	});
	if (names.some((name) => !(name in pyodide.loadedPackages))) throw new TypeError(failures.join(' '));
}

/** What `page.py` asks: the body of a request comes beside the JSON, as bytes. */
function toQuery(text: string, body: PyBuffer | undefined): Query {
	const query = JSON.parse(text) as Query;
	if (query.kind !== 'fetch' || body === undefined) return query;
	const view = body.getBuffer('u8');
	const bytes = new Uint8Array(view.data).buffer;
	view.release();
	return { ...query, request: { ...query.request, body: bytes } };
}
