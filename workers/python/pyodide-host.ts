/** Owns Pyodide in the python worker: starts it (`boot.ts`) and drives the harness. */
import { transfer } from 'comlink';
import type { PyodideInterface } from 'pyodide';
import type { Loads } from '../../src/core/ahead';
import { PlaygroundError } from '../../src/core/errors';
import type { FileEntry } from '../../src/core/files';
import type { Display, OutputDelta, PythonError, Restored } from '../../src/core/ports';
import { pythonDied } from '../../src/core/python-died';
import type {
	ActionReport,
	BootOptions,
	BootReport,
	BootStage,
	PythonContract,
	PythonEvent,
	Settled,
} from '../contracts';
import { Ahead } from './ahead';
import { bootPython, type Harness } from './boot';
import { RefusedFetch } from './broker-fetch';
import type { HeapImage } from './image/heap-image';
import { OutputStream } from './output';
import { Past } from './past';
import type { Questions } from './questions';
import { PyodideDirectory } from './working-directory';

/** What `Harness.run` tells, as JSON. */
interface Told {
	readonly status: 'ok' | 'error' | 'interrupted';
	readonly value: string | null;
	readonly error: PythonError | null;
	readonly displays: readonly Display[];
	readonly answer: string | null;
}

/** What is told of an action in which Python broke, besides what it printed. */
const BROKEN = {
	status: 'error',
	value: null,
	displays: [],
	answer: null,
	packages: [],
	files: [],
	state: 'restored',
	checkpoint: null,
} satisfies Partial<ActionReport>;

/** How long a Python that is up waits for its first action, before it keeps its first state. */
const FIRST_STATE_MS = 200;

/** Pyodide's hook for fatal errors, which its own console page uses too (`console.html` of the npm package). */
interface FatalHook {
	readonly _api: { on_fatal?: (error: unknown) => void };
}

/** Streams of the action under way; what is printed between two actions belongs to none and is dropped. */
interface Streams {
	readonly stdout: OutputStream;
	readonly stderr: OutputStream;
}

/** A Python that is up, and what belongs to it. */
interface Python {
	readonly pyodide: PyodideInterface;
	readonly harness: Harness;
	readonly directory: PyodideDirectory;
	readonly past: Past;
	readonly ahead: Ahead;
	readonly saveImage: () => HeapImage | null;
}

/** The python worker's side of `PythonContract`. `interruptBuffer`: null where the browser shares no memory. */
export class PyodideHost implements PythonContract {
	#python: Python | null = null;
	#streams: Streams | null = null;
	#isPythonError: (thrown: unknown) => thrown is Error & { type: string } = (_): _ is never => false;
	/** Ends the action under way: the interpreter broke, and nobody is left who would settle its call. */
	#die: ((error: unknown) => void) | null = null;
	/** Why the interpreter broke while no action was under way. */
	#broken: { readonly error: unknown } | null = null;

	constructor(
		private readonly say: (event: PythonEvent) => void,
		private readonly interruptBuffer: Uint8Array | null,
		private readonly questions: Questions,
	) {}

	async boot(options: BootOptions): Promise<Settled<BootReport>> {
		try {
			const booting = bootPython(options, this.questions, (stage) => this.#stage(stage));
			const { pyodide, harness, hooks, saveImage, startedFrom } = await booting;
			const { PythonError } = pyodide.ffi;
			this.#isPythonError = (thrown) => thrown instanceof PythonError;
			(pyodide as unknown as FatalHook)._api.on_fatal = (error) => this.#breakDown(error);
			// What Python lets a browser's callback raise ends neither the worker nor the action; the fatal is told above.
			self.addEventListener('error', (event) => {
				event.preventDefault();
				this.#write('stderr', new TextEncoder().encode(`${event.message}\n`));
			});
			// A fatal error leaves promises behind that nobody waits for.
			self.addEventListener('unhandledrejection', (event) => {
				if (isFatal(event.reason)) event.preventDefault();
			});
			pyodide.setStdin({ stdin: () => null });
			pyodide.setStdout({ write: (bytes) => this.#write('stdout', bytes) });
			pyodide.setStderr({ write: (bytes) => this.#write('stderr', bytes) });
			if (this.interruptBuffer !== null) pyodide.setInterruptBuffer(this.interruptBuffer);
			const past = new Past(pyodide, hooks, (history) => this.say({ kind: 'history', history }));
			const ahead = new Ahead(pyodide, harness);
			this.#python = { pyodide, harness, directory: new PyodideDirectory(pyodide), past, ahead, saveImage };
			// Not in the way of an action that waits for Python to be up: that one keeps the first state itself.
			setTimeout(() => this.#streams === null && !ahead.isLoading && past.keepChanges(), FIRST_STATE_MS);
			this.#stage('ready');
			return {
				ok: true,
				value: {
					pythonVersion: String(pyodide.pyimport('platform').python_version()),
					pyodideVersion: pyodide.version,
					interruptible: this.interruptBuffer !== null,
					memoryLimitBytes: options.memoryLimitBytes,
					startedFrom,
				},
			};
		} catch (thrown) {
			const isRefused = thrown instanceof RefusedFetch;
			const error = isRefused ? thrown.error : PlaygroundError.from(thrown, 'python_boot_failed').toWire();
			return { ok: false, error };
		}
	}

	async run(code: string): Promise<Settled<ActionReport>> {
		const python = this.#python;
		if (python === null) return died(new Error('run before boot'));
		const { pyodide, directory, past } = python;
		const loadedAhead = await python.ahead.end();
		if (this.#broken !== null && past.revive() === null) return died(this.#broken.error);
		this.#broken = null;
		past.keepChanges();
		// An interrupt that came too late for the action before must not hit this one.
		this.interruptBuffer?.fill(0);
		const emit = (delta: OutputDelta): void => this.say({ kind: 'output', delta });
		const streams = { stdout: new OutputStream('stdout', emit), stderr: new OutputStream('stderr', emit) };
		this.#streams = streams;
		const before = new Set(Object.keys(pyodide.loadedPackages).filter((name) => !loadedAhead.includes(name)));
		const filesBefore = directory.tree();
		const startedAt = performance.now();
		const end = (): Pick<ActionReport, 'stdout' | 'stderr' | 'durationMs'> => ({
			stdout: streams.stdout.finish(),
			stderr: streams.stderr.finish(),
			durationMs: performance.now() - startedAt,
		});
		try {
			const told = await this.#told(python.harness, code);
			const ended = end();
			const packages = Object.keys(pyodide.loadedPackages).filter((name) => !before.has(name));
			const files = directory.changesSince(filesBefore);
			const checkpoint = past.keep();
			return { ok: true, value: { ...told, ...ended, packages, files, state: 'kept', restored: null, checkpoint } };
		} catch (thrown) {
			const restored = past.revive();
			if (restored === null) return died(thrown);
			return {
				ok: true,
				value: {
					...BROKEN,
					...end(),
					error: pythonDied(thrown instanceof Error ? thrown.message : String(thrown)),
					restored,
				},
			};
		} finally {
			this.#streams = null;
		}
	}

	async restore(checkpoint: number): Promise<Settled<Restored>> {
		try {
			if (this.#python === null) throw new Error('restore before boot');
			await this.#python.ahead.end();
			const restored = this.#python.past.restore(checkpoint);
			this.#broken = null;
			return { ok: true, value: restored };
		} catch (thrown) {
			return died(thrown);
		}
	}

	async drop(checkpoint: number): Promise<void> {
		this.#python?.past.drop(checkpoint);
	}

	async prepare(loads: Loads): Promise<void> {
		if (this.#python === null || this.#streams !== null) return;
		this.#python.past.change();
		await this.#python.ahead.begin(loads);
	}

	async saveImage(): Promise<Settled<HeapImage | null>> {
		try {
			if (this.#python === null || this.#broken !== null) throw new Error('no Python to make an image of');
			// Python is on the stack, or about to be.
			if (this.#streams !== null || this.#python.ahead.isLoading) return { ok: true, value: null };
			const image = this.#python.saveImage();
			return { ok: true, value: image && transfer(image, [image.memory.pages, image.files.bytes]) };
		} catch (thrown) {
			return died(thrown);
		}
	}

	async parses(code: string): Promise<boolean> {
		return this.#python?.harness.parses(code) ?? false;
	}

	async listFiles(): Promise<readonly FileEntry[]> {
		return this.#python?.directory.list() ?? [];
	}

	async readFile(path: string): Promise<Settled<Uint8Array>> {
		return this.#inDirectory((directory) => {
			const bytes = directory.read(path);
			return transfer(bytes, [bytes.buffer]);
		});
	}

	async writeFile(path: string, bytes: Uint8Array, modified: number): Promise<Settled<null>> {
		return this.#changeDirectory((directory) => directory.write(path, bytes, modified));
	}

	async removeFile(path: string): Promise<Settled<null>> {
		return this.#changeDirectory((directory) => directory.remove(path));
	}

	async interrupt(): Promise<void> {
		// This is read only while Python computes nothing: the signal could hit nothing but the cancelling itself.
		this.interruptBuffer?.fill(0);
		try {
			this.#python?.harness.interrupt();
		} catch (thrown) {
			if (!this.#isStop(thrown)) throw thrown;
			this.interruptBuffer?.fill(0);
			this.#python?.harness.interrupt();
		}
	}

	async #told(harness: Harness, code: string): Promise<Told> {
		const broken = new Promise<never>((_, reject) => (this.#die = reject));
		try {
			const running = harness.run(code);
			const text = await Promise.race([running, broken]);
			running.destroy();
			return JSON.parse(text) as Told;
		} catch (thrown) {
			// The interrupt hit the harness itself, after or before the action: Python lives on.
			if (!this.#isStop(thrown)) throw thrown;
			return { status: 'interrupted', value: null, error: null, displays: [], answer: null };
		} finally {
			this.#die = null;
		}
	}

	#breakDown(error: unknown): void {
		if (this.#die !== null) this.#die(error);
		else this.#broken = { error };
	}

	#inDirectory<T>(call: (directory: PyodideDirectory) => T): Settled<T> {
		try {
			if (this.#python === null) throw new PlaygroundError('python_died', { detail: 'files before boot' });
			return { ok: true, value: call(this.#python.directory) };
		} catch (thrown) {
			return { ok: false, error: PlaygroundError.from(thrown, 'file_unreadable').toWire() };
		}
	}

	#changeDirectory(call: (directory: PyodideDirectory) => void): Settled<null> {
		this.#python?.past.change();
		return this.#inDirectory((directory) => (call(directory), null));
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

/** True for an error that ended the interpreter; Pyodide marks them so. */
function isFatal(thrown: unknown): boolean {
	return thrown instanceof Error && 'pyodide_fatal_error' in thrown;
}

function died(thrown: unknown): { ok: false; error: ReturnType<PlaygroundError['toWire']> } {
	return { ok: false, error: PlaygroundError.from(thrown, 'python_died').toWire() };
}
