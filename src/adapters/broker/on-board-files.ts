/**
 * Pyodide's files on board: Python knows them under `PYODIDE_URL`, they lie in the app's own `pyodide/` folder. The
 * lock that Python sees is Pyodide's own with the project's list (`wheelhouse.json`) laid over it, less what is not
 * on board; a wheel is handed over only with the lock's sha256.
 */
import wheelhouse from '../../../wheelhouse.json';
import { PlaygroundError } from '../../core/errors';
import { PYODIDE_URL } from '../../core/network';
import type { PackageFile } from '../../core/packages';
import type { BrokerResponse } from '../../../workers/contracts';

const LOCK = 'pyodide-lock.json';

/** The part of the lock that is read here; the rest is handed on. */
interface Lock {
	readonly packages: Readonly<Record<string, LockEntry>>;
}

interface LockEntry {
	readonly name: string;
	readonly version: string;
	readonly file_name: string;
	readonly sha256: string;
}

/** The packages of `wheelhouse.json` as entries of Pyodide's lock. */
const OWN: Readonly<Record<string, LockEntry>> = Object.fromEntries(
	wheelhouse.packages.map(({ name, version, file, sha256, imports, depends }) => [
		name,
		{
			name,
			version,
			file_name: file,
			sha256,
			imports,
			depends,
			install_dir: 'site',
			package_type: 'package',
			unvendored_tests: false,
		},
	]),
);

/** The part of `onboard.json` that is read here (written by `scripts/provision.mjs`). */
interface OnBoard {
	readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** Serves Pyodide's files. `baseUrl`: absolute address of the folder that the app is served from, with a slash. */
export class OnBoardFiles {
	#lock: Promise<Lock> | null = null;

	constructor(private readonly baseUrl: string) {}

	/** The file of that name. Rejects with `python_files_missing`, `package_not_on_board` or `hash_mismatch`. */
	async read(name: string): Promise<Extract<BrokerResponse, { kind: 'response' }>> {
		if (name === LOCK) return answer(name, new TextEncoder().encode(JSON.stringify(await this.#readLock())).buffer);
		const isPart = /\.(whl|zip|tar)$/.test(name) && name !== 'python_stdlib.zip';
		if (!isPart) return answer(name, await this.#bytes(name));
		const locked = Object.values((await this.#readLock()).packages).find((one) => one.file_name === name);
		if (locked === undefined) throw new PlaygroundError('package_not_on_board', { detail: name });
		const bytes = await this.#bytes(name);
		await verify(name, bytes, locked.sha256);
		return answer(name, bytes);
	}

	/** The packages on board, by name. Rejects as `read` does. */
	async packages(): Promise<readonly PackageFile[]> {
		const listed = ((await (await this.#get('onboard.json'))?.json()) as OnBoard | undefined)?.files ?? [];
		const sizes = new Map(listed.map(({ path, bytes }) => [path, bytes]));
		return Object.values((await this.#readLock()).packages)
			.map(({ name, version, file_name }) => ({ name, version, bytes: sizes.get(`pyodide/${file_name}`) ?? 0 }))
			.sort((one, other) => one.name.localeCompare(other.name));
	}

	#readLock(): Promise<Lock> {
		this.#lock ??= this.#loadLock().catch((thrown: unknown) => {
			this.#lock = null;
			throw thrown;
		});
		return this.#lock;
	}

	/** The lock, less the packages that are not on board: micropip then looks for those in the index, under its grant. */
	async #loadLock(): Promise<Lock> {
		const lock = JSON.parse(new TextDecoder().decode(await this.#bytes(LOCK))) as Lock;
		const all = { ...lock.packages, ...OWN };
		const response = await this.#get('onboard.json');
		if (response === null) return { ...lock, packages: all };
		const paths = new Set(((await response.json()) as OnBoard).files.map(({ path }) => path));
		const packages = Object.entries(all).filter(([, { file_name }]) => paths.has(`pyodide/${file_name}`));
		return { ...lock, packages: Object.fromEntries(packages) };
	}

	async #bytes(name: string): Promise<ArrayBuffer> {
		const response = await this.#get(`pyodide/${name}`);
		if (response !== null) return response.arrayBuffer();
		const code = name.endsWith('.whl') ? 'package_not_on_board' : 'python_files_missing';
		throw new PlaygroundError(code, { detail: `pyodide/${name}` });
	}

	/** A file of the app, or null where there is none; a server that answers every address with its page has none either. */
	async #get(path: string): Promise<Response | null> {
		const response = await fetch(new URL(path, this.baseUrl)).catch(() => null);
		if (response === null || !response.ok) return null;
		return response.headers.get('content-type')?.includes('text/html') === true ? null : response;
	}
}

/** Compares the sha256 (hex) of `bytes`; rejects with `hash_mismatch` that names the file and both hashes. */
export async function verify(name: string, bytes: ArrayBuffer, sha256: string): Promise<void> {
	const found = await hexOf(bytes);
	if (found !== sha256) {
		throw new PlaygroundError('hash_mismatch', { detail: `${name}: expected ${sha256}, found ${found}` });
	}
}

/** The sha256 of `bytes`, in hex. */
export async function hexOf(bytes: ArrayBuffer): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function answer(name: string, body: ArrayBuffer): Extract<BrokerResponse, { kind: 'response' }> {
	// WebAssembly compiles while it streams only under this type, which not every server knows.
	const type = name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
	const headers = [['content-type', type]] as const;
	return { kind: 'response', url: PYODIDE_URL + name, status: 200, statusText: 'OK', headers, body };
}
