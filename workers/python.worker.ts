/** The python worker: a classic worker in the sandbox frame. Its first message brings the shared memory and two ports. */
import { expose } from 'comlink';
import { brokerFetch } from './python/broker-fetch';
import { PyodideHost } from './python/pyodide-host';
import { Questions } from './python/questions';
import { ReplyReader } from './sandbox/reply-memory';

addEventListener(
	'message',
	({ data: shared, ports: [calls, events] }: MessageEvent<SharedArrayBuffer | null>) => {
		if (calls === undefined || events === undefined) return;
		const reader = shared === null ? null : new ReplyReader(shared, (memory) => postMessage(memory));
		const questions = new Questions(events, reader);
		self.fetch = brokerFetch(questions);
		const interruptBuffer = shared === null ? null : new Uint8Array(shared, 0, 1);
		expose(new PyodideHost((event) => events.postMessage(event), interruptBuffer, questions), calls);
		postMessage('connected');
	},
	{ once: true },
);
