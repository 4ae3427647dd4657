/** Dynamic libraries as data: where each lies in memory and in the function table, and what Python holds pointers to. */
import type { Hooks } from '../time-travel/hooks';
import type { ImageLibrary, ImageLinked } from './heap-image';
import type { BootMark } from './mark';
import type { ImageInside, ImageModule } from './inside';

const MAIN = -1;

/** Takes the libraries; null where Python holds a pointer to a function that has no name (a callback of ctypes). */
export function saveLinked(inside: ImageInside, hooks: Hooks, mark: BootMark): ImageLinked | null {
	const { LDSO, GOT, wasmTable } = inside._module;
	const names = new Map<unknown, readonly [number, string]>();
	const know = (exports: object, library: number): void => {
		for (const [name, value] of Object.entries(exports)) {
			if (typeof value === 'function' && !names.has(value)) names.set(value, [library, name]);
		}
	};
	const libraries: ImageLibrary[] = [];
	for (const { memoryBase, tableBase, exports } of hooks.libraries) {
		// One that was loaded by an action which was taken back is not known any more.
		const name = Object.keys(LDSO.loadedLibsByName).find(
			(each) => each.startsWith('/') && isOf(LDSO.loadedLibsByName[each]?.exports, exports),
		);
		if (name === undefined) continue;
		const library = LDSO.loadedLibsByName[name];
		const aliases = Object.keys(LDSO.loadedLibsByName).filter(
			(each) => each !== name && LDSO.loadedLibsByName[each] === library,
		);
		know(exports, libraries.length);
		libraries.push({ name, memoryBase, tableBase, isGlobal: library?.global ?? false, aliases });
	}
	know(LDSO.loadedLibsByName.__main__?.exports ?? {}, MAIN);
	const offsets = Object.fromEntries(Object.entries(GOT).map(([name, cell]) => [name, cell.value as number]));
	const symbols = new Map(Object.entries(offsets).map(([name, slot]) => [slot, name]));
	const own = hooks.libraries.map((library) => ({
		from: library.tableBase,
		to: library.tableBase + inside._module.getDylinkMetadata(library.module).tableSize,
	}));
	const slots: [number, number, string][] = [];
	const symbolSlots: [number, string][] = [];
	for (let slot = mark.tableLength; slot < wasmTable.length; slot += 1) {
		const value: unknown = wasmTable.get(slot);
		const known = names.get(value);
		const symbol = symbols.get(slot);
		if (known !== undefined) slots.push([slot, ...known]);
		else if (symbol !== undefined && value !== null) symbolSlots.push([slot, symbol]);
		// A library fills its own part of the table itself.
		else if (value !== null && !own.some(({ from, to }) => slot >= from && slot < to)) return null;
	}
	const handles: Record<string, string> = {};
	for (const [handle, { name }] of Object.entries(LDSO.loadedLibsByHandle)) if (handle !== '0') handles[handle] = name;
	const packages = { ...inside.loadedPackages };
	return { libraries, slots, symbolSlots, tableLength: wasmTable.length, offsets, handles, packages };
}

/** True where the exports that the linker keeps are those of an instance. */
function isOf(kept: Record<string, unknown> | undefined, exports: WebAssembly.Exports): boolean {
	return (
		kept !== undefined &&
		Object.entries(exports).some(([name, value]) => typeof value === 'function' && kept[name] === value)
	);
}

/** Compiles the libraries from their files, side by side. */
export function compileLinked(
	{ libraries }: ImageLinked,
	read: (path: string) => Uint8Array<ArrayBuffer>,
): Promise<WebAssembly.Module[]> {
	return Promise.all(libraries.map(({ name }) => WebAssembly.compile(read(name))));
}

/** Where Emscripten's record of a library has a flag for "its memory is there", and the three numbers after. */
const HANDLE = { isAllocated: 8, memoryBase: 12, tableBase: 20 };

/** Loads the libraries to where they lay. To be called with the image's memory in place, which this spoils. */
export function loadLinked(inside: ImageInside, linked: ImageLinked, modules: readonly WebAssembly.Module[]): void {
	const module = inside._module;
	const { wasmTable, wasmTableMirror, LDSO, GOT } = module;
	if (wasmTable.length < linked.tableLength) wasmTable.grow(linked.tableLength - wasmTable.length);
	const put = (slot: number, value: unknown): void => {
		wasmTable.set(slot, value);
		wasmTableMirror[slot] = value;
	};
	// The linker reads its orders from memory: at the far end of the stack, which nothing has reached.
	const handle = (module.___stack_low + 1024) & ~15;
	const exports = linked.libraries.map((library, index) => {
		order(module, handle, library);
		const flags = { loadAsync: false, nodelete: true, allowUndefined: true, global: library.isGlobal };
		const made = module.loadWebAssemblyModule(modules[index] as WebAssembly.Module, flags, library.name, {}, handle);
		const known = module.newDSO(library.name, undefined, made);
		known.global = library.isGlobal;
		for (const alias of library.aliases) LDSO.loadedLibsByName[alias] = known;
		if (library.isGlobal) module.mergeLibSymbols(made, library.name);
		return made;
	});
	const main = LDSO.loadedLibsByName.__main__?.exports ?? {};
	module.reportUndefinedSymbols();
	// They went to other slots this time: taken before any slot is written.
	const ofJavaScript = linked.symbolSlots.map(([slot, symbol]) => {
		const value: unknown = wasmTable.get((GOT[symbol]?.value as number | undefined) ?? 0);
		if (value === null) throw new Error(`no function ${symbol}`);
		return [slot, value] as const;
	});
	for (const [slot, library, name] of linked.slots) {
		const value = (library === MAIN ? main : exports[library])?.[name];
		if (value !== undefined && wasmTable.get(slot) !== value) put(slot, value);
	}
	for (const [slot, value] of ofJavaScript) put(slot, value);
	for (const [name, cell] of Object.entries(GOT)) {
		const offset = linked.offsets[name];
		if (offset !== undefined) cell.value = offset;
	}
	for (const [number, name] of Object.entries(linked.handles)) {
		const library = LDSO.loadedLibsByName[name];
		if (library === undefined) throw new Error(`no library ${name}`);
		LDSO.loadedLibsByHandle[number] = library;
	}
	Object.assign(inside.loadedPackages, linked.packages);
}

function order({ HEAPU8, HEAPU32 }: ImageModule, handle: number, { memoryBase, tableBase }: ImageLibrary): void {
	HEAPU8[handle + HANDLE.isAllocated] = 1;
	HEAPU32[(handle + HANDLE.memoryBase) >> 2] = memoryBase;
	HEAPU32[(handle + HANDLE.tableBase) >> 2] = tableBase;
}
