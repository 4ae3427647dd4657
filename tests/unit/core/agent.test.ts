import { describe, expect, it } from 'vitest';
import { ScriptedRuntime } from '../../../src/adapters/runtimes/scripted-runtime';
import { PlaygroundError } from '../../../src/core/errors';
import { fold } from '../../../src/core/trajectory';
import { acts, bare, engineOf, play } from './play';

const nameError = { type: 'NameError', message: "name 'y' is not defined", traceback: 'Traceback …', line: 1 };

describe('a run', () => {
	it('runs an action, tells the model what came of it, and ends with the answer in words', async () => {
		const engine = await engineOf([acts('print(6 * 7)', 'I multiply.\n'), 'It is 42.']);
		const runtime = new ScriptedRuntime([{ stdout: '42\n', durationMs: 5 }]);
		const { events, trajectory } = await play({ engine, runtime });

		expect(runtime.codes).toEqual(['print(6 * 7)']);
		expect(trajectory).toMatchObject({
			answer: 'It is 42.',
			answerSource: 'reply',
			stopReason: 'answered',
			error: null,
		});
		expect(trajectory.steps).toHaveLength(2);
		expect(trajectory.steps[0]).toMatchObject({
			reply: 'I multiply.\n<execute>\nprint(6 * 7)\n</execute>',
			thought: 'I multiply.',
			action: { code: 'print(6 * 7)', form: 'tag' },
			observation: { status: 'ok', stdout: '42\n', text: '42' },
			formatError: null,
			timings: { pythonMs: 5 },
		});
		expect(engine.asked[0]).toMatchObject({ stop: ['</execute>'], maxTokens: 200, temperature: 0 });
		expect(engine.prompts[1]?.slice(2)).toEqual([
			{ role: 'assistant', content: 'I multiply.\n<execute>\nprint(6 * 7)\n</execute>' },
			{ role: 'user', content: 'Execution Output:\n42' },
		]);
		const types = events.map(({ type }) => type).filter((type) => type !== 'delta');
		expect(types).toEqual([
			...['runStarted', 'stepStarted', 'actionStarted', 'output', 'stepEnded'],
			...['stepStarted', 'stepEnded', 'answered', 'runEnded'],
		]);
		const deltas = events.flatMap((event) => (event.type === 'delta' ? [event.text] : []));
		expect(deltas.join('')).toBe('I multiply.\n<execute>\nprint(6 * 7)\nIt is 42.');
	});

	it('mends its own mistake: the error goes back to the model, and the next action gives the answer', async () => {
		const engine = await engineOf([acts('print(y)'), acts('y = 42\nfinal_answer(y)')]);
		const runtime = new ScriptedRuntime([{ status: 'error', error: nameError }, { answer: '42' }]);
		const { trajectory } = await play({ engine, runtime });

		expect(engine.prompts[1]?.at(-1)?.content).toBe(
			"Execution Output:\nError in line 1: print(y)\nNameError: name 'y' is not defined",
		);
		expect(trajectory).toMatchObject({ answer: '42', answerSource: 'finalAnswer', stopReason: 'answered' });
	});

	it('tells the model that an action timed out, and goes on', async () => {
		const engine = await engineOf([acts('while True: pass'), 'It never ends.']);
		const runtime = new ScriptedRuntime([{ status: 'timedOut', durationMs: 30_000, state: 'lost' }]);
		const { trajectory } = await play({ engine, runtime });

		expect(engine.prompts[1]?.at(-1)?.content).toContain('[Execution timed out (30 seconds).]\n[Python was restarted');
		expect(trajectory.stopReason).toBe('answered');
	});

	it('shows the expected shape to a model whose reply could not be read', async () => {
		const engine = await engineOf(['<execute>', 'It is 42.']);
		const { trajectory } = await play({ engine });

		expect(trajectory.steps[0]).toMatchObject({
			action: null,
			observation: null,
			formatError: expect.stringContaining('no code'),
		});
		expect(engine.prompts[1]?.at(-1)?.content).toBe(trajectory.steps[0]?.formatError);
		expect(trajectory.answer).toBe('It is 42.');
	});

	it('does not run code that was cut off for want of tokens', async () => {
		const engine = await engineOf([`<execute>\n${'x = 1\n'.repeat(20)}</execute>`, 'Done.']);
		const { trajectory } = await play({ engine, profile: { ...bare, maxTokens: 9 } });

		expect(trajectory.steps[0]?.formatError).toContain('cut off');
	});

	it('pauses after three replies in a row that could not be read', async () => {
		const engine = await engineOf(['', '<think>Hm</think>', '<execute>', 'never asked for']);
		const { trajectory } = await play({ engine });

		expect(trajectory.stopReason).toBe('formatErrors');
		expect(trajectory.steps).toHaveLength(3);
	});

	it('pauses when one action gives one observation three times, after it said so to the model', async () => {
		const engine = await engineOf(Array.from({ length: 4 }, () => acts('print(1)')));
		const runtime = new ScriptedRuntime(Array.from({ length: 4 }, () => ({ stdout: '1\n' })));
		const { trajectory } = await play({ engine, runtime });

		expect(trajectory.stopReason).toBe('repeated');
		expect(trajectory.steps).toHaveLength(3);
		expect(trajectory.steps[0]?.observation?.text).toBe('1');
		expect(engine.prompts[2]?.at(-1)?.content).toContain('same result');
	});

	it('refuses an empty task with a code', async () => {
		const { trajectory } = await play({ engine: await engineOf(['x']), task: ' \n' });

		expect(trajectory).toMatchObject({ stopReason: 'failed', error: { code: 'empty_task' }, steps: [] });
	});

	it('fails with context_overflow where the task does not fit', async () => {
		const engine = await engineOf(['x'], { contextTokens: 300 });
		const { trajectory } = await play({ engine, task: 'word '.repeat(400) });

		expect(trajectory).toMatchObject({ stopReason: 'failed', error: { code: 'context_overflow' } });
	});

	it('fails with model_not_loaded where no model is', async () => {
		const engine = await engineOf(['x']);
		await engine.unload();

		expect((await play({ engine })).trajectory.error?.code).toBe('model_not_loaded');
	});

	it('keeps the reply where Python could not be started', async () => {
		const runtime = new ScriptedRuntime([]);
		runtime.run = () => Promise.reject(new PlaygroundError('python_boot_failed'));
		const { trajectory } = await play({ engine: await engineOf([acts('print(1)')]), runtime });

		expect(trajectory).toMatchObject({
			stopReason: 'failed',
			error: { code: 'python_boot_failed' },
			partialReply: acts('print(1)'),
		});
	});

	it('never throws, even where a port breaks its contract', async () => {
		const engine = await engineOf(['x']);
		engine.generate = () => {
			throw new TypeError('broken adapter');
		};
		const { trajectory } = await play({ engine });

		expect(trajectory).toMatchObject({ stopReason: 'failed', error: { code: 'internal', detail: 'broken adapter' } });
	});

	it('can be folded from its events at any point', async () => {
		const engine = await engineOf([acts('print(1)'), 'One.']);
		const { events, trajectory } = await play({ engine, runtime: new ScriptedRuntime([{ stdout: '1' }]) });

		const [first, ...rest] = events;
		if (first?.type !== 'runStarted') throw new Error('The first event is runStarted');
		expect(first.trajectory).toMatchObject({ id: 'run-1', createdAt: '2026-01-02T03:04:05.000Z', stopReason: null });
		expect(rest.reduce(fold, first.trajectory)).toEqual(trajectory);
		expect(JSON.parse(JSON.stringify(trajectory))).toEqual(trajectory);
	});
});

describe('a run of a model that is too small for a second turn', () => {
	const small = { ...bare, answerFrom: 'output' as const };

	it('is answered by the last line that its first clean action prints', async () => {
		const engine = await engineOf([acts('print(y)'), acts('print(42)')]);
		const runtime = new ScriptedRuntime([
			{ status: 'error', error: nameError, stdout: '7\n' },
			{ stdout: 'so:\n42\n' },
		]);
		const { trajectory } = await play({ engine, runtime, profile: small });

		expect(trajectory).toMatchObject({ answer: '42', answerSource: 'output', stopReason: 'answered' });
		expect(trajectory.steps).toHaveLength(2);
	});

	it('is answered by the value or the figure where nothing was printed, and goes on where there is neither', async () => {
		const figure = { mime: 'image/png', data: 'AAAA' };
		const engine = () => engineOf([acts('x'), acts('y')]);
		const value = await play({
			engine: await engine(),
			runtime: new ScriptedRuntime([{ value: '42' }]),
			profile: small,
		});
		expect(value.trajectory.answer).toBe('42');
		const shown = await play({
			engine: await engine(),
			runtime: new ScriptedRuntime([{ displays: [figure] }]),
			profile: small,
		});
		expect(shown.trajectory.answer).toBe('[figure 1]');
		const second = await play({
			engine: await engine(),
			runtime: new ScriptedRuntime([{}, { stdout: '1' }]),
			profile: small,
		});
		expect(second.trajectory.steps).toHaveLength(2);
	});
});

describe('a conversation', () => {
	it('gives the model the earlier runs of the session', async () => {
		const first = await play({
			engine: await engineOf([acts('x = 42\nprint(x)'), 'It is 42.']),
			runtime: new ScriptedRuntime([{ stdout: '42\n' }]),
		});
		const engine = await engineOf([acts('final_answer(x + 1)')]);
		const { trajectory } = await play({
			engine,
			runtime: new ScriptedRuntime([{ answer: '43' }]),
			history: [first.trajectory],
			task: 'And one more?',
			id: 'run-2',
		});

		expect(engine.prompts[0]?.map(({ content }) => content)).toEqual([
			'Solve the task with Python.',
			'How much is 6 times 7?',
			acts('x = 42\nprint(x)'),
			'Execution Output:\n42',
			'It is 42.',
			'And one more?',
		]);
		expect(trajectory).toMatchObject({ id: 'run-2', task: 'And one more?', answer: '43' });
		expect(trajectory.steps).toHaveLength(1);
	});

	it('stays within the context window however long it grows', async () => {
		const history = [];
		const engine = await engineOf(Array.from({ length: 12 }, () => [acts('print(text)'), 'Read.']).flat(), {
			contextTokens: 700,
		});
		for (let index = 0; index < 12; index += 1) {
			const runtime = new ScriptedRuntime([{ stdout: 'many words '.repeat(100) }]);
			const { trajectory } = await play({
				engine,
				runtime,
				history: [...history],
				task: `Read page ${String(index)}.`,
			});
			expect(trajectory.stopReason).toBe('answered');
			history.push(trajectory);
		}
		for (const prompt of engine.prompts) {
			expect(await engine.countTokens(prompt)).toBeLessThanOrEqual(500);
		}
		expect(
			engine.prompts
				.at(-1)
				?.map(({ content }) => content)
				.join('\n'),
		).toContain('Read page 11.');
	});
});

it('lets the runtime prepare what the code so far loads, before the reply is whole', async () => {
	const runtime = new ScriptedRuntime([{ stdout: '1\n' }]);
	const { events } = await play({
		engine: await engineOf([acts('import numpy\nx = 1\nimport pandas\nprint(x)'), 'Done.']),
		runtime,
	});
	expect(runtime.prepared).toEqual(['\nimport numpy\n', '\nimport numpy\nx = 1\nimport pandas\n']);
	expect(events.findIndex(({ type }) => type === 'actionStarted')).toBeGreaterThan(0);
});
