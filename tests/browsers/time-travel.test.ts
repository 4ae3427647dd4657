/** Random programs (`tests/fixtures/time-travel/state.py`): what is brought back is the same, and goes on the same way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProgramOptions } from '../workers/contract';
import { openTraveller, type OpenTraveller } from './traveller';

let remote: OpenTraveller;

beforeAll(async () => (remote = await openTraveller()));
afterAll(() => remote.close());

/** Batches of programs, each with a seed of its own; more than five hundred programs in all. */
const PROGRAMS: [what: string, packages: string[], options: ProgramOptions][] = [
	['files', [], { kind: 'files', count: 120, seed: 11 }],
	...[4242, 1, 5, 9].map((seed): (typeof PROGRAMS)[number] => [
		`the standard library (${String(seed)})`,
		[],
		{ kind: 'stdlib', count: 80, seed },
	]),
	...[3, 7].map((seed): (typeof PROGRAMS)[number] => [
		`numpy and pandas (${String(seed)})`,
		['numpy', 'pandas', 'sqlite3'],
		{ kind: 'pandas', count: 40, seed },
	]),
];

test.each(PROGRAMS)(
	'random programs with %s come back exactly, twice, and go on exactly',
	{ timeout: 400_000 },
	async (_, packages, options) => {
		await remote.load(packages);
		expect(await remote.programs(options)).toEqual({
			programs: options.count,
			restores: 2 * options.count,
			differences: [],
		});
	},
);
