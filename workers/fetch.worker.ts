/**
 * The thread of the app that fetches from other hosts: its policy (`scripts/vite/policy.ts`) allows what the page's
 * own does not. It sends what the broker has granted, and nothing of the person goes along: no cookies, no referrer.
 */
import { expose, transfer } from 'comlink';
import type { BrokerResponse, FetchContract } from './contracts';

const contract: FetchContract = {
	async fetch({ url, method, headers, body, timeoutMs }) {
		try {
			const response = await fetch(url, {
				method,
				headers: headers.map(([name, value]): [string, string] => [name, value]),
				body,
				credentials: 'omit',
				referrerPolicy: 'no-referrer',
				...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
			});
			const bytes = await response.arrayBuffer();
			const answer: Extract<BrokerResponse, { kind: 'response' }> = {
				kind: 'response',
				url: response.url,
				status: response.status,
				statusText: response.statusText,
				headers: [...response.headers],
				body: bytes,
			};
			return transfer(answer, [bytes]);
		} catch (thrown) {
			// The browser tells a script no more than that it failed, on purpose.
			return { kind: thrown instanceof DOMException && thrown.name === 'TimeoutError' ? 'timedOut' : 'failed' };
		}
	},
};

expose(contract);
