/**
 * The agent: steps until there is an answer or a budget is used up (CodeAct). It works on the two ports only and tells
 * what happens as events; folding them (`fold`) gives the trajectory.
 */
import type { WireError } from './errors';
import { PlaygroundError } from './errors';
import type { FileMention } from './files';
import { isRepeating, reachedLimit, spentBy } from './limits';
import type { Clock, Engine, Runtime } from './ports';
import type { Profile } from './profile';
import type { Run } from './step';
import { takeStep } from './step';
import type { AgentEvent, Limits, StopReason, Trajectory } from './trajectory';
import { TRAJECTORY_VERSION } from './trajectory';

/** What a run works with. */
export interface AgentOptions {
	/** What the person asks for; not used with `resume`. */
	readonly task: string;
	/** The files of the working directory; not used with `resume`, whose own are kept. */
	readonly files: readonly FileMention[];
	/** Earlier runs of the session, oldest first; the present one is not among them. */
	readonly history: readonly Trajectory[];
	/** A paused or broken run to go on with: its task, id and steps are kept. */
	readonly resume: Trajectory | null;
	readonly engine: Engine;
	readonly runtime: Runtime;
	readonly profile: Profile;
	/** Budgets of the whole run, the steps of `resume` included. */
	readonly limits: Limits;
	readonly clock: Clock;
	/** Id of a new run; not used with `resume`. */
	readonly id: string;
	/** Catalogue id of the model. */
	readonly model: string;
	readonly seed: number;
}

/** How a run ended. */
interface Ending {
	readonly stopReason: StopReason;
	readonly error: WireError | null;
}

/** So many replies in a row that could not be read end in a pause. */
const FORMAT_ERRORS = 3;

/**
 * Runs a task, or goes on with a run. Contract:
 * - It never throws; the first event is `runStarted`, the last one `runEnded`. What fails ends the run as `failed`, with
 *   the coded error and everything made so far; going on with it takes the broken step again.
 * - When `signal` fires, the run ends as `stopped`: with the reply so far in `partialReply` or, where Python was at
 *   work, with a step that says so.
 * - A limit that is reached pauses the run. The time limit also interrupts a reply, at its next delta; an action is
 *   never cut short by it, for actions have a limit of their own.
 */
export async function* runAgent(options: AgentOptions, signal: AbortSignal): AsyncGenerator<AgentEvent, void> {
	const trajectory = opening(options);
	yield { type: 'runStarted', trajectory };
	const run: Run = {
		...options,
		task: trajectory.task,
		files: trajectory.files,
		signal,
		deadlineMs: options.clock.now() + options.limits.timeMs - spentBy(trajectory.steps).timeMs,
		steps: [...trajectory.steps],
		firstStep: trajectory.steps.length,
		cuts: [],
		reply: '',
	};
	let ending: Ending;
	try {
		ending = trajectory.answer === null ? yield* loop(run) : pause('answered');
	} catch (thrown) {
		const error = PlaygroundError.from(thrown, 'internal').toWire();
		ending = signal.aborted ? pause('stopped') : { stopReason: 'failed', error };
	}
	yield { type: 'runEnded', ...ending, partialReply: run.reply === '' ? null : run.reply };
}

async function* loop(run: Run): AsyncGenerator<AgentEvent, Ending> {
	if (run.task.trim() === '') throw new PlaygroundError('empty_task');
	for (;;) {
		if (run.signal.aborted) return pause('stopped');
		const timeMs = run.limits.timeMs - (run.deadlineMs - run.clock.now());
		const limit = reachedLimit(run.limits, { ...spentBy(run.steps), timeMs });
		if (limit !== null) return pause(limit);

		const taken = yield* takeStep(run);
		if (taken === null) {
			return pause(!run.signal.aborted && run.clock.now() >= run.deadlineMs ? 'timeLimit' : 'stopped');
		}
		const { step, answer } = taken;
		run.steps.push(step);
		run.reply = '';
		yield { type: 'stepEnded', step };
		if (answer !== null) {
			yield { type: 'answered', ...answer };
			return pause('answered');
		}

		const recent = run.steps.slice(run.firstStep);
		if (isRepeating(recent)) return pause('repeated');
		const last = recent.slice(-FORMAT_ERRORS);
		if (last.length === FORMAT_ERRORS && last.every(({ formatError }) => formatError !== null)) {
			return pause('formatErrors');
		}
	}
}

/** The trajectory that the run begins with. */
function opening({ resume, id, clock, task, files, model, profile, limits }: AgentOptions): Trajectory {
	const made = resume ?? { id, createdAt: clock.date(), task, files, steps: [], answer: null, answerSource: null };
	return {
		...made,
		version: TRAJECTORY_VERSION,
		model,
		profile: profile.id,
		limits,
		stopReason: null,
		error: null,
		partialReply: null,
	};
}

function pause(stopReason: StopReason): Ending {
	return { stopReason, error: null };
}
