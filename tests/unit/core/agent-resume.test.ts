import { describe, expect, it } from 'vitest';
import { ScriptedRuntime } from '../../../src/adapters/runtimes/scripted-runtime';
import { PlaygroundError } from '../../../src/core/errors';
import { DEFAULT_LIMITS, raise } from '../../../src/core/limits';
import { acts, engineOf, HandClock, play } from './play';

const counting = Array.from({ length: 20 }, (_, index) => acts(`print(${String(index)})`));
const outputs = (count: number) => Array.from({ length: count }, (_, index) => ({ stdout: `${String(index)}\n` }));

describe('stopping a run', () => {
	it('during generation keeps what was written, and going on takes the step again', async () => {
		const engine = await engineOf(['The answer is forty two, I think.', 'It is 42.'], { pieceMs: 1 });
		let pieces = 0;
		const { trajectory, events } = await play({ engine }, (event, abort) => {
			if (event.type === 'delta' && (pieces += 1) === 3) abort.abort();
		});
		expect(trajectory).toMatchObject({ stopReason: 'stopped', error: null, steps: [], answer: null });
		expect(trajectory.partialReply).toMatch(/^The answer is/);
		expect(trajectory.partialReply).not.toContain('think');
		expect(events.at(-1)?.type).toBe('runEnded');

		const resumed = await play({ engine, resume: trajectory, id: 'not used' });
		expect(resumed.trajectory).toMatchObject({
			id: 'run-1',
			answer: 'It is 42.',
			partialReply: null,
		});
		expect(engine.prompts[1]).toEqual(engine.prompts[0]);
	});

	it('while Python is at work keeps the step, with an observation that says so', async () => {
		const engine = await engineOf([acts('while True: pass'), 'It was stopped.']);
		const { trajectory } = await play({ engine, runtime: new ScriptedRuntime(['hang']) }, (event, abort) => {
			if (event.type === 'actionStarted') abort.abort();
		});
		expect(trajectory).toMatchObject({ stopReason: 'stopped', partialReply: null });
		expect(trajectory.steps[0]?.observation).toMatchObject({
			status: 'interrupted',
			text: '[Execution was interrupted.]',
		});

		const resumed = await play({ engine, resume: trajectory });
		expect(engine.prompts[1]?.at(-1)?.content).toContain('[Execution was interrupted.]');
		expect(resumed.trajectory).toMatchObject({ answer: 'It was stopped.', stopReason: 'answered' });
	});

	it('before it began does nothing at all', async () => {
		const engine = await engineOf(['never']);
		const { trajectory } = await play({ engine }, (_event, abort) => {
			abort.abort();
		});
		expect(trajectory).toMatchObject({ stopReason: 'stopped', steps: [] });
		expect(engine.prompts).toEqual([]);
	});

	it('counts as stopped, not as failed, where the engine rejects on the way', async () => {
		const engine = await engineOf([]);
		engine.generate = (_messages, _options, sink, signal) =>
			new Promise((_resolve, reject) => {
				sink('So ');
				signal.addEventListener('abort', () => {
					reject(new Error('worker gone'));
				});
			});
		const { trajectory } = await play({ engine }, (event, abort) => {
			if (event.type === 'delta') abort.abort();
		});
		expect(trajectory).toMatchObject({ stopReason: 'stopped', error: null, partialReply: 'So ' });
	});
});

describe('a limit', () => {
	it('of steps pauses the run, and Continue goes on with its steps and its id', async () => {
		const engine = await engineOf(counting);
		const { trajectory } = await play({ engine, runtime: new ScriptedRuntime(outputs(8)) });
		expect(trajectory.stopReason).toBe('stepLimit');
		expect(trajectory.steps).toHaveLength(8);

		const limits = raise(trajectory.limits, trajectory.steps);
		const again = await play({
			engine,
			runtime: new ScriptedRuntime(outputs(5)),
			resume: trajectory,
			limits,
			id: 'other',
		});
		expect(again.trajectory).toMatchObject({ id: 'run-1', stopReason: 'stepLimit', limits: { steps: 13 } });
		expect(again.trajectory.steps).toHaveLength(13);
		expect(again.trajectory.steps.slice(0, 8)).toEqual(trajectory.steps);
		expect(again.events[1]).toEqual({ type: 'stepStarted', index: 8 });
	});

	it('of time interrupts the reply, keeps it, and going on finishes it', async () => {
		const clock = new HandClock();
		const engine = await engineOf(['One two three four five six.', 'Six.'], { pieceMs: 1 });
		const { trajectory } = await play({ engine, clock }, (event) => {
			if (event.type === 'delta') clock.nowMs += DEFAULT_LIMITS.timeMs / 2;
		});
		expect(trajectory.stopReason).toBe('timeLimit');
		expect(trajectory.partialReply).toMatch(/^One two/);
		expect(trajectory.partialReply).not.toContain('six');

		const resumed = await play({
			engine,
			clock,
			resume: trajectory,
			limits: raise(trajectory.limits, trajectory.steps),
		});
		expect(resumed.trajectory.answer).toBe('Six.');
	});

	it('of time counts the steps from before a Continue', async () => {
		const clock = new HandClock();
		const slow = Array.from({ length: 4 }, () => () => {
			clock.nowMs += 200_000;
			return { stdout: String(clock.nowMs) };
		});
		const engine = await engineOf(counting);
		const first = await play({
			engine,
			clock,
			runtime: new ScriptedRuntime(slow),
			limits: { ...DEFAULT_LIMITS, steps: 2 },
		});
		expect(first.trajectory.stopReason).toBe('stepLimit');

		clock.nowMs += 5_000_000; // The person has had lunch: that is not time of the run.
		const resumed = await play({ engine, clock, runtime: new ScriptedRuntime(slow), resume: first.trajectory });
		expect(resumed.trajectory.stopReason).toBe('timeLimit');
		expect(resumed.trajectory.steps).toHaveLength(3);
	});

	it('of tokens pauses the run after the step that reached it', async () => {
		const engine = await engineOf(counting);
		const limits = { ...DEFAULT_LIMITS, tokens: 60 };
		const { trajectory } = await play({ engine, runtime: new ScriptedRuntime(outputs(8)), limits });
		expect(trajectory.stopReason).toBe('tokenLimit');
		expect(trajectory.steps.length).toBeGreaterThan(0);

		const resumed = await play({
			engine,
			runtime: new ScriptedRuntime(outputs(13)),
			resume: trajectory,
			limits: raise(limits, trajectory.steps),
		});
		expect(resumed.trajectory.stopReason).toBe('stepLimit');
	});
});

describe('going on with a run', () => {
	it('takes the broken step again after a failure of the engine, with all steps kept', async () => {
		const engine = await engineOf([acts('print(0)'), 'It is 0.']);
		const sound = engine.generate;
		let calls = 0;
		engine.generate = (messages, options, sink, signal) => {
			calls += 1;
			if (calls !== 2) return sound(messages, options, sink, signal);
			sink('Half a ');
			return Promise.reject(new PlaygroundError('device_lost'));
		};
		const { trajectory } = await play({ engine, runtime: new ScriptedRuntime(outputs(1)) });
		expect(trajectory).toMatchObject({ stopReason: 'failed', error: { code: 'device_lost' }, partialReply: 'Half a ' });
		expect(trajectory.steps).toHaveLength(1);

		const resumed = await play({ engine, resume: trajectory, model: 'another' });
		expect(resumed.trajectory).toMatchObject({ answer: 'It is 0.', error: null, partialReply: null, model: 'another' });
		expect(resumed.trajectory.steps).toHaveLength(2);
	});

	it('works after a crash, which left no reason for the stop', async () => {
		const engine = await engineOf([acts('print(0)'), acts('print(1)'), 'Two lines.']);
		const whole = await play({
			engine,
			runtime: new ScriptedRuntime(outputs(1)),
			limits: { ...DEFAULT_LIMITS, steps: 1 },
		});
		const crashed = { ...whole.trajectory, stopReason: null };
		const resumed = await play({ engine, runtime: new ScriptedRuntime(outputs(1)), resume: crashed });
		expect(resumed.trajectory).toMatchObject({ stopReason: 'answered', answer: 'Two lines.' });
		expect(resumed.trajectory.steps).toHaveLength(3);
	});

	it('counts repetitions and format errors anew', async () => {
		const engine = await engineOf(['', '', '', '', 'At last.']);
		const first = await play({ engine });
		expect(first.trajectory.stopReason).toBe('formatErrors');
		const resumed = await play({ engine, resume: first.trajectory });
		expect(resumed.trajectory.answer).toBe('At last.');
	});

	it('changes nothing in a run that is already answered', async () => {
		const engine = await engineOf(['It is 42.', 'never']);
		const { trajectory } = await play({ engine });
		expect((await play({ engine, resume: trajectory })).trajectory).toEqual(trajectory);
	});
});
