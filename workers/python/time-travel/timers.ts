/**
 * The timers whose callback is Python's: what asyncio schedules, and `setTimeout` and `setInterval` as `import js` gives
 * them. A restore forgets those of the branch that is taken back and starts those that were pending at the checkpoint
 * with the time that they had left. Timers with other callbacks stay the browser's own.
 */
import type { Callback, Part } from './internals';

/** Up to here, in milliseconds, a message is used, which a browser does not delay as it does nested timeouts. */
const AT_ONCE_MS = 2;
/** Numbers of timers here begin where the browser's own never come. */
const FIRST_ID = 2 ** 40;

interface Timer {
	readonly id: number;
	readonly callback: (...args: unknown[]) => unknown;
	readonly args: readonly unknown[];
	/** Null: it fires once. */
	readonly everyMs: number | null;
	readonly dueAt: number;
}

type SavedTimer = Omit<Timer, 'dueAt'> & { readonly leftMs: number };
type Timed = (callback: unknown, ms?: number, ...args: unknown[]) => number;

/** See the head of this file. */
export class Timers implements Part<readonly SavedTimer[]> {
	#timers = new Map<number, Timer>();
	#lastId = FIRST_ID;
	readonly #setTimeout = self.setTimeout.bind(self);

	/** `isPythons`: true for a function that calls Python. */
	constructor(private readonly isPythons: (callback: unknown) => boolean) {}

	/** Replaces this thread's timers. */
	install(): void {
		const { setTimeout, setInterval, clearTimeout, clearInterval } = self;
		const timed =
			(native: Timed, isRepeated: boolean): Timed =>
			(callback, ms = 0, ...args) => {
				if (!this.isPythons(callback)) return native.call(self, callback, ms, ...args);
				const delay = Math.max(0, Number(ms) || 0);
				return this.#start(callback as Callback, args, delay, isRepeated ? Math.max(1, delay) : null);
			};
		const clear =
			(native: (id?: number) => void) =>
			(id?: number): void => {
				if (!this.#timers.delete(Number(id))) native.call(self, id);
			};
		Object.assign(self, {
			setTimeout: timed(setTimeout as never, false),
			setInterval: timed(setInterval as never, true),
			clearTimeout: clear(clearTimeout),
			clearInterval: clear(clearInterval),
		});
	}

	/** What asyncio calls to have `callback` called later. */
	readonly schedule = (callback: Callback, ms = 0): void => {
		this.#start(callback, [], ms, null);
	};

	save(): readonly SavedTimer[] {
		const now = performance.now();
		return [...this.#timers.values()].map(({ dueAt, ...timer }) => ({ ...timer, leftMs: Math.max(0, dueAt - now) }));
	}

	load(saved: readonly SavedTimer[]): void {
		// New objects: what the browser still fires for the old ones finds that it is not in the table.
		this.#timers = new Map();
		for (const { leftMs, ...timer } of saved) this.#arm(timer, leftMs);
	}

	#start(callback: Callback, args: readonly unknown[], ms: number, everyMs: number | null): number {
		const id = ++this.#lastId;
		this.#arm({ id, callback, args, everyMs }, ms);
		return id;
	}

	#arm(armed: Omit<Timer, 'dueAt'>, ms: number): void {
		const timer: Timer = { ...armed, dueAt: performance.now() + ms };
		this.#timers.set(timer.id, timer);
		const fire = (): void => {
			if (this.#timers.get(timer.id) !== timer) return;
			this.#timers.delete(timer.id);
			if (timer.everyMs !== null) this.#arm(armed, timer.everyMs);
			timer.callback(...timer.args);
		};
		if (ms > AT_ONCE_MS) {
			this.#setTimeout(fire, ms);
			return;
		}
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.onmessage = null;
			port1.close();
			port2.close();
			fire();
		};
		port2.postMessage(null);
	}
}
