import { afterEach, describe, expect, test, vi } from 'vitest';
import { card, makePlayground, MemorySettings } from './playground';

const LOOK = 'I look.\n<execute>\nprint(1)\n</execute>';

/** Waits until `check` holds, a frame at a time. */
async function until(check: () => boolean): Promise<void> {
	await vi.waitUntil(check, { timeout: 5000, interval: 5 });
}

afterEach(() => {
	document.documentElement.removeAttribute('data-theme');
});

describe('a run', () => {
	test('ends with the answer, its steps and what they gave', async () => {
		const { playground } = await makePlayground({
			script: [LOOK, 'It is 1.'],
			results: [{ stdout: '1\n', durationMs: 5 }],
		});
		const outcome = await playground.session.submit('  Look  ');
		expect(outcome).toMatchObject({
			ok: true,
			trajectory: { task: 'Look', answer: 'It is 1.', stopReason: 'answered' },
		});
		expect(playground.session.runs).toHaveLength(1);
		expect(playground.session.runs[0]?.steps[0]?.observation?.stdout).toBe('1\n');
		expect(playground.session.work).toEqual({ kind: 'idle' });
		expect(playground.session.live).toBeNull();
	});

	test('streams into the live step, at most one commit a frame', async () => {
		const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ');
		const { playground } = await makePlayground({ script: [words], pacing: { pieceMs: 2 } });
		const { session } = playground;
		let commits = 0;
		let frames = 0;
		let isCounting = true;
		const count = (): void => {
			frames += 1;
			if (isCounting) requestAnimationFrame(count);
		};
		requestAnimationFrame(count);
		session.listen(() => (commits += 1));
		const run = session.submit('Write');
		await until(() => session.live?.phase === 'generating' && session.live.reply.includes('word3'));
		const outcome = await run;
		isCounting = false;
		expect(outcome.ok && outcome.trajectory.answer).toBe(words);
		expect(commits).toBeGreaterThan(2);
		// One more than frames: the last batch is flushed when the run ends.
		expect(commits).toBeLessThanOrEqual(frames + 1);
	});

	test('is stopped with what the model wrote kept, and can be continued', async () => {
		const { playground } = await makePlayground({
			script: ['one two three four five six seven eight', 'Done.'],
			pacing: { pieceMs: 15 },
		});
		const { session } = playground;
		const run = session.submit('Count');
		await until(() => session.live?.reply.includes('three') === true);
		session.stop();
		await run;
		expect(session.runs[0]?.stopReason).toBe('stopped');
		expect(session.runs[0]?.partialReply).toContain('one two three');
		expect(session.resumable).not.toBeNull();
		const outcome = await session.resume();
		expect(outcome.ok && outcome.trajectory.answer).toBe('Done.');
		expect(session.runs).toHaveLength(1);
	});

	test('stops Python too, and the action says so', async () => {
		const { playground } = await makePlayground({ script: [LOOK, 'Done.'], results: ['hang'] });
		const { session } = playground;
		const run = session.submit('Loop');
		await until(() => session.live?.phase === 'running');
		session.stop();
		await run;
		expect(session.runs[0]?.steps[0]?.observation?.status).toBe('interrupted');
	});

	test('pauses at its limit and goes on with raised limits', async () => {
		const { playground } = await makePlayground({ script: [LOOK, 'Done.'], results: [{ stdout: '1\n' }] });
		const { session } = playground;
		await session.submit('Look', { steps: 1 });
		expect(session.runs[0]?.stopReason).toBe('stepLimit');
		await session.resume();
		expect(session.runs[0]).toMatchObject({ stopReason: 'answered', answer: 'Done.' });
		expect(session.runs[0]?.limits.steps).toBeGreaterThan(1);
	});

	test('goes on in the same session with the runs before as history', async () => {
		const { playground } = await makePlayground({ script: ['First.', 'Second.'] });
		const { session } = playground;
		await session.submit('One');
		await session.submit('Two');
		expect(session.runs.map(({ answer }) => answer)).toEqual(['First.', 'Second.']);
	});
});

describe('bad input', () => {
	test('an empty task gives a hint and starts nothing', async () => {
		const { playground } = await makePlayground();
		expect(await playground.session.submit(' \n ')).toMatchObject({ ok: false, error: { code: 'empty_task' } });
		expect(playground.session.hint?.code).toBe('empty_task');
		playground.session.draft = 'Now';
		expect(playground.session.hint).toBeNull();
	});

	test('a second task while one is at work is refused', async () => {
		const { playground } = await makePlayground({ script: [LOOK, 'x'], results: ['hang'] });
		const first = playground.session.submit('One');
		expect(await playground.session.submit('Two')).toMatchObject({ ok: false, error: { code: 'busy' } });
		playground.session.stop();
		await first;
	});

	test('a task without a model goes back into the composer', async () => {
		const { playground } = await makePlayground({ catalogue: [] });
		playground.session.draft = 'Think';
		const outcome = await playground.session.submit(playground.session.draft);
		expect(outcome).toMatchObject({ ok: false, error: { code: 'model_not_loaded' } });
		expect(playground.session.draft).toBe('Think');
		expect(playground.session.hint?.code).toBe('model_not_loaded');
	});
});

describe('a reload', () => {
	test('brings back a finished session', async () => {
		const { playground, store } = await makePlayground({ script: [LOOK, 'It is 1.'], results: [{ stdout: '1\n' }] });
		await playground.session.submit('Look');
		const after = await makePlayground({ store });
		await after.playground.library.look();
		expect(after.playground.library.summaries).toMatchObject([{ title: 'Look', marks: ['ok', 'answer'] }]);
		await after.playground.library.open(playground.session.id, after.playground.session);
		expect(after.playground.session.runs).toEqual(playground.session.runs);
		expect(after.playground.session.isForgotten).toBe(true);
	});

	test('in the middle keeps steps, what was being written, and the draft; the run can be continued', async () => {
		const settings = new MemorySettings();
		const { playground, store } = await makePlayground({
			settings,
			script: [LOOK, 'a b c d e f g h i j k l m n o p q r s t u v w x y z '.repeat(20)],
			results: [{ stdout: '1\n' }],
			pacing: { pieceMs: 10 },
		});
		const { session } = playground;
		session.draft = 'my next idea';
		const run = session.submit('Look');
		session.draft = 'my next idea';
		await until(() => session.runs[0]?.steps.length === 1 && session.live?.reply.includes('d e f') === true);
		await new Promise((resolve) => setTimeout(resolve, 100));

		const after = await makePlayground({ store, settings, script: ['Done.'] });
		await after.playground.library.open(session.id, after.playground.session);
		const restored = after.playground.session;
		expect(restored.runs[0]?.steps).toHaveLength(1);
		expect(restored.runs[0]?.stopReason).toBeNull();
		expect(restored.runs[0]?.partialReply).toContain('d e f');
		expect(restored.draft).toBe('my next idea');
		expect(restored.isForgotten).toBe(true);
		session.stop();
		await run;
		await session.settled();
		const outcome = await restored.resume();
		expect(outcome.ok && outcome.trajectory.answer).toBe('Done.');
		expect(restored.runs[0]?.steps).toHaveLength(2);
	});

	test('offers to lead Python to the state after the last action', async () => {
		const { playground, store } = await makePlayground({
			script: ['<execute>\na = 1\n</execute>', '<execute>\nprint(a)\n</execute>', 'Done.'],
			results: [{}, { stdout: '1\n' }],
		});
		await playground.session.submit('Two steps');
		const after = await makePlayground({ store });
		await after.playground.library.open(playground.session.id, after.playground.session);
		await after.playground.session.rerun();
		expect(after.runtime.restoredTo).toEqual([2]);
		expect(after.playground.session.isForgotten).toBe(false);
		expect(after.playground.session.runs).toEqual(playground.session.runs);
	});
});

describe('models', () => {
	const large = card({ id: 'large', name: 'Large', source: 'download' });

	test('one that would have to be downloaded is asked about first', async () => {
		const { playground } = await makePlayground({ catalogue: [card(), large] });
		await playground.engine.choose(large);
		expect(playground.engine.question?.id).toBe('large');
		expect(playground.engine.card?.id).toBe('scripted');
		await playground.engine.answer(false);
		expect(playground.engine.card?.id).toBe('scripted');
		await playground.engine.choose(large);
		await playground.engine.answer(true);
		expect(playground.engine).toMatchObject({ phase: 'ready', question: null });
		expect(playground.engine.card?.id).toBe('large');
	});

	test('one that needs WebGPU is refused in place where there is none', async () => {
		const needy = card({ id: 'needy', needs: { webgpu: true, shaderF16: false, memoryBytes: 0 } });
		const { playground } = await makePlayground({ catalogue: [card(), needy] });
		await playground.engine.choose(needy);
		expect(playground.engine.refusal).toMatchObject({ modelId: 'needy', error: { code: 'webgpu_unavailable' } });
		expect(playground.engine.card?.id).toBe('scripted');
	});
});

test('Python that had to be ended is said to have lost its variables', async () => {
	const { playground } = await makePlayground({
		script: [LOOK, '<execute>\nwhile True: pass\n</execute>', 'Done.'],
		results: [{ stdout: '1\n' }, { status: 'interrupted', state: 'lost' }],
	});
	await playground.session.submit('Look twice');
	expect(playground.session.isForgotten).toBe(true);
});

test('a deleted session can be put back', async () => {
	const { playground } = await makePlayground({ script: ['Hi.'] });
	await playground.session.submit('Greet');
	const { id } = playground.session;
	await playground.library.remove(id, playground.session);
	expect(playground.library.summaries).toEqual([]);
	expect(playground.session.runs).toEqual([]);
	await playground.library.undo();
	expect(playground.library.summaries.map((summary) => summary.title)).toEqual(['Greet']);
});

test('a question for a grant is denied when the run is stopped', async () => {
	const { playground } = await makePlayground();
	const decision = playground.network.ask(
		{ host: 'index.example', url: 'x', purpose: 'packageIndex' },
		new AbortController().signal,
	);
	expect(playground.network.question?.host).toBe('index.example');
	playground.session.stop();
	expect(await decision).toBe('deny');
	expect(playground.network.question).toBeNull();
});
