import { PlaygroundError } from '../core/errors';
import type { InputAnswer, InputRequest } from '../core/input';

/** A question that waits for the person. */
interface Waiting {
	readonly request: InputRequest;
	readonly settle: (answer: InputAnswer) => void;
}

/** What Python reads when it calls `input()`: a person at the page, or the lines that were given beforehand. */
export class Keyboard {
	/** False while the page is driven from outside with nobody to answer. */
	canAsk = true;
	/** Given beforehand: they answer first, in order. */
	lines: readonly string[] = [];
	#questions = $state.raw<readonly Waiting[]>([]);

	/** What Python waits for; null where it waits for nothing. */
	get question(): InputRequest | null {
		return this.#questions[0]?.request ?? null;
	}

	/** Asks the person; what is still asked when `signal` fires is asked no longer. */
	ask(request: InputRequest, signal: AbortSignal): Promise<InputAnswer> {
		const [line, ...rest] = this.lines;
		if (line !== undefined) {
			this.lines = rest;
			return Promise.resolve({ kind: 'line', text: line });
		}
		if (!this.canAsk) return Promise.resolve(refused('input_unavailable'));
		return new Promise((resolve) => {
			const question: Waiting = {
				request,
				settle: (answer) => {
					this.#questions = this.#questions.filter((other) => other !== question);
					resolve(answer);
				},
			};
			this.#questions = [...this.#questions, question];
			signal.addEventListener('abort', () => question.settle(refused('input_declined')), { once: true });
		});
	}

	/** The person's answer to `question`; null where they give none. */
	answer(text: string | null): void {
		this.#questions[0]?.settle(text === null ? refused('input_declined') : { kind: 'line', text });
	}
}

function refused(code: 'input_unavailable' | 'input_declined'): InputAnswer {
	return { kind: 'refused', error: new PlaygroundError(code).toWire() };
}
