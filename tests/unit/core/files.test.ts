import { describe, expect, it, test } from 'vitest';
import { anotherPath, fileSize, isFilePath, mentionFiles } from '../../../src/core/files';

test.each(['data.csv', 'out/plot 1.png', '.hidden', 'ünïcode/数据.txt', 'a...b'])('%s is a path of a file', (path) => {
	expect(isFilePath(path)).toBe(true);
});

test.each([
	'',
	'/etc/passwd',
	'../up',
	'a/../b',
	'a//b',
	'./a',
	'a\\b',
	'a\u0000b',
	'a\nb',
	'\ud800',
	'x'.repeat(201),
	7,
])('%j is none', (path) => {
	expect(isFilePath(path)).toBe(false);
});

describe('another name', () => {
	it('is the first with a number that is free, before the extension', () => {
		expect(anotherPath('data.csv', (path) => path === 'data.csv')).toBe('data (2).csv');
		expect(anotherPath('a.b/data.csv', (path) => path === 'a.b/data (2).csv')).toBe('a.b/data (3).csv');
	});

	it('goes at the end where there is no extension', () => {
		expect(anotherPath('a.b/notes', () => false)).toBe('a.b/notes (2)');
		expect(anotherPath('.env', () => false)).toBe('.env (2)');
	});
});

describe('a mention of files', () => {
	it('gives whole numbers of decimal units', () => {
		expect([0, 999, 1_000, 999_499, 999_500, 12_400_000].map(fileSize)).toEqual([
			'0 B',
			'999 B',
			'1 kB',
			'999 kB',
			'1 MB',
			'12 MB',
		]);
	});

	it('counts what it does not name', () => {
		const files = Array.from({ length: 15 }, (_, index) => ({ path: `${String(index)}.txt`, bytes: 1 }));
		expect(mentionFiles(files)).toMatch(/^0\.txt \(1 B\), .*11\.txt \(1 B\) and 3 more$/);
	});
});
