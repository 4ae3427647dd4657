import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { IdbSessionStore } from '../../src/adapters/storage/idb-session-store';
import { PlaygroundError } from '../../src/core/errors';
import type { SessionChange } from '../../src/core/storage';
import type { Trajectory } from '../../src/core/trajectory';
import { Saver } from '../../src/state/saver';
import { makePlayground } from './playground';

let made = 0;
const name = (): string => `store-${Date.now()}-${(made += 1)}`;

function run(id: string, change: Partial<Trajectory> = {}): Trajectory {
	return {
		version: 2,
		id,
		createdAt: '2026-01-01T00:00:00.000Z',
		task: `Task ${id}`,
		files: [],
		model: 'scripted',
		profile: 'general',
		limits: { steps: 8, timeMs: 1000, tokens: 1000, actionMs: 1000 },
		steps: [],
		answer: null,
		answerSource: null,
		stopReason: null,
		error: null,
		partialReply: null,
		...change,
	};
}

function change(id: string, runs: readonly Trajectory[], updatedAt = '2026-01-01T00:00:00.000Z'): SessionChange {
	return {
		summary: { id, title: id, createdAt: '2026-01-01T00:00:00.000Z', updatedAt, marks: [] },
		runs: runs.map((trajectory, index) => ({ index, trajectory })),
		leftover: null,
	};
}

test('a session is kept whole, and sessions are listed newest first', async () => {
	const store = new IdbSessionStore(name());
	await store.save(change('old', [run('a')], '2026-01-01T00:00:00.000Z'));
	await store.save(change('new', [run('b'), run('c')], '2026-01-02T00:00:00.000Z'));
	expect((await store.list()).map(({ id }) => id)).toEqual(['new', 'old']);
	expect((await store.open('new'))?.runs.map(({ id }) => id)).toEqual(['b', 'c']);
	expect(await store.open('none')).toBeNull();
});

test('a change writes the runs that it names and leaves the others', async () => {
	const store = new IdbSessionStore(name());
	await store.save(change('s', [run('a'), run('b')]));
	await store.save({ ...change('s', []), runs: [{ index: 1, trajectory: run('b', { answer: 'Yes.' }) }] });
	const record = await store.open('s');
	expect(record?.runs.map(({ answer }) => answer)).toEqual([null, 'Yes.']);
});

test('what a step at work had brought is kept beside, and goes when it ends', async () => {
	const store = new IdbSessionStore(name());
	const leftover = { runId: 'a', reply: 'I was wri', output: '' };
	await store.save({ ...change('s', [run('a')]), leftover });
	expect((await store.open('s'))?.leftover).toEqual(leftover);
	await store.save(change('s', []));
	expect((await store.open('s'))?.leftover).toBeNull();
});

test('a removed session leaves nothing behind', async () => {
	const store = new IdbSessionStore(name());
	await store.save(change('s', [run('a')]));
	await store.save(change('t', [run('b')]));
	await store.remove('s');
	expect(await store.open('s')).toBeNull();
	expect((await store.open('t'))?.runs).toHaveLength(1);
});

test('a session of a later version is refused with a code and left as it is', async () => {
	const database = name();
	const store = new IdbSessionStore(database);
	await store.save(change('s', [run('a')]));
	await store.close();
	const raw = await openDB(database);
	await raw.put('runs', { sessionId: 's', index: 0, trajectory: { ...run('a'), version: 99 } });
	raw.close();
	await expect(store.open('s')).rejects.toMatchObject({ code: 'session_unreadable' });
	const again = await openDB(database);
	expect(await again.get('runs', ['s', 0])).toMatchObject({ trajectory: { version: 99 } });
	again.close();
});

test('changes that come while one is written are merged, and none is left out', async () => {
	const store = new IdbSessionStore(name());
	let writes = 0;
	const counting = {
		list: () => store.list(),
		open: (id: string) => store.open(id),
		remove: (id: string) => store.remove(id),
		save: (next: SessionChange) => {
			writes += 1;
			return store.save(next);
		},
	};
	const saver = new Saver(counting, () => undefined);
	for (let index = 0; index < 50; index += 1) {
		saver.save({ ...change('s', []), runs: [{ index, trajectory: run(`r${index}`) }] });
	}
	await saver.settled();
	expect(writes).toBe(2);
	expect((await store.open('s'))?.runs).toHaveLength(50);
});

test('storage that fails is said once, while the app goes on', async () => {
	const store = new IdbSessionStore(name());
	store.save = () => Promise.reject(new PlaygroundError('storage_full'));
	const { playground } = await makePlayground({ store, script: ['One.', 'Two.'] });
	await playground.session.submit('First');
	const outcome = await playground.session.submit('Second');
	expect(outcome.ok && outcome.trajectory.answer).toBe('Two.');
	expect(playground.notices.list.map(({ code }) => code)).toEqual(['storage_full']);
});
