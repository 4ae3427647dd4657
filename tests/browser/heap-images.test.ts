import { expect, test } from 'vitest';
import { HeapImageStore } from '../../src/adapters/storage/heap-image-store';
import type { HeapImage } from '../../workers/python/image/heap-image';

let made = 0;
const folder = (): string => `images-${Date.now()}-${(made += 1)}`;

/** An image that is small, and otherwise like one. */
function image(fill: number): HeapImage {
	return {
		recipe: 'ü',
		mark: { references: 7, tableLength: 10, handles: 2 },
		memory: { bytes: 65_536, runs: [[1, 1]], pages: new Uint8Array(4096).fill(fill).buffer },
		stackPointer: 5,
		handles: [1, 2],
		references: [{ kind: 'none' }, { kind: 'path', path: ['global', 'fetch'] }],
		known: [1],
		strings: [null, 'length'],
		linked: { libraries: [], slots: [], symbolSlots: [], tableLength: 10, offsets: {}, handles: {}, packages: {} },
		files: {
			nodes: [{ path: '/a', mode: 33_206, timestamp: 1, start: 0, length: 3, link: '' }],
			bytes: new Uint8Array([1, 2, fill]).buffer,
			streams: [],
			currentPath: '/',
		},
	};
}

test('the image of a session comes back whole, also in another page', async () => {
	const name = folder();
	await new HeapImageStore(name).save('s', 'after step 2', image(9));
	expect(await new HeapImageStore(name).open('s', 'after step 2')).toEqual(image(9));
});

test('an image of another state of the session is not given out', async () => {
	const store = new HeapImageStore(folder());
	await store.save('s', 'one', image(1));
	expect(await store.open('s', 'two')).toBeNull();
	expect(await store.open('other', 'one')).toBeNull();
	await store.save('s', 'two', image(2));
	expect(await store.open('s', 'one')).toBeNull();
	expect(await store.open('s', 'two')).toEqual(image(2));
});

test('only the newest are kept', async () => {
	const store = new HeapImageStore(folder(), 2);
	for (const name of ['a', 'b', 'c']) {
		await store.save(name, '', image(3));
		// Files know when they were written by the millisecond.
		const written = Date.now();
		await expect.poll(() => Date.now()).toBeGreaterThan(written);
	}
	expect(await store.open('a', '')).toBeNull();
	expect(await store.open('b', '')).toEqual(image(3));
	expect(await store.open('c', '')).toEqual(image(3));
});

test('an image that is removed, or cannot be read, is one that is not there', async () => {
	const name = folder();
	const store = new HeapImageStore(name);
	await store.save('s', '', image(4));
	await store.remove('s');
	await store.remove('s');
	expect(await store.open('s', '')).toBeNull();
	const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(name);
	const writable = await (await root.getFileHandle('s', { create: true })).createWritable();
	await writable.write('not an image at all');
	await writable.close();
	expect(await store.open('s', '')).toBeNull();
});
