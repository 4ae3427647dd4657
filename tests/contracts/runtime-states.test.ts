/** States that Python is taken back to, whatever way it takes. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { EMPTY_RESULT } from '../../src/adapters/runtimes/empty-result';
import type { RunResult } from '../../src/core/ports';
import { pyodide, run } from './runtime-cases';

const { runtime } = pyodide();

beforeEach(() => runtime.restart());
afterAll(() => runtime.dispose());

/** The id of the state after `code`. */
async function stateAfter(code: string): Promise<number> {
	return (await checkpointOf(code)).id;
}

async function checkpointOf(code: string): Promise<NonNullable<RunResult['checkpoint']>> {
	const { checkpoint } = await run(runtime, code);
	if (checkpoint === null) throw new Error('no checkpoint');
	return checkpoint;
}

test('each action leaves a checkpoint on top of the one before', async () => {
	const first = await checkpointOf('x = 1');
	const second = await checkpointOf('x = 2');
	expect(second.parent).toBe(first.id);
	expect(runtime.status.history.ids).toEqual(expect.arrayContaining([first.id, second.id]));
});

test('goes back, forward and to another branch', async () => {
	const one = await stateAfter('x = [1]');
	const two = await stateAfter('x.append(2)');
	expect(await runtime.restore(one)).toMatchObject({ by: 'memory', isDifferent: false });
	expect((await run(runtime, 'x')).value).toBe('[1]');
	const other = await stateAfter('x.append("other")');
	await runtime.restore(two);
	expect((await run(runtime, 'x')).value).toBe('[1, 2]');
	await runtime.restore(other);
	expect((await run(runtime, 'x')).value).toBe("[1, 'other']");
});

test('goes back to before the first action', async () => {
	const { parent } = await checkpointOf('x = 1');
	await runtime.restore(parent);
	expect((await run(runtime, 'x')).error?.type).toBe('NameError');
});

test('executes the kept actions again where no memory holds the state, and says whether they differed', async () => {
	const kept = { ...EMPTY_RESULT, stdout: '' };
	runtime.adopt([
		{ id: 101, parent: 100, code: 'x = [1]', outcome: kept },
		{ id: 102, parent: 101, code: 'x.append(2)\nprint(x)', outcome: { ...kept, stdout: '[1, 2]\n' } },
		{ id: 103, parent: 101, code: 'print(len(x))', outcome: { ...kept, stdout: 'something else\n' } },
	]);
	expect(await runtime.restore(102)).toMatchObject({ by: 'rerun', isDifferent: false });
	expect((await run(runtime, 'x')).value).toBe('[1, 2]');
	expect(await runtime.restore(103)).toMatchObject({ by: 'rerun', isDifferent: true });
	expect((await run(runtime, 'x')).value).toBe('[1]');
	expect(await runtime.restore(101)).toMatchObject({ by: 'memory' });
});

test('a state that was dropped, or never was, cannot be gone back to', async () => {
	const one = await stateAfter('x = 1');
	await runtime.drop(one);
	await expect(runtime.restore(one)).rejects.toMatchObject({ code: 'checkpoint_gone' });
	await expect(runtime.restore(9999)).rejects.toMatchObject({ code: 'checkpoint_gone' });
	expect((await run(runtime, 'x')).value).toBe('1');
});

test('executing kept actions again can be stopped', async () => {
	runtime.adopt([{ id: 201, parent: 200, code: 'import time\ntime.sleep(60)', outcome: EMPTY_RESULT }]);
	const controller = new AbortController();
	setTimeout(() => controller.abort(), 6000);
	await expect(runtime.restore(201, controller.signal)).rejects.toMatchObject({ code: 'checkpoint_gone' });
	expect((await run(runtime, '1 + 1')).value).toBe('2');
});
