import { PlaygroundError } from '../core/errors';
import type { KeptPackage, PackageFile, PackageShelf } from '../core/packages';
import { type ListedPackage, listPackages } from './package-list';
import type { PythonState } from './python.svelte';

/** How long an install may take: a large package over a slow line, and what it needs. */
const INSTALL_MS = 10 * 60_000;

/** How the last install ended; `line`: why it failed. */
export type InstallOutcome =
	| { readonly kind: 'installed'; readonly asked: string; readonly names: readonly string[] }
	| { readonly kind: 'stopped'; readonly asked: string }
	| { readonly kind: 'failed'; readonly line: string };

/** The packages of this device and of the Python that is up, and installing one more. */
export class PackagesState {
	#onBoard = $state.raw<readonly PackageFile[]>([]);
	#kept = $state.raw<readonly KeptPackage[]>([]);
	/** What is being installed; null where nothing is. */
	installing = $state<string | null>(null);
	outcome = $state.raw<InstallOutcome | null>(null);
	#stopper: AbortController | null = null;
	readonly #all = $derived.by(() => listPackages(this.#onBoard, this.#kept, this.#python.packages));

	readonly #shelf: PackageShelf;
	readonly #python: PythonState;

	constructor(shelf: PackageShelf, python: PythonState) {
		this.#shelf = shelf;
		this.#python = python;
	}

	/** Every package once, by name. */
	get all(): readonly ListedPackage[] {
		return this.#all;
	}

	/** Reads anew what is on this device. */
	async look(): Promise<void> {
		[this.#onBoard, this.#kept] = await Promise.all([this.#shelf.onBoard(), this.#shelf.kept()]);
	}

	/** Installs a requirement, such as `rich` or `rich>=13`, in the Python that is up. Never rejects. */
	async install(asked: string): Promise<void> {
		this.installing = asked;
		this.outcome = null;
		this.#stopper = new AbortController();
		// An install leaves no variable behind: a session that has not begun still has its fresh Python.
		const { isUsed } = this.#python;
		try {
			const options = { timeoutMs: INSTALL_MS, onOutput: () => undefined };
			const { status, error, packages } = await this.#python.run(
				`%pip install ${asked}`,
				options,
				this.#stopper.signal,
			);
			if (status === 'ok') this.outcome = { kind: 'installed', asked, names: packages };
			else if (error === null) this.outcome = { kind: 'stopped', asked };
			else this.outcome = { kind: 'failed', line: error.message };
		} catch (thrown) {
			this.outcome = { kind: 'failed', line: PlaygroundError.from(thrown, 'python_boot_failed').message };
		} finally {
			this.#python.isUsed &&= isUsed;
			this.installing = null;
			this.#stopper = null;
			await this.look();
		}
	}

	/** Ends the install under way. */
	stop(): void {
		this.#stopper?.abort();
	}

	/** Deletes a kept wheel; a package that is loaded stays so until Python is started anew. */
	async remove(file: string): Promise<void> {
		await this.#shelf.remove(file);
		await this.look();
	}
}
