/** Puts an image into a Python that was loaded just now; see README.md. */
import type { PyodideInterface } from 'pyodide';
import type { Hooks } from '../time-travel/hooks';
import { loadFiles } from './files';
import type { HeapImage } from './heap-image';
import { entriesOf, imageInsideOf, type ImageModule } from './inside';
import { compileLinked, loadLinked } from './linked';
import type { BootMark } from './mark';
import { Names, type Path } from './names';
import { unpack } from './pages';

/** What an image is put into: a Pyodide that has loaded, and in which nothing has run. */
export interface Loading {
	readonly pyodide: PyodideInterface;
	readonly hooks: Hooks;
	readonly mark: BootMark;
	readonly host: object;
}

/**
 * Puts the image in. Rejects where it does not fit: this Pyodide is then good for nothing and another one is to be
 * loaded in its place.
 */
export async function loadImage(image: HeapImage, { pyodide, hooks, mark, host }: Loading): Promise<void> {
	const inside = imageInsideOf(pyodide);
	const { _module: module, FS } = inside;
	const { references, tableLength, handles } = image.mark;
	if (references !== mark.references.length || tableLength !== mark.tableLength || handles !== mark.handles) {
		throw new Error('The image was made of another start.');
	}
	const files = new Map(image.files.nodes.map((node) => [node.path, node]));
	const modules = await compileLinked(image.linked, (path) => {
		const { start = 0, length = 0 } = files.get(path) ?? {};
		return new Uint8Array(image.files.bytes, start, length);
	});
	loadFiles(FS, image.files);
	const missing = image.memory.bytes - module.HEAPU8.length;
	if (missing > 0) module.growMemory(image.memory.bytes);
	unpack(image.memory, module.HEAPU8);
	loadLinked(inside, image.linked, modules);
	// Again: linking ran code of the libraries, which wrote to what they had long since initialised.
	unpack(image.memory, module.HEAPU8);
	module.___stack_pointer.value = image.stackPointer;
	hooks.bootProxies.forEach((record, index) => (record.ptr = image.handles[index] ?? 0));
	loadStrings(module, image.strings);
	loadReferences(module, hooks, mark, image, new Names(pyodide, host));
}

/** The table of strings that Python looks up properties by. */
function loadStrings(module: ImageModule, strings: readonly (string | null)[]): void {
	const present = entriesOf((index) => module.__hiwire_immortal_get(index));
	present.forEach((value, index) => {
		if (typeof value === 'string' && value !== strings[index]) throw new Error(`Another string at ${index}.`);
	});
	for (const value of strings.slice(present.length)) module.__hiwire_immortal_add(value);
}

function loadReferences(
	module: ImageModule,
	hooks: Hooks,
	mark: BootMark,
	{ references, known }: HeapImage,
	names: Names,
): void {
	const values = references.map((reference, index): unknown => {
		switch (reference.kind) {
			case 'none':
				return null;
			case 'boot':
				return mark.references[index];
			case 'path': {
				const value = names.at(reference.path as Path);
				if (value === undefined || value === null) throw new Error(`Nothing at ${reference.path.join('.')}.`);
				return value;
			}
			default:
				reference satisfies never;
		}
		return null;
	});
	values.forEach((value, index) => {
		if (module.__hiwire_set(index, value) < 0) throw new Error(`No room for reference ${index}.`);
	});
	for (let index = values.length; index < mark.references.length; index += 1) module.__hiwire_set(index, null);
	hooks.references.clear();
	for (const index of known) hooks.references.set(values[index], index);
}
