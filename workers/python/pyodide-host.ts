/** Owns Pyodide in the python worker: boots it in named stages and drives the harness. */
import type { loadPyodide, PyodideInterface } from 'pyodide';
import { PlaygroundError } from '../../src/core/errors';
import type { Display, OutputDelta, PythonError, RunResult } from '../../src/core/ports';
import type { BootOptions, BootReport, BootStage, PythonContract, PythonEvent, Settled } from '../contracts';
import { harnessHost, type Lock } from './on-board';
import { OutputStream } from './output';
import displaysPy from './displays.py?raw';
import failurePy from './failure.py?raw';
import harnessPy from './harness.py?raw';
import hooksPy from './hooks.py?raw';
import packagesPy from './packages.py?raw';
import preloadPy from './preload.py?raw';
import sourcePy from './source.py?raw';

/** Where Python believes that Pyodide's files lie. No such host exists; the broker maps it to the app's own folder. */
const INDEX_URL = 'https://pyodide.invalid/';

/** The harness as a Python package: in a folder of its own, under a name that no action has a use for. */
const HARNESS_PATH = '/lib/playground';
const HARNESS_FOLDER = `${HARNESS_PATH}/playground_harness`;
const HARNESS_FILES = {
	'__init__.py': '',
	'displays.py': displaysPy,
	'failure.py': failurePy,
	'harness.py': harnessPy,
	'hooks.py': hooksPy,
	'packages.py': packagesPy,
	'source.py': sourcePy,
};

/** The harness as seen from here; see `harness.py`. */
interface Harness {
	install(): void;
	preload(code: string): void;
	run(code: string): PromiseLike<string> & { destroy(): void };
	parses(code: string): boolean;
	interrupt(): void;
}

/** What `Harness.run` tells, as JSON. */
interface Told {
	readonly status: 'ok' | 'error' | 'interrupted';
	readonly value: string | null;
	readonly error: PythonError | null;
	readonly displays: readonly Display[];
	readonly answer: string | null;
}

/** Streams of the action under way; what is printed between two actions belongs to none and is dropped. */
interface Streams {
	readonly stdout: OutputStream;
	readonly stderr: OutputStream;
}

/** The python worker's side of `PythonContract`. `interruptBuffer`: null where the browser shares no memory. */
export class PyodideHost implements PythonContract {
	#pyodide: PyodideInterface | null = null;
	#harness: Harness | null = null;
	#streams: Streams | null = null;

	constructor(
		private readonly say: (event: PythonEvent) => void,
		private readonly interruptBuffer: Uint8Array | null,
	) {}

	async boot(options: BootOptions): Promise<Settled<BootReport>> {
		try {
			this.#stage('files');
			const { load, lock } = await fetchFiles();
			this.#stage('interpreter');
			const pyodide = await load({
				indexURL: INDEX_URL,
				env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0', MPLBACKEND: 'Agg' },
			});
			pyodide.setStdin({ stdin: () => null });
			pyodide.setStdout({ write: (bytes) => this.#write('stdout', bytes) });
			pyodide.setStderr({ write: (bytes) => this.#write('stderr', bytes) });
			this.#stage('harness');
			this.#harness = installHarness(pyodide, lock, options.indexUrls);
			this.#stage('preload');
			this.#harness.preload(preloadPy);
			if (this.interruptBuffer !== null) pyodide.setInterruptBuffer(this.interruptBuffer);
			this.#pyodide = pyodide;
			this.#stage('ready');
			return {
				ok: true,
				value: {
					pythonVersion: String(pyodide.pyimport('platform').python_version()),
					pyodideVersion: pyodide.version,
					interruptible: this.interruptBuffer !== null,
				},
			};
		} catch (thrown) {
			return { ok: false, error: PlaygroundError.from(thrown, 'python_boot_failed').toWire() };
		}
	}

	async run(code: string): Promise<Settled<Omit<RunResult, 'state'>>> {
		const pyodide = this.#pyodide;
		if (pyodide === null || this.#harness === null) return died(new Error('run before boot'));
		// An interrupt that came too late for the action before must not hit this one.
		this.interruptBuffer?.fill(0);
		const emit = (delta: OutputDelta): void => this.say({ kind: 'output', delta });
		const streams = { stdout: new OutputStream('stdout', emit), stderr: new OutputStream('stderr', emit) };
		this.#streams = streams;
		const before = new Set(Object.keys(pyodide.loadedPackages));
		const startedAt = performance.now();
		try {
			const told = await this.#told(pyodide, this.#harness, code);
			const durationMs = performance.now() - startedAt;
			const packages = Object.keys(pyodide.loadedPackages).filter((name) => !before.has(name));
			return {
				ok: true,
				value: { ...told, stdout: streams.stdout.finish(), stderr: streams.stderr.finish(), packages, durationMs },
			};
		} catch (thrown) {
			return died(thrown);
		} finally {
			this.#streams = null;
		}
	}

	async parses(code: string): Promise<boolean> {
		return this.#harness?.parses(code) ?? false;
	}

	async interrupt(): Promise<void> {
		this.#harness?.interrupt();
	}

	async #told(pyodide: PyodideInterface, harness: Harness, code: string): Promise<Told> {
		const running = harness.run(code);
		try {
			return JSON.parse(await running) as Told;
		} catch (thrown) {
			// The interrupt hit the harness itself, after or before the action: Python lives on.
			if (!(thrown instanceof pyodide.ffi.PythonError) || thrown.type !== 'KeyboardInterrupt') throw thrown;
			return { status: 'interrupted', value: null, error: null, displays: [], answer: null };
		} finally {
			running.destroy();
		}
	}

	#write(stream: keyof Streams, bytes: Uint8Array): number {
		this.#streams?.[stream].write(bytes);
		return bytes.length;
	}

	#stage(stage: BootStage): void {
		this.say({ kind: 'stage', stage });
	}
}

/** Fetches what the boot needs, all at once, and imports the two scripts; `lock` is Pyodide's own. */
async function fetchFiles(): Promise<{ load: typeof loadPyodide; lock: Lock }> {
	const through = self.fetch;
	const early = new Map(
		['pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'].map((name) => [
			INDEX_URL + name,
			through(INDEX_URL + name),
		]),
	);
	const [asm, module, lock] = await Promise.all([
		through(`${INDEX_URL}pyodide.asm.js`),
		through(`${INDEX_URL}pyodide.mjs`),
		early.get(`${INDEX_URL}pyodide-lock.json`)?.then((response) => response.clone().json() as Promise<Lock>),
	]);
	if (lock === undefined) throw new PlaygroundError('python_files_missing');
	// Pyodide asks for each of these once; every later request goes to the broker anew.
	self.fetch = async (input, init) => {
		const url = String(input);
		const response = early.get(url);
		early.delete(url);
		return response ?? through(input, init);
	};
	await importText(await asm.text());
	const { loadPyodide: load } = (await importText(await module.text())) as { loadPyodide: typeof loadPyodide };
	return { load, lock };
}

/** Imports a script from its text: the frame's policy lets scripts come from blobs only. */
async function importText(text: string): Promise<unknown> {
	const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
	try {
		return await import(/* @vite-ignore */ url);
	} finally {
		URL.revokeObjectURL(url);
	}
}

function installHarness(pyodide: PyodideInterface, lock: Lock, indexUrls: readonly string[]): Harness {
	pyodide.FS.mkdirTree(HARNESS_FOLDER);
	for (const [name, text] of Object.entries(HARNESS_FILES)) pyodide.FS.writeFile(`${HARNESS_FOLDER}/${name}`, text);
	pyodide.pyimport('sys').path.append(HARNESS_PATH);
	const module = pyodide.pyimport('playground_harness.harness');
	const harness = module.Harness(
		pyodide.pyimport('__main__').__dict__,
		harnessHost(pyodide, lock),
		pyodide.toPy([...indexUrls]),
	) as Harness;
	harness.install();
	return harness;
}

function died(thrown: unknown): { ok: false; error: ReturnType<PlaygroundError['toWire']> } {
	return { ok: false, error: PlaygroundError.from(thrown, 'python_died').toWire() };
}
