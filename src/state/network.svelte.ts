import type { GrantDecision, GrantRequest, PackagePolicy, RequestRecord } from '../core/network';

/** A question to the person that waits for its answer. */
interface Question {
	readonly request: GrantRequest;
	readonly settle: (decision: GrantDecision) => void;
}

/** What Python may reach and what it did reach. The broker asks here and reports here; it is the broker that enforces. */
export class NetworkState {
	policy = $state<PackagePolicy>('onBoard');
	/** Oldest first. */
	requests = $state.raw<readonly RequestRecord[]>([]);
	#questions = $state.raw<readonly Question[]>([]);

	/** What the person is asked now; null where nothing waits. */
	get question(): GrantRequest | null {
		return this.#questions[0]?.request ?? null;
	}

	/** Requests that went to another host. */
	get leftCount(): number {
		return this.requests.filter(({ outcome }) => outcome === 'left').length;
	}

	get refusedCount(): number {
		return this.requests.filter(({ outcome }) => outcome === 'refused').length;
	}

	/** Takes over a request's record; a later one of the same id replaces it. */
	record(record: RequestRecord): void {
		const index = this.requests.findIndex(({ id }) => id === record.id);
		this.requests = index === -1 ? [...this.requests, record] : this.requests.with(index, record);
	}

	/** Asks the person; resolves with the answer, `deny` when the run is stopped first. */
	ask(request: GrantRequest): Promise<GrantDecision> {
		return new Promise((settle) => {
			this.#questions = [...this.#questions, { request, settle }];
		});
	}

	/** The person's answer to `question`. `session` answers the other questions about that host as well. */
	answer(decision: GrantDecision): void {
		const [first, ...rest] = this.#questions;
		if (first === undefined) return;
		const isAnswered = ({ request }: Question): boolean =>
			decision !== 'once' && request.host === first.request.host && request.purpose === first.request.purpose;
		this.#questions = rest.filter((question) => !isAnswered(question));
		first.settle(decision);
		for (const question of rest) if (isAnswered(question)) question.settle(decision);
	}

	/** Denies what waits: the run that asked was stopped. */
	dismiss(): void {
		const questions = this.#questions;
		this.#questions = [];
		for (const { settle } of questions) settle('deny');
	}
}
