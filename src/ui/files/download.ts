/** Files out of the page: one, or all of them as a zip. */
import type { SessionFile } from '../../state/files.svelte';

/** How long a download may take to begin reading. */
const READ_MS = 60_000;

/** Saves `blob` where the browser keeps downloads. */
export function download(blob: Blob, path: string): void {
	const url = URL.createObjectURL(blob);
	const link = document.createElement('a');
	link.href = url;
	link.download = path.split('/').at(-1) ?? path;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), READ_MS);
}

/** All `files` in one zip. They are read and packed piece by piece, so that only the zip is in memory. */
export async function zipOf(files: readonly SessionFile[]): Promise<Blob> {
	const { Zip, ZipDeflate } = await import('fflate');
	const pieces: BlobPart[] = [];
	let failure: Error | null = null;
	const zip = new Zip((error, piece) => {
		failure ??= error;
		pieces.push(piece as Uint8Array<ArrayBuffer>);
	});
	for (const { path, blob, modified } of files) {
		if (blob === null) continue;
		const entry = new ZipDeflate(path);
		entry.mtime = modified;
		zip.add(entry);
		const reader = blob.stream().getReader();
		for (let piece = await reader.read(); !piece.done; piece = await reader.read()) entry.push(piece.value);
		entry.push(new Uint8Array(), true);
	}
	zip.end();
	if (failure !== null) throw failure;
	return new Blob(pieces, { type: 'application/zip' });
}
