import { anotherPath } from '../core/files';
import type { NewFile, SessionFiles } from './files.svelte';

/** A file on its way in. */
export interface Upload {
	readonly path: string;
	readonly loadedBytes: number;
	readonly totalBytes: number;
}

/** What is done with new files whose names are taken. */
export type Collision = 'replace' | 'keepBoth' | 'skip';

/** Files that the person puts in: which of them are on their way, and what is asked about them. */
export class Uploads {
	list = $state.raw<readonly Upload[]>([]);
	/** Names that are taken, while the person is asked what to do. */
	question = $state.raw<readonly string[] | null>(null);

	readonly #files: SessionFiles;
	#answer: (how: Collision) => void = () => undefined;

	constructor(files: SessionFiles) {
		this.#files = files;
	}

	/** Puts files in. Where names are taken the person is asked first. Never rejects; what fails is said in `SessionFiles.error`. */
	async add(files: readonly NewFile[]): Promise<void> {
		this.#files.error = null;
		const taken = this.#files.list.map(({ path }) => path);
		const isTaken = (path: string): boolean => taken.includes(path);
		const clashing = files.filter(({ path }) => isTaken(path));
		const how = clashing.length === 0 ? 'replace' : await this.#ask(clashing.map(({ path }) => path));
		const named = files.flatMap((file): NewFile[] => {
			if (!isTaken(file.path) || how === 'replace') return [file];
			if (how === 'skip') return [];
			const path = anotherPath(file.path, isTaken);
			taken.push(path);
			return [{ ...file, path }];
		});
		await Promise.all(named.map((file) => this.#put(file)));
	}

	/** Answers `question`. */
	answer(how: Collision): void {
		this.question = null;
		this.#answer(how);
	}

	#ask(paths: readonly string[]): Promise<Collision> {
		// Of two questions the later one counts; the files of the first are left out.
		this.#answer('skip');
		this.question = paths;
		return new Promise((resolve) => {
			this.#answer = resolve;
		});
	}

	async #put(file: NewFile): Promise<void> {
		const { path } = file;
		const totalBytes = file.blob.size;
		let told = 0;
		const follow = (loadedBytes: number): void => {
			// Each change draws the view anew: whole per cents are enough.
			if (loadedBytes < totalBytes && loadedBytes - told < totalBytes / 100) return;
			told = loadedBytes;
			this.list = this.list.map((upload) => (upload.path === path ? { ...upload, loadedBytes } : upload));
		};
		this.list = [...this.list.filter((upload) => upload.path !== path), { path, loadedBytes: 0, totalBytes }];
		await this.#files.put(file, follow);
		this.list = this.list.filter((upload) => upload.path !== path);
	}
}
