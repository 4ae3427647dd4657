import { expect, test } from 'vitest';
import { makePlayground } from './playground';

const ACTS = ['x = 1', 'x += 1', 'x += 1'].map((code) => `<execute>\n${code}\n</execute>`);

async function threeSteps(): Promise<Awaited<ReturnType<typeof makePlayground>>> {
	const made = await makePlayground({ script: [...ACTS, 'Done.', 'Done again.'], results: [{}, {}, {}] });
	await made.playground.session.submit('Count');
	return made;
}

test('going back to a step takes Python there, and the later steps leave the page', async () => {
	const { playground, runtime } = await threeSteps();
	const { session, rewind } = playground;
	expect(rewind.canGoBackTo(0, 0)).toBe(true);
	await rewind.back(0, 0);
	expect(session.runs[0]?.steps.map(({ action }) => action?.code)).toEqual(['x = 1']);
	expect(session.runs[0]).toMatchObject({ answer: null, stopReason: 'stopped' });
	expect(rewind.restored?.by).toBe('memory');
	expect(runtime.restoredTo).toEqual([1]);
});

test('the session as it was stays kept, and going forward shows it again', async () => {
	const { playground, runtime } = await threeSteps();
	const { session, rewind, library } = playground;
	const { id, runs } = session;
	await rewind.back(0, 1);
	await session.settled();
	expect(session.id).not.toBe(id);
	expect(library.summaries).toHaveLength(2);
	expect(rewind.canGoForward).toBe(true);
	await rewind.forward();
	expect(session.id).toBe(id);
	expect(session.runs).toEqual(runs);
	expect(runtime.restoredTo).toEqual([2, 3]);
	expect(rewind.canGoForward).toBe(false);
});

test('a run goes on from the step that was gone back to', async () => {
	const { playground } = await threeSteps();
	await playground.rewind.back(0, 0);
	expect(playground.session.resumable).not.toBeNull();
	await playground.session.resume();
	expect(playground.session.runs[0]).toMatchObject({ stopReason: 'answered', answer: 'Done again.' });
});

test('where Python cannot get there, the page stays as it is and says why', async () => {
	const { playground, runtime } = await threeSteps();
	await runtime.drop(1);
	const { runs } = playground.session;
	await playground.rewind.back(0, 0);
	expect(playground.session.runs).toBe(runs);
	expect(playground.rewind.error?.code).toBe('checkpoint_gone');
});
