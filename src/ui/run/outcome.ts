/** How a step ended, in the words and marks of the view. */
import { plain } from '../../core/observation';
import type { Step, Trajectory } from '../../core/trajectory';
import { isAnswer } from '../../state/summary';
import { strings } from '../strings';

export type Badge = 'ok' | 'error' | 'interrupted' | 'timedOut' | 'format' | 'reply';

/** The badge of a step. `reply`: a step without action that is the answer. */
export function badgeOf(step: Step): Badge {
	if (step.formatError !== null) return 'format';
	return step.observation?.status ?? 'reply';
}

/** The last line of the traceback: class and message. */
function errorLine(step: Step): string | null {
	const error = step.observation?.error;
	if (error === null || error === undefined) return null;
	return error.message === '' ? error.type : `${error.type}: ${error.message}`;
}

/** One line that tells a closed step: what failed, or the first thing that came out. */
export function gistOf(step: Step): string {
	const failed = errorLine(step);
	if (failed !== null) return failed;
	const { observation } = step;
	if (observation === null) return '';
	const text = plain(observation.stdout) || (observation.value ?? '') || plain(observation.stderr);
	if (text !== '') return text.split('\n')[0] ?? '';
	return observation.displays.length > 0 ? strings.run.figure : '';
}

/** Steps that are drawn as cards: all but a last one that is nothing but the answer. */
export function cardsOf(run: Trajectory): readonly Step[] {
	return run.steps.filter((step) => !isAnswer(step));
}

/** The step that is nothing but the answer; null where the answer came out of code. */
export function answerStepOf(run: Trajectory): Step | null {
	return run.steps.find(isAnswer) ?? null;
}

/** Number of the first step of each run: steps are numbered through the whole session, like a notebook's cells. */
export function firstNumbers(runs: readonly Trajectory[]): readonly number[] {
	let next = 1;
	return runs.map((run) => {
		const first = next;
		next += cardsOf(run).length;
		return first;
	});
}

/** Id of the element of a step, for the score. */
export function stepElementId(number: number): string {
	return `step-${number}`;
}
