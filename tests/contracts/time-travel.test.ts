import { expect, test } from 'vitest';
import { traveller } from './traveller';

test(
	'random programs with the standard library come back exactly, and go on exactly',
	{ timeout: 100_000 },
	async () => {
		const remote = await traveller();
		const report = await remote.programs({ count: 45, seed: 4242, withPandas: false });
		expect(report.differences).toEqual([]);
	},
);
