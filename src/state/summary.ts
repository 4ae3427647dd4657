import type { Step, Trajectory } from '../core/trajectory';
import type { SessionSummary, StepMark } from '../core/storage';

const TITLE_CHARS = 90;

/** True where the step's action failed, or there was none to run. */
export function hasFailed(step: Step): boolean {
	return step.formatError !== null || (step.observation !== null && step.observation.status !== 'ok');
}

/** True where the step is nothing but the answer: no action, and nothing that would have to be one. */
export function isAnswer(step: Step): boolean {
	return step.action === null && step.formatError === null;
}

/** What the list of sessions shows: the first task as title, and a mark for each step and answer. */
export function summarise(
	id: string,
	createdAt: string,
	updatedAt: string,
	runs: readonly Trajectory[],
): SessionSummary {
	const marks = runs.flatMap((run): StepMark[] => [
		...run.steps.filter((step) => !isAnswer(step)).map((step): StepMark => (hasFailed(step) ? 'error' : 'ok')),
		...(run.answer === null ? [] : ['answer' as const]),
	]);
	return { id, title: shorten(runs[0]?.task ?? ''), createdAt, updatedAt, marks };
}

/** The first line of `task`, cut at a word where it is long. */
export function shorten(task: string): string {
	const line = task.trim().split('\n')[0] ?? '';
	if (line.length <= TITLE_CHARS) return line;
	return `${line.slice(0, TITLE_CHARS).replace(/\s+\S*$/, '')}…`;
}
