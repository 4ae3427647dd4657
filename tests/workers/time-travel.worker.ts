/** A Python with time travel for the tests: real Pyodide with the real harness, without the page's broker. */
import { expose } from 'comlink';
import type { PyodideInterface } from 'pyodide';
import { PYODIDE_URL } from '../../src/core/network';
import { bootPython, type Harness } from '../../workers/python/boot';
import { TimeTravel } from '../../workers/python/time-travel/time-travel';
import { Questions } from '../../workers/python/questions';
import statePy from '../fixtures/time-travel/state.py?raw';
import type { ProgramOptions, ProgramReport, Traveller } from './contract';

const ask = self.fetch.bind(self);
// The files lie where the app has them; Python knows them by another address (see `broker-fetch.ts`).
self.fetch = async (input, init) => {
	const url = input instanceof Request ? input.url : String(input);
	const response = await ask(url.replace(PYODIDE_URL, `${location.origin}/pyodide/`), init);
	return Object.defineProperty(response, 'url', { value: url });
};

// Nobody answers: no test asks.
const questions = new Questions(new MessageChannel().port1, null);
let pyodide: PyodideInterface;
let harness: Harness;
let travel: TimeTravel;
const fatals: string[] = [];
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const traveller: Traveller = {
	async boot(options = {}) {
		const booted = await bootPython(
			{ indexUrls: [], memoryLimitBytes: 2 ** 31, image: null },
			questions,
			() => undefined,
		);
		({ pyodide, harness } = booted);
		pyodide.setStdout({ write: (bytes) => bytes.length });
		pyodide.setStderr({ write: (bytes) => bytes.length });
		const { _api: api } = pyodide as unknown as { _api: { on_fatal(error: unknown): void } };
		api.on_fatal = (error) => void fatals.push(String(error));
		travel = new TimeTravel(pyodide, booted.hooks, options);
	},
	async load(packages) {
		await pyodide.loadPackage([...packages], { messageCallback: () => undefined, checkIntegrity: false });
	},
	async action(code) {
		const running = harness.run(code);
		const told = await running;
		running.destroy();
		// The turn in which the action ended is over before anything else happens.
		await sleep(0);
		return JSON.parse(told);
	},
	async python(code) {
		return plain(pyodide.runPython(code));
	},
	async pythonAsync(code) {
		return plain(await pyodide.runPythonAsync(code));
	},
	async javascript(code) {
		return (0, eval)(code) as unknown;
	},
	async useSignal() {
		pyodide.setInterruptBuffer((globalThis as unknown as { signal: Uint8Array }).signal);
	},
	async tableSizes() {
		const { _module: module } = pyodide as unknown as {
			_module: { wasmTable: WebAssembly.Table; HEAPU8: Uint8Array; __hiwire_get(index: number): unknown };
		};
		let references = 0;
		try {
			for (;;) module.__hiwire_get(references++);
		} catch {
			return { functions: module.wasmTable.length, references, heapBytes: module.HEAPU8.length };
		}
	},
	async checkpoint() {
		return travel.checkpoint();
	},
	async restore(id) {
		return travel.restore(id);
	},
	async drop(id) {
		travel.drop(id);
	},
	async revive() {
		return travel.revive();
	},
	async ids() {
		return travel.ids();
	},
	async current() {
		return travel.current;
	},
	async usedBytes() {
		return travel.usedBytes;
	},
	programs: async (options) => runPrograms(options),
	async fatals() {
		return fatals.splice(0);
	},
};

/** A value that can cross threads. */
function plain(value: unknown): unknown {
	if (!(value instanceof pyodide.ffi.PyProxy)) return value;
	const text = String(value);
	value.destroy();
	return text;
}

/** One program: how the state was at its checkpoint, and what its continuation did. */
interface Program {
	readonly id: number;
	readonly seed: number;
	readonly before: string;
	readonly trace: string;
	readonly after: string;
}

/** The functions of `state.py`. */
interface State {
	run(seed: number, steps: number, kind: ProgramOptions['kind']): string;
	fingerprint(withTimes: boolean): string;
	damage(kind: number): void;
}

/**
 * Each program builds a state, is kept, continues, and is then brought back twice from whatever other programs did in the
 * meantime: the state and its continuation have to be the same to the last address.
 */
function runPrograms({ count, seed, kind }: ProgramOptions): ProgramReport {
	pyodide.runPython(statePy);
	const state = ['run', 'fingerprint', 'damage'].map((name) => pyodide.globals.get(name)) as never as [
		State['run'],
		State['fingerprint'],
		State['damage'],
	];
	const [run, fingerprint, damage] = state;
	pyodide.runPython('S.clear()');
	const random = randomFrom(seed);
	const recent: Program[] = [];
	const differences: string[] = [];
	let restores = 0;
	for (let number = 0; number < count; number += 1) {
		run(random(1e6), 12, kind);
		const before = fingerprint(true);
		const { id } = travel.checkpoint();
		const programSeed = random(1e6);
		fingerprint(true);
		const trace = run(programSeed, 20, kind);
		recent.push({ id, seed: programSeed, before, trace, after: fingerprint(false) });
		if (recent.length > 8) travel.drop(recent.shift()?.id ?? 0);

		travel.restore(id);
		run(random(1e6), 30, kind);
		damage(random(12));
		const picked = recent[random(recent.length)] as Program;
		for (const round of ['first', 'second']) {
			travel.restore(picked.id);
			restores += 1;
			const tell = (what: string, detail = ''): void => {
				differences.push(`program ${number}, checkpoint ${picked.id}, ${round} restore: ${what} ${detail}`);
			};
			if (fingerprint(true) !== picked.before) tell('the state differs');
			const again = run(picked.seed, 20, kind);
			if (again !== picked.trace) tell('the trace differs', parting(again, picked.trace));
			if (fingerprint(false) !== picked.after) tell('the state after the trace differs');
		}
	}
	return { programs: count, restores, differences };
}

/** Where two traces part. */
function parting(one: string, other: string): string {
	let at = 0;
	while (one[at] === other[at]) at += 1;
	return `at ${at}: …${one.slice(Math.max(0, at - 40), at + 60)}… instead of …${other.slice(at, at + 60)}…`;
}

/** A generator of random whole numbers that gives the same ones for the same seed. */
function randomFrom(seed: number): (below: number) => number {
	let state = seed * 7919;
	return (below) => {
		state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
		return (state >> 8) % below;
	};
}

expose(traveller);
