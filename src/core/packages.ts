/** What the page lists of Python's packages, as types: where each comes from, and what is kept. */

/** A package that is found without the index. */
export interface PackageFile {
	/** As indexes write it, such as `scikit-learn`. */
	readonly name: string;
	readonly version: string;
	readonly bytes: number;
}

/** A wheel that was had from the package index and is kept for use without a network. */
export interface KeptPackage extends PackageFile {
	/** Such as `rich-13.9.4-py3-none-any.whl`. */
	readonly file: string;
	/** In hex; the wheel is used only while it has this hash. */
	readonly sha256: string;
}

/** Port: the packages that are on this device. Contract: nothing rejects; where nothing can be told, lists are empty. */
export interface PackageShelf {
	/** Packages on board, by name. */
	onBoard(): Promise<readonly PackageFile[]>;
	/** Wheels kept from the index, by name. */
	kept(): Promise<readonly KeptPackage[]>;
	/** Deletes a kept wheel; does nothing where there is none of that name. */
	remove(file: string): Promise<void>;
}
