/** What the runtime suites share: a Python for a whole file, and short ways to run code in it. */
import { Broker, type BrokerOptions } from '../../src/adapters/broker/broker';
import { PyodideRuntime } from '../../src/adapters/runtimes/pyodide-runtime';
import type { OutputDelta, RunResult, Runtime } from '../../src/core/ports';

/** The folder that the app is served from, under test the root of the development server. */
export const BASE_URL = `${location.origin}/`;

/** A runtime on real Pyodide with its broker. */
export function pyodide(options: Partial<BrokerOptions> = {}): { runtime: PyodideRuntime; broker: Broker } {
	const broker = new Broker({ baseUrl: BASE_URL, ...options });
	return { runtime: new PyodideRuntime({ broker }), broker };
}

/** How `run` below runs. */
export interface RunCase {
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal;
	readonly onOutput?: (delta: OutputDelta) => void;
}

/** Runs `code` with a long timeout and no signal, save where the case has its own. */
export function run(runtime: Runtime, code: string, options: RunCase = {}): Promise<RunResult> {
	const { timeoutMs = 60_000, signal = new AbortController().signal, onOutput = () => undefined } = options;
	return runtime.run(code, { timeoutMs, onOutput }, signal);
}
