/** The actions of kept runs, as a Runtime takes them over to make their states again. */
import type { KeptAction } from './ports';
import type { Trajectory } from './trajectory';

/**
 * Every action that left a state, oldest first. Trajectories of version 1 know no checkpoints: their actions get
 * negative ids, each on top of the one before.
 */
export function keptActions(runs: readonly Trajectory[]): readonly KeptAction[] {
	const kept: KeptAction[] = [];
	let parent = 0;
	for (const { action, observation } of runs.flatMap(({ steps }) => steps)) {
		if (action === null || observation === null || observation.state !== 'kept') continue;
		const place = observation.checkpoint ?? { id: -1 - kept.length, parent };
		parent = place.id;
		kept.push({ id: place.id, parent: place.parent, code: action.code, outcome: observation });
	}
	return kept;
}

/**
 * The checkpoint that holds the state after step `step` of run `run` (both from 0); that of the nearest action before
 * where the step has none. Null where no action came before.
 */
export function checkpointAt(runs: readonly Trajectory[], run: number, step: number): number | null {
	const past = [...runs.slice(0, run), ...runs.slice(run, run + 1).map(upTo(step))];
	return keptActions(past).at(-1)?.id ?? keptActions(runs)[0]?.parent ?? null;
}

/** A run cut off after step `step`, as one that was stopped there. */
export function upTo(step: number): (run: Trajectory) => Trajectory {
	return (run) => ({
		...run,
		steps: run.steps.slice(0, step + 1),
		answer: null,
		answerSource: null,
		stopReason: 'stopped',
		error: null,
		partialReply: null,
	});
}
