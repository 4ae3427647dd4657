import type { Trajectory } from '../core/trajectory';

/** Tells files that actions of these runs made from those that the person put in. */
export function isMadeByAction(runs: readonly Trajectory[]): (path: string) => boolean {
	const changes = runs.flatMap(({ steps }) => steps.flatMap(({ observation }) => observation?.files ?? []));
	const made = new Set(changes.filter(({ change }) => change === 'created').map(({ path }) => path));
	return (path) => made.has(path);
}
