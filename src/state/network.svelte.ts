import type { GrantDecision, GrantRequest, PackagePolicy, RequestRecord } from '../core/network';

/** A question to the person that waits for its answer. */
interface Question {
	readonly request: GrantRequest;
	readonly settle: (decision: GrantDecision) => void;
}

/** What Python may reach and what it did reach. The broker asks here and reports here; it is the broker that enforces. */
export class NetworkState {
	#policy = $state<PackagePolicy>('onBoard');
	/** Oldest first. */
	requests = $state.raw<readonly RequestRecord[]>([]);
	/** Requests that went to another host. */
	leftCount = $state(0);
	#questions = $state.raw<readonly Question[]>([]);
	/** False while the page is driven from outside with nobody to answer: whatever would be asked is denied. */
	canAsk = true;
	/** Told when the person chose another policy, so that the broker can enforce it. */
	readonly #onPolicy: (policy: PackagePolicy) => void;

	constructor(onPolicy: (policy: PackagePolicy) => void) {
		this.#onPolicy = onPolicy;
	}

	/** Where packages may come from. */
	get policy(): PackagePolicy {
		return this.#policy;
	}

	set policy(policy: PackagePolicy) {
		this.#policy = policy;
		this.#onPolicy(policy);
	}

	/** What the person is asked now; null where nothing waits. */
	get question(): GrantRequest | null {
		return this.#questions[0]?.request ?? null;
	}

	/** Takes over the broker's records, and how many requests left this device in all. */
	take(requests: readonly RequestRecord[], leftCount: number): void {
		this.requests = requests;
		this.leftCount = leftCount;
	}

	/** Asks the person; resolves with the answer, `deny` when the run is stopped first. */
	ask(request: GrantRequest): Promise<GrantDecision> {
		if (!this.canAsk) return Promise.resolve('deny');
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
