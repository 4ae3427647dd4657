/** A small queue: what a callback is told while something works, as an async generator. */

/**
 * Yields everything that `work` pushes while it is at work, and returns what it resolves with (or throws what it
 * rejects with). The signal that `work` gets fires with `signal`, when `work` calls `stop`, and when the consumer
 * leaves the generator early.
 */
export async function* streamed<Item, Result>(
	signal: AbortSignal,
	work: (push: (item: Item) => void, signal: AbortSignal, stop: () => void) => Promise<Result>,
): AsyncGenerator<Item, Result> {
	const stopper = new AbortController();
	const stop = () => {
		stopper.abort(signal.reason);
	};
	if (signal.aborted) stop();
	signal.addEventListener('abort', stop, { once: true });
	const waiting: Item[] = [];
	let isDone = false;
	let wake = () => {
		// Nobody waits yet.
	};
	const push = (item: Item) => {
		waiting.push(item);
		wake();
	};
	const outcome = settle(() => work(push, stopper.signal, stop)).then((settled) => {
		isDone = true;
		wake();
		return settled;
	});
	try {
		for (;;) {
			for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) yield item;
			if (isDone) break;
			await new Promise<void>((resolve) => {
				wake = resolve;
			});
		}
	} finally {
		signal.removeEventListener('abort', stop);
		if (!isDone) stop();
	}
	const settled = await outcome;
	if (settled.ok) return settled.result;
	throw settled.thrown;
}

type Settled<Result> =
	{ readonly ok: true; readonly result: Result } | { readonly ok: false; readonly thrown: unknown };

/** The outcome of `work` as a value, so that no rejection is left unhandled when the consumer is gone. */
async function settle<Result>(work: () => Promise<Result>): Promise<Settled<Result>> {
	try {
		return { ok: true, result: await work() };
	} catch (thrown) {
		return { ok: false, thrown };
	}
}
