/** Budgets of a run: reaching one pauses the run, and `Continue` raises it. */
import type { Limits, Step, StopReason } from './trajectory';

export const DEFAULT_LIMITS: Limits = { steps: 8, timeMs: 600_000, tokens: 60_000, actionMs: 30_000 };

/** What `Continue` adds. */
const MORE = { steps: 5, timeMs: 300_000, tokens: 30_000 };

/** Same action and same observation this often in a row: the run is stuck. */
const REPEATS = 3;

/** What a run has used up so far. */
export interface Spent {
	readonly steps: number;
	readonly timeMs: number;
	/** Prompt and completion tokens, cached ones not counted. */
	readonly tokens: number;
}

/** What `steps` have used up. */
export function spentBy(steps: readonly Step[]): Spent {
	return {
		steps: steps.length,
		timeMs: steps.reduce((sum, step) => sum + step.timings.totalMs, 0),
		tokens: steps.reduce((sum, { usage }) => sum + usage.promptTokens - usage.cachedTokens + usage.completionTokens, 0),
	};
}

/** The limit that leaves no room for another step, or null. */
export function reachedLimit(limits: Limits, spent: Spent): StopReason | null {
	if (spent.steps >= limits.steps) return 'stepLimit';
	if (spent.timeMs >= limits.timeMs) return 'timeLimit';
	if (spent.tokens >= limits.tokens) return 'tokenLimit';
	return null;
}

/** The limits with which a paused run goes on. With its `steps` given, there is room even where they overshot a limit. */
export function raise(limits: Limits, steps: readonly Step[] = []): Limits {
	const spent = spentBy(steps);
	return {
		steps: Math.max(limits.steps, spent.steps) + MORE.steps,
		timeMs: Math.max(limits.timeMs, spent.timeMs) + MORE.timeMs,
		tokens: Math.max(limits.tokens, spent.tokens) + MORE.tokens,
		actionMs: limits.actionMs,
	};
}

/** True where the last `times` steps are one action with one observation, over and over. */
export function isRepeating(steps: readonly Step[], times = REPEATS): boolean {
	const last = steps.slice(-times).map(fingerprint);
	return last.length === times && last[0] !== null && last.every((print) => print === last[0]);
}

function fingerprint({ action, observation }: Step): string | null {
	if (action === null || observation === null) return null;
	const { status, stdout, stderr, value, error } = observation;
	return JSON.stringify([action.code, status, stdout, stderr, value, error?.type, error?.message]);
}
