/** Lines that are kept of what the engine's native code says of errors. */
const KEPT_LINES = 20;

/** A logger for wllama that keeps the last errors, since they are where llama.cpp says why something failed. */
export class NativeLog {
	readonly #lines: string[] = [];

	/** The last errors, one a line, oldest first. */
	text(): string {
		return this.#lines.join('\n');
	}

	readonly error = (...words: unknown[]): void => {
		this.#lines.push(words.map((word) => (word instanceof Error ? word.message : String(word))).join(' '));
		if (this.#lines.length > KEPT_LINES) this.#lines.shift();
	};
	readonly debug = (): void => undefined;
	readonly log = (): void => undefined;
	readonly warn = (): void => undefined;
}
