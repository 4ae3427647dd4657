/** Owns Pyodide in the python worker: starts it (`boot.ts`) and drives the harness. */
import { transfer } from 'comlink';
import type { PyodideInterface } from 'pyodide';
import { PlaygroundError } from '../../src/core/errors';
import type { FileEntry } from '../../src/core/files';
import type { Display, OutputDelta, PythonError } from '../../src/core/ports';
import type {
	ActionReport,
	BootOptions,
	BootReport,
	BootStage,
	PythonContract,
	PythonEvent,
	Settled,
} from '../contracts';
import { bootPython, type Harness } from './boot';
import { RefusedFetch } from './broker-fetch';
import { OutputStream } from './output';
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
	#directory: PyodideDirectory | null = null;
	#streams: Streams | null = null;
	#isPythonError: (thrown: unknown) => thrown is Error & { type: string } = (_): _ is never => false;
	#die: (error: unknown) => void = () => undefined;
	/** Rejects when the interpreter breaks: by then nobody may be left who would settle the call under way. */
	readonly #died = new Promise<never>((_, reject) => (this.#die = reject));

	constructor(
		private readonly say: (event: PythonEvent) => void,
		private readonly interruptBuffer: Uint8Array | null,
		private readonly questions: Questions,
	) {
		// Heard by the call under way; without one, by the next.
		this.#died.catch(() => undefined);
	}

	async boot(options: BootOptions): Promise<Settled<BootReport>> {
		try {
			const { pyodide, harness } = await bootPython(options, this.questions, (stage) => this.#stage(stage));
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
			this.#harness = harness;
			if (this.interruptBuffer !== null) pyodide.setInterruptBuffer(this.interruptBuffer);
			this.#directory = new PyodideDirectory(pyodide);
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

	async run(code: string): Promise<Settled<ActionReport>> {
		const [pyodide, directory] = [this.#pyodide, this.#directory];
		if (pyodide === null || directory === null || this.#harness === null) return died(new Error('run before boot'));
		// An interrupt that came too late for the action before must not hit this one.
		this.interruptBuffer?.fill(0);
		const emit = (delta: OutputDelta): void => this.say({ kind: 'output', delta });
		const streams = { stdout: new OutputStream('stdout', emit), stderr: new OutputStream('stderr', emit) };
		this.#streams = streams;
		const before = new Set(Object.keys(pyodide.loadedPackages));
		const filesBefore = directory.tree();
		const startedAt = performance.now();
		try {
			const told = await this.#told(this.#harness, code);
			const durationMs = performance.now() - startedAt;
			const packages = Object.keys(pyodide.loadedPackages).filter((name) => !before.has(name));
			const files = directory.changesSince(filesBefore);
			return {
				ok: true,
				value: {
					...told,
					stdout: streams.stdout.finish(),
					stderr: streams.stderr.finish(),
					packages,
					durationMs,
					state: 'kept',
					restored: null,
					checkpoint: null,
					files,
				},
			};
		} catch (thrown) {
			return died(thrown);
		} finally {
			this.#streams = null;
		}
	}

	async restore(_checkpoint: number): Promise<Settled<{ durationMs: number }>> {
		return died(new Error('no checkpoints'));
	}

	async drop(_checkpoint: number): Promise<void> {
		// None is kept.
	}

	async parses(code: string): Promise<boolean> {
		return this.#harness?.parses(code) ?? false;
	}

	async listFiles(): Promise<readonly FileEntry[]> {
		return this.#directory?.list() ?? [];
	}

	async readFile(path: string): Promise<Settled<Uint8Array>> {
		return this.#inDirectory((directory) => {
			const bytes = directory.read(path);
			return transfer(bytes, [bytes.buffer]);
		});
	}

	async writeFile(path: string, bytes: Uint8Array, modified: number): Promise<Settled<null>> {
		return this.#inDirectory((directory) => (directory.write(path, bytes, modified), null));
	}

	async removeFile(path: string): Promise<Settled<null>> {
		return this.#inDirectory((directory) => (directory.remove(path), null));
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

	#inDirectory<T>(call: (directory: PyodideDirectory) => T): Settled<T> {
		try {
			if (this.#directory === null) throw new PlaygroundError('python_died', { detail: 'files before boot' });
			return { ok: true, value: call(this.#directory) };
		} catch (thrown) {
			return { ok: false, error: PlaygroundError.from(thrown, 'file_unreadable').toWire() };
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

function died(thrown: unknown): { ok: false; error: ReturnType<PlaygroundError['toWire']> } {
	return { ok: false, error: PlaygroundError.from(thrown, 'python_died').toWire() };
}
