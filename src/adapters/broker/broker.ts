/**
 * The broker: all that Python may have of the page goes through it. Files on board are served from the app's own origin; other
 * hosts are asked only with the person's grant; every request is on record with its outcome (design.md §2).
 */
import { PlaygroundError } from '../../core/errors';
import {
	PYODIDE_URL,
	type GrantDecision,
	type GrantRequest,
	type PackagePolicy,
	type RequestRecord,
} from '../../core/network';
import type { InputAnswer, InputRequest } from '../../core/input';
import type { Answer, BrokerContract, BrokerRequest, BrokerResponse, FetchContract } from '../../../workers/contracts';
import { Asking } from './asking';
import { fetchElsewhere } from './fetch-worker';
import { OnBoardFiles, verify } from './on-board-files';
import { readQuery } from './query';
import { listedFiles } from './simple-index';

/** The public index of Python packages, micropip's own default; asked only with a grant. */
const PACKAGE_INDEX = 'https://pypi.org/simple';

/** Requests that are kept on record; older ones are forgotten, `requestsThatLeft` counts them all. */
const MAX_RECORDS = 500;

type Fetched = Extract<BrokerResponse, { kind: 'response' }>;

/** What a broker is made of. */
export interface BrokerOptions {
	/** Absolute address of the folder that the app is served from, with a slash (`document.baseURI`). */
	readonly baseUrl: string;
	readonly policy?: PackagePolicy;
	/** Addresses of package indexes (Simple API), in order; the public one where it is left out. */
	readonly indexUrls?: readonly string[];
	/** Asks the person; without it whatever would have to be asked is denied. */
	readonly ask?: (request: GrantRequest) => Promise<GrantDecision>;
	/** Lets the person type a line; without it there is no keyboard. `signal`: the action that asked has ended. */
	readonly readLine?: (request: InputRequest, signal: AbortSignal) => Promise<InputAnswer>;
	/** Called when a record or a grant changed. */
	readonly onChange?: () => void;
	/** Sends a request off this device; the fetch worker where it is left out. */
	readonly fetchElsewhere?: FetchContract['fetch'];
}

/**
 * Contract: `answer` never rejects; what is refused or fails is a value with a code. `once` and `deny` hold until
 * `endAction`, `session` for the life of the broker.
 */
export class Broker implements BrokerContract {
	/** Where packages may come from; may be set at any time. */
	policy: PackagePolicy;
	/** Addresses of package indexes, for micropip; a new list takes effect when Python is started. */
	indexUrls: readonly string[];
	readonly #files: OnBoardFiles;
	/** Files that the index listed, by address: they count as the index, whatever host they lie on. */
	readonly #listed = new Map<string, string | null>();
	/** What the person decided, by `packageIndex` or by host. */
	readonly #decisions = new Map<string, GrantDecision>();
	/** Questions that wait for the person, so that two requests at once ask once. */
	readonly #asking = new Map<string, Promise<GrantDecision>>();
	#records: readonly RequestRecord[] = [];
	#lastId = 0;
	#left = 0;
	readonly #personAsked = new Asking();
	/** Fires when the action under way ends. */
	#actionEnd = new AbortController();
	/** Number of the action under way, so that a late `once` does not hold for the next one. */
	#action = 0;

	constructor(private readonly options: BrokerOptions) {
		this.policy = options.policy ?? 'onBoard';
		this.indexUrls = options.indexUrls ?? [PACKAGE_INDEX];
		this.#files = new OnBoardFiles(options.baseUrl);
	}

	/** What Python asked for, oldest first. */
	get requests(): readonly RequestRecord[] {
		return this.#records;
	}

	/** How many requests went to another host, ever. */
	get requestsThatLeft(): number {
		return this.#left;
	}

	/** How long a person was being asked in all, in milliseconds: time that no action should be charged for. */
	get askedMs(): number {
		return this.#personAsked.ms;
	}

	/** Ends what was granted or denied for one action. */
	endAction(): void {
		this.#action += 1;
		this.#actionEnd.abort();
		this.#actionEnd = new AbortController();
		for (const [key, decision] of this.#decisions) if (decision !== 'session') this.#decisions.delete(key);
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
		const id = this.#open(request);
		try {
			const answer = isLocal
				? await this.#files.read(request.url.slice(PYODIDE_URL.length))
				: await this.#elsewhere(request, id);
			this.#change(id, {
				outcome: isLocal ? 'local' : 'left',
				status: answer.status,
				bytes: answer.body.byteLength,
				durationMs: performance.now() - startedAt,
			});
			return answer;
		} catch (thrown) {
			const error = PlaygroundError.from(thrown, 'internal').toWire();
			const hasLeft = this.#records.find((record) => record.id === id)?.outcome === 'left';
			this.#change(id, {
				outcome: hasLeft ? 'failed' : 'refused',
				durationMs: performance.now() - startedAt,
				error,
			});
			return { kind: 'refused', error };
		}
	}

	async #readLine(request: InputRequest): Promise<InputAnswer> {
		const { readLine } = this.options;
		if (readLine === undefined) {
			return { kind: 'refused', error: new PlaygroundError('input_unavailable').toWire() };
		}
		return this.#personAsked.during(readLine(request, this.#actionEnd.signal));
	}

	/** Asks another host, where that is granted. */
	async #elsewhere(request: BrokerRequest, id: number): Promise<Fetched> {
		const url = URL.parse(request.url);
		if (url === null || !['http:', 'https:'].includes(url.protocol)) throw refusal(request.url);
		const isIndex = this.#isIndex(request.url);
		await this.#demandGrant(url, isIndex);
		this.#left += 1;
		this.#change(id, { outcome: 'left' });
		const answer = await (this.options.fetchElsewhere ?? fetchElsewhere)(request);
		if (answer === null) {
			throw new PlaygroundError(isIndex ? 'package_index_unreachable' : 'host_unreachable', { detail: url.host });
		}
		if (isIndex) await this.#readIndex(request.url, answer);
		// A redirect must not carry an answer in from a host that nobody granted.
		else if (URL.parse(answer.url)?.host !== url.host) await this.#demandGrant(new URL(answer.url), false);
		return answer;
	}

	/** True for the pages of an index and for the files that they listed. */
	#isIndex(url: string): boolean {
		return this.#listed.has(url) || this.indexUrls.some((index) => url.startsWith(`${index.replace(/\/$/, '')}/`));
	}

	async #demandGrant(url: URL, isIndex: boolean): Promise<void> {
		if (isIndex && this.policy === 'packageIndex') return;
		const decision = await this.#decide({
			host: url.host,
			url: url.href,
			purpose: isIndex ? 'packageIndex' : 'host',
		});
		if (decision !== 'deny') return;
		throw isIndex ? new PlaygroundError('package_not_on_board', { detail: url.href }) : refusal(url.host);
	}

	async #decide(request: GrantRequest): Promise<GrantDecision> {
		const key = request.purpose === 'packageIndex' ? 'packageIndex' : request.host;
		const known = this.#decisions.get(key);
		if (known !== undefined) return known;
		const action = this.#action;
		const asking = this.#asking.get(key) ?? this.options.ask?.(request) ?? Promise.resolve<GrantDecision>('deny');
		this.#asking.set(key, asking);
		try {
			const decision = await this.#personAsked.during(asking);
			if (decision === 'session' || action === this.#action) this.#decisions.set(key, decision);
			return decision;
		} finally {
			this.#asking.delete(key);
		}
	}

	/** Verifies a file that the index listed, or remembers what a page of it lists. */
	async #readIndex(url: string, answer: Fetched): Promise<void> {
		if (answer.status !== 200) return;
		const sha256 = this.#listed.get(url);
		if (typeof sha256 === 'string') return verify(url, answer.body, sha256);
		if (sha256 === null) return;
		const type = answer.headers.find(([name]) => name === 'content-type')?.[1] ?? '';
		const listed = listedFiles(new TextDecoder().decode(answer.body), type, answer.url);
		for (const [address, hash] of listed) this.#listed.set(address, hash);
	}

	#open({ url, method }: BrokerRequest): number {
		const id = ++this.#lastId;
		const record: RequestRecord = {
			id,
			url,
			method,
			outcome: 'pending',
			status: null,
			bytes: 0,
			durationMs: 0,
			error: null,
		};
		this.#records = [...this.#records, record].slice(-MAX_RECORDS);
		this.options.onChange?.();
		return id;
	}

	#change(id: number, change: Partial<RequestRecord>): void {
		this.#records = this.#records.map((record) => (record.id === id ? { ...record, ...change } : record));
		this.options.onChange?.();
	}
}

function refusal(what: string): PlaygroundError {
	return new PlaygroundError('request_refused', { message: `Python asked for ${what}, which it has no grant for.` });
}
