/** What the time travel suites share: a Python with time travel, in a worker of its own. */
import { wrap, type Remote } from 'comlink';
import type { Traveller } from '../workers/contract';

/** Boots one. `budgetBytes`: what its history may take. */
export async function traveller(budgetBytes?: number): Promise<Remote<Traveller>> {
	const worker = new Worker(new URL('../workers/time-travel.worker.ts', import.meta.url), { type: 'module' });
	const remote = wrap<Traveller>(worker);
	await remote.boot(budgetBytes === undefined ? {} : { budgetBytes });
	return remote;
}

/** Lets the worker's timers go on. */
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
