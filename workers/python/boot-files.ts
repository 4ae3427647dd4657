/** The files that Python is booted from: asked for all at once, and worked on as each of them comes. */
import type { loadPyodide } from 'pyodide';
import { PYODIDE_URL } from '../../src/core/network';
import type { Lock } from './on-board';

/** What a boot needs. */
export interface BootFiles {
	/** Loads Pyodide from these files; may be called again where it failed. */
	readonly load: typeof loadPyodide;
	readonly lock: Lock;
	/** The memory snapshot; null where there is none on board. */
	readonly snapshot: ArrayBuffer | null;
}

/**
 * Fetches all that a boot needs. The interpreter is compiled while other files are still on their way, and Pyodide gets
 * everything when it asks: a file that it fetches itself and does not get leaves it waiting for ever.
 */
export async function fetchBootFiles(): Promise<BootFiles> {
	const ask = self.fetch;
	const file = async (name: string): Promise<ArrayBuffer> => (await ask(PYODIDE_URL + name)).arrayBuffer();
	const [interpreter, , module, stdlib, lock, snapshot] = await Promise.all([
		file('pyodide.asm.wasm').then((bytes) => WebAssembly.compile(bytes)),
		file('pyodide.asm.js').then(importScript),
		file('pyodide.mjs').then(importScript) as Promise<{ loadPyodide: typeof loadPyodide }>,
		file('python_stdlib.zip'),
		file('pyodide-lock.json'),
		file('python.snapshot').catch(() => null),
	]);
	const compiled = new Response();
	giveCompiled(compiled, interpreter);
	const given = new Map<string, () => Response>([
		['pyodide.asm.wasm', () => compiled],
		['python_stdlib.zip', () => new Response(stdlib)],
		['pyodide-lock.json', () => new Response(lock)],
	]);
	const load = async (options: Parameters<typeof loadPyodide>[0]): ReturnType<typeof loadPyodide> => {
		self.fetch = async (input, init) => given.get(String(input).slice(PYODIDE_URL.length))?.() ?? ask(input, init);
		try {
			return await module.loadPyodide(options);
		} finally {
			self.fetch = ask;
		}
	};
	return { load, lock: JSON.parse(new TextDecoder().decode(lock)) as Lock, snapshot };
}

/** Imports a script from its bytes: the frame's policy lets scripts come from blobs only. */
async function importScript(bytes: ArrayBuffer): Promise<unknown> {
	const url = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
	try {
		return await import(/* @vite-ignore */ url);
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** Makes WebAssembly take `module` where it is asked to compile `response`. */
function giveCompiled(response: Response, module: WebAssembly.Module): void {
	const { instantiateStreaming } = WebAssembly;
	WebAssembly.instantiateStreaming = async (source, imports) => {
		const given = await source;
		if (given !== response) return instantiateStreaming(given, imports);
		return { module, instance: await WebAssembly.instantiate(module, imports) };
	};
}
