/** The packages on this device: those on board, and the wheels that are kept from the index. */
import type { KeptPackage, PackageFile, PackageShelf } from '../../core/packages';
import type { KeptWheels } from './kept-wheels';
import { OnBoardFiles } from './on-board-files';

export class BrowserShelf implements PackageShelf {
	readonly #files: OnBoardFiles;

	/** `baseUrl`: absolute address of the folder that the app is served from, with a slash. */
	constructor(
		baseUrl: string,
		private readonly wheels: KeptWheels,
	) {
		this.#files = new OnBoardFiles(baseUrl);
	}

	onBoard(): Promise<readonly PackageFile[]> {
		return this.#files.packages().catch(() => []);
	}

	kept(): Promise<readonly KeptPackage[]> {
		return this.wheels.list();
	}

	remove(file: string): Promise<void> {
		return this.wheels.remove(file);
	}
}
