/** What the Python dialog says. */
import type { CheckpointHistory } from '../../core/ports';
import { bytes, count } from '../format';

export const python = {
	title: 'Python',
	version: 'Version',
	state: 'State',
	started: 'Started from',
	startedFrom: {
		image: 'where this session was left',
		snapshot: 'the memory of a Python that was started before',
		plain: 'its files, which takes longer (no snapshot on board fits)',
	},
	stop: 'Stop',
	stopNow: 'interrupts at once, and keeps the variables',
	stopEnds: 'ends Python, and the variables with it (the page is not isolated)',
	memory: 'Memory',
	memoryUpTo: (size: string) => `up to ${size}; past that, a MemoryError`,
	history: 'Going back',
	historyOf: ({ ids, usedBytes, budgetBytes }: CheckpointHistory) =>
		ids.length === 0
			? 'no state is kept yet'
			: `${count(ids.length, 'state')} in memory, ${bytes(usedBytes)} of ${bytes(budgetBytes)}; past that the oldest are merged`,
	restart: 'Restart Python',
	restartNote: 'A fresh namespace: all variables go.',
};
