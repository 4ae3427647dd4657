/**
 * Page-side end of the sandbox: an opaque-origin frame with a worker in it that runs Python (design.md §2). The page
 * hands in scripts and bytes and gets data out; the frame's policy lets nothing else through.
 */
import { wrap, type Remote } from 'comlink';
import { PlaygroundError } from '../../core/errors';
import type {
	ActionReport,
	BrokerContract,
	PageReply,
	PythonContract,
	PythonEvent,
	SandboxReply,
	SandboxRequest,
	Settled,
} from '../../../workers/contracts';
import { FloodGauge, readEvent, readReport } from './from-python';
import frameScript from '../../../workers/sandbox/frame.ts?script';

/** The worker's script: a chunk of its own, beside the page's, that is fetched while the frame opens. */
const pythonScript = import('../../../workers/python.worker.ts?script').then(({ default: script }) => script);

/** How long the frame, and then the worker, may take to say that its script is up. */
const HANDSHAKE_MS = 20_000;

/** A worker that computes nothing answers within this time. */
const LISTENS_MS = 50;

/** What the owner of a frame gives it. */
export interface SandboxOptions {
	/** Answers what Python asks for. */
	readonly broker: BrokerContract;
	/** Stages and output; questions go to the broker. */
	readonly onEvent: (event: Exclude<PythonEvent, { kind: 'ask' }>) => void;
	/** The worker stopped by itself. */
	readonly onCrash: (detail: string) => void;
}

/** One frame with one worker; when either is done for, `close` it and open another. */
export class SandboxFrame {
	/** The worker's calls. A call that is under way when the worker ends never settles: watch `ended`. */
	readonly python: Remote<PythonContract>;
	/** Resolves when there is no worker any more. `crash`: why it stopped by itself; null where the frame was closed. */
	readonly ended: Promise<{ readonly crash: string | null }>;
	#end: (how: { readonly crash: string | null }) => void = () => undefined;
	readonly #calls = new MessageChannel();
	readonly #events = new MessageChannel();
	readonly #element = document.createElement('iframe');
	/** Whoever waits for a reply of the frame, by kind. */
	readonly #waiting = new Map<SandboxReply['kind'], (reply: SandboxReply) => void>();
	readonly #flood = new FloodGauge();
	#isInterruptible = false;

	private constructor(private readonly options: SandboxOptions) {
		this.#calls.port1.addEventListener('message', () => this.#count());
		this.python = wrap<PythonContract>(this.#calls.port1);
		this.ended = new Promise((resolve) => (this.#end = resolve));
		this.#events.port1.onmessage = ({ data }: MessageEvent<unknown>) => {
			if (this.#count()) this.#hear(readEvent(data));
		};
	}

	/** Opens a frame and starts its worker. Rejects with `sandbox_failed`. */
	static async open(options: SandboxOptions): Promise<SandboxFrame> {
		const frame = new SandboxFrame(options);
		try {
			await frame.#open();
			return frame;
		} catch (thrown) {
			frame.close();
			throw PlaygroundError.from(thrown, 'sandbox_failed');
		}
	}

	/** True where `interrupt` can stop code that computes; false where the browser shares no memory with workers. */
	get isInterruptible(): boolean {
		return this.#isInterruptible;
	}

	/** Runs one action. Its report has the shape of one, whoever it is from. */
	async run(code: string): Promise<Settled<ActionReport>> {
		return readReport(await this.python.run(code));
	}

	/**
	 * Ends what Python is at: what it awaits is cancelled, and where it computes it gets the signal. Never both at once:
	 * a signal that hits the cancelling leaves behind a task that nobody wakes. Resolves when either is done.
	 */
	async interrupt(): Promise<void> {
		let isHeard = false;
		// A worker that computes reads this call only after the signal has stopped it.
		const cancelled = this.python.interrupt().then(
			() => (isHeard = true),
			() => undefined,
		);
		await Promise.race([cancelled, new Promise((resolve) => setTimeout(resolve, LISTENS_MS))]);
		if (!isHeard) await this.signal();
	}

	/** Sends the signal that interrupts code which computes; resolves when it can no longer hit a later action. */
	async signal(): Promise<void> {
		const written = this.#reply('interrupted');
		this.#send({ kind: 'interrupt' });
		await written;
	}

	/** Ends the worker, whatever it is doing, and takes the frame out of the page. */
	close(): void {
		this.#end({ crash: null });
		removeEventListener('message', this.#onMessage);
		this.#element.remove();
		this.#calls.port1.close();
		this.#events.port1.close();
	}

	async #open(): Promise<void> {
		addEventListener('message', this.#onMessage);
		this.#element.setAttribute('sandbox', 'allow-scripts');
		this.#element.allow = 'cross-origin-isolated';
		this.#element.hidden = true;
		this.#element.title = 'Python';
		this.#element.srcdoc = await frameDocument(frameScript);
		const framed = this.#reply('framed');
		document.body.append(this.#element);
		await framed;
		const connected = this.#reply('connected');
		this.#send({ kind: 'spawn', script: await pythonScript }, [this.#calls.port2, this.#events.port2]);
		const reply = await connected;
		this.#isInterruptible = reply.kind === 'connected' && reply.interruptible;
	}

	/** The frame's next reply of that kind; rejects when it does not come. */
	#reply(kind: SandboxReply['kind']): Promise<SandboxReply> {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(
				() => reject(new PlaygroundError('sandbox_failed', { detail: `no "${kind}" within ${HANDSHAKE_MS} ms` })),
				HANDSHAKE_MS,
			);
			this.#waiting.set(kind, (reply) => {
				clearTimeout(timer);
				resolve(reply);
			});
		});
	}

	readonly #onMessage = ({ source, data }: MessageEvent<SandboxReply>): void => {
		if (source !== this.#element.contentWindow) return;
		this.#waiting.get(data.kind)?.(data);
		this.#waiting.delete(data.kind);
		if (data.kind === 'crashed') this.#crash(String(data.detail));
	};

	/** Takes the worker for ended by itself, and sees to it that it is. */
	#crash(detail: string): void {
		this.#end({ crash: detail });
		this.close();
		this.options.onCrash(detail);
	}

	/** Counts a message; false where they are too many, by which the worker is ended: the page must stay usable. */
	#count(): boolean {
		if (!this.#element.isConnected || !this.#flood.rises()) return true;
		this.#crash('it flooded the page with messages');
		return false;
	}

	#hear(event: PythonEvent | null): void {
		if (event === null) return this.#crash('it sent what is no message');
		switch (event.kind) {
			case 'stage':
			case 'output':
			case 'history':
				return this.options.onEvent(event);
			case 'ask':
				void this.#answer(event);
				return;
			default:
				event satisfies never;
		}
	}

	async #answer({ id, query, via }: Extract<PythonEvent, { kind: 'ask' }>): Promise<void> {
		const reply: PageReply = { id, answer: await this.options.broker.answer(query) };
		const bodies = reply.answer.kind === 'response' ? [reply.answer.body] : [];
		// A worker that waits with Python's stack on hears no message; the frame writes into the memory that it waits on.
		if (via === 'memory') this.#send({ kind: 'reply', reply }, bodies);
		else this.#events.port1.postMessage(reply, bodies);
	}

	#send(request: SandboxRequest, transfer: Transferable[] = []): void {
		// The frame's origin is opaque, so it cannot be named; the message goes to this one window all the same.
		this.#element.contentWindow?.postMessage(request, '*', transfer);
	}
}

/**
 * The frame's document: its one script and its policy. The script is let in by its hash, here and in the page's own
 * policy, which a `srcdoc` frame inherits (`vite.config.ts` computes the same hash of the same text).
 */
async function frameDocument(script: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
	const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
	const policy = [
		`default-src 'none'`,
		`script-src 'sha256-${hash}' blob: 'wasm-unsafe-eval'`,
		`worker-src blob:`,
		`connect-src 'none'`,
	].join('; ');
	return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${script}</script>`;
}
