/**
 * The broker: all that Python may have of the page goes through it. Files on board are served from the app's own origin;
 * other hosts are asked only where the person allows it; every request is on record with its outcome (design.md §2).
 */
import { PlaygroundError } from '../../core/errors';
import type { InputAnswer, InputRequest } from '../../core/input';
import {
	PYODIDE_URL,
	type GrantRecord,
	type GrantRequest,
	type ListedRequest,
	type NetworkPolicy,
	type RequestRecord,
} from '../../core/network';
import type {
	Answer,
	BrokerContract,
	BrokerRequest,
	BrokerResponse,
	FetchContract,
	ProbeContract,
} from '../../../workers/contracts';
import { Asking } from './asking';
import { fetchElsewhere, reaches } from './fetch-worker';
import { type AskForGrant, Grants, refusal } from './grants';
import { IndexPages } from './index-pages';
import type { KeptWheels } from './kept-wheels';
import { OnBoardFiles } from './on-board-files';
import { readQuery } from './query';
import { RequestLog } from './request-log';

/** Hosts that may be asked without encryption: this machine. */
const LOOPBACK = ['localhost', '127.0.0.1'];

/** Header of an answer that is made of what is kept, and of a request that such an answer will not do for. */
const KEPT = 'x-kept';
const FRESH = 'x-fresh';

type Fetched = Extract<BrokerResponse, { kind: 'response' }>;

/** What a broker is made of. */
export interface BrokerOptions {
	/** Absolute address of the folder that the app is served from, with a slash (`document.baseURI`). */
	readonly baseUrl: string;
	/** What needs no question; nothing, where it is left out. */
	readonly policy?: NetworkPolicy;
	/** Addresses of package indexes (Simple API), in order; the public one where it is left out. */
	readonly indexUrls?: readonly string[];
	/** Asks the person; without it whatever would have to be asked is denied. */
	readonly ask?: AskForGrant;
	/** Lets the person type a line; without it there is no keyboard. `signal`: the action that asked has ended. */
	readonly readLine?: (request: InputRequest, signal: AbortSignal) => Promise<InputAnswer>;
	/** Wheels from the index that are on this device; none are kept where it is left out. */
	readonly kept?: KeptWheels;
	/** Called when a record or a grant changed. */
	readonly onChange?: () => void;
	/** Number of the step at work, for the list. */
	readonly step?: () => number | null;
	/** Sends a request off this device; the fetch worker where it is left out. */
	readonly fetchElsewhere?: FetchContract['fetch'];
	/** Says whether a host is there; the probe worker where it is left out. */
	readonly reaches?: ProbeContract['reaches'];
}

/**
 * Contract: `answer` never rejects; what is refused or fails is a value with a code. `once` and `deny` hold until
 * `endAction`, `session` until it is revoked.
 */
export class Broker implements BrokerContract {
	readonly #files: OnBoardFiles;
	readonly #index: IndexPages;
	readonly #log: RequestLog;
	readonly #grants: Grants;
	readonly #asking = new Asking();
	/** Fires when the action under way ends. */
	#actionEnd = new AbortController();

	constructor(private readonly options: BrokerOptions) {
		const { baseUrl, policy, indexUrls, ask, step = () => null, onChange = () => undefined } = options;
		this.#files = new OnBoardFiles(baseUrl);
		this.#index = new IndexPages(indexUrls);
		this.#log = new RequestLog(step, onChange);
		this.#grants = new Grants(policy, this.#asking, ask, onChange);
	}

	/** What Python may reach without a question; may be set at any time. */
	get policy(): NetworkPolicy {
		return this.#grants.policy;
	}

	set policy(policy: NetworkPolicy) {
		this.#grants.policy = policy;
	}

	/** Addresses of package indexes, for micropip; a new list takes effect when Python is started. */
	get indexUrls(): readonly string[] {
		return this.#index.urls;
	}

	set indexUrls(urls: readonly string[]) {
		this.#index.urls = urls;
	}

	/** What Python asked for, oldest first. */
	get requests(): readonly ListedRequest[] {
		return this.#log.records;
	}

	/** How many requests went to another host, ever. */
	get requestsThatLeft(): number {
		return this.#log.left;
	}

	/** What the person allowed on a question, and what still holds. */
	get grants(): readonly GrantRecord[] {
		return this.#grants.inForce;
	}

	/** How long a person was being asked in all, in milliseconds: time that no action should be charged for. */
	get askedMs(): number {
		return this.#asking.ms;
	}

	/** Takes back what the person allowed for the host of `request`. */
	revoke(request: GrantRequest): void {
		this.#grants.revoke(request);
	}

	/**
	 * Ends the action under way, with what was allowed for it alone and what it still asked. Returns what it asked for
	 * beyond the files on board, and what the person was asked for it.
	 */
	endAction(): { readonly requests: readonly RequestRecord[]; readonly grants: readonly GrantRecord[] } {
		this.#actionEnd.abort();
		this.#actionEnd = new AbortController();
		return { requests: this.#log.takeAction(), grants: this.#grants.endAction() };
	}

	async answer(data: unknown): Promise<Answer> {
		const query = readQuery(data);
		switch (query?.kind) {
			case 'fetch':
				return this.fetch(query.request);
			case 'input':
				return this.#readLine(query.request);
			case undefined:
				return { kind: 'refused', error: new PlaygroundError('request_refused').toWire() };
			default:
				return query satisfies never;
		}
	}

	/** Fetches an address for Python. Never rejects. */
	async fetch(request: BrokerRequest): Promise<BrokerResponse> {
		const startedAt = performance.now();
		const isLocal = request.url.startsWith(PYODIDE_URL);
		const id = this.#log.open(request.url, request.method);
		let hasLeft = false;
		const leave = (): void => {
			hasLeft = true;
			this.#log.leave(id);
		};
		try {
			const answer = isLocal
				? await this.#files.read(request.url.slice(PYODIDE_URL.length))
				: await this.#elsewhere(request, leave);
			this.#log.change(id, {
				outcome: hasLeft ? 'left' : 'local',
				status: answer.status,
				bytes: answer.body.byteLength,
				durationMs: performance.now() - startedAt,
			});
			return answer;
		} catch (thrown) {
			const error = PlaygroundError.from(thrown, 'internal').toWire();
			const outcome = hasLeft ? 'failed' : 'refused';
			this.#log.change(id, { outcome, durationMs: performance.now() - startedAt, error });
			return { kind: 'refused', error };
		}
	}

	async #readLine(request: InputRequest): Promise<InputAnswer> {
		const { readLine } = this.options;
		if (readLine === undefined) {
			return { kind: 'refused', error: new PlaygroundError('input_unavailable').toWire() };
		}
		return this.#asking.during(readLine(request, this.#actionEnd.signal));
	}

	/** Asks another host, where that is allowed. `leave` is called when the request goes out. */
	async #elsewhere(request: BrokerRequest, leave: () => void): Promise<Fetched> {
		const url = URL.parse(request.url);
		if (url === null || !['http:', 'https:'].includes(url.protocol)) throw refusal(request.url);
		const isOwn = url.origin === new URL(this.options.baseUrl).origin;
		// The browser would refuse it (mixed content, the fetch worker's policy), and not say so.
		if (url.protocol === 'http:' && !LOOPBACK.includes(url.hostname) && !isOwn) {
			throw new PlaygroundError('insecure_address', { detail: request.url });
		}
		const isIndex = this.#index.has(request.url);
		const headers = request.headers.filter(([name]) => name.toLowerCase() !== FRESH);
		const isFresh = headers.length < request.headers.length;
		const isFree = this.#grants.allows(url, isIndex) && navigator.onLine;
		const kept = isIndex && !isFresh ? await this.#fromKept(request.url, isFree) : null;
		if (kept !== null) return kept;
		await this.#grants.demand(url, isIndex);
		leave();
		const answer = await (this.options.fetchElsewhere ?? fetchElsewhere)({ ...request, headers });
		if (answer.kind === 'timedOut') throw new PlaygroundError('request_timed_out', { detail: url.host });
		if (answer.kind === 'failed') {
			const error = await this.#failure(request, url, isIndex);
			const instead = isIndex ? await this.#fromKept(request.url, false) : null;
			if (instead !== null) return instead;
			throw error;
		}
		if (isIndex) {
			await this.#index.read(request.url, answer);
			const file = this.#index.file(request.url);
			if (answer.status === 200 && typeof file?.sha256 === 'string' && url.pathname.endsWith('.whl')) {
				await this.options.kept?.keep(request.url, file.page, file.sha256, answer.body);
			}
		}
		// A redirect must not carry an answer in from a host that nobody allowed.
		else if (URL.parse(answer.url)?.host !== url.host) await this.#grants.demand(new URL(answer.url), false);
		return answer;
	}

	/** A wheel that is kept, or, where the index cannot be asked freely, its page as far as its wheels are. */
	async #fromKept(url: string, isFree: boolean): Promise<Fetched | null> {
		const file = this.#index.file(url);
		if (file !== undefined) {
			const body = file.sha256 === null ? null : await this.options.kept?.read(url, file.sha256);
			return body ? keptAnswer(url, 'application/octet-stream', body) : null;
		}
		const page = isFree ? null : await this.options.kept?.page(url);
		if (!page) return null;
		const answer = keptAnswer(url, 'application/vnd.pypi.simple.v1+json', new TextEncoder().encode(page).buffer);
		await this.#index.read(url, answer);
		return answer;
	}

	/** Why a request failed, as far as that can be told: whether its host is there. */
	async #failure({ method }: BrokerRequest, url: URL, isIndex: boolean): Promise<PlaygroundError> {
		// A method that may change something is not repeated; the host itself is asked instead.
		const target = ['GET', 'HEAD'].includes(method) ? url.href : `${url.origin}/`;
		const startedAt = performance.now();
		const id = this.#log.open(target, 'HEAD');
		this.#log.leave(id);
		const isThere = await (this.options.reaches ?? reaches)(target);
		const code = isThere ? 'cors_blocked' : 'host_unreachable';
		const error =
			isIndex && !isThere
				? new PlaygroundError('package_index_unreachable', { detail: url.host })
				: new PlaygroundError(code, { message: named(code, url.host), detail: url.host });
		this.#log.change(id, {
			outcome: isThere ? 'left' : 'failed',
			durationMs: performance.now() - startedAt,
			error: isThere ? null : error.toWire(),
		});
		return error;
	}
}

/** An answer from this device, which says so: where nothing in it fits, the index itself is asked (resolver.py). */
function keptAnswer(url: string, type: string, body: ArrayBuffer): Fetched {
	const headers = [
		['content-type', type],
		[KEPT, 'yes'],
	] as const;
	return { kind: 'response', url, status: 200, statusText: 'OK', headers, body };
}

/** The catalogue's sentence with the host's name in it. */
function named(code: 'cors_blocked' | 'host_unreachable', host: string): string {
	const isThere = code === 'cors_blocked';
	return isThere
		? `${host} is there, but it does not let web pages read its answer (CORS).`
		: `${host} could not be reached.`;
}
