import { describe, expect, it } from 'vitest';
import { parseTable, previewOf } from '../../src/ui/files/preview';

const of = (path: string, text: string) => previewOf(path, new Blob([text]));

describe('a table', () => {
	it('is read with quoted cells, that may hold delimiters, quotes and line ends', () => {
		expect(parseTable('a,b\r\n"x, y","he said ""hi""\nto me"\n', ',')).toEqual([
			['a', 'b'],
			['x, y', 'he said "hi"\nto me'],
		]);
	});

	it('is read with semicolons or tabs as well', async () => {
		expect(await of('a.csv', 'a;b\n1,5;2\n')).toMatchObject({
			rows: [
				['a', 'b'],
				['1,5', '2'],
			],
		});
		expect(await of('a.tsv', 'a\tb\n1\t\n')).toMatchObject({
			rows: [
				['a', 'b'],
				['1', ''],
			],
		});
	});

	it('is cut to two hundred rows, and what was read of a row in half is left out', async () => {
		const long = await of('a.csv', `a\n${'1\n'.repeat(500)}`);
		expect(long).toMatchObject({ kind: 'table', isCut: true });
		expect(long.kind === 'table' && long.rows.length).toBe(201);
		const wide = await of('a.csv', `a,b\n1,2\n3,${'x'.repeat(300_000)}`);
		expect(wide).toMatchObject({
			rows: [
				['a', 'b'],
				['1', '2'],
			],
			isCut: true,
		});
	});
});

describe('a text', () => {
	it('is cut to five hundred lines', async () => {
		const preview = await of('a.log', 'line\n'.repeat(501));
		expect(preview).toMatchObject({ kind: 'text', isCut: true });
		expect(preview.kind === 'text' && preview.text.split('\n')).toHaveLength(500);
		expect(await of('a.log', 'line\n'.repeat(500))).toMatchObject({ isCut: false });
	});

	it('is indented where it is JSON, and left as it is where it only says so', async () => {
		expect(await of('a.json', '{"a":[1]}')).toMatchObject({ text: '{\n  "a": [\n    1\n  ]\n}' });
		expect(await of('a.json', '{"a":')).toMatchObject({ text: '{"a":' });
	});
});

it('a file with bytes that are no text has no preview', async () => {
	expect(await of('a.bin', 'a\u0000b')).toEqual({ kind: 'none' });
});

it('an image has its type by its name', async () => {
	const preview = await of('a.SVG', '<svg/>');
	expect(preview.kind === 'image' && preview.blob.type).toBe('image/svg+xml');
});
