/** Random programs (`tests/fixtures/time-travel/state.py`): what is brought back is the same, and goes on the same way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTraveller, type OpenTraveller } from './traveller';

let remote: OpenTraveller;

beforeAll(async () => (remote = await openTraveller()));
afterAll(() => remote.close());

test(
	'random programs with the standard library come back exactly, and go on exactly',
	{ timeout: 400_000 },
	async () => {
		const report = await remote.programs({ count: 420, seed: 4242, withPandas: false });
		expect(report.differences).toEqual([]);
	},
);

test('random programs with numpy and pandas come back exactly, and go on exactly', { timeout: 400_000 }, async () => {
	await remote.load(['numpy', 'pandas', 'sqlite3']);
	const report = await remote.programs({ count: 90, seed: 3, withPandas: true });
	expect(report.differences).toEqual([]);
});
