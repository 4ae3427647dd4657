/** A running Python as data that can be cloned and kept: the types only; see README.md. */

/** See the head of this file. */
export interface HeapImage {
	/** What this Python was booted with; a worker that was booted with anything else refuses the image. */
	readonly recipe: string;
	/** Counts that are the same after every start of one build. */
	readonly mark: { readonly references: number; readonly tableLength: number; readonly handles: number };
	readonly memory: PackedMemory;
	readonly stackPointer: number;
	/** Addresses of the Python objects that Pyodide itself has handles of, in the order of its boot. */
	readonly handles: readonly number[];
	readonly references: readonly ImageReference[];
	/** The references, by index, that Python uses again where it meets their value. */
	readonly known: readonly number[];
	/** Strings that Python looks up properties by, and null for what is none. */
	readonly strings: readonly (string | null)[];
	readonly linked: ImageLinked;
	readonly files: ImageFiles;
}

/** A JavaScript value that Python refers to: none, the one that the boot put there, or the one at the end of a path. */
export type ImageReference =
	| { readonly kind: 'none' }
	| { readonly kind: 'boot' }
	| { readonly kind: 'path'; readonly path: readonly [root: string, ...keys: string[]] };

/** Memory without its empty pages. */
export interface PackedMemory {
	/** Size of the whole. */
	readonly bytes: number;
	/** First page and number of pages of each stretch that is kept. */
	readonly runs: readonly (readonly [number, number])[];
	/** The pages of all stretches, one after the other. */
	readonly pages: ArrayBuffer;
}

/** A node of the file system. Of a file, `start` and `length` say where its bytes are; of a link, `link` where it leads. */
export interface ImageNode {
	readonly path: string;
	readonly mode: number;
	readonly timestamp: number;
	readonly start: number;
	readonly length: number;
	readonly link: string;
}

/** An open file. */
export interface ImageStream {
	readonly fd: number;
	readonly path: string;
	readonly flags: number;
	readonly position: number;
}

/** The file system in memory; a folder comes before what is in it. */
export interface ImageFiles {
	readonly nodes: readonly ImageNode[];
	/** The bytes of all files, one after the other. */
	readonly bytes: ArrayBuffer;
	readonly streams: readonly ImageStream[];
	readonly currentPath: string;
}

/** A dynamic library. */
export interface ImageLibrary {
	/** Its path in the file system. */
	readonly name: string;
	readonly memoryBase: number;
	readonly tableBase: number;
	readonly isGlobal: boolean;
	/** The other names that the dynamic linker knows it by. */
	readonly aliases: readonly string[];
}

/** All libraries, in the order of loading, and the state of the dynamic linker. */
export interface ImageLinked {
	readonly libraries: readonly ImageLibrary[];
	/** Slots of the function table past those of the boot: the library (-1: the main module) and the export that is there. */
	readonly slots: readonly (readonly [slot: number, library: number, name: string])[];
	/** Slots with a function of JavaScript that a library asked for, by its symbol. */
	readonly symbolSlots: readonly (readonly [slot: number, symbol: string])[];
	readonly tableLength: number;
	/** Addresses that were given to symbols. */
	readonly offsets: Readonly<Record<string, number>>;
	/** Names of libraries by the handle that Python has. */
	readonly handles: Readonly<Record<string, string>>;
	readonly packages: Readonly<Record<string, string>>;
}
