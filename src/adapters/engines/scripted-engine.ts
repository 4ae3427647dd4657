/**
 * An engine that plays a script: one assistant message a call of `generate`, streamed in pieces. It is product code
 * (demos, `--script` of the terminal command) and what the tests of the loop run on.
 */
import * as v from 'valibot';
import { PlaygroundError } from '../../core/errors';
import type { ChatMessage, Engine, GenerateOptions, Generation, LoadProgress, Phase } from '../../core/ports';
import { sharedMessages } from './shared-messages';

/** A piece is a word or one other mark, with the white space before it; white space at the end is a piece of its own. */
const PIECE = /\s*[\p{L}\p{N}_]+|\s*[^\s\p{L}\p{N}_]|\s+$/gu;

/** Tokens that a message costs beyond its text, as chat templates have them (role, start and end). */
const MESSAGE_TOKENS = 4;

const scriptSchema = v.pipe(v.array(v.string()), v.minLength(1));

/** Reads a script, a JSON array of at least one assistant message. Throws `script_invalid`. */
export function parseScript(json: string): string[] {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (thrown) {
		throw PlaygroundError.from(thrown, 'script_invalid');
	}
	const parsed = v.safeParse(scriptSchema, value);
	if (!parsed.success) throw new PlaygroundError('script_invalid', { detail: v.summarize(parsed.issues) });
	return parsed.output;
}

/** How a script is played. */
export interface ScriptedOptions {
	/** Pause before each piece, in milliseconds; 0 (the default) plays at once. */
	readonly pieceMs?: number;
	/** Context window to announce, in tokens. */
	readonly contextTokens?: number;
}

/**
 * Plays `messages` in order, whatever it is asked. Every call of `generate` takes one message, an interrupted one
 * too; past the last it rejects with `script_exhausted`. Tokens are counted by a fixed rule: a word or one other
 * mark is a token, white space belongs to what follows it, and a message costs 4 more. Stop strings and `maxTokens`
 * cut the text as in an engine with a model; temperature, seed and grammar change nothing.
 */
export class ScriptedEngine implements Engine {
	readonly #messages: readonly string[];
	readonly #options: Required<ScriptedOptions>;
	#phase: Phase = 'idle';
	#played = 0;
	/** The conversation as it stood after the last call, reply included: what a KV cache would hold. */
	#held: readonly ChatMessage[] = [];

	constructor(messages: readonly string[], options: ScriptedOptions = {}) {
		this.#messages = messages;
		this.#options = { pieceMs: 0, contextTokens: 8192, ...options };
	}

	get phase(): Phase {
		return this.#phase;
	}

	get contextTokens(): number {
		return this.#phase === 'ready' ? this.#options.contextTokens : 0;
	}

	load(onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<void> {
		if (signal.aborted) return Promise.reject(signal.reason as Error);
		const totalBytes = this.#messages.reduce((sum, message) => sum + new TextEncoder().encode(message).length, 0);
		onProgress({ loadedBytes: totalBytes, totalBytes, text: 'Script' });
		this.#phase = 'ready';
		return Promise.resolve();
	}

	async generate(
		messages: readonly ChatMessage[],
		options: GenerateOptions,
		sink: (delta: string) => void,
		signal: AbortSignal,
	): Promise<Generation> {
		if (this.#phase !== 'ready') throw new PlaygroundError('model_not_loaded');
		const message = this.#messages[this.#played];
		if (message === undefined) {
			throw new PlaygroundError('script_exhausted', { detail: `the script has ${this.#messages.length} message(s)` });
		}
		this.#played += 1;
		const ends = options.stop.map((stop) => message.indexOf(stop)).filter((index) => index >= 0);
		const pieces = piecesOf(message.slice(0, Math.min(message.length, ...ends)));
		const startedAt = performance.now();
		let firstAt: number | null = null;
		let completionTokens = 0;
		let text = '';
		for (const piece of pieces.slice(0, options.maxTokens)) {
			await pause(this.#options.pieceMs, signal);
			if (signal.aborted) break;
			firstAt ??= performance.now();
			text += piece;
			completionTokens += 1;
			sink(piece);
		}
		const cachedTokens = count(messages.slice(0, sharedMessages(this.#held, messages)));
		this.#held = [...messages, { role: 'assistant', content: text }];
		const endedAt = performance.now();
		return {
			text,
			finish: signal.aborted ? 'interrupted' : pieces.length > options.maxTokens ? 'length' : 'stop',
			usage: { promptTokens: count(messages), cachedTokens, completionTokens },
			timings: { prefillMs: (firstAt ?? endedAt) - startedAt, decodeMs: endedAt - (firstAt ?? endedAt) },
		};
	}

	countTokens(messages: readonly ChatMessage[]): Promise<number> {
		if (this.#phase !== 'ready') return Promise.reject(new PlaygroundError('model_not_loaded'));
		return Promise.resolve(count(messages));
	}

	unload(): Promise<void> {
		this.#phase = 'idle';
		this.#held = [];
		return Promise.resolve();
	}
}

function piecesOf(text: string): string[] {
	return text.match(PIECE) ?? [];
}

function count(messages: readonly ChatMessage[]): number {
	return messages.reduce((sum, message) => sum + MESSAGE_TOKENS + piecesOf(message.content).length, 0);
}

/** Resolves after `ms`, or as soon as the signal fires. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
	if (ms === 0 || signal.aborted) return Promise.resolve();
	return new Promise((resolve) => {
		const done = (): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		signal.addEventListener('abort', done);
	});
}
