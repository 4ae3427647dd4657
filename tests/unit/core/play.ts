/** Plays a run on the scripted ports that ship with the product, and folds its events. */
import { ScriptedEngine } from '../../../src/adapters/engines/scripted-engine';
import { ScriptedRuntime } from '../../../src/adapters/runtimes/scripted-runtime';
import type { AgentOptions } from '../../../src/core/agent';
import { runAgent } from '../../../src/core/agent';
import { DEFAULT_LIMITS } from '../../../src/core/limits';
import type { ChatMessage, Clock, Engine, GenerateOptions } from '../../../src/core/ports';
import type { Profile } from '../../../src/core/profile';
import { type AgentEvent, fold, type Trajectory } from '../../../src/core/trajectory';

export const tags = { open: '<execute>', close: '</execute>' };

/** A profile without examples, so that prompts in tests are short. */
export const bare: Profile = {
	id: 'bare',
	system: 'Solve the task with Python.',
	tags,
	examples: () => [],
	temperature: 0,
	maxTokens: 200,
	observationChars: 400,
	answerFrom: 'reply',
};

/** An action as a model writes it. */
export const acts = (code: string, thought = '') => `${thought}<execute>\n${code}\n</execute>`;

/** A clock that only a test moves on. */
export class HandClock implements Clock {
	nowMs = 0;
	now = () => this.nowMs;
	date = () => '2026-01-02T03:04:05.000Z';
}

/** A loaded scripted engine that keeps what it was asked. */
export async function engineOf(
	messages: readonly string[],
	options: { pieceMs?: number; contextTokens?: number } = {},
): Promise<Engine & { prompts: (readonly ChatMessage[])[]; asked: GenerateOptions[] }> {
	const scripted = new ScriptedEngine(messages, options);
	await scripted.load(() => undefined, new AbortController().signal);
	const prompts: (readonly ChatMessage[])[] = [];
	const asked: GenerateOptions[] = [];
	return {
		prompts,
		asked,
		get phase() {
			return scripted.phase;
		},
		get contextTokens() {
			return scripted.contextTokens;
		},
		load: (onProgress, signal) => scripted.load(onProgress, signal),
		generate: (prompt, how, sink, signal) => {
			prompts.push(prompt);
			asked.push(how);
			return scripted.generate(prompt, how, sink, signal);
		},
		countTokens: (prompt) => scripted.countTokens(prompt),
		unload: () => scripted.unload(),
	};
}

/** What a test says of a run; the rest is the ordinary. */
export type Given = Partial<AgentOptions> & Pick<AgentOptions, 'engine'>;

/** All events of a run and its trajectory. `onEvent` may stop it. */
export async function play(
	given: Given,
	onEvent: (event: AgentEvent, abort: AbortController) => void = () => undefined,
): Promise<{ events: AgentEvent[]; trajectory: Trajectory }> {
	const abort = new AbortController();
	const options: AgentOptions = {
		task: 'How much is 6 times 7?',
		files: [],
		history: [],
		resume: null,
		runtime: new ScriptedRuntime([]),
		profile: bare,
		limits: DEFAULT_LIMITS,
		clock: new HandClock(),
		id: 'run-1',
		model: 'scripted',
		seed: 1,
		...given,
	};
	const events: AgentEvent[] = [];
	let trajectory: Trajectory | null = null;
	for await (const event of runAgent(options, abort.signal)) {
		events.push(event);
		trajectory = fold(trajectory, event);
		onEvent(event, abort);
	}
	if (trajectory === null) throw new Error('The run yielded nothing');
	return { events, trajectory };
}
