/** Reads trajectories of earlier versions (`docs/trajectory.md` says what changed with each). */
import { TRAJECTORY_VERSION, type Observation, type Trajectory } from './trajectory';

/** What version 2 added to an observation, as it was before there were checkpoints. */
const ADDED_IN_2 = {
	restored: null,
	checkpoint: null,
	files: [],
	requests: [],
	grants: [],
} satisfies Partial<Observation>;

/** `stored` as a trajectory of this version; null where it is none, or one of a later version. */
export function upgradeTrajectory(stored: unknown): Trajectory | null {
	if (typeof stored !== 'object' || stored === null) return null;
	const { version, steps, task } = stored as { version?: unknown; steps?: unknown; task?: unknown };
	if (!Array.isArray(steps) || typeof task !== 'string') return null;
	if (version === TRAJECTORY_VERSION) return stored as Trajectory;
	return version === 1 ? fromVersion1(stored as Trajectory) : null;
}

function fromVersion1(run: Trajectory): Trajectory {
	const steps = run.steps.map((step) =>
		step.observation === null ? step : { ...step, observation: { ...ADDED_IN_2, ...step.observation } },
	);
	return { ...run, version: TRAJECTORY_VERSION, files: [], steps };
}
