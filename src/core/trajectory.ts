/**
 * The trajectory: the serialisable record of a run, and the events that it is folded from.
 * The file format is documented in `docs/trajectory.md`; a change of shape raises `TRAJECTORY_VERSION`.
 */
import type { WireError } from './errors';
import type { FileMention } from './files';
import type { Display, GenerationTimings, OutputDelta, PythonError, RunResult, Usage } from './ports';

export const TRAJECTORY_VERSION = 2;

/** Budgets of a run. Reaching one pauses the run; `Continue` raises it. */
export interface Limits {
	/** Steps of the run. */
	readonly steps: number;
	/** Wall time of the run, in milliseconds. */
	readonly timeMs: number;
	/** Prompt and completion tokens of the run together, cached ones not counted. */
	readonly tokens: number;
	/** Time of one action, in milliseconds. */
	readonly actionMs: number;
}

/** Why a run ended or paused. `repeated`: the same action gave the same observation three times. */
export type StopReason =
	'answered' | 'stepLimit' | 'timeLimit' | 'tokenLimit' | 'repeated' | 'formatErrors' | 'stopped' | 'failed';

/** Python that the model asks to execute, and how it was found in the reply. */
export interface Action {
	readonly code: string;
	/** `tag`: between the profile's tags; `fence`: a fenced block; `bare`: the whole reply parses as Python. */
	readonly form: 'tag' | 'fence' | 'bare';
}

/** What came of an action, for the person (all of it) and for the model (`text`). */
export interface Observation {
	readonly status: RunResult['status'];
	readonly stdout: string;
	readonly stderr: string;
	readonly value: string | null;
	readonly error: PythonError | null;
	readonly displays: readonly Display[];
	readonly packages: readonly string[];
	readonly state: RunResult['state'];
	readonly restored: RunResult['restored'];
	readonly checkpoint: RunResult['checkpoint'];
	readonly files: RunResult['files'];
	readonly requests: RunResult['requests'];
	readonly grants: RunResult['grants'];
	/** What the model is told: the above, cut to the profile's length. */
	readonly text: string;
}

/** Times of a step, in milliseconds. */
interface StepTimings extends GenerationTimings {
	/** Time that Python was at work; 0 without an action. */
	readonly pythonMs: number;
	/** The whole step, from the call of the engine to the observation. */
	readonly totalMs: number;
}

/** One turn of the loop. */
export interface Step {
	/** The model's whole reply, with the closing tag put back. */
	readonly reply: string;
	/** The reply's free text before its action. */
	readonly thought: string;
	readonly action: Action | null;
	readonly observation: Observation | null;
	/** What the model was told when its reply held neither one action nor an answer; null otherwise. */
	readonly formatError: string | null;
	readonly usage: Usage;
	readonly timings: StepTimings;
}

/** Where the answer came from: `final_answer(...)`, a reply without action, or the last printed line (profile). */
export type AnswerSource = 'finalAnswer' | 'reply' | 'output';

/** The record of one run. */
export interface Trajectory {
	readonly version: typeof TRAJECTORY_VERSION;
	readonly id: string;
	/** ISO 8601. */
	readonly createdAt: string;
	readonly task: string;
	/** The files of the working directory when the run began: the model is told of them with the task. */
	readonly files: readonly FileMention[];
	/** Catalogue id of the model. */
	readonly model: string;
	/** Id of the prompt profile. */
	readonly profile: string;
	readonly limits: Limits;
	readonly steps: readonly Step[];
	readonly answer: string | null;
	readonly answerSource: AnswerSource | null;
	/** Null while the run is at work (and after a crash or a closed tab). */
	readonly stopReason: StopReason | null;
	/** Why the run failed, with `stopReason: 'failed'`. */
	readonly error: WireError | null;
	/** What the model was writing when the run was stopped: kept, never lost. */
	readonly partialReply: string | null;
}

/** What the loop yields while it works. Folding all events of a run gives its trajectory. */
export type AgentEvent =
	| { readonly type: 'runStarted'; readonly trajectory: Trajectory }
	| { readonly type: 'stepStarted'; readonly index: number }
	| { readonly type: 'delta'; readonly text: string }
	| { readonly type: 'actionStarted'; readonly thought: string; readonly action: Action; readonly reply: string }
	| { readonly type: 'output'; readonly delta: OutputDelta }
	| { readonly type: 'stepEnded'; readonly step: Step }
	| { readonly type: 'answered'; readonly answer: string; readonly source: AnswerSource }
	| {
			readonly type: 'runEnded';
			readonly stopReason: StopReason;
			readonly error: WireError | null;
			readonly partialReply: string | null;
	  };

/** The trajectory after one more event. Pure; events that only stream (`delta`, `output`) change nothing. */
export function fold(trajectory: Trajectory | null, event: AgentEvent): Trajectory {
	if (event.type === 'runStarted') return event.trajectory;
	if (trajectory === null) throw new Error(`The first event of a run is runStarted, not ${event.type}`);
	switch (event.type) {
		case 'stepStarted':
		case 'delta':
		case 'actionStarted':
		case 'output':
			return trajectory;
		case 'stepEnded':
			return { ...trajectory, steps: [...trajectory.steps, event.step] };
		case 'answered':
			return { ...trajectory, answer: event.answer, answerSource: event.source };
		case 'runEnded':
			return {
				...trajectory,
				stopReason: event.stopReason,
				error: event.error,
				partialReply: event.partialReply,
			};
		default:
			return event satisfies never;
	}
}
