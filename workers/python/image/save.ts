/** Makes an image of a running Python; see README.md. */
import type { PyodideInterface } from 'pyodide';
import type { Hooks } from '../time-travel/hooks';
import { saveFiles } from './files';
import type { HeapImage, ImageReference } from './heap-image';
import { entriesOf, imageInsideOf, type ImageModule } from './inside';
import { saveLinked } from './linked';
import type { BootMark } from './mark';
import { Names } from './names';
import { pack } from './pages';

/** What an image is made of. */
export interface Imaged {
	readonly pyodide: PyodideInterface;
	readonly hooks: Hooks;
	readonly mark: BootMark;
	/** What the harness asks of the worker. */
	readonly host: object;
	/** What this Python was booted with; a worker that was booted with anything else refuses the image. */
	readonly recipe: string;
}

/**
 * Takes the present state; null where there is something that no image can hold: a reference to a JavaScript value that
 * has no name, an await, an unnamed open file, a callback of ctypes. To be called only while no Python is on the stack.
 */
export function saveImage({ pyodide, hooks, mark, host, recipe }: Imaged): HeapImage | null {
	const inside = imageInsideOf(pyodide);
	const { _module: module } = inside;
	if (hooks.callbacks.pending > 0) return null;
	const references = saveReferences(module, mark, new Names(pyodide, host));
	const linked = saveLinked(inside, hooks, mark);
	const files = saveFiles(inside.FS);
	if (references === null || linked === null || files === null) return null;
	return {
		recipe,
		mark: { references: mark.references.length, tableLength: mark.tableLength, handles: mark.handles },
		memory: pack(module.HEAPU8.buffer as ArrayBuffer),
		stackPointer: module.___stack_pointer.value as number,
		handles: hooks.bootProxies.map(({ ptr }) => ptr),
		references,
		known: references.flatMap((_, index) =>
			hooks.references.get(module.__hiwire_get(index)) === index ? [index] : [],
		),
		strings: entriesOf((index) => module.__hiwire_immortal_get(index)).map((value) =>
			typeof value === 'string' ? value : null,
		),
		linked,
		files,
	};
}

function saveReferences(module: ImageModule, mark: BootMark, names: Names): readonly ImageReference[] | null {
	const references: ImageReference[] = [];
	for (const [index, value] of entriesOf((each) => module.__hiwire_get(each)).entries()) {
		const path = names.of(value);
		if (value === null) references.push({ kind: 'none' });
		else if (index < mark.references.length && value === mark.references[index]) references.push({ kind: 'boot' });
		else if (path !== null) references.push({ kind: 'path', path });
		else return null;
	}
	return references;
}
