import type { WorkingDirectory } from '../core/files';
import { bytesOf } from './bytes-of';
import type { SessionFile } from './files.svelte';

/** Makes `directory` as `files`: what is the same already is left, what is not among them goes. */
export async function fillDirectory(directory: WorkingDirectory, files: readonly SessionFile[]): Promise<void> {
	const wanted = new Set(files.map(({ path }) => path));
	const there = new Map((await directory.list()).map((entry) => [entry.path, entry]));
	for (const path of there.keys()) if (!wanted.has(path)) await directory.remove(path);
	for (const { path, bytes, modified, blob } of files) {
		const entry = there.get(path);
		if (blob === null || (entry?.bytes === bytes && entry.modified === modified)) continue;
		const contents = await bytesOf(blob).catch(() => null);
		if (contents !== null) await directory.write(path, contents, modified);
	}
}
