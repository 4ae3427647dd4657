/** Owns Pyodide in the python worker: boots it in named stages and drives the harness. */
import type { loadPyodide, PyodideInterface } from 'pyodide';
import { PlaygroundError } from '../../src/core/errors';
import { PYODIDE_URL } from '../../src/core/network';
import type { Display, OutputDelta, PythonError, RunResult } from '../../src/core/ports';
import type { BootOptions, BootReport, BootStage, PythonContract, PythonEvent, Settled } from '../contracts';
import { RefusedFetch } from './broker-fetch';
import { harnessHost, type Lock } from './on-board';
import { OutputStream } from './output';
import displaysPy from './displays.py?raw';
import failurePy from './failure.py?raw';
import harnessPy from './harness.py?raw';
import hooksPy from './hooks.py?raw';
import packagesPy from './packages.py?raw';
import preloadPy from './preload.py?raw';
import sourcePy from './source.py?raw';

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

/** Pyodide's hook for fatal errors, which its own console page uses too (`console.html` of the npm package). */
interface FatalHook {
	readonly _api: { on_fatal?: (error: unknown) => void };
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
	#isPythonError: (thrown: unknown) => thrown is Error & { type: string } = (_): _ is never => false;
	#die: (error: unknown) => void = () => undefined;
	/** Rejects when the interpreter breaks: by then nobody may be left who would settle the call under way. */
	readonly #died = new Promise<never>((_, reject) => (this.#die = reject));

	constructor(
		private readonly say: (event: PythonEvent) => void,
		private readonly interruptBuffer: Uint8Array | null,
	) {
		// Heard by the call under way; without one, by the next.
		this.#died.catch(() => undefined);
	}

	async boot(options: BootOptions): Promise<Settled<BootReport>> {
		try {
			this.#stage('files');
			const { load, lock } = await fetchFiles();
			this.#stage('interpreter');
			const pyodide = await load({
				indexURL: PYODIDE_URL,
				env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0', MPLBACKEND: 'Agg' },
			});
			const { PythonError } = pyodide.ffi;
			this.#isPythonError = (thrown) => thrown instanceof PythonError;
			(pyodide as unknown as FatalHook)._api.on_fatal = this.#die;
			// What Python lets a browser's callback raise ends neither the worker nor the action; the fatal is told above.
			self.addEventListener('error', (event) => {
				event.preventDefault();
				this.#write('stderr', new TextEncoder().encode(`${event.message}\n`));
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
			const isRefused = thrown instanceof RefusedFetch;
			const error = isRefused ? thrown.error : PlaygroundError.from(thrown, 'python_boot_failed').toWire();
			return { ok: false, error };
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
			const told = await this.#told(this.#harness, code);
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
		// This is read only while Python computes nothing: the signal could hit nothing but the cancelling itself.
		this.interruptBuffer?.fill(0);
		try {
			this.#harness?.interrupt();
		} catch (thrown) {
			if (!this.#isStop(thrown)) throw thrown;
			this.interruptBuffer?.fill(0);
			this.#harness?.interrupt();
		}
	}

	async #told(harness: Harness, code: string): Promise<Told> {
		const running = harness.run(code);
		try {
			const text = await Promise.race([running, this.#died]);
			running.destroy();
			return JSON.parse(text) as Told;
		} catch (thrown) {
			// The interrupt hit the harness itself, after or before the action: Python lives on.
			if (!this.#isStop(thrown)) throw thrown;
			return { status: 'interrupted', value: null, error: null, displays: [], answer: null };
		}
	}

	/** True for what an interrupt or a cancelling raises. */
	#isStop(thrown: unknown): boolean {
		return this.#isPythonError(thrown) && ['KeyboardInterrupt', 'CancelledError'].includes(thrown.type);
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
	const ask = self.fetch;
	const names = [
		'pyodide.asm.js',
		'pyodide.mjs',
		'pyodide-lock.json',
		'pyodide.asm.wasm',
		'python_stdlib.zip',
	] as const;
	// All of them before Pyodide starts: one that it fetches itself and does not get leaves it waiting for ever.
	const [asm, module, lock, ...rest] = await Promise.all(names.map((name) => ask(PYODIDE_URL + name)));
	if (asm === undefined || module === undefined || lock === undefined) throw new PlaygroundError('internal');
	const early = new Map([lock, ...rest].map((response) => [response.url, response.clone()]));
	self.fetch = async (input, init) => {
		const url = String(input);
		const response = early.get(url);
		early.delete(url);
		return response ?? ask(input, init);
	};
	await importText(await asm.text());
	const { loadPyodide: load } = (await importText(await module.text())) as { loadPyodide: typeof loadPyodide };
	return { load, lock: (await lock.json()) as Lock };
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
