/** Milliseconds since a moment, for as long as something is at work. Call it while a component is set up. */
const TICK_MS = 250;

export class Ticking {
	#nowMs = $state(performance.now());
	readonly #sinceMs: () => number;

	constructor(sinceMs: () => number) {
		this.#sinceMs = sinceMs;
		$effect(() => {
			const timer = setInterval(() => (this.#nowMs = performance.now()), TICK_MS);
			return () => clearInterval(timer);
		});
	}

	get elapsedMs(): number {
		return Math.max(0, this.#nowMs - this.#sinceMs());
	}
}
