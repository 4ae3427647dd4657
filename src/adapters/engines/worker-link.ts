import { type Remote, wrap } from 'comlink';
import { type ErrorCode, PlaygroundError } from '../../core/errors';
import type { Settled } from '../../../workers/contracts';
import { unlessAborted } from './unless-aborted';

/** The worker's script is to be up within this time; it is 6 MB and comes from this device. */
const CONNECT_MS = 30_000;

/** A worker that answers calls. */
export interface WorkerLink<T> {
	readonly calls: Remote<T>;
	/** What a call gave; rejects with the coded error that took its place, or when the worker breaks meanwhile. */
	value<V>(call: Promise<Settled<V>>): Promise<V>;
	/** Ends the worker at once, with all that is under way in it. */
	dispose(): void;
}

/**
 * Starts a worker and waits until its script is up, which it says with `{ kind: 'connected' }`.
 * @param fallback code of a worker that does not start, or breaks later
 * @throws a `PlaygroundError` with that code; the signal's reason when it fires
 */
export async function startWorker<T>(
	create: () => Worker,
	fallback: ErrorCode,
	signal: AbortSignal,
): Promise<WorkerLink<T>> {
	const worker = create();
	let onBroken: (error: PlaygroundError) => void = () => undefined;
	const broken = new Promise<never>((_, reject) => {
		onBroken = reject;
	});
	broken.catch(() => undefined);
	worker.addEventListener('error', (event) => {
		event.preventDefault();
		onBroken(new PlaygroundError(fallback, { detail: event.message || 'the worker could not be loaded' }));
	});
	const timer = setTimeout(
		() => onBroken(new PlaygroundError(fallback, { detail: `the worker did not start within ${CONNECT_MS} ms` })),
		CONNECT_MS,
	);
	try {
		await unlessAborted(Promise.race([connected(worker), broken]), signal);
	} catch (thrown) {
		worker.terminate();
		throw thrown;
	} finally {
		clearTimeout(timer);
	}
	return {
		calls: wrap<T>(worker),
		async value(call) {
			const settled = await Promise.race([call, broken]);
			if (!settled.ok) throw PlaygroundError.fromWire(settled.error);
			return settled.value;
		},
		dispose: () => worker.terminate(),
	};
}

function connected(worker: Worker): Promise<void> {
	return new Promise((resolve) => {
		worker.addEventListener('message', function listen(event: MessageEvent<{ kind?: unknown } | null>) {
			if (event.data?.kind !== 'connected') return;
			worker.removeEventListener('message', listen);
			resolve();
		});
	});
}
