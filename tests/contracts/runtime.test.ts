import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ScriptedRuntime, type ScriptedResult } from '../../src/adapters/runtimes/scripted-runtime';
import type { OutputDelta, Runtime } from '../../src/core/ports';
import { pyodide, run } from './runtime-cases';

/** The script that plays what Python does with the code of each test below, in their order. */
const script: (ScriptedResult | 'hang')[] = [
	{ value: '42' },
	{ stdout: 'one\ntwo\n' },
	{
		status: 'error',
		error: { type: 'ZeroDivisionError', message: 'division by zero', traceback: 'division by zero', line: 2 },
	},
	'hang',
	'hang',
	{ answer: '391' },
];

const adapters: { name: string; create: () => Runtime }[] = [
	{ name: 'ScriptedRuntime', create: () => new ScriptedRuntime(script, (code) => code === 'x = 1') },
	{ name: 'PyodideRuntime', create: () => pyodide().runtime },
];

describe.each(adapters)('$name', ({ create }) => {
	const runtime = create();
	beforeAll(() => runtime.start(() => undefined));
	afterAll(() => runtime.dispose());

	test('is ready after start, and starting it again does nothing', async () => {
		expect(runtime.phase).toBe('ready');
		const stages: string[] = [];
		await runtime.start((stage) => stages.push(stage));
		expect(stages).toEqual([]);
	});

	test('returns the value of the last expression', async () => {
		expect(await run(runtime, '6 * 7')).toMatchObject({ status: 'ok', value: '42', error: null, state: 'kept' });
	});

	test('hands out the output as well as returning it', async () => {
		const deltas: OutputDelta[] = [];
		const result = await run(runtime, 'print("one")\nprint("two")', { onOutput: (delta) => deltas.push(delta) });
		expect(result.stdout).toBe('one\ntwo\n');
		expect(deltas.map(({ text }) => text).join('')).toBe(result.stdout);
	});

	test('returns an exception as a value, with its line', async () => {
		const result = await run(runtime, 'x = 1\nx / 0');
		expect(result).toMatchObject({ status: 'error', state: 'kept' });
		expect(result.error).toMatchObject({ type: 'ZeroDivisionError', message: 'division by zero', line: 2 });
	});

	test('ends an endless action within two seconds of the signal', async () => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 200);
		const startedAt = performance.now();
		const result = await run(runtime, 'while True: pass', { signal: controller.signal });
		expect(result.status).toBe('interrupted');
		expect(performance.now() - startedAt).toBeLessThan(2200);
	});

	test('ends an endless action at its timeout', async () => {
		expect(await run(runtime, 'while True: pass', { timeoutMs: 300 })).toMatchObject({ status: 'timedOut' });
	});

	test('keeps what final_answer was given', async () => {
		expect(await run(runtime, 'final_answer(17 * 23)')).toMatchObject({ status: 'ok', answer: '391' });
	});

	test('does not run at all where the signal has fired before', async () => {
		const result = await run(runtime, 'print("never")', { signal: AbortSignal.abort() });
		expect(result).toMatchObject({ status: 'interrupted', stdout: '', state: 'kept' });
	});

	test('tells code that parses from text that does not', async () => {
		expect(await runtime.parses('x = 1')).toBe(true);
		expect(await runtime.parses('The answer is 42.')).toBe(false);
	});

	test('is ready again after restart', async () => {
		await runtime.restart();
		expect(runtime.phase).toBe('ready');
	});
});

test('ScriptedRuntime says when its script is at its end', async () => {
	await expect(run(new ScriptedRuntime([]), '1')).rejects.toMatchObject({ code: 'script_exhausted' });
});
