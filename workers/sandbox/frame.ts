/**
 * The sandbox frame's one script: starts the python worker in this opaque origin and holds the memory that it
 * shares with it (interrupt, replies), which never leaves the frame. Everything else passes by it, over the two ports
 * that go straight to the worker.
 * Protocol: `SandboxRequest` and `SandboxReply` in `workers/contracts.ts`.
 */
import type { SandboxReply, SandboxRequest } from '../contracts';
import { ReplyWriter, SHARED_BYTES } from './reply-memory';

const SIGINT = 2;

let interruptBuffer: Uint8Array | null = null;
let replies: ReplyWriter | null = null;

/** Tells the page. Its origin is unknown to an opaque frame, hence `*`; no message holds anything but facts on the worker. */
function say(reply: SandboxReply): void {
	parent.postMessage(reply, '*');
}

/** Starts the worker. A classic one: a module worker from a blob does not load in an opaque origin (Chromium 156, Firefox 153). */
function spawn(script: string, ports: readonly MessagePort[]): void {
	// WebKitGTK 2.50 isolates the page but has no SharedArrayBuffer; then there is no interrupt, only a forced stop.
	const shared =
		crossOriginIsolated && typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(SHARED_BYTES) : null;
	interruptBuffer = shared === null ? null : new Uint8Array(shared, 0, 1);
	replies = shared === null ? null : new ReplyWriter(shared);
	const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
	const worker = new Worker(url);
	worker.addEventListener('error', (event) => say({ kind: 'crashed', detail: event.message || 'the worker stopped' }));
	worker.addEventListener(
		'message',
		() => {
			URL.revokeObjectURL(url);
			say({ kind: 'connected', interruptible: shared !== null });
		},
		{ once: true },
	);
	worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
		// Its shared memory for the reply that it waits for; whatever else Python may send means nothing here.
		if (shared !== null && data instanceof SharedArrayBuffer) replies?.fill(data);
	});
	worker.postMessage(shared, [...ports]);
}

addEventListener('message', (event: MessageEvent<SandboxRequest>) => {
	if (event.source !== parent) return;
	const request = event.data;
	switch (request.kind) {
		case 'spawn':
			return spawn(request.script, event.ports);
		case 'interrupt':
			if (interruptBuffer !== null) interruptBuffer[0] = SIGINT;
			return say({ kind: 'interrupted' });
		case 'reply':
			return replies?.announce(request.reply);
		default:
			request satisfies never;
	}
});

say({ kind: 'framed', isolated: crossOriginIsolated });
