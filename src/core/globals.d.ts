/**
 * The platform types that the core may name: cancelling and bytes that may lie on a disk are part of the ports'
 * contracts, and browsers, workers and Node all have them. The other realms take them from their own libraries.
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

interface Blob {
	readonly size: number;
}

declare const AbortController: new () => AbortController;
