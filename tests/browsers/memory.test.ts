/** The end of Python's memory, and of its worker: told in words, and the next action works. */
import { expect } from 'vitest';
import { appTest } from './app';

const test = appTest();

/** Most of what there is, taken at one stroke: filling it piece by piece takes a browser many seconds. */
const FILL = 'big = bytearray(2 * 10**9)';

test.for([
	['bytes', 'more = bytearray(10**9)'],
	['a list that grows', 'rows = []\nwhile True: rows.extend(range(10**5))'],
	['a numpy array', 'import numpy as np\nmore = np.ones(10**8)'],
] as const)('more than the cap is a MemoryError that says how much there is: %s', async ([, code], { app }) => {
	await app.execute(`kept = 1\n${FILL}`);
	const { error, state } = await app.execute(code);
	expect(error?.type).toMatch(/MemoryError$/);
	expect(error?.traceback).toMatch(/Python may use 2147 MB here.*restart Python/);
	expect(state).toBe('kept');
	expect(await app.value('rows = big = None\nkept')).toBe('1');
});

test('memory that is filled to the last byte leaves room to free it', async ({ app }) => {
	await app.execute(FILL);
	const { error } = await app.execute('chain = None\nwhile True: chain = (chain, bytearray(400))');
	// SystemError is what CPython 3.12 raises now and then where there is not even room for the MemoryError.
	expect(error?.type).toMatch(/^(Memory|System)Error$/);
	expect(error?.traceback).toContain('Python may use 2147 MB here');
	expect(await app.value('1 + 1')).toBe('2');
	expect(await app.value('chain = big = None\nlen(bytearray(10**9))')).toBe('1000000000');
});

test('Python cannot end its own worker', async ({ app }) => {
	await app.execute('kept = 2');
	expect((await app.execute('import js\njs.close()')).error?.type).toBe('TypeError');
	expect(await app.value('kept')).toBe('2');
});

test('a Python that broke is explained, and another one takes its place', async ({ app }) => {
	await app.execute('kept = 3');
	const { error, state } = await app.execute('import os\nos._exit(1)');
	expect(error?.message).toContain('Python broke in the middle of this action');
	expect(state).toMatch(/^resto/);
	expect(await app.value('kept')).toBe('3');
});
