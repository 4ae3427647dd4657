import type { Step, Trajectory } from '../../core/trajectory';
import { hasFailed } from '../../state/summary';
import { badgeOf, cardsOf } from './outcome';

/** A bar of the score: widths are shares of the step's time. */
export interface Bar {
	readonly badge: ReturnType<typeof badgeOf>;
	readonly totalMs: number;
	readonly thought: number;
	readonly code: number;
	readonly observation: number;
	readonly isFailed: boolean;
}

/** Narrowest and widest weight of a bar, so that a step of an hour does not hide those of a second. */
const WEIGHTS = { least: 1, most: 12 };

/** A step as a bar. The time of writing is shared between thought and code by their length. */
export function barOf(step: Step): Bar {
	const writingMs = step.timings.prefillMs + step.timings.decodeMs;
	const codeShare = step.action === null ? 0 : step.action.code.length / Math.max(1, step.reply.length);
	return {
		badge: badgeOf(step),
		totalMs: step.timings.totalMs,
		thought: writingMs * (1 - codeShare),
		code: writingMs * codeShare,
		observation: step.timings.pythonMs,
		isFailed: hasFailed(step),
	};
}

/** Weight of a bar beside the others. */
export function weightOf(bar: Bar, longestMs: number): number {
	const share = longestMs === 0 ? 1 : bar.totalMs / longestMs;
	return WEIGHTS.least + share * (WEIGHTS.most - WEIGHTS.least);
}

/** Figures of the whole session. Tokens are those that were computed; cached ones are not counted. */
export function totalsOf(runs: readonly Trajectory[]): { steps: number; errors: number; ms: number; tokens: number } {
	const all = runs.flatMap((run) => run.steps);
	return {
		steps: runs.reduce((sum, run) => sum + cardsOf(run).length, 0),
		errors: all.filter(hasFailed).length,
		ms: all.reduce((sum, { timings }) => sum + timings.totalMs, 0),
		tokens: all.reduce((sum, { usage }) => sum + usage.promptTokens - usage.cachedTokens + usage.completionTokens, 0),
	};
}
