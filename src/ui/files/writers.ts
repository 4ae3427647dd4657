import type { Trajectory } from '../../core/trajectory';
import { cardsOf } from '../run/outcome';

/** Number of the step that wrote each file last, by path. */
export function writersOf(runs: readonly Trajectory[]): ReadonlyMap<string, number> {
	const writers = new Map<string, number>();
	runs.flatMap(cardsOf).forEach(({ observation }, index) => {
		for (const { path, change } of observation?.files ?? []) {
			if (change === 'removed') writers.delete(path);
			else writers.set(path, index + 1);
		}
	});
	return writers;
}
