import { wrap, type Remote } from 'comlink';
import { expect, test } from 'vitest';
import type { Traveller } from '../workers/contract';

/** A Python with time travel in a worker of its own. */
async function traveller(budgetBytes?: number): Promise<Remote<Traveller>> {
	const worker = new Worker(new URL('../workers/time-travel.worker.ts', import.meta.url), { type: 'module' });
	const remote = wrap<Traveller>(worker);
	await remote.boot(budgetBytes === undefined ? {} : { budgetBytes });
	return remote;
}

test(
	'random programs with the standard library come back exactly, and go on exactly',
	{ timeout: 100_000 },
	async () => {
		const remote = await traveller();
		const report = await remote.programs({ count: 45, seed: 4242, withPandas: false });
		expect(report.differences).toEqual([]);
	},
);
