/**
 * Reads what comes out of the sandbox. Whoever runs in the worker may say anything, in any shape and as often as it
 * likes: here it gets the shape that the contract names, or it is no message. That it is true, nobody can say.
 */
import * as v from 'valibot';
import { PlaygroundError } from '../../core/errors';
import type { ActionReport, PythonEvent, Settled } from '../../../workers/contracts';

/** Characters of one text, and entries of one list: far above what the worker's own limits let through. */
const MAX_CHARS = 16_000_000;
const MAX_ENTRIES = 100_000;

/** Messages within a second past which they are a flood; the worker's own limits are at a tenth of it. */
const MAX_MESSAGES = 3_000;

const text = v.pipe(v.string(), v.maxLength(MAX_CHARS));
const textOrNull = v.nullable(text);
const list = <T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T[]> =>
	v.pipe(v.array(item), v.maxLength(MAX_ENTRIES));
const stage = v.picklist(['files', 'interpreter', 'harness', 'preload', 'restoring', 'ready']);
const amount = v.pipe(v.number(), v.finite());

const report: v.GenericSchema<unknown, ActionReport> = v.object({
	status: v.picklist(['ok', 'error', 'interrupted', 'timedOut']),
	stdout: text,
	stderr: text,
	value: textOrNull,
	error: v.nullable(v.object({ type: text, message: text, traceback: text, line: v.nullable(amount) })),
	displays: list(v.object({ mime: text, data: text })),
	answer: textOrNull,
	packages: list(text),
	durationMs: amount,
	state: v.picklist(['kept', 'restored', 'restoring', 'lost']),
	restored: v.nullable(
		v.object({ by: v.picklist(['memory', 'image', 'rerun']), isDifferent: v.boolean(), durationMs: amount }),
	),
	checkpoint: v.nullable(v.object({ id: amount, parent: amount, bytes: amount, durationMs: amount })),
	files: list(v.object({ path: text, change: v.picklist(['created', 'changed', 'removed']), bytes: amount })),
});

const event: v.GenericSchema<unknown, PythonEvent> = v.variant('kind', [
	v.object({ kind: v.literal('stage'), stage }),
	v.object({ kind: v.literal('output'), delta: v.object({ stream: v.picklist(['stdout', 'stderr']), text }) }),
	v.object({
		kind: v.literal('history'),
		history: v.object({ ids: list(amount), usedBytes: amount, budgetBytes: amount }),
	}),
	v.object({
		kind: v.literal('ask'),
		id: amount,
		// The broker reads the query itself: it may be anything.
		query: v.custom<Extract<PythonEvent, { kind: 'ask' }>['query']>(() => true),
		via: v.picklist(['port', 'memory']),
	}),
]);

/** An event; null where it is none. */
export function readEvent(data: unknown): PythonEvent | null {
	const read = v.safeParse(event, data);
	return read.success ? read.output : null;
}

/** What an action gave. A report that is none counts as the end of Python: what else it would say is not to be trusted. */
export function readReport(settled: unknown): Settled<ActionReport> {
	const read = v.safeParse(v.object({ ok: v.literal(true), value: report }), settled);
	if (read.success) return read.output;
	const failed = v.safeParse(v.object({ ok: v.literal(false), error: v.object({ detail: textOrNull }) }), settled);
	const detail = failed.success ? failed.output.error.detail : 'its report was none';
	return { ok: false, error: new PlaygroundError('python_died', { detail }).toWire() };
}

/** Counts the messages of one worker. */
export class FloodGauge {
	#messages = 0;
	#since = 0;

	constructor(private readonly now: () => number = () => performance.now()) {}

	/** Takes one message in; true where they have become a flood. */
	rises(): boolean {
		const now = this.now();
		if (now - this.#since > 1_000) [this.#messages, this.#since] = [0, now];
		this.#messages += 1;
		return this.#messages > MAX_MESSAGES;
	}
}
