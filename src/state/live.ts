/**
 * The step that is at work, folded from events like the trajectory is, but with what only streams. Pure: the session
 * holds the result, the view draws it.
 */
import type { Action, AgentEvent } from '../core/trajectory';
import type { Tags } from '../core/profile';

/** Characters of a running action's output that the view holds; the Observation brings the whole. */
const LIVE_OUTPUT_CHARS = 20_000;

/** The step at work. `startedMs` is when this phase of it began (monotonic). */
export type Live =
	| { readonly phase: 'generating'; readonly index: number; readonly reply: string; readonly startedMs: number }
	| {
			readonly phase: 'running';
			readonly index: number;
			readonly reply: string;
			readonly thought: string;
			readonly action: Action;
			/** What was printed so far, both streams in the order in which it came; its end, where it is long. */
			readonly output: string;
			readonly startedMs: number;
	  };

/** The live step after one more event; null where no step is at work. */
export function foldLive(live: Live | null, event: AgentEvent, nowMs: number): Live | null {
	switch (event.type) {
		case 'runStarted':
		case 'stepEnded':
		case 'answered':
		case 'runEnded':
			return null;
		case 'stepStarted':
			return { phase: 'generating', index: event.index, reply: '', startedMs: nowMs };
		case 'delta':
			return live === null ? null : { ...live, reply: live.reply + event.text };
		case 'actionStarted': {
			const { thought, action, reply } = event;
			return { phase: 'running', index: live?.index ?? 0, reply, thought, action, output: '', startedMs: nowMs };
		}
		case 'output': {
			if (live?.phase !== 'running') return live;
			return { ...live, output: (live.output + event.delta.text).slice(-LIVE_OUTPUT_CHARS) };
		}
		default:
			return event satisfies never;
	}
}

/** A reply that is still being written, cut into its thought and its code. */
export interface LiveParts {
	readonly thought: string;
	/** Null until the opening mark has been written. */
	readonly code: string | null;
}

/**
 * Cuts an unfinished reply at the profile's opening tag or at a fence, whichever comes first. A mark that is only
 * half there is held back, so that it never flashes up as thought or as code.
 */
export function partsOf(reply: string, tags: Tags): LiveParts {
	const marks = [tags.open, '```python', '```py', '```'];
	const found = marks
		.map((mark) => ({ mark, at: reply.indexOf(mark) }))
		.filter(({ at }) => at !== -1)
		.sort((a, b) => a.at - b.at || b.mark.length - a.mark.length)[0];
	if (found === undefined) return { thought: withoutPartial(reply, marks).trim(), code: null };
	const rest = reply.slice(found.at + found.mark.length).replace(/^[ \t]*\r?\n/, '');
	const close = found.mark === tags.open ? tags.close : '```';
	const end = rest.indexOf(close);
	const code = end === -1 ? withoutPartial(rest, [close]) : rest.slice(0, end);
	return { thought: reply.slice(0, found.at).trim(), code };
}

/** `text` without an ending that could become one of `marks`. */
function withoutPartial(text: string, marks: readonly string[]): string {
	const held = Math.max(
		0,
		...marks.map((mark) => {
			for (let length = Math.min(mark.length - 1, text.length); length > 0; length -= 1) {
				if (text.endsWith(mark.slice(0, length))) return length;
			}
			return 0;
		}),
	);
	return text.slice(0, text.length - held);
}
