/** Files that a person chose or dropped, folders opened, as files for the working directory. */
import { FILE_LIMIT_COUNT } from '../../core/files';
import type { NewFile } from '../../state/files.svelte';

/** What file managers leave in folders. */
const CLUTTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** The files of an `<input type="file">`; those of a folder keep their place in it. */
export function chosenFiles(input: HTMLInputElement): NewFile[] {
	const files = [...(input.files ?? [])].map((file) => asNew(file.webkitRelativePath || file.name, file));
	// The same files may be chosen again.
	input.value = '';
	return tidy(files);
}

/** The files of a drop or a paste. Rejects where the browser cannot read one of them. */
export async function transferredFiles(transfer: DataTransfer): Promise<NewFile[]> {
	// What a drop holds is gone after the first wait: entries are taken at once.
	const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
	if (entries.length === 0) return tidy([...transfer.files].map((file) => asNew(file.name, file)));
	const found: NewFile[] = [];
	for (const entry of entries) await collect(entry, found);
	return tidy(found);
}

/** True where a drag brings files, and not text or a link. */
export function bringsFiles(transfer: DataTransfer | null): transfer is DataTransfer {
	return transfer?.types.includes('Files') === true;
}

async function collect(entry: FileSystemEntry, found: NewFile[]): Promise<void> {
	if (found.length >= FILE_LIMIT_COUNT) return;
	const path = entry.fullPath.replace(/^\//, '');
	if (entry.isFile) {
		const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
		found.push(asNew(path, file));
		return;
	}
	const reader = (entry as FileSystemDirectoryEntry).createReader();
	for (;;) {
		// A reader gives a hundred entries at a time.
		const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (some.length === 0) return;
		for (const inner of some) await collect(inner, found);
	}
}

/** Characters that some file systems allow in a name and ours do not. */
function asNew(path: string, blob: Blob): NewFile {
	// eslint-disable-next-line no-control-regex -- these are what is replaced
	return { path: path.replace(/[\\\u0000-\u001f\u007f]/g, '_'), blob };
}

function tidy(files: readonly NewFile[]): NewFile[] {
	return files.filter(({ path }) => !CLUTTER.has(path.split('/').at(-1) ?? '')).slice(0, FILE_LIMIT_COUNT);
}
