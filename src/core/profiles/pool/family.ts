import type { WorkedExample } from '../../profile';

/**
 * Worked examples by family, each a task and the code that solves it. Numbers and texts stand in the code just as
 * they stand in the task (`range(1, 60 + 1)`, not `range(1, 61)`): a small model copies them, it does not compute.
 */
export type FamilyExamples = Readonly<Record<string, readonly (readonly [task: string, code: string])[]>>;

/** The examples of all families in one list, in the order in which they are written. */
export function flatten(families: FamilyExamples): readonly WorkedExample[] {
	return Object.entries(families).flatMap(([family, examples]) =>
		examples.map(([task, code]) => ({ family, task, code })),
	);
}
