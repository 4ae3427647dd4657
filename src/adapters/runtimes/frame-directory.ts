/** The working directory of the Python in a sandbox frame. */
import { transfer } from 'comlink';
import { PlaygroundError } from '../../core/errors';
import { FILE_LIMIT_COUNT, type FileEntry, isFilePath, type WorkingDirectory } from '../../core/files';
import type { Settled } from '../../../workers/contracts';
import type { SandboxFrame } from './sandbox-frame';

/** The port on the frame that `up` gives, each call anew. Contract: that of `WorkingDirectory`. */
export class FrameDirectory implements WorkingDirectory {
	constructor(private readonly up: () => Promise<SandboxFrame>) {}

	async list(): Promise<readonly FileEntry[]> {
		const entries = await this.#call(async (python) => ({ ok: true, value: await python.listFiles() }));
		// Whatever runs in the worker can answer in its place: what comes out is looked at before it is used as names.
		return entries.filter(isEntry).slice(0, FILE_LIMIT_COUNT);
	}

	read(path: string): Promise<Uint8Array> {
		return this.#call((python) => python.readFile(path));
	}

	async write(path: string, bytes: Uint8Array, modified: number): Promise<void> {
		await this.#call((python) => python.writeFile(path, transfer(bytes, [bytes.buffer]), modified));
	}

	async remove(path: string): Promise<void> {
		await this.#call((python) => python.removeFile(path));
	}

	async #call<T>(call: (python: SandboxFrame['python']) => Promise<Settled<T>>): Promise<T> {
		const frame = await this.up();
		const settled = await Promise.race([call(frame.python), frame.ended.then(() => null)]);
		if (settled === null) throw new PlaygroundError('python_died');
		if (!settled.ok) throw PlaygroundError.fromWire(settled.error);
		return settled.value;
	}
}

function isEntry(entry: FileEntry): boolean {
	return isFilePath(entry.path) && Number.isFinite(entry.bytes) && Number.isFinite(entry.modified);
}
