/** A Python that is started before it is asked for, so that a restart takes no time. */
import type { BootOptions, PythonEvent } from '../../../workers/contracts';
import type { Broker } from '../broker/broker';
import { memoryLimitBytes } from './memory-limit';
import { PythonStart } from './python-start';
import type { SandboxOptions } from './sandbox-frame';

/** What a spare is made of. */
export interface SparePythonOptions {
	readonly broker: Broker;
	/**
	 * Calls its argument when the page has nothing better to do, and never on a device that cannot spare the memory of a
	 * second Python.
	 */
	readonly whenIdle: (prepare: () => void) => void;
}

/** A start whose events go to whoever has taken it. */
interface Held {
	readonly start: PythonStart;
	readonly options: BootOptions;
	owner: SandboxOptions | null;
}

/** Holds at most one Python; once it is taken, the next is started when the page is idle. */
export class SparePython {
	#held: Held | null = null;
	#isAsked = false;

	constructor(private readonly options: SparePythonOptions) {}

	/** Has a spare started when the page is idle; does nothing where there is one. */
	prepare(): void {
		if (this.#isAsked || this.#held !== null) return;
		this.#isAsked = true;
		this.options.whenIdle(() => {
			this.#isAsked = false;
			this.#held ??= this.#start();
		});
	}

	/** The spare, which is the caller's from now on; null where there is none that would start as `boot` says. */
	take(sandbox: SandboxOptions, boot: BootOptions): PythonStart | null {
		const held = this.#held;
		if (held === null || JSON.stringify(held.options) !== JSON.stringify(boot)) return null;
		this.#held = null;
		held.owner = sandbox;
		this.prepare();
		return held.start;
	}

	/** Ends the spare. */
	dispose(): void {
		const held = this.#held;
		this.#held = null;
		if (held !== null) end(held);
	}

	#start(): Held {
		const { broker } = this.options;
		const options: BootOptions = { indexUrls: broker.indexUrls, memoryLimitBytes: memoryLimitBytes(), image: null };
		const onEvent = (event: Exclude<PythonEvent, { kind: 'ask' }>): void => held.owner?.onEvent(event);
		const onCrash = (detail: string): void => {
			if (held.owner !== null) return held.owner.onCrash(detail);
			if (this.#held === held) this.dispose();
		};
		const held: Held = { start: new PythonStart({ broker, onEvent, onCrash }, options), options, owner: null };
		// One that could not be started is none; whoever needs Python then starts it, and is told why it cannot be.
		held.start.started.catch(() => {
			if (this.#held === held) this.#held = null;
		});
		return held;
	}
}

/** Ends a start, or the Python that came of it. */
function end({ start }: Held): void {
	start.giveUp('the spare was not needed');
	start.started.then(({ frame }) => frame.close()).catch(() => undefined);
}
