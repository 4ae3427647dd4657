/**
 * The two platform types that the core may name: cancelling is part of the ports' contract, and browsers, workers
 * and Node all have them. The other realms take them from their own libraries.
 */
interface AbortSignal {
	readonly aborted: boolean;
	readonly reason: unknown;
	addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
	removeEventListener(type: 'abort', listener: () => void): void;
}

interface AbortController {
	readonly signal: AbortSignal;
	abort(reason?: unknown): void;
}

declare const AbortController: new () => AbortController;
