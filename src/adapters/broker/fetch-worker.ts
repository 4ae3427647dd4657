/** Links to the two threads that may reach other hosts; each is started with its first call. */
import { wrap, type Remote } from 'comlink';
import type { BrokerRequest, FetchContract, FetchOutcome, ProbeContract } from '../../../workers/contracts';

let fetcher: Remote<FetchContract> | null = null;
let prober: { readonly remote: Remote<ProbeContract>; readonly blocked: Promise<false> } | null = null;

/** Sends a request off this device. */
export function fetchElsewhere(request: BrokerRequest): Promise<FetchOutcome> {
	fetcher ??= wrap<FetchContract>(
		new Worker(new URL('../../../workers/fetch.worker.ts', import.meta.url), { type: 'module', name: 'fetch' }),
	);
	return fetcher.fetch(request);
}

/** True where something at `url` answers at all; false where nothing does, or this browser cannot tell. */
export function reaches(url: string): Promise<boolean> {
	prober ??= startProber();
	return Promise.race([prober.remote.reaches(url), prober.blocked]);
}

/** A browser that does not know the worker's policy (`credentialless`) blocks its script: then nothing is known. */
function startProber(): NonNullable<typeof prober> {
	const worker = new Worker(new URL('../../../workers/probe.worker.ts', import.meta.url), {
		type: 'module',
		name: 'probe',
	});
	const blocked = new Promise<false>((resolve) => worker.addEventListener('error', () => resolve(false)));
	return { remote: wrap<ProbeContract>(worker), blocked };
}
