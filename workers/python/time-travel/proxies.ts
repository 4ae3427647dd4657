/**
 * The handles that JavaScript holds of Python objects. A handle is valid only in a timeline in which it was made and
 * not destroyed: a restore brings the addresses of the checkpoint's handles back and takes those of all others, and
 * what the garbage collector finds is given back to Python only where the handle still belongs to the present.
 */
import type { Part, ProxyRecord, PyodideModule } from './internals';

/** What a call of a handle says that was made by an action which was taken back. */
const UNDONE = 'This handle belongs to an action that was taken back.';

/** One handle of a checkpoint. */
interface SavedProxy {
	readonly id: number;
	readonly ref: WeakRef<ProxyRecord>;
	readonly ptr: number;
	readonly cacheCount: number;
}

/** See the head of this file. */
export class Proxies implements Part<readonly SavedProxy[]> {
	/** Records made while Pyodide booted, in order; held for good. */
	readonly boot: ProxyRecord[] = [];
	#module: PyodideModule | null = null;
	#lastId = 0;
	readonly #ids = new WeakMap<ProxyRecord, number>();
	readonly #known = new Map<number, WeakRef<ProxyRecord>>();
	/** Ids of the handles of the present timeline. */
	readonly #live = new Set<number>();
	/** How many checkpoints hold a handle, and the address of what was collected while one did. */
	readonly #kept = new Map<number, number>();
	readonly #collected = new Set<number>();
	readonly #registry = new FinalizationRegistry<{ id: number; ptr: number; cache: ProxyRecord['cache'] }>((held) =>
		this.#collect(held),
	);

	/** From here on, handles are Python's of `module` and are not held for good any more. */
	attach(module: PyodideModule): void {
		this.#module = module;
	}

	/** A handle was made. */
	register(record: ProxyRecord): void {
		let id = this.#ids.get(record);
		if (id === undefined) {
			id = ++this.#lastId;
			this.#ids.set(record, id);
			this.#known.set(id, new WeakRef(record));
			this.#registry.register(record, { id, ptr: record.ptr, cache: record.cache });
			if (this.#module === null) this.boot.push(record);
		}
		this.#live.add(id);
	}

	/** A handle was destroyed; false where it is none that was registered. */
	unregister(record: ProxyRecord): boolean {
		const id = this.#ids.get(record);
		if (id !== undefined) this.#live.delete(id);
		return id !== undefined;
	}

	save(): readonly SavedProxy[] {
		const saved: SavedProxy[] = [];
		for (const id of this.#live) {
			const ref = this.#known.get(id);
			const record = ref?.deref();
			if (ref === undefined || record === undefined) continue;
			saved.push({ id, ref, ptr: record.ptr, cacheCount: record.cache?.refcnt ?? 0 });
			this.#kept.set(id, (this.#kept.get(id) ?? 0) + 1);
		}
		return saved;
	}

	/** To be called when Python's memory is back: it gives back what was collected since. */
	load(saved: readonly SavedProxy[]): void {
		const wanted = new Set(saved.map(({ id }) => id));
		for (const [id, ref] of this.#known) {
			const record = ref.deref();
			if (record === undefined || wanted.has(id) || record.ptr === 0) continue;
			record.ptr = 0;
			record.destroyed_msg = UNDONE;
		}
		this.#live.clear();
		const orphans: number[] = [];
		for (const { id, ref, ptr, cacheCount } of saved) {
			const record = ref.deref();
			if (record === undefined && this.#collected.has(id)) {
				orphans.push(ptr);
				continue;
			}
			this.#live.add(id);
			if (record === undefined) continue;
			record.ptr = ptr;
			record.destroyed_msg = undefined;
			if (record.cache !== undefined) Object.assign(record.cache, { refcnt: cacheCount, leaked: false });
		}
		for (const ptr of orphans) this.#module?._Py_DecRef(ptr);
	}

	/** A checkpoint is gone for good. */
	forget(saved: readonly SavedProxy[]): void {
		for (const { id } of saved) {
			const count = (this.#kept.get(id) ?? 0) - 1;
			if (count > 0) this.#kept.set(id, count);
			else {
				this.#kept.delete(id);
				this.#collected.delete(id);
			}
		}
	}

	/** JavaScript has lost a handle. */
	#collect({ id, ptr, cache }: { id: number; ptr: number; cache: ProxyRecord['cache'] }): void {
		this.#known.delete(id);
		if (this.#kept.has(id)) this.#collected.add(id);
		// Not of the present: the object that was there may be another by now.
		if (!this.#live.delete(id)) return;
		if (cache !== undefined) {
			cache.leaked = true;
			cache.refcnt -= 1;
		}
		this.#module?._Py_DecRef(ptr);
	}
}
