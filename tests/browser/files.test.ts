import { describe, expect, test, vi } from 'vitest';
import { OpfsFileStore } from '../../src/adapters/storage/session-files';
import { PlaygroundError } from '../../src/core/errors';
import type { FileStore, SessionFolder } from '../../src/core/storage';
import type { SessionFiles } from '../../src/state/files.svelte';
import { makePlayground, MemorySettings } from './playground';

let made = 0;
const storeName = (): string => `files-${Date.now()}-${(made += 1)}`;
const blob = (text: string): Blob => new Blob([text]);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const paths = (files: SessionFiles): string[] => files.list.map(({ path }) => path);

async function textOf(files: SessionFiles, path: string): Promise<string | undefined> {
	return files.list.find((file) => file.path === path)?.blob?.text();
}

/** A playground whose Python is up. */
async function withPython(scenario: Parameters<typeof makePlayground>[0] = {}): ReturnType<typeof makePlayground> {
	const made = await makePlayground(scenario);
	await made.playground.python.boot();
	return made;
}

/** A store in which every write fails with `code`, until it is `mended`. */
class BrokenStore implements FileStore {
	isMended = false;
	readonly #inner = new OpfsFileStore(storeName());

	constructor(private readonly code: 'storage_full') {}

	async open(sessionId: string): Promise<SessionFolder> {
		const folder = await this.#inner.open(sessionId);
		return {
			keeping: folder.keeping,
			list: () => folder.list(),
			write: (path, contents) =>
				this.isMended ? folder.write(path, contents) : Promise.reject(new PlaygroundError(this.code)),
			remove: (path) => folder.remove(path),
			close: () => folder.close(),
		};
	}
	remove = (sessionId: string): Promise<void> => this.#inner.remove(sessionId);
	sweep = (kept: readonly string[]): Promise<void> => this.#inner.sweep(kept);
}

describe('the store', () => {
	test('gives back the files of a session, in folders, with any name that a file system takes', async () => {
		const store = new OpfsFileStore(storeName());
		const folder = await store.open('s');
		expect(folder.keeping).toBe('device');
		for (const path of ['a.txt', 'out/deep/b (2).txt', 'ünï/数据 #1?.csv', '.hidden', '%2F']) {
			await folder.write(path, blob(path));
		}
		folder.close();
		const again = await store.open('s');
		const files = await again.list();
		expect(files.map(({ path }) => path).sort()).toEqual(
			['%2F', '.hidden', 'a.txt', 'out/deep/b (2).txt', 'ünï/数据 #1?.csv'].sort(),
		);
		for (const file of files) expect(await file.blob.text()).toBe(file.path);
		again.close();
	});

	test('lets a second tab have copies, and what that one writes is not kept', async () => {
		const store = new OpfsFileStore(storeName());
		const first = await store.open('s');
		await first.write('a.txt', blob('first'));
		const second = await store.open('s');
		expect(second.keeping).toBe('otherTab');
		expect(await (await second.list())[0]?.blob.text()).toBe('first');
		await second.write('a.txt', blob('second'));
		expect(await (await first.list())[0]?.blob.text()).toBe('first');
		first.close();
		second.close();
		const third = await store.open('s');
		expect(third.keeping).toBe('device');
		expect(await (await third.list())[0]?.blob.text()).toBe('first');
		third.close();
	});

	test('sweeps away what no session has, but not what a tab has in hand', async () => {
		const store = new OpfsFileStore(storeName());
		for (const id of ['kept', 'gone']) {
			const folder = await store.open(id);
			await folder.write('a.txt', blob('a'));
			folder.close();
		}
		const inHand = await store.open('in hand');
		await inHand.write('a.txt', blob('a'));
		await store.sweep(['kept']);
		expect(await inHand.list()).toHaveLength(1);
		for (const [id, count] of [
			['kept', 1],
			['gone', 0],
		] as const) {
			const folder = await store.open(id);
			expect(await folder.list()).toHaveLength(count);
			folder.close();
		}
		inHand.close();
	});

	test('keeps files in memory where the browser has no private file system', async () => {
		const spy = vi.spyOn(navigator.storage, 'getDirectory').mockRejectedValue(new DOMException('no', 'SecurityError'));
		try {
			const folder = await new OpfsFileStore(storeName()).open('s');
			expect(folder.keeping).toBe('memory');
			await folder.write('a.txt', blob('a'));
			expect(await folder.list()).toHaveLength(1);
		} finally {
			spy.mockRestore();
		}
	});
});

describe('the files of a session', () => {
	test('go to Python and to this device when they are put in', async () => {
		const { playground, runtime } = await withPython();
		await playground.uploads.add([{ path: 'data.csv', blob: blob('a,b\n1,2\n') }]);
		await playground.files.saved();
		expect(await runtime.files.read('data.csv')).toEqual(bytes('a,b\n1,2\n'));
		expect(playground.files.list).toMatchObject([{ path: 'data.csv', bytes: 8, isKept: true }]);
		expect(playground.uploads.list).toEqual([]);
	});

	test('are told to the model with the task, and kept with the run', async () => {
		const { playground } = await withPython({ script: ['Seen.'] });
		await playground.uploads.add([{ path: 'data.csv', blob: blob('12345') }]);
		await playground.session.submit('What is in the file?');
		expect(playground.session.runs[0]?.files).toEqual([{ path: 'data.csv', bytes: 5 }]);
	});

	test('follow what an action makes, changes and removes', async () => {
		const write = () => ({ files: [{ path: 'out.txt', change: 'created', bytes: 3 } as const] });
		const { playground, runtime } = await withPython({
			script: ['<execute>\nwrite()\n</execute>', 'Done.'],
			results: [write],
		});
		await playground.uploads.add([
			{ path: 'old.txt', blob: blob('old') },
			{ path: 'same.txt', blob: blob('same') },
		]);
		await runtime.files.write('out.txt', bytes('new'), 5);
		await runtime.files.remove('old.txt');
		await playground.session.submit('Write');
		await playground.files.saved();
		expect(paths(playground.files)).toEqual(['out.txt', 'same.txt']);
		expect(await textOf(playground.files, 'out.txt')).toBe('new');
		expect(playground.files.list.every(({ isKept }) => isKept)).toBe(true);
	});

	test('are back after a reload, before the first action', async () => {
		const fileStore = new OpfsFileStore(storeName());
		const first = await withPython({ fileStore, script: ['Hi.'] });
		await first.playground.uploads.add([{ path: 'in/data.csv', blob: blob('kept') }]);
		await first.playground.session.submit('Greet');
		await first.playground.files.saved();
		first.playground.files.close();
		const after = await withPython({ fileStore, store: first.store });
		await after.playground.library.restore(first.playground.session.id, after.playground.session);
		await after.playground.files.settled();
		expect(await textOf(after.playground.files, 'in/data.csv')).toBe('kept');
		expect(await after.runtime.files.read('in/data.csv')).toEqual(bytes('kept'));
	});

	test('are back after a reload where no task was given yet', async () => {
		const fileStore = new OpfsFileStore(storeName());
		const settings = new MemorySettings();
		const first = await withPython({ fileStore, settings });
		await first.playground.uploads.add([{ path: 'data.csv', blob: blob('kept') }]);
		await first.playground.files.saved();
		first.playground.files.close();
		const after = await withPython({ fileStore, settings, store: first.store });
		await after.playground.library.restore(settings.read('session') ?? '', after.playground.session);
		await after.playground.files.settled();
		expect(paths(after.playground.files)).toEqual(['data.csv']);
	});

	test('stay behind in a new session, and come back with the old one', async () => {
		const { playground, runtime } = await withPython({ script: ['Hi.'] });
		await playground.uploads.add([{ path: 'data.csv', blob: blob('kept') }]);
		await playground.session.submit('Greet');
		const { id } = playground.session;
		await playground.session.newSession();
		expect(paths(playground.files)).toEqual([]);
		expect(await runtime.files.list()).toEqual([]);
		await playground.library.open(id, playground.session);
		expect(paths(playground.files)).toEqual(['data.csv']);
		expect(await runtime.files.read('data.csv')).toEqual(bytes('kept'));
	});

	test('are put back when the deletion of their session is undone, and go with the next one', async () => {
		const { playground, fileStore } = await withPython({ script: ['Hi.', 'Hi.'] });
		await playground.uploads.add([{ path: 'data.csv', blob: blob('kept') }]);
		await playground.session.submit('Greet');
		const { id } = playground.session;
		await playground.library.remove(id, playground.session);
		await playground.library.undo();
		await playground.library.open(id, playground.session);
		expect(paths(playground.files)).toEqual(['data.csv']);
		await playground.library.remove(id, playground.session);
		await playground.session.submit('Again');
		await playground.library.remove(playground.session.id, playground.session);
		const folder = await fileStore.open(id);
		expect(await folder.list()).toEqual([]);
		folder.close();
	});

	test('go back in time with Python, while the session as it was keeps its own', async () => {
		const created = (path: string) => ({ files: [{ path, change: 'created', bytes: 1 } as const] });
		const { playground, runtime } = await withPython({
			script: ['<execute>\na()\n</execute>', '<execute>\nb()\n</execute>', 'Done.'],
			results: [created('a.txt'), created('b.txt')],
		});
		const { files, session, rewind } = playground;
		await files.settled();
		await runtime.files.write('a.txt', bytes('a'), 1);
		await runtime.files.write('b.txt', bytes('b'), 2);
		await session.submit('Write');
		const { id } = session;
		await files.saved();
		// What restoring the memory of Python does to its files.
		await runtime.files.remove('b.txt');
		await rewind.back(0, 0);
		await files.saved();
		expect(paths(files)).toEqual(['a.txt']);
		expect(files.list[0]?.isKept).toBe(true);
		await playground.library.open(id, session);
		expect(paths(files)).toEqual(['a.txt', 'b.txt']);
	});

	test('that are deleted can be put back, and can be renamed', async () => {
		const { playground, runtime } = await withPython();
		const { files, uploads } = playground;
		await uploads.add([{ path: 'a.txt', blob: blob('a') }]);
		await files.saved();
		await files.remove('a.txt');
		expect(await runtime.files.list()).toEqual([]);
		await files.undo();
		expect(await textOf(files, 'a.txt')).toBe('a');
		await files.rename('a.txt', 'sub/b.txt');
		expect((await runtime.files.list()).map(({ path }) => path)).toEqual(['sub/b.txt']);
		await uploads.add([{ path: 'c.txt', blob: blob('c') }]);
		await files.rename('c.txt', 'sub/b.txt');
		expect(files.error?.code).toBe('file_exists');
		await files.rename('c.txt', '../c.txt');
		expect(files.error?.code).toBe('file_name_invalid');
		expect(paths(files)).toEqual(['c.txt', 'sub/b.txt']);
	});

	test('that are too large are refused with a code, and the others come in', async () => {
		const { playground } = await withPython();
		const large = { size: 256_000_001 } as Blob;
		await playground.uploads.add([
			{ path: 'large.bin', blob: large },
			{ path: 'small.txt', blob: blob('s') },
		]);
		expect(playground.files.error).toMatchObject({ code: 'file_too_large', detail: 'large.bin' });
		expect(paths(playground.files)).toEqual(['small.txt']);
	});

	test('stay in memory and usable where the storage is full, which is said, and are kept once there is room', async () => {
		const fileStore = new BrokenStore('storage_full');
		const { playground, runtime, storageErrors } = await withPython({ fileStore });
		await playground.uploads.add([{ path: 'a.txt', blob: blob('a') }]);
		await playground.files.saved();
		expect(storageErrors.map(({ code }) => code)).toEqual(['storage_full']);
		expect(playground.files.list).toMatchObject([{ path: 'a.txt', isKept: false }]);
		expect(await runtime.files.read('a.txt')).toEqual(bytes('a'));
		fileStore.isMended = true;
		await playground.files.keepAll();
		expect(playground.files.list).toMatchObject([{ path: 'a.txt', isKept: true }]);
	});
});

describe('a name that is taken', () => {
	const two = [
		{ path: 'data.csv', blob: blob('new') },
		{ path: 'other.csv', blob: blob('other') },
	];

	test.each([
		['replace', { 'data.csv': 'new', 'other.csv': 'other' }],
		['keepBoth', { 'data (2).csv': 'new', 'data.csv': 'old', 'other.csv': 'other' }],
		['skip', { 'data.csv': 'old', 'other.csv': 'other' }],
	] as const)('is asked about, and %s is done', async (how, expected) => {
		const { playground } = await withPython();
		const { files, uploads } = playground;
		await uploads.add([{ path: 'data.csv', blob: blob('old') }]);
		const adding = uploads.add(two);
		expect(uploads.question).toEqual(['data.csv']);
		uploads.answer(how);
		await adding;
		expect(paths(files)).toEqual(Object.keys(expected));
		for (const [path, text] of Object.entries(expected)) expect(await textOf(files, path)).toBe(text);
	});
});
