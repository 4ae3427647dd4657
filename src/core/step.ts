/** One step of the loop: the model writes a reply, the reply is read, its action is run, and the model is told. */
import { lookAhead } from './ahead';
import { closeReply, parseReply, renderFormatError } from './action';
import type { Cut } from './context';
import { fitContext } from './context';
import type { ErrorCode } from './errors';
import { PlaygroundError } from './errors';
import type { FileMention } from './files';
import { isRepeating } from './limits';
import { observe, plain } from './observation';
import type { ChatMessage, Clock, Engine, Generation, RunResult, Runtime } from './ports';
import type { Profile } from './profile';
import { promptTurns } from './prompt';
import { streamed } from './streamed';
import type { Action, AgentEvent, AnswerSource, Limits, Observation, Step, Trajectory } from './trajectory';

/** A run at work: the ports and texts it works with, and what changes while it goes on. */
export interface Run {
	readonly engine: Engine;
	readonly runtime: Runtime;
	readonly profile: Profile;
	readonly limits: Limits;
	readonly clock: Clock;
	readonly seed: number;
	readonly history: readonly Trajectory[];
	readonly task: string;
	readonly files: readonly FileMention[];
	readonly signal: AbortSignal;
	/** Reading of the clock at which the time limit is reached. */
	readonly deadlineMs: number;
	/** Those from `firstStep` on were made since the last start or Continue. */
	readonly steps: Step[];
	readonly firstStep: number;
	/** What was cut from the context so far. */
	cuts: readonly Cut[];
	/** What the model wrote that is not in a step yet. */
	reply: string;
}

/** A step, and the answer where it gave one. */
export interface StepTaken {
	readonly step: Step;
	readonly answer: { readonly answer: string; readonly source: AnswerSource } | null;
}

/** Tokens that a chat template may add after the last message. */
const TEMPLATE_TOKENS = 16;

const SAME_AGAIN = '[The same code gave the same result before. Do something different, or give the answer.]';

/**
 * Takes one step and yields what happens. Returns null where the reply was interrupted, which is then in `run.reply`.
 * Throws a `PlaygroundError` where a port broke or the task does not fit in the context window.
 */
export async function* takeStep(run: Run): AsyncGenerator<AgentEvent, StepTaken | null> {
	const startedMs = run.clock.now();
	yield { type: 'stepStarted', index: run.steps.length };
	const generation = yield* generate(run);
	if (generation.finish === 'interrupted' || run.signal.aborted) return null;

	const reply = run.reply;
	const parses = (code: string) => coded(run.runtime.parses(code), 'python_boot_failed');
	const parsed = await parseReply(reply, run.profile.tags, parses);
	const end = (rest: Partial<Pick<Step, 'action' | 'observation' | 'formatError'>>, pythonMs = 0): Step => ({
		reply,
		thought: parsed.thought,
		action: null,
		observation: null,
		formatError: null,
		...rest,
		usage: generation.usage,
		timings: { ...generation.timings, pythonMs, totalMs: run.clock.now() - startedMs },
	});
	switch (parsed.kind) {
		case 'answer':
			return { step: end({}), answer: { answer: parsed.text, source: 'reply' } };
		case 'invalid':
			return {
				step: end({ formatError: renderFormatError(parsed.why, parsed.count, run.profile.tags) }),
				answer: null,
			};
		case 'action': {
			const { action, thought } = parsed;
			yield { type: 'actionStarted', thought, action, reply };
			const result = yield* execute(run, action);
			const observation = observe(result, action.code, run.profile.observationChars);
			const step = end({ action, observation }, result.durationMs);
			return { step: nudged(run, step, observation), answer: answerOf(result, observation, run.profile) };
		}
		default:
			return parsed satisfies never;
	}
}

/** Lets the model write one reply into `run.reply`; a whole one gets its closing tag back. */
async function* generate(run: Run): AsyncGenerator<AgentEvent, Generation> {
	const { engine, profile, clock } = run;
	if (engine.contextTokens === 0) throw new PlaygroundError('model_not_loaded');
	const roomTokens = engine.contextTokens - profile.maxTokens - TEMPLATE_TOKENS;
	const countTokens = (messages: readonly ChatMessage[]) => coded(engine.countTokens(messages), 'generation_failed');
	const { messages, cuts } = await fitContext(promptTurns(run), roomTokens, countTokens, run.cuts);
	run.cuts = cuts;
	const options = {
		temperature: profile.temperature,
		seed: run.seed + run.steps.length,
		maxTokens: profile.maxTokens,
		stop: [profile.tags.close],
	};
	const ahead = lookAhead(profile.tags, (code) => run.runtime.prepare(code));
	const generation = yield* streamed<AgentEvent, Generation>(run.signal, (push, signal, stop) => {
		const sink = (text: string) => {
			run.reply += text;
			ahead(run.reply);
			push({ type: 'delta', text });
			if (clock.now() >= run.deadlineMs) stop();
		};
		return coded(engine.generate(messages, options, sink, signal), 'generation_failed');
	});
	const { text, finish } = generation;
	run.reply = finish === 'interrupted' ? text : closeReply(text, profile.tags, finish === 'length');
	return generation;
}

/** Runs an action, with its output as events. */
function execute({ runtime, limits, signal }: Run, { code }: Action): AsyncGenerator<AgentEvent, RunResult> {
	return streamed<AgentEvent, RunResult>(signal, (push, stopSignal) => {
		const onOutput = (delta: { stream: 'stdout' | 'stderr'; text: string }) => {
			push({ type: 'output', delta });
		};
		return coded(runtime.run(code, { timeoutMs: limits.actionMs, onOutput }, stopSignal), 'python_boot_failed');
	});
}

/** The answer that an action gave: by `final_answer`, or, for the smallest models, by what it printed. */
function answerOf(result: RunResult, observation: Observation, { answerFrom }: Profile): StepTaken['answer'] {
	if (result.answer !== null) return { answer: result.answer, source: 'finalAnswer' };
	if (answerFrom === 'reply' || result.status !== 'ok') return null;
	const printed = plain(result.stdout).split('\n').at(-1) ?? '';
	// What was shown or written counts too, such as a figure; an action without any output is not an answer.
	const shown = result.displays.length > 0 || result.files.length > 0 ? observation.text : '';
	const answer = [printed, result.value ?? '', shown].find((text) => text !== '');
	return answer === undefined ? null : { answer, source: 'output' };
}

/** A model that does the same thing twice is told so. */
function nudged(run: Run, step: Step, observation: Observation): Step {
	const isSame = isRepeating([...run.steps.slice(run.firstStep), step], 2);
	return isSame ? { ...step, observation: { ...observation, text: `${observation.text}\n${SAME_AGAIN}` } } : step;
}

/** What a port rejects with, as a coded error. */
async function coded<Result>(promise: Promise<Result>, fallback: ErrorCode): Promise<Result> {
	try {
		return await promise;
	} catch (thrown) {
		throw PlaygroundError.from(thrown, fallback);
	}
}
