import { createContext } from 'svelte';

/** The dialog with the files of the session: whether it is open, and the file that it shows. */
export class FilesPanel {
	isOpen = $state(false);
	/** Null: the list. */
	path = $state<string | null>(null);

	/** Opens the list, or the preview of one file. */
	open(path: string | null = null): void {
		this.path = path;
		this.isOpen = true;
	}

	close(): void {
		this.isOpen = false;
	}
}

/** The panel of the page, for every view below `App`. */
export const [getFilesPanel, setFilesPanel] = createContext<FilesPanel>();
