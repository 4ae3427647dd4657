import { expect, it } from 'vitest';
import { upgradeTrajectory } from '../../../src/core/trajectory-upgrade';

const FIRST = {
	version: 1,
	id: 'old',
	task: 'What is 17 times 23?',
	steps: [
		{ reply: 'x', observation: { status: 'ok', stdout: '391\n', state: 'kept', text: '391' } },
		{ reply: 'y', observation: null },
	],
};

it('reads a trajectory of version 1, with nothing where later versions know more', () => {
	const read = upgradeTrajectory(FIRST);
	expect(read).toMatchObject({ version: 2, id: 'old', task: FIRST.task });
	expect(read?.steps[0]?.observation).toEqual({
		...FIRST.steps[0]?.observation,
		restored: null,
		checkpoint: null,
		files: [],
		requests: [],
		grants: [],
	});
	expect(read?.steps[1]?.observation).toBeNull();
});

it('leaves one of this version as it is, and refuses what it cannot know', () => {
	const now = upgradeTrajectory(FIRST);
	expect(upgradeTrajectory(now)).toBe(now);
	for (const other of [null, 'text', {}, { ...FIRST, version: 3 }, { ...FIRST, steps: 'none' }]) {
		expect(upgradeTrajectory(other)).toBeNull();
	}
});
