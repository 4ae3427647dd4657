/** One action on its way through the sandbox: called, watched, and stopped whatever the code does. */
import type { RunResult } from '../../core/ports';
import type { ActionReport } from '../../../workers/contracts';
import type { SandboxFrame } from './sandbox-frame';

/** When an action that was interrupted and goes on gets the signal (again). */
const AGAIN_MS = 400;
/** How long an action may go on after it was interrupted, before its worker is ended. */
const GRACE_MS = 1_000;

/** How the call of an action ended. `abandoned`: it did not end, and its worker is given up. */
export type Ending =
	| { readonly kind: 'returned'; readonly report: ActionReport }
	| { readonly kind: 'died'; readonly detail: string }
	| { readonly kind: 'abandoned' };

/** An action that ended, and why it was stopped where it was. */
export interface Ended {
	readonly ending: Ending;
	readonly reason: Extract<RunResult['status'], 'interrupted' | 'timedOut'> | null;
}

/** What an action is called with. */
export interface ActionCallOptions {
	readonly frame: SandboxFrame;
	readonly code: string;
	readonly timeoutMs: number;
	/** How long a person was being asked in all, in milliseconds: the clock of the action stands still meanwhile. */
	readonly askedMs: () => number;
	readonly signal: AbortSignal;
}

/** A call under way. */
export class ActionCall {
	#reason: Ended['reason'] = null;
	#settle: (ending: Ending) => void = () => undefined;
	#again: ReturnType<typeof setTimeout> | undefined;
	#grace: ReturnType<typeof setTimeout> | undefined;
	#clock: ReturnType<typeof setTimeout> | undefined;
	#interrupting: Promise<void> = Promise.resolve();

	constructor(private readonly options: ActionCallOptions) {}

	/** Runs the action to its end. Never rejects. */
	async ended(): Promise<Ended> {
		const { frame, code, signal } = this.options;
		const ending = new Promise<Ending>((resolve) => (this.#settle = resolve));
		frame.run(code).then(
			(settled) => {
				if (settled.ok) this.#settle({ kind: 'returned', report: settled.value });
				else this.#settle({ kind: 'died', detail: settled.error.detail ?? settled.error.message });
			},
			(thrown: unknown) => this.#settle({ kind: 'died', detail: String(thrown) }),
		);
		frame.ended.then(({ crash }) =>
			this.#settle(crash === null ? { kind: 'abandoned' } : { kind: 'died', detail: crash }),
		);
		this.#watchClock();
		const onAbort = (): void => this.#stop('interrupted');
		if (signal.aborted) onAbort();
		signal.addEventListener('abort', onAbort, { once: true });
		try {
			const ended = await ending;
			// Were the interrupt still on its way, it could hit the next action.
			if (ended.kind === 'returned') await this.#interrupting.catch(() => undefined);
			return { ending: ended, reason: this.#reason };
		} finally {
			clearTimeout(this.#clock);
			clearTimeout(this.#again);
			clearTimeout(this.#grace);
			signal.removeEventListener('abort', onAbort);
		}
	}

	#watchClock(): void {
		const { timeoutMs, askedMs } = this.options;
		const dueMs = performance.now() + timeoutMs - askedMs();
		const watch = (): void => {
			const restMs = dueMs + askedMs() - performance.now();
			if (restMs <= 0) this.#stop('timedOut');
			else this.#clock = setTimeout(watch, Math.max(restMs, 50));
		};
		this.#clock = setTimeout(watch, timeoutMs);
	}

	#stop(reason: NonNullable<Ended['reason']>): void {
		if (this.#reason !== null) return;
		this.#reason = reason;
		const { frame } = this.options;
		if (!frame.isInterruptible) return this.#settle({ kind: 'abandoned' });
		this.#interrupting = frame.interrupt();
		// Code that computes between two awaits may have been cancelled while it listened, and not care.
		this.#again = setTimeout(() => (this.#interrupting = frame.signal()), AGAIN_MS);
		this.#grace = setTimeout(() => this.#settle({ kind: 'abandoned' }), GRACE_MS);
	}
}
