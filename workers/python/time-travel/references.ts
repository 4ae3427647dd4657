/** The table of JavaScript values that Python refers to by number, and the map by which it finds one it has already. */
import type { Hooks } from './hooks';
import type { Part, PyodideModule } from './internals';

/** All references, by index, and the map's entries. */
interface SavedReferences {
	readonly values: readonly unknown[];
	readonly known: readonly (readonly [unknown, number])[];
}

/** See the head of this file. The values themselves are not copied: what an action did to one is not undone. */
export class References implements Part<SavedReferences> {
	constructor(
		private readonly module: PyodideModule,
		private readonly hooks: Hooks,
	) {}

	/** Puts `replacement` wherever Python refers to `value`. */
	replace(value: unknown, replacement: unknown): void {
		this.#values().forEach((each, index) => {
			if (each === value) this.module.__hiwire_set(index, replacement);
		});
	}

	save(): SavedReferences {
		return { values: this.#values(), known: [...this.hooks.references] };
	}

	load({ values, known }: SavedReferences): void {
		const length = this.#values().length;
		values.forEach((value, index) => this.module.__hiwire_set(index, value));
		for (let index = values.length; index < length; index += 1) this.module.__hiwire_set(index, null);
		this.hooks.references.clear();
		for (const [value, index] of known) this.hooks.references.set(value, index);
	}

	#values(): unknown[] {
		const values: unknown[] = [];
		for (;;) {
			try {
				values.push(this.module.__hiwire_get(values.length));
			} catch {
				// Past the end of the table.
				return values;
			}
		}
	}
}
