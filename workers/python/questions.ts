/**
 * What Python asks the page: an address to fetch, a line to type. A question is either awaited, or waited for with
 * Python's stack on, which needs shared memory; where Python's stack can be suspended (JSPI), `page.py` awaits too.
 */
import { PlaygroundError } from '../../src/core/errors';
import type { Answer, PageReply, PythonEvent, Query } from '../contracts';
import type { ReplyReader } from '../sandbox/reply-memory';

/** Asks the page over the port `events`. `reader`: null where the browser shares no memory. */
export class Questions {
	readonly #waiting = new Map<number, (answer: Answer) => void>();
	#lastId = 0;

	constructor(
		private readonly events: MessagePort,
		private readonly reader: ReplyReader | null,
	) {
		events.addEventListener('message', ({ data }: MessageEvent<PageReply>) => {
			this.#waiting.get(data.id)?.(data.answer);
			this.#waiting.delete(data.id);
		});
		events.start();
	}

	/** Asks; the answer comes when this thread is free to hear it. */
	ask(query: Query): Promise<Answer> {
		const id = ++this.#lastId;
		const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
		this.#say({ kind: 'ask', id, query, via: 'port' });
		return answer;
	}

	/** Asks and holds this thread until there is an answer. `check` is called meanwhile; what it throws ends the waiting. */
	wait(query: Query, check: () => void): Answer {
		if (this.reader === null) return { kind: 'refused', error: new PlaygroundError('cannot_wait').toWire() };
		const id = ++this.#lastId;
		this.reader.expect(id);
		this.#say({ kind: 'ask', id, query, via: 'memory' });
		return this.reader.wait(id, check);
	}

	#say(event: Extract<PythonEvent, { kind: 'ask' }>): void {
		const body = event.query.kind === 'fetch' ? event.query.request.body : null;
		this.events.postMessage(event, body === null ? [] : [body]);
	}
}
