/**
 * The functions through which JavaScript calls Python once: callbacks of timers, the two ends of an awaited promise, and
 * the stack that waits in `run_sync`. Each has a token. One whose token is not of the present timeline does nothing, and
 * a promise that settled on a branch which was taken back settles again where it is still awaited.
 */
import type { Callback, MainImports, Part, PyodideModule } from './internals';

/** See the head of this file. A state is the tokens that are alive. */
export class Callbacks implements Part<ReadonlySet<number>> {
	#module: PyodideModule | null = null;
	#lastToken = 0;
	#live = new Set<number>();
	/** How many checkpoints hold a token, and how its promise settled, while one does. */
	readonly #kept = new Map<number, number>();
	readonly #settled = new Map<number, () => void>();
	readonly #made = new WeakSet<Callback>();
	readonly #registry = new FinalizationRegistry<{ token: number; object: number }>(({ token, object }) => {
		if (this.#live.delete(token)) this.#module?._Py_DecRef(object);
	});

	/** How many callbacks of the present timeline are still to be called. */
	get pending(): number {
		return this.#live.size;
	}

	/** From here on, callbacks made by Python have tokens. */
	attach(module: PyodideModule): void {
		this.#module = module;
	}

	/** True for a callback that Python made. */
	isOurs(callback: unknown): callback is Callback {
		return this.#made.has(callback as Callback);
	}

	/**
	 * JavaScript begins something for Python that takes a while. The function that is returned is to be called when it is
	 * done, once: it is false where the action that asked for it was taken back.
	 */
	begin(): () => boolean {
		const token = this.#token();
		return () => this.#live.delete(token);
	}

	/** Replaces the imports that make callbacks, before the main module is instantiated. */
	replaceImports(env: MainImports): void {
		const { create_once_callable: once, create_promise_handles: handles } = env;
		env.create_once_callable = Object.assign(
			(object: number, maySyncify: number) =>
				this.#module === null ? once(object, maySyncify) : this.#once(this.#module, object, maySyncify !== 0),
			{ sig: 'eii' },
		);
		env.create_promise_handles = Object.assign(
			(...args: Parameters<typeof handles>) =>
				this.#module === null ? handles(...args) : this.#handles(this.#module, handles, args),
			{ sig: 'eiiei' },
		);
		this.#replaceSuspension(env);
	}

	save(): ReadonlySet<number> {
		for (const token of this.#live) this.#kept.set(token, (this.#kept.get(token) ?? 0) + 1);
		return new Set(this.#live);
	}

	load(live: ReadonlySet<number>): void {
		this.#live = new Set(live);
		for (const token of live) {
			const settle = this.#settled.get(token);
			if (settle !== undefined) setTimeout(settle, 0);
		}
	}

	/** A checkpoint is gone for good. */
	forget(live: ReadonlySet<number>): void {
		for (const token of live) {
			const count = (this.#kept.get(token) ?? 0) - 1;
			if (count > 0) this.#kept.set(token, count);
			else {
				this.#kept.delete(token);
				this.#settled.delete(token);
			}
		}
	}

	#token(): number {
		const token = ++this.#lastToken;
		this.#live.add(token);
		return token;
	}

	#once(module: PyodideModule, object: number, maySyncify: boolean): Callback {
		const token = this.#token();
		module._Py_IncRef(object);
		const callback: Callback = (...args) => {
			// Taken back, or called before.
			if (!this.#live.has(token)) return undefined;
			try {
				return maySyncify ? module.callPyObjectMaybePromising(object, args) : module.callPyObject(object, args);
			} finally {
				callback.destroy();
			}
		};
		callback.destroy = () => {
			if (this.#live.delete(token)) module._Py_DecRef(object);
		};
		this.#made.add(callback);
		this.#registry.register(callback, { token, object });
		return callback;
	}

	#handles(
		module: PyodideModule,
		make: MainImports['create_promise_handles'],
		args: Parameters<MainImports['create_promise_handles']>,
	): [Callback, Callback] {
		const token = this.#token();
		const objects = [args[0], args[1], args[3]].filter((object) => object !== 0);
		for (const object of objects) module._Py_IncRef(object);
		const release = (): void => {
			for (const object of objects) module._Py_DecRef(object);
		};
		const settle = (which: 0 | 1, value: unknown): unknown => {
			if (!this.#live.has(token)) return undefined;
			if (this.#kept.has(token)) this.#settled.set(token, () => settle(which, value));
			this.#live.delete(token);
			try {
				// Pyodide's own pair serves only once, and this may be the second time.
				return make(...args)?.[which](value);
			} finally {
				release();
			}
		};
		const destroy = (): void => {
			if (this.#live.delete(token)) release();
		};
		return [
			Object.assign((value: unknown) => settle(0, value), { destroy }),
			Object.assign((value: unknown) => settle(1, value), { destroy }),
		];
	}

	/** A stack that waits in `run_sync` must not go on in a memory that is no longer its own. */
	#replaceSuspension(env: MainImports): void {
		if (!('Suspending' in WebAssembly)) return;
		const { Suspending } = WebAssembly as unknown as { Suspending: new (wait: unknown) => { sig?: string } };
		const wait = async (promise: unknown, other: unknown): Promise<unknown> => {
			const token = this.#token();
			let value: unknown;
			let error: unknown;
			try {
				value = (await (promise ?? other)) ?? undefined;
			} catch (thrown) {
				error = thrown ?? new Error('rejected');
			}
			if (!this.#live.delete(token)) return new Promise(() => undefined);
			if (error === undefined) return value;
			if ((error as { pyodide_fatal_error?: boolean }).pyodide_fatal_error) throw error;
			if (this.#module !== null) this.#module.syncify_error = error;
			return null;
		};
		env.syncifyHandler = Object.assign(new Suspending(wait), { sig: 'eee' });
	}
}
