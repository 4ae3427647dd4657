/** Five hundred steps with pandas and matplotlib in one Python: the history stays within its budget, and what is left of it is true. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTraveller, type OpenTraveller } from './traveller';

const BUDGET = 24 * 1024 * 1024;
const STEPS = 500;

/** What the steps do, in turn. */
const WORK = [
	'frame = pd.DataFrame({"a": np.arange(500) % 7, "b": np.arange(500) * 1.5}); sums = frame.groupby("a").b.sum()',
	'table = {i: str(i) for i in range(step)}; texts = [t for t in table.values() if "7" in t]',
	'plt.figure(figsize=(2, 2)); plt.plot(np.sin(np.arange(50) + step)); plt.savefig("/tmp/plot.png", dpi=40); plt.close()',
	'class Thing:\n  def __init__(self, n): self.n = n\nthings = [Thing(n) for n in range(200)]',
	'with open("/tmp/log.txt", "a") as log: log.write(f"{step}\\n")',
	'values = rng.random(2000); best = float(values.max())',
];

let remote: OpenTraveller;

beforeAll(async () => {
	remote = await openTraveller({ budgetBytes: BUDGET });
	await remote.load(['pandas', 'matplotlib']);
	const setUp = 'import numpy as np, pandas as pd, matplotlib.pyplot as plt\nrng = np.random.default_rng(1); step = 0';
	expect(await remote.action(setUp)).toMatchObject({ status: 'ok' });
});
afterAll(() => remote.close());

test(
	'five hundred steps stay within the budget, and each checkpoint that is left is its step',
	{ timeout: 400_000 },
	async () => {
		const stepOf = new Map<number, number>();
		const heaps: number[] = [];
		for (let step = 1; step <= STEPS; step += 1) {
			const told = await remote.action(`step = ${String(step)}\n${WORK[step % WORK.length] ?? ''}`);
			expect(told, `step ${String(step)}`).toMatchObject({ status: 'ok' });
			stepOf.set((await remote.checkpoint()).id, step);
			if (step % 50 !== 0) continue;
			expect(await remote.usedBytes()).toBeLessThanOrEqual(BUDGET);
			heaps.push((await remote.tableSizes()).heapBytes);
		}
		// After the first hundred steps nothing grows any more: neither the heap nor what JavaScript holds for Python.
		expect(heaps.at(-1)).toBe(heaps[2]);
		const ids = await remote.ids();
		expect(ids.length).toBeGreaterThan(20);
		expect(ids.at(-1)).toBe(await remote.current());
		for (const id of [ids[0], ids[Math.floor(ids.length / 2)], ids.at(-1), ids[1]]) {
			expect(await remote.restore(id ?? 0)).toMatchObject({ isWell: true });
			const step = stepOf.get(id ?? 0);
			const logged = 'sum(1 for _ in open("/tmp/log.txt"))';
			expect(await remote.python(`step, ${logged}`)).toBe(
				`(${String(step)}, ${String(Math.floor(((step ?? 0) + 2) / 6))})`,
			);
		}
	},
);
