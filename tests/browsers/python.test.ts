/** What Python does in every browser: it runs, it is stopped, it has its packages, it shows. */
import { describe, expect } from 'vitest';
import { appTest } from './app';

const test = appTest();

test('an action runs, prints and keeps its variables', async ({ app }) => {
	expect(await app.execute('kept = 6\nprint("out")\nkept * 7')).toMatchObject({
		status: 'ok',
		value: '42',
		stdout: 'out\n',
		state: 'kept',
	});
	expect(await app.value('kept')).toBe('6');
});

test('an exception is told with its line', async ({ app }) => {
	const { status, error } = await app.execute('x = 1\nx / 0');
	expect(status).toBe('error');
	expect(error).toMatchObject({ type: 'ZeroDivisionError', line: 2 });
});

describe('Stop', () => {
	const AWAITS = 'import asyncio\nkept = 1\nwhile True: await asyncio.sleep(0.01)';
	test.for([
		['an endless loop', 'kept = 1\nwhile True: pass'],
		['time.sleep', 'import time\nkept = 1\ntime.sleep(600)'],
		['a flood of prints', 'kept = 1\nwhile True: print("x" * 100)'],
		['an await', AWAITS],
		['asyncio.run', 'import asyncio\nkept = 1\nasyncio.run(asyncio.sleep(600))'],
	] as const)('ends %s, and the variables are there', async ([, code], { app }) => {
		await app.execute('kept = 0');
		expect(await app.execute(code, { stopAfterMs: 300 })).toMatchObject({ status: 'interrupted', state: 'kept' });
		expect(await app.value('kept')).toBe('1');
	});

	test.for([
		[
			'a big sort',
			'import random\nkept = 1\nbig = [random.random() for _ in range(3_000_000)]\nwhile True: big.sort(key=float)',
		],
		['a matrix product', 'import numpy as np\nkept = 1\nbig = np.ones((4000, 4000))\nwhile True: big = big @ big'],
		[
			'code that swallows the interrupt',
			'def busy():\n    while True: pass\nkept = 1\nwhile True:\n    try: busy()\n    except BaseException: pass',
		],
	] as const)('ends %s, and Python answers afterwards', async ([, code], { app }) => {
		const { status } = await app.execute(code, { stopAfterMs: 2000 });
		expect(status).toBe('interrupted');
		expect(await app.value('1 + 1')).toBe('2');
	});
});

test('the clock of an action ends it as Stop does', async ({ app }) => {
	expect(await app.execute('while True: pass', { timeoutMs: 300 })).toMatchObject({ status: 'timedOut' });
	expect(await app.value('1 + 1')).toBe('2');
});

test('packages on board load at their import, and what they show comes out', async ({ app }) => {
	const table = await app.execute('import pandas as pd\npd.DataFrame({"a": [1, 2]})');
	expect(table.packages).toContain('pandas');
	expect(table.displays[0]).toMatchObject({ mime: 'text/html' });
	const plot = await app.execute('import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()');
	expect(plot.displays[0]).toMatchObject({ mime: 'image/png' });
});

test('a package that is not on board is refused, with its name', async ({ app }) => {
	const { error } = await app.execute('import micropip\nawait micropip.install("cowsay")');
	expect(error?.message).toContain('cowsay');
});
