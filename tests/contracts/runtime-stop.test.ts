/** Stop, whatever the code does: within two seconds, and nothing of earlier actions is lost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/core/ports';
import { pyodide, run } from './runtime-cases';

const { runtime } = pyodide();

afterAll(() => runtime.dispose());

/** Runs `code` and presses Stop when it has printed `begun`. */
async function stopped(code: string): Promise<{ result: RunResult; tookMs: number }> {
	const controller = new AbortController();
	let stoppedAt = 0;
	const onOutput = ({ text }: { text: string }): void => {
		if (stoppedAt > 0 || !text.includes('begun')) return;
		stoppedAt = performance.now();
		controller.abort();
	};
	const result = await run(runtime, code, { signal: controller.signal, onOutput });
	return { result, tookMs: performance.now() - stoppedAt };
}

test.each([
	['a loop', 'while True: pass'],
	['time.sleep', 'import time\ntime.sleep(60)'],
	['a flood of prints', 'while True: print("x" * 80)'],
	['an await', 'import asyncio\nawait asyncio.sleep(60)'],
	['tasks', 'import asyncio\nawait asyncio.gather(*[asyncio.sleep(60) for _ in range(5)])'],
	['a comprehension without end', 'import itertools\n[0 for _ in itertools.count() if False]'],
])('%s hears the interrupt, and the variables stay', async (_, code) => {
	await run(runtime, 'kept = [1, 2, 3]');
	const { result, tookMs } = await stopped(`kept.append("new")\nprint("begun")\n${code}`);
	expect(result.status).toBe('interrupted');
	expect(tookMs).toBeLessThan(2000);
	expect(result.state).toBe('kept');
	expect((await run(runtime, 'kept.pop()')).value).toBe("'new'");
	expect((await run(runtime, 'kept')).value).toBe('[1, 2, 3]');
});

describe('what does not hear it', () => {
	beforeAll(async () => {
		await runtime.restart();
		await run(runtime, 'import numpy as np\nkept = [1, 2, 3]\nmatrix = np.ones((6, 6))');
	});

	test.each([
		['a matrix product', 'big = np.ones((5000, 5000))\nprint("begun")\nbig @ big @ big'],
		[
			'a big sort',
			'values = np.random.rand(12_000_000).tolist()\nprint("begun")\nvalues.sort()\nvalues.sort(reverse=True)',
		],
		['one long call in C', 'print("begun")\nsum(range(10**12))'],
		[
			'code that swallows the interrupt',
			'def busy():\n  while True: pass\nprint("begun")\nwhile True:\n  try: busy()\n  except KeyboardInterrupt: pass',
		],
		[
			'async code that swallows its cancelling',
			'import asyncio\nprint("begun")\nwhile True:\n  try: await asyncio.sleep(60)\n  except asyncio.CancelledError: pass',
		],
	])('%s is ended by force, and Python is as it was before the action', async (_, code) => {
		const { result, tookMs } = await stopped(`kept.append("new")\n${code}`);
		expect(result.status).toBe('interrupted');
		expect(tookMs).toBeLessThan(2000);
		expect(result.state).toMatch(/^restor(ed|ing)$/);
		expect((await run(runtime, 'kept, float(matrix.sum())')).value).toBe('([1, 2, 3], 36.0)');
	});
});
