/** The record of what Python asked for, with its outcome. */
import { type ListedRequest, MAX_URL_CHARS, type RequestRecord } from '../../core/network';

/** Requests that are kept on record; older ones are forgotten, `left` counts them all. */
const MAX_RECORDS = 500;
/** Requests of one action that its result tells. */
const MAX_TOLD = 100;

/** Lists requests, oldest first. `step`: number of the step at work. */
export class RequestLog {
	#records: readonly ListedRequest[] = [];
	#left = 0;
	#lastId = 0;
	#lastOfEarlierActions = 0;

	constructor(
		private readonly step: () => number | null,
		private readonly onChange: () => void,
	) {}

	get records(): readonly ListedRequest[] {
		return this.#records;
	}

	/** How many requests went to another host, ever. */
	get left(): number {
		return this.#left;
	}

	/** Lists a new request; its id. */
	open(url: string, method: string): number {
		const id = ++this.#lastId;
		const rest = { status: null, bytes: 0, durationMs: 0, error: null, step: this.step() };
		this.#records = [
			...this.#records,
			{ id, url: url.slice(0, MAX_URL_CHARS), method: method.slice(0, 20), outcome: 'pending', ...rest } as const,
		].slice(-MAX_RECORDS);
		this.onChange();
		return id;
	}

	/** Notes what came of a request. */
	change(id: number, change: Partial<RequestRecord>): void {
		this.#records = this.#records.map((record) => (record.id === id ? { ...record, ...change } : record));
		this.onChange();
	}

	/** Notes that a request goes to another host. */
	leave(id: number): void {
		this.#left += 1;
		this.change(id, { outcome: 'left' });
	}

	/** What was asked for since the last call, beyond the files on board. */
	takeAction(): readonly RequestRecord[] {
		const first = this.#lastOfEarlierActions;
		this.#lastOfEarlierActions = this.#lastId;
		return this.#records
			.filter(({ id, outcome }) => id > first && outcome !== 'local')
			.slice(0, MAX_TOLD)
			.map(({ step: _, ...record }) => record);
	}
}
