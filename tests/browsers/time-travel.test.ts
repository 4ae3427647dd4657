/** Random programs (`tests/fixtures/time-travel/state.py`): what is brought back is the same, and goes on the same way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProgramOptions } from '../workers/contract';
import { openTraveller, type OpenTraveller } from './traveller';

let remote: OpenTraveller;

beforeAll(async () => (remote = await openTraveller()));
afterAll(() => remote.close());

/** How many programs there are of a kind; more than five hundred in all. */
const PROGRAMS: [what: string, packages: string[], options: ProgramOptions][] = [
	['files', [], { kind: 'files', count: 150, seed: 11 }],
	['the standard library', [], { kind: 'stdlib', count: 300, seed: 4242 }],
	['numpy and pandas', ['numpy', 'pandas', 'sqlite3'], { kind: 'pandas', count: 60, seed: 3 }],
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
