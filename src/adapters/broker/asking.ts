/** How long a person is being asked: time that no action should be charged for. Questions that overlap count once. */
export class Asking {
	#waiting = 0;
	#since = 0;
	#pastMs = 0;

	/** All that time so far, in milliseconds. */
	get ms(): number {
		return this.#pastMs + (this.#waiting === 0 ? 0 : performance.now() - this.#since);
	}

	/** Counts the time until `answer` is there. */
	async during<T>(answer: Promise<T>): Promise<T> {
		if (this.#waiting === 0) this.#since = performance.now();
		this.#waiting += 1;
		try {
			return await answer;
		} finally {
			this.#waiting -= 1;
			if (this.#waiting === 0) this.#pastMs += performance.now() - this.#since;
		}
	}
}
