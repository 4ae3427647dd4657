/** The python worker: a classic worker in the sandbox frame. Its first message brings the interrupt buffer and two ports. */
import { expose } from 'comlink';
import { brokerFetch } from './python/broker-fetch';
import { PyodideHost } from './python/pyodide-host';

addEventListener(
	'message',
	({ data: shared, ports: [calls, events] }: MessageEvent<SharedArrayBuffer | null>) => {
		if (calls === undefined || events === undefined) return;
		self.fetch = brokerFetch(events);
		const buffer = shared === null ? null : new Uint8Array(shared);
		expose(new PyodideHost((event) => events.postMessage(event), buffer), calls);
		postMessage('connected');
	},
	{ once: true },
);
