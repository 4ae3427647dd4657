/** Link to the fetch worker, the one thread that may reach other hosts; it is started with the first such request. */
import { wrap, type Remote } from 'comlink';
import type { BrokerRequest, BrokerResponse, FetchContract } from '../../../workers/contracts';

let remote: Remote<FetchContract> | null = null;

/** Sends a request off this device; null where the host could not be reached or does not let pages read it. */
export function fetchElsewhere(request: BrokerRequest): Promise<Extract<BrokerResponse, { kind: 'response' }> | null> {
	remote ??= wrap<FetchContract>(
		new Worker(new URL('../../../workers/fetch.worker.ts', import.meta.url), { type: 'module', name: 'fetch' }),
	);
	return remote.fetch(request);
}
