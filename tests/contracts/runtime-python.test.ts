import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RuntimeStatus } from '../../src/adapters/runtimes/python-succession';
import { PyodideRuntime } from '../../src/adapters/runtimes/pyodide-runtime';
import { Broker } from '../../src/adapters/broker/broker';
import { OUTPUT_LIMIT } from '../../workers/python/output';
import { BASE_URL, run } from './runtime-cases';

const seen: RuntimeStatus[] = [];
const broker = new Broker({ baseUrl: BASE_URL });
const runtime = new PyodideRuntime({ broker, onChange: (status) => seen.push(status) });
const stages: string[] = [];
beforeAll(() => runtime.start((stage) => stages.push(stage)));
// A test that ended Python does not make the next one wait within its own time.
beforeEach(() => runtime.start(() => undefined));
afterAll(() => runtime.dispose());

test('boots in named stages and reports what it booted', () => {
	expect(stages).toEqual(['files', 'interpreter', 'harness', 'preload', 'ready']);
	expect(runtime.status.report).toMatchObject({
		pythonVersion: '3.12.7',
		pyodideVersion: '0.27.7',
		interruptible: true,
	});
	expect(runtime.status.bootMs).toBeGreaterThan(0);
	expect(seen.map(({ phase }) => phase)).toContain('loading');
});

test('keeps variables and functions from one action to the next', async () => {
	await run(runtime, 'count = 3\ndef double(x): return 2 * x');
	expect((await run(runtime, 'double(count)')).value).toBe('6');
});

test('streams output while the action is still at work', async () => {
	let firstAt = Infinity;
	const onOutput = (): void => void (firstAt = Math.min(firstAt, performance.now()));
	await run(runtime, 'import time\nprint("first")\ntime.sleep(0.6)', { onOutput });
	expect(performance.now() - firstAt).toBeGreaterThan(400);
});

test('awaits at top level, and asyncio.run works as in a script', async () => {
	expect((await run(runtime, 'import asyncio\nawait asyncio.sleep(0.01, "slept")')).value).toBe("'slept'");
	const double = 'import asyncio\nasync def double(x):\n    await asyncio.sleep(0.01)\n    return 2 * x\n';
	expect((await run(runtime, `${double}await asyncio.gather(*map(double, range(3)))`)).value).toBe('[0, 2, 4]');
	const within =
		'async with asyncio.timeout(5):\n    task = asyncio.create_task(double(4))\n    told = await task\ntold';
	expect((await run(runtime, double + within)).value).toBe('8');
	const code = 'async def main():\n    await asyncio.sleep(0.01)\n    return 5\nasyncio.run(main())';
	expect((await run(runtime, code)).value).toBe('5');
});

test.each([
	['code that computes', 'kept = 1\nwhile True: pass'],
	['time.sleep', 'import time\nkept = 1\ntime.sleep(60)'],
	['an await', 'import asyncio\nkept = 1\nawait asyncio.sleep(60)'],
	['asyncio.run', 'import asyncio\nkept = 1\nasyncio.run(asyncio.sleep(60))'],
])('stops %s in less than a second and keeps the variables', async (_, code) => {
	await run(runtime, 'kept = 0');
	const controller = new AbortController();
	let abortedAt = 0;
	setTimeout(() => {
		abortedAt = performance.now();
		controller.abort();
	}, 300);
	const result = await run(runtime, code, { signal: controller.signal });
	expect(performance.now() - abortedAt).toBeLessThan(1000);
	expect(result).toMatchObject({ status: 'interrupted', state: 'kept' });
	expect((await run(runtime, 'kept')).value).toBe('1');
});

test('an interrupt that comes as the action ends does not hit the next one', async () => {
	for (let round = 0; round < 20; round += 1) {
		const controller = new AbortController();
		const first = run(runtime, 'sum(range(20_000))', { signal: controller.signal });
		setTimeout(() => controller.abort(), round);
		await first;
		expect((await run(runtime, 'sum(range(10_000))')).value).toBe('49995000');
	}
});

test('ends Python by force where the code swallows the interrupt, and puts the state before it back', async () => {
	await run(runtime, 'kept = [1]');
	const controller = new AbortController();
	setTimeout(() => controller.abort(), 200);
	const startedAt = performance.now();
	// A function of its own: CPython 3.12 lets an interrupt at the jump back of a bare loop escape the `try` around it.
	const code =
		'kept.append(2)\ndef busy():\n  while True: pass\nprint("before")\nwhile True:\n  try: busy()\n  except BaseException: pass';
	const result = await run(runtime, code, { signal: controller.signal });
	expect(performance.now() - startedAt).toBeLessThan(2200);
	expect(result).toMatchObject({ status: 'interrupted', stdout: 'before\n', error: null, checkpoint: null });
	expect(result.state).toMatch(/^restor(ed|ing)$/);
	expect((await run(runtime, 'kept')).value).toBe('[1]');
});

test('a Python that died is an error result, and the next action works', async () => {
	const result = await run(runtime, 'import os\nprint("last words")\nos._exit(1)');
	expect(result).toMatchObject({ status: 'error', stdout: 'last words\n' });
	expect(result.state).toMatch(/^restor(ed|ing)$/);
	expect(result.error).toMatchObject({ type: 'PythonDied' });
	expect((await run(runtime, 'kept')).value).toBe('[1]');
});

test('a callback of the browser that raises does not end Python', async () => {
	const code =
		'from js import setTimeout\nfrom pyodide.ffi import create_once_callable\nimport asyncio\n' +
		'setTimeout(create_once_callable(lambda: 1 / 0), 1)\nawait asyncio.sleep(0.1)\n"alive"';
	const result = await run(runtime, code);
	expect(result).toMatchObject({ value: "'alive'", state: 'kept' });
	expect(result.stderr).toContain('ZeroDivisionError');
});

test('a flood of output stays bounded, with its head, its tail and what was left out', async () => {
	let streamedChars = 0;
	let pieces = 0;
	const result = await run(runtime, 'for i in range(200_000): print(i)', {
		onOutput: ({ text }) => {
			streamedChars += text.length;
			pieces += 1;
		},
	});
	expect(result.stdout.length).toBeLessThan(OUTPUT_LIMIT + 100);
	expect(result.stdout.startsWith('0\n1\n2\n')).toBe(true);
	expect(result.stdout.endsWith('199998\n199999\n')).toBe(true);
	expect(result.stdout).toMatch(/\[… \d+ characters left out …\]/);
	expect(streamedChars).toBe(result.stdout.length);
	expect(pieces).toBeLessThan(1000);
});

test('an endless flood is stopped like any other action', async () => {
	const result = await run(runtime, 'while True: print("x" * 100)', { timeoutMs: 700 });
	expect(result).toMatchObject({ status: 'timedOut', state: 'kept' });
	expect(result.stdout.length).toBeLessThan(OUTPUT_LIMIT + 100);
});

test('stdout and stderr are kept apart, what C code writes included', async () => {
	const result = await run(
		runtime,
		'import os, sys\nprint("out")\nprint("err", file=sys.stderr)\nos.write(1, b"raw\\n")',
	);
	expect(result).toMatchObject({ stdout: 'out\nraw\n', stderr: 'err\n' });
});

test('Python is the same one every time: hashes do not vary', async () => {
	const before = (await run(runtime, 'hash("playground")')).value;
	await runtime.restart();
	expect((await run(runtime, 'hash("playground")')).value).toBe(before);
});

test('refuses a second action while one is at work', async () => {
	const first = run(runtime, 'import time\ntime.sleep(0.3)');
	await expect(run(runtime, '1')).rejects.toMatchObject({ code: 'busy' });
	await first;
});

test('a restart in the middle of an action ends it', async () => {
	const first = run(runtime, 'while True: pass');
	await new Promise((resolve) => setTimeout(resolve, 200));
	await runtime.restart();
	expect(await first).toMatchObject({ status: 'interrupted', state: 'lost' });
	expect((await run(runtime, '1 + 1')).value).toBe('2');
});

test('says which files are missing where Python is not on board', async () => {
	const nowhere = new Broker({ baseUrl: `${BASE_URL}no-such-folder/` });
	const broken = new PyodideRuntime({ broker: nowhere });
	await expect(broken.start(() => undefined)).rejects.toMatchObject({ code: 'python_files_missing' });
	expect(broken.status).toMatchObject({ phase: 'failed', error: { code: 'python_files_missing' } });
	broken.dispose();
});
