import { describe, expect, test } from 'vitest';
import { readZip } from '../../../scripts/onboard/zip.mjs';
import { zipFile } from './zip-file';

const text = Buffer.from('a wheel is a zip file '.repeat(50));

describe('readZip', () => {
	test('gives deflated and stored entries, under the names they have', () => {
		const zip = readZip(
			zipFile([
				{ name: 'pkg/deflated.txt', bytes: text },
				{ name: 'pkg/gespeichert-ü.bin', bytes: Buffer.from([0, 1, 2, 255]), isStored: true },
				{ name: 'empty', bytes: Buffer.alloc(0) },
			]),
		);
		expect([...zip.keys()]).toEqual(['pkg/deflated.txt', 'pkg/gespeichert-ü.bin', 'empty']);
		expect(zip.get('pkg/deflated.txt')?.()).toEqual(text);
		expect(zip.get('pkg/gespeichert-ü.bin')?.()).toEqual(Buffer.from([0, 1, 2, 255]));
		expect(zip.get('empty')?.()).toHaveLength(0);
	});

	test('finds the directory before a comment', () => {
		expect(readZip(zipFile([{ name: 'a', bytes: text }], 'made by hand')).get('a')?.()).toEqual(text);
	});

	test('says that a file which is cut short has no end record', () => {
		const zip = zipFile([{ name: 'a', bytes: text }]);
		expect(() => readZip(zip.subarray(0, zip.length - 10))).toThrow(/no end record/);
		expect(() => readZip(Buffer.alloc(3))).toThrow(/no end record/);
	});

	test('says which entry does not unpack', () => {
		const zip = zipFile([{ name: 'damaged.py', bytes: text }]);
		// Behind the 30 bytes of the local head and the name.
		zip.fill(0xff, 40, 48);
		expect(() => readZip(zip).get('damaged.py')?.()).toThrow(/damaged\.py does not unpack/);
	});

	test('does not unpack more than the directory says, so that a small file cannot fill the memory', () => {
		const zip = zipFile([{ name: 'bomb', bytes: Buffer.alloc(10_000_000) }]);
		const central = zip.indexOf(Buffer.from('504b0102', 'hex'));
		zip.writeUInt32LE(100, central + 24);
		expect(() => readZip(zip).get('bomb')?.()).toThrow(/bomb does not unpack/);
	});
});
