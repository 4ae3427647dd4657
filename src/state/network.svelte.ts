import {
	CLOSED_POLICY,
	type GrantDecision,
	type GrantRecord,
	type GrantRequest,
	type ListedRequest,
	type NetworkPolicy,
	type PackagePolicy,
} from '../core/network';
import type { Settings } from '../core/storage';
import { hostIn } from './chosen-host';

const SETTING = 'network';

/** A question to the person that waits for its answer. */
interface Question {
	readonly request: GrantRequest;
	readonly settle: (decision: GrantDecision) => void;
}

/** What the broker tells: it is the broker that enforces. */
export interface NetworkRecord {
	/** Oldest first. */
	readonly requests: readonly ListedRequest[];
	/** Requests that went to another host. */
	readonly requestsThatLeft: number;
	/** What the person allowed on a question, and what still holds. */
	readonly grants: readonly GrantRecord[];
}

/** What a `NetworkState` needs of the outside. */
export interface NetworkPorts {
	readonly settings: Settings;
	/** Told the policy at once, and when the person chose another one. */
	readonly onPolicy: (policy: NetworkPolicy) => void;
	/** Told when the person takes back what they allowed. */
	readonly onRevoke: (request: GrantRequest) => void;
}

/** What Python may reach and what it did reach. The broker asks here and reports here. */
export class NetworkState {
	#chosen = $state.raw(CLOSED_POLICY);
	#lent = $state.raw<NetworkPolicy | null>(null);
	#record = $state.raw<NetworkRecord>({ requests: [], requestsThatLeft: 0, grants: [] });
	#questions = $state.raw<readonly Question[]>([]);
	/** False while the page is driven from outside with nobody to answer: whatever would be asked is denied. */
	canAsk = true;
	readonly #ports: NetworkPorts;

	constructor(ports: NetworkPorts) {
		this.#ports = ports;
		this.#chosen = readPolicy(ports.settings.read(SETTING));
		ports.onPolicy(this.policy);
	}

	/** What Python may reach without a question. */
	get policy(): NetworkPolicy {
		return this.#lent ?? this.#chosen;
	}

	/** Where packages may come from; kept on this device. */
	get packages(): PackagePolicy {
		return this.policy.packages;
	}

	set packages(packages: PackagePolicy) {
		this.#choose({ ...this.#chosen, packages });
	}

	get requests(): readonly ListedRequest[] {
		return this.#record.requests;
	}

	get leftCount(): number {
		return this.#record.requestsThatLeft;
	}

	get grants(): readonly GrantRecord[] {
		return this.#record.grants;
	}

	/** What the person is asked now; null where nothing waits. */
	get question(): GrantRequest | null {
		return this.#questions[0]?.request ?? null;
	}

	/** Takes over what the broker tells. */
	take({ requests, requestsThatLeft, grants }: NetworkRecord): void {
		this.#record = { requests, requestsThatLeft, grants };
	}

	/** Lets Python reach the host that `text` names, from now on; false where it names none. Kept on this device. */
	chooseHost(text: string): boolean {
		const host = hostIn(text);
		if (host === null) return false;
		this.#choose({ ...this.#chosen, hosts: [...this.#chosen.hosts.filter((other) => other !== host), host] });
		return true;
	}

	/** Takes a chosen host off the list. */
	dropHost(host: string): void {
		this.#choose({ ...this.#chosen, hosts: this.#chosen.hosts.filter((other) => other !== host) });
	}

	/** Puts a policy in the place of the person's for a while, or (null) ends that. It is not kept. */
	lend(policy: NetworkPolicy | null): void {
		this.#lent = policy;
		this.#ports.onPolicy(this.policy);
	}

	/** Takes back what the person allowed on a question. */
	revoke(request: GrantRequest): void {
		this.#ports.onRevoke(request);
	}

	/** Asks the person; resolves with the answer, `deny` when the run is stopped or `signal` fires first. */
	ask(request: GrantRequest, signal: AbortSignal): Promise<GrantDecision> {
		if (!this.canAsk || signal.aborted) return Promise.resolve('deny');
		return new Promise((resolve) => {
			const question: Question = {
				request,
				settle: (decision) => {
					this.#questions = this.#questions.filter((other) => other !== question);
					resolve(decision);
				},
			};
			this.#questions = [...this.#questions, question];
			signal.addEventListener('abort', () => question.settle('deny'), { once: true });
		});
	}

	/** The person's answer to `question`. */
	answer(decision: GrantDecision): void {
		this.#questions[0]?.settle(decision);
	}

	/** Denies what waits: the run that asked was stopped. */
	dismiss(): void {
		for (const { settle } of this.#questions) settle('deny');
	}

	#choose(policy: NetworkPolicy): void {
		this.#chosen = policy;
		const isClosed = policy.packages === 'onBoard' && policy.hosts.length === 0;
		this.#ports.settings.write(SETTING, isClosed ? null : JSON.stringify(policy));
		this.#ports.onPolicy(this.policy);
	}
}

/** The policy that was kept; what cannot be read as one allows nothing. */
function readPolicy(text: string | null): NetworkPolicy {
	try {
		const kept = JSON.parse(text ?? '{}') as { packages?: unknown; hosts?: unknown };
		const hosts = Array.isArray(kept.hosts) ? kept.hosts.map((host) => hostIn(String(host))) : [];
		return {
			packages: kept.packages === 'packageIndex' ? 'packageIndex' : 'onBoard',
			hosts: hosts.filter((host) => host !== null),
		};
	} catch {
		return CLOSED_POLICY;
	}
}
