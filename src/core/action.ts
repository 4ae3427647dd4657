/**
 * The action codec: how Python is found in a model's reply, and how it is written into one. The ladder, first match
 * wins: the profile's tags (or another known pair), one fenced block, a bare reply that is a program; any other reply
 * is the answer. Where a mark occurs more than once, Python's own parser decides which one ends the code, so that a
 * closing tag in a string does not cut it.
 */
import type { Tags } from './profile';
import type { Action } from './trajectory';

/** Why a reply holds neither exactly one action nor an answer. `unclosed`: a tag is missing, half, or was cut off. */
export type InvalidReply = 'empty' | 'thoughtOnly' | 'twoActions' | 'emptyAction' | 'unclosed';

/** What a reply turned out to be. `thought` is the free text before the action, think blocks included. */
export type ParsedReply =
	| { readonly kind: 'action'; readonly thought: string; readonly action: Action }
	| { readonly kind: 'answer'; readonly thought: string; readonly text: string }
	| {
			readonly kind: 'invalid';
			readonly thought: string;
			readonly why: InvalidReply;
			/** How many actions were found. */
			readonly count: number;
	  };

/** Where a mark stands: `[start, end)`. */
type Span = readonly [start: number, end: number];

/** Tags of other agents, which models know from their training; taken only around what is plainly a program. */
const OTHER_TAGS: readonly Tags[] = ['execute', 'code', 'python'].map((name) => ({
	open: `<${name}>`,
	close: `</${name}>`,
}));

const FENCE_OPEN = /^[ \t]*```(?:python3?|py)\b.*$/gim;
const FENCE_CLOSE = /^[ \t]*```[ \t]*$/gm;
const FENCED_WHOLE = /^\s*```(?:python3?|py)?[ \t]*\n([\s\S]*?)\s*```\s*$/i;

/** How many openings and closings are tried against the parser before the plain reading is taken. */
const TRIES = 6;

/**
 * Signs that text which parses as Python is meant to be run: a statement that calls something, an import, a compound
 * statement. Words, numbers, lists and `x = 5` parse too, but they are how an answer is written.
 */
const CODE_SIGNS = [
	/^[ \t]*(?:[\w.,[\] ]+[-+*/]?=[ \t]*)?(?:await\s+)?[A-Za-z_][\w.]*\(/m,
	/^[ \t]*(?:import|from)\s+\w/m,
	/^[ \t]*(?:async\s+)?(?:def|class|for|while|try)\b.*:/m,
];

/** `code` as an action, the way that `parseReply` reads it back. */
export function renderAction(code: string, tags: Tags): string {
	return `${tags.open}\n${code}\n${tags.close}`;
}

/**
 * Puts back the closing tag that the stop string took, and completes a half one (`</execute`).
 * `isCut`: the reply ended for want of tokens, so an action without any closing tag stays open.
 */
export function closeReply(reply: string, tags: Tags, isCut: boolean): string {
	const opened = reply.lastIndexOf(tags.open);
	if (opened === -1 || reply.includes(tags.close, opened)) return reply;
	// A lone `<` may be a comparison that was cut off; no whole program ends in one.
	const shortest = isCut ? 2 : 1;
	for (let length = tags.close.length - 1; length >= shortest; length -= 1) {
		if (reply.endsWith(tags.close.slice(0, length))) return reply.slice(0, -length) + tags.close;
	}
	return isCut ? reply : reply + tags.close;
}

/**
 * Reads a reply whose closing tag was put back (`closeReply`). `parses` tells whether text is Python; it is asked only
 * where the marks leave a doubt, and what it rejects with is passed on.
 */
export async function parseReply(
	reply: string,
	tags: Tags,
	parses: (code: string) => Promise<boolean>,
): Promise<ParsedReply> {
	const { thinking, rest } = splitThinking(reply, tags);
	const thoughtWith = (before: string) =>
		[thinking, before.replace(/^\s*<think>/, '').trim()].filter((text) => text !== '').join('\n\n');
	const invalid = (why: InvalidReply, count = 0): ParsedReply => ({
		kind: 'invalid',
		thought: thoughtWith(''),
		why,
		count,
	});
	const act = (before: string, code: string, form: Action['form']): ParsedReply =>
		code === '' ? invalid('emptyAction') : { kind: 'action', thought: thoughtWith(before), action: { code, form } };

	if (rest.trim() === '') return invalid(thinking === '' ? 'empty' : 'thoughtOnly');

	for (const pair of [tags, ...OTHER_TAGS.filter((other) => other.open !== tags.open)]) {
		const block = await findBlock(rest, literal(rest, pair.open), literal(rest, pair.close), parses);
		if (block === null || (pair !== tags && !(await isProgram(block.code, parses)))) continue;
		return block.count > 1 ? invalid('twoActions', block.count) : act(block.before, block.code, 'tag');
	}
	if (rest.includes(tags.open)) return invalid('unclosed');
	const fences = matches(rest, FENCE_OPEN);
	const fence = await findBlock(rest, fences, matches(rest, FENCE_CLOSE), parses);
	if (fence !== null) {
		return fence.count > 1 ? invalid('twoActions', fence.count) : act(fence.before, fence.code, 'fence');
	}
	if (fences.length > 0) return invalid('unclosed');

	// The opening tag is forgotten at times while the closing one is written.
	const bare = tidy(rest.split(tags.close)[0] ?? '');
	if (await isProgram(bare, parses)) return act('', bare, FENCED_WHOLE.test(rest) ? 'fence' : 'bare');
	if (rest.includes(tags.open.slice(0, -1)) || rest.includes(tags.close.slice(0, -1))) return invalid('unclosed');
	if (/^\s*<think>/.test(rest)) return { ...invalid('thoughtOnly'), thought: thoughtWith(rest) };
	return { kind: 'answer', thought: thinking, text: rest.trim() };
}

/** What the model is told about a reply that could not be read, with the shape that was expected. */
export function renderFormatError(why: InvalidReply, count: number, tags: Tags): string {
	const what = {
		empty: 'Your reply was empty.',
		thoughtOnly: 'Your reply held only thinking.',
		twoActions: `Your reply held ${String(count)} actions, so none was run. Write exactly one.`,
		emptyAction: 'Your action held no code.',
		unclosed: 'The tags of your action were not complete, so it was not run. If it was cut off, write less code.',
	}[why];
	const shape = renderAction('print(value)', tags);
	return `[${what}]\nReply with one action, such as:\n${shape}\nor, once you know it, with the answer in plain words.`;
}

/** Takes a think block off the front. Some templates open it in the prompt, so `</think>` may come alone. */
function splitThinking(reply: string, tags: Tags): { thinking: string; rest: string } {
	const end = reply.indexOf('</think>');
	const opened = reply.indexOf(tags.open);
	const isOpenedByPrompt = opened === -1 || opened > end;
	if (end === -1 || !(/^\s*<think>/.test(reply) || isOpenedByPrompt)) return { thinking: '', rest: reply };
	const thinking = reply.slice(0, end).replace(/^\s*<think>/, '');
	return { thinking: thinking.trim(), rest: reply.slice(end + '</think>'.length) };
}

/** The first block between an opening and a closing mark, and how many blocks are opened in all; null without one. */
async function findBlock(
	text: string,
	opens: readonly Span[],
	closes: readonly Span[],
	parses: (code: string) => Promise<boolean>,
): Promise<{ before: string; code: string; count: number } | null> {
	const first = opens[0];
	const ends = first === undefined ? [] : closes.filter(([start]) => start >= first[1]);
	const firstEnd = ends[0];
	if (firstEnd === undefined) return null;
	const starts = opens.filter(([, end]) => end <= firstEnd[0]);
	const read = (from: Span, to: Span) => ({
		before: text.slice(0, from[0]),
		code: tidy(text.slice(from[1], to[0])),
		count: 1 + opens.filter(([start]) => start >= to[1]).length,
	});
	if (starts.length > 1 || ends.length > 1) {
		for (const start of starts.slice(0, TRIES)) {
			for (const end of ends.slice(0, TRIES)) {
				const block = read(start, end);
				if (end[0] >= start[1] && (await parses(block.code))) return block;
			}
		}
	}
	// Nothing parses: the plain reading is from the last opening before the first closing, for prose may name a tag.
	return read(starts.at(-1) ?? firstEnd, firstEnd);
}

/** All places of a literal mark. */
function literal(text: string, mark: string): Span[] {
	const spans: Span[] = [];
	for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + mark.length)) {
		spans.push([at, at + mark.length]);
	}
	return spans;
}

/** All places of a pattern. */
function matches(text: string, pattern: RegExp): Span[] {
	return [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
}

/** True for text that parses as Python and is meant to be run. */
async function isProgram(text: string, parses: (code: string) => Promise<boolean>): Promise<boolean> {
	return CODE_SIGNS.some((sign) => sign.test(text)) && (await parses(text));
}

/** Code as Python takes it: without a fence around it, blank lines at its ends, and indentation of the whole. */
function tidy(text: string): string {
	const inner = FENCED_WHOLE.exec(text)?.[1] ?? text;
	const code = inner
		.replace(/\r\n?/g, '\n')
		.replace(/^(?:[ \t]*\n)+/, '')
		.trimEnd();
	const indent = /^[ \t]*/.exec(code)?.[0] ?? '';
	if (indent === '') return code;
	const lines = code.split('\n');
	const isShared = lines.every((line) => line.startsWith(indent) || line.trim() === '');
	return isShared ? lines.map((line) => line.slice(indent.length)).join('\n') : code.trimStart();
}
