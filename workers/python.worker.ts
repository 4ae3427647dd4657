/** The python worker: a classic worker in the sandbox frame. Its first message brings the shared memory and two ports. */
import { expose } from 'comlink';
import { brokerFetch } from './python/broker-fetch';
import { PyodideHost } from './python/pyodide-host';
import { Questions } from './python/questions';
import { ReplyReader } from './sandbox/reply-memory';
import { sealScope } from './python/seal';

addEventListener(
	'message',
	({ data: shared, ports: [calls, events] }: MessageEvent<SharedArrayBuffer | null>) => {
		if (calls === undefined || events === undefined) return;
		// The frame is told by this one alone: Python finds no `postMessage`.
		const tell = self.postMessage.bind(self);
		const reader = shared === null ? null : new ReplyReader(shared, (memory) => tell(memory));
		const questions = new Questions(events, reader);
		self.fetch = brokerFetch(questions);
		const interruptBuffer = shared === null ? null : new Uint8Array(shared, 0, 1);
		expose(new PyodideHost((event) => events.postMessage(event), interruptBuffer, questions), calls);
		tell('connected');
		sealScope(self);
	},
	{ once: true },
);
