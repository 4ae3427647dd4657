/** What Python may reach, as types: the broker (an adapter) enforces it, the state asks the person, the view lists it. */
import type { WireError } from './errors';

/** Where Python believes that Pyodide's files lie; the broker maps it to the app's own folder. No such host exists (RFC 6761). */
export const PYODIDE_URL = 'https://pyodide.invalid/';

/** Where packages may come from. */
export type PackagePolicy = 'onBoard' | 'packageIndex';

/** What Python may reach without a question. */
export interface NetworkPolicy {
	readonly packages: PackagePolicy;
	/** Hosts that the person chose, such as `api.example` or `api.example:8443`: these themselves, no subdomains. */
	readonly hosts: readonly string[];
}

/** Nothing leaves this device. */
export const CLOSED_POLICY: NetworkPolicy = { packages: 'onBoard', hosts: [] };

/** The person's answer when Python asks for a host. */
export type GrantDecision = 'once' | 'session' | 'deny';

/** What the person is asked. */
export interface GrantRequest {
	/** Host and port, such as `index.example`. */
	readonly host: string;
	readonly url: string;
	/** `packageIndex`: micropip looks for a package; `host`: any other address. */
	readonly purpose: 'packageIndex' | 'host';
}

/** A question that Python's code raised, and the person's answer. */
export interface GrantRecord {
	readonly request: GrantRequest;
	readonly decision: GrantDecision;
}

/** Characters of an address that are shown and kept; the request has all of them. */
export const MAX_URL_CHARS = 500;

/** One request that Python made, or the look whether its host is there, and what came of it. */
export interface RequestRecord {
	readonly id: number;
	readonly url: string;
	readonly method: string;
	/** `local`: served from this device; `left`: it went to another host; `refused`: it went nowhere. */
	readonly outcome: 'pending' | 'local' | 'left' | 'refused' | 'failed';
	/** HTTP status, where there was an answer. */
	readonly status: number | null;
	readonly bytes: number;
	readonly durationMs: number;
	readonly error: WireError | null;
}

/** A request as it is listed. */
export interface ListedRequest extends RequestRecord {
	/** Number of the step that was at work, in the session; null where none was. */
	readonly step: number | null;
}

/** True where a request needs no question under `policy`. `isIndex`: a page of a package index, or a file that it lists. */
export function isAllowed(policy: NetworkPolicy, host: string, isIndex: boolean): boolean {
	return (isIndex && policy.packages === 'packageIndex') || policy.hosts.includes(host);
}
