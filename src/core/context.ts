/**
 * The context window: turns are made to fit by cutting, cheapest loss first. Older observations are shortened, then
 * reduced to a line; then earlier runs go, then older steps, then examples; last the newest observation is shortened.
 * The system text and the task never go.
 */
import { PlaygroundError } from './errors';
import { cutMiddle } from './observation';
import type { ChatMessage } from './ports';
import type { Turn } from './prompt';

/** One thing that was cut. `at` is an index of the turns (`shorten`, `oneLine`, `example`), a run or a step. */
export interface Cut {
	readonly what: 'shorten' | 'oneLine' | 'run' | 'step' | 'example';
	readonly at: number;
}

/** Messages that fit, and what had to be cut for it. */
export interface FittedContext {
	readonly messages: readonly ChatMessage[];
	readonly cuts: readonly Cut[];
	readonly tokens: number;
}

const SHORT_CHARS = 240;
const LINE_CHARS = 80;
const STEPS_LEFT_OUT = '[Earlier steps left out]';

/**
 * Shortening older observations goes on to this share of the budget, so that the next steps need no new cut and keep
 * the KV cache. Dearer cuts stop a little above it instead, and are counted, for an estimate must not cost a turn.
 */
const SHORTENED = 0.8;
const LEFT_OUT = 1.1;

/**
 * The messages of `turns` within `budgetTokens`. The whole is counted once; only where it does not fit are cuts made,
 * by an estimate from the characters, and counted again. `earlier` are the cuts of the step before: they stay, so
 * that the beginning of the prompt stays the same. Throws `context_overflow` where all cuts together do not suffice.
 */
export async function fitContext(
	turns: readonly Turn[],
	budgetTokens: number,
	countTokens: (messages: readonly ChatMessage[]) => Promise<number>,
	earlier: readonly Cut[] = [],
): Promise<FittedContext> {
	let cuts = earlier;
	let messages = apply(turns, cuts);
	let tokens = await countTokens(messages);
	const left = possibleCuts(turns).filter(({ what, at }) => !earlier.some((cut) => cut.what === what && cut.at === at));
	while (tokens > budgetTokens) {
		const budgetChars = (charsOf(messages) * budgetTokens) / tokens;
		if (left.length === 0) {
			throw new PlaygroundError('context_overflow', {
				detail: `${String(tokens)} tokens are needed, and there is room for ${String(Math.max(0, budgetTokens))}.`,
			});
		}
		do {
			const tried = [...cuts, ...left.splice(0, 1)];
			const shorter = apply(turns, tried);
			// A cut that saves nothing (a short observation, a step of a run that went) is not made.
			if (charsOf(shorter) >= charsOf(messages)) continue;
			cuts = tried;
			messages = shorter;
		} while (left[0] !== undefined && charsOf(messages) > budgetChars * shareFor(left[0], turns));
		tokens = await countTokens(messages);
	}
	return { messages, cuts, tokens };
}

/** The share of the budget above which a cut is made, going by the estimate. */
function shareFor({ what, at }: Cut, turns: readonly Turn[]): number {
	const isOlderObservation =
		(what === 'shorten' || what === 'oneLine') && at !== indexesOf(turns, 'observation').at(-1);
	return isOlderObservation ? SHORTENED : LEFT_OUT;
}

/** Every cut that these turns allow, in the order in which they are made. */
function possibleCuts(turns: readonly Turn[]): Cut[] {
	const observations = indexesOf(turns, 'observation');
	const older = observations.slice(0, -1);
	const newest = observations.slice(-1);
	const runs = new Set(turns.flatMap(({ run }) => run ?? []));
	const steps = [...new Set(turns.flatMap(({ run, step }) => (run === null ? (step ?? []) : [])))];
	// An example is a task and its reply, so they go in pairs.
	const examples = indexesOf(turns, 'example').filter((_, index) => index % 2 === 0);
	const cuts = (what: Cut['what'], places: Iterable<number>): Cut[] => [...places].map((at) => ({ what, at }));
	return [
		...cuts('shorten', older),
		...cuts('oneLine', older),
		...cuts('run', runs),
		...cuts('step', steps.slice(0, -1)),
		...cuts('example', examples),
		...cuts('shorten', newest),
		...cuts('oneLine', newest),
	];
}

/** The messages of `turns` after `cuts`. Neighbours of one role are joined, for chat templates want them to alternate. */
function apply(turns: readonly Turn[], cuts: readonly Cut[]): ChatMessage[] {
	const isCut = (what: Cut['what'], at: number) => cuts.some((cut) => cut.what === what && cut.at === at);
	const messages: ChatMessage[] = [];
	turns.forEach(({ part, run, step, message }, index) => {
		let { content } = message;
		if (part === 'example' && (isCut('example', index) || isCut('example', index - 1))) return;
		if (run !== null && isCut('run', run)) return;
		if (run === null && step !== null && isCut('step', step)) {
			// Steps go from the first on, so one line stands for all of them.
			if (part === 'reply' || step > 0) return;
			content = STEPS_LEFT_OUT;
		} else if (part === 'observation') {
			if (isCut('oneLine', index)) content = lastLine(content);
			else if (isCut('shorten', index)) content = cutMiddle(content, SHORT_CHARS);
		}
		const last = messages.at(-1);
		if (content === '') return;
		if (last?.role === message.role) {
			messages[messages.length - 1] = { role: last.role, content: `${last.content}\n\n${content}` };
		} else {
			messages.push({ role: message.role, content });
		}
	});
	return messages;
}

/** The last line says most: the error, or the figure that was printed last. */
function lastLine(text: string): string {
	const lines = text.split('\n');
	const line = lines.at(-1) ?? '';
	return lines.length === 1 && line.length <= LINE_CHARS ? text : `[…] ${line.slice(0, LINE_CHARS)}`;
}

function indexesOf(turns: readonly Turn[], part: Turn['part']): number[] {
	return turns.flatMap((turn, index) => (turn.part === part ? [index] : []));
}

function charsOf(messages: readonly ChatMessage[]): number {
	return messages.reduce((sum, { content }) => sum + content.length, 0);
}
