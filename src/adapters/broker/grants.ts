/** What the person let Python reach: the policy, what was decided on a question, and the questions that wait. */
import { PlaygroundError } from '../../core/errors';
import {
	CLOSED_POLICY,
	isAllowed,
	MAX_URL_CHARS,
	type GrantDecision,
	type GrantRecord,
	type GrantRequest,
	type NetworkPolicy,
} from '../../core/network';
import type { Asking } from './asking';

/** After so many denials in one action nobody is asked again in it: code must not wear the person out. */
const MAX_DENIALS = 3;

/** Asks the person. `signal`: the action that asked has ended. */
export type AskForGrant = (request: GrantRequest, signal: AbortSignal) => Promise<GrantDecision>;

/** `once` and `deny` hold until `endAction`, `session` until it is revoked. */
export class Grants {
	/** What needs no question. */
	policy: NetworkPolicy;
	/** What holds, by `packageIndex` or by host. */
	readonly #decided = new Map<string, GrantRecord>();
	/** Questions that wait for the person, so that two requests at once ask once. */
	readonly #waiting = new Map<string, Promise<GrantDecision>>();
	/** What was asked in the action under way. */
	#asked: readonly GrantRecord[] = [];
	/** Fires when the action under way ends; a late `once` then holds for nothing. */
	#actionEnd = new AbortController();
	/** Fires when the person has denied enough in this action. */
	#enough = new AbortController();
	#denials = 0;

	constructor(
		policy: NetworkPolicy | undefined,
		private readonly asking: Asking,
		private readonly ask: AskForGrant | undefined,
		private readonly onChange: () => void,
	) {
		this.policy = policy ?? CLOSED_POLICY;
	}

	/** What the person allowed and what still holds. */
	get inForce(): readonly GrantRecord[] {
		return [...this.#decided.values()].filter(({ decision }) => decision !== 'deny');
	}

	/** Takes back what was allowed for `host`. */
	revoke(request: GrantRequest): void {
		this.#decided.delete(keyOf(request));
		this.onChange();
	}

	/** Ends what was decided for one action; what the person was asked in it. */
	endAction(): readonly GrantRecord[] {
		const asked = this.#asked;
		this.#asked = [];
		this.#actionEnd.abort();
		this.#actionEnd = new AbortController();
		this.#enough = new AbortController();
		this.#denials = 0;
		for (const [key, { decision }] of this.#decided) if (decision !== 'session') this.#decided.delete(key);
		return asked;
	}

	/** True where nobody has to be asked. */
	allows(url: URL, isIndex: boolean): boolean {
		if (isAllowed(this.policy, url.host, isIndex)) return true;
		const decided = this.#decided.get(isIndex ? 'packageIndex' : url.host);
		return decided !== undefined && decided.decision !== 'deny';
	}

	/** Rejects with `request_refused` or `package_not_on_board` where the person does not allow it. */
	async demand(url: URL, isIndex: boolean): Promise<void> {
		if (isAllowed(this.policy, url.host, isIndex)) return;
		const request = {
			host: url.host,
			url: url.href.slice(0, MAX_URL_CHARS),
			purpose: isIndex ? 'packageIndex' : 'host',
		} as const;
		if ((await this.#decide(request)) !== 'deny') return;
		throw isIndex ? new PlaygroundError('package_not_on_board', { detail: url.href }) : refusal(url.host);
	}

	async #decide(request: GrantRequest): Promise<GrantDecision> {
		const key = keyOf(request);
		const known = this.#decided.get(key);
		if (known !== undefined) return known.decision;
		const waiting = this.#waiting.get(key);
		if (waiting !== undefined) return waiting;
		const asked = this.#askPerson(key, request).finally(() => this.#waiting.delete(key));
		this.#waiting.set(key, asked);
		return asked;
	}

	async #askPerson(key: string, request: GrantRequest): Promise<GrantDecision> {
		const { signal } = this.#actionEnd;
		const { signal: enough } = this.#enough;
		if (enough.aborted || this.ask === undefined) return 'deny';
		const decision = await this.asking.during(this.ask(request, AbortSignal.any([signal, enough])));
		// The person has seen others of this action, and not this one.
		if (enough.aborted) return 'deny';
		const record = { request, decision };
		if (!signal.aborted) this.#asked = [...this.#asked, record];
		if (decision === 'session' || !signal.aborted) this.#decided.set(key, record);
		if (decision === 'deny' && !signal.aborted) {
			this.#denials += 1;
			if (this.#denials >= MAX_DENIALS) this.#enough.abort();
		}
		this.onChange();
		return decision;
	}
}

/** The refusal of an address, or of a host. */
export function refusal(what: string): PlaygroundError {
	return new PlaygroundError('request_refused', {
		message: `Python asked for ${what.slice(0, MAX_URL_CHARS)}, which it has no grant for.`,
	});
}

function keyOf({ purpose, host }: GrantRequest): string {
	return purpose === 'packageIndex' ? purpose : host;
}
