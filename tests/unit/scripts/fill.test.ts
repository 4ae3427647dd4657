import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../../scripts/onboard/files.mjs';
import { fill, type Source, type Wanted } from '../../../scripts/onboard/fill.mjs';

const right = Buffer.from('the right bytes');
const wrong = Buffer.from('bytes of somebody else');

let folder: string;
let lines: string[];
let asked: string[];

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'fill-'));
	lines = [];
	asked = [];
});
afterEach(() => rm(folder, { recursive: true }));

function source(name: string, bytes: Buffer | Error): Source {
	return {
		name,
		read: (file) => {
			asked.push(`${name}: ${file}`);
			return bytes instanceof Error ? Promise.reject(bytes) : Promise.resolve(bytes);
		},
	};
}

function want(file: string, ...sources: Source[]): Wanted {
	return { path: `pyodide/${file}`, file, part: 'packages', sha256: sha256(right), sources };
}

const fillAll = (...wanted: Wanted[]) =>
	fill(wanted, {
		publicFolder: join(folder, 'public'),
		cacheFolder: join(folder, 'cache'),
		log: (line) => lines.push(line),
		progress: () => undefined,
	});

const read = (file: string) => readFile(join(folder, 'public', 'pyodide', file));

async function put(file: string, bytes: Buffer): Promise<void> {
	await mkdir(join(folder, 'public', 'pyodide'), { recursive: true });
	await writeFile(join(folder, 'public', 'pyodide', file), bytes);
}

describe('fill', () => {
	test('writes a file with the right hash, and tells which source it came from', async () => {
		const { files, missing, origins } = await fillAll(want('a.whl', source('index', right)));
		expect(await read('a.whl')).toEqual(right);
		expect(files).toEqual([{ path: 'pyodide/a.whl', bytes: right.length, sha256: sha256(right), part: 'packages' }]);
		expect(missing).toEqual([]);
		expect([...origins]).toEqual([['index', 1]]);
	});

	test('keeps a file that is right and asks nobody', async () => {
		await put('a.whl', right);
		const { files, origins } = await fillAll(want('a.whl', source('index', right)));
		expect(files).toHaveLength(1);
		expect(asked).toEqual([]);
		expect(origins.size).toBe(0);
	});

	test('refuses wrong bytes with the file, both hashes and the source, and takes the next source', async () => {
		const { files, origins } = await fillAll(want('a.whl', source('mirror', wrong), source('cdn', right)));
		const refusal = lines.find((line) => line.startsWith('wrong_hash'));
		for (const part of ['pyodide/a.whl', sha256(wrong), sha256(right), 'mirror']) expect(refusal).toContain(part);
		expect(files).toHaveLength(1);
		expect([...origins.keys()]).toEqual(['cdn']);
		expect(await read('a.whl')).toEqual(right);
	});

	test('does not write refused bytes, and lists the file as missing with the reason of every source', async () => {
		const { files, missing } = await fillAll(
			want('a.whl', source('mirror', wrong), source('cdn', new Error('no answer'))),
			want('b.whl', source('cdn', right)),
		);
		expect(missing).toEqual([
			{ part: 'packages', path: 'pyodide/a.whl', why: expect.stringMatching(/refused.*mirror.*cdn: no answer/) },
		]);
		expect(files.map(({ path }) => path)).toEqual(['pyodide/b.whl']);
		await expect(read('a.whl')).rejects.toThrow(/ENOENT/);
	});

	test('replaces a damaged copy, and says so', async () => {
		await put('a.whl', wrong);
		await fillAll(want('a.whl', source('index', right)));
		expect(await read('a.whl')).toEqual(right);
		expect(lines[0]).toContain('the copy on this machine');
	});

	test('does not keep a damaged copy that cannot be replaced', async () => {
		await put('a.whl', wrong);
		const { missing } = await fillAll(want('a.whl', source('index', new Error('no network'))));
		expect(missing).toHaveLength(1);
		await expect(read('a.whl')).rejects.toThrow(/ENOENT/);
	});

	test('tells once that a source is out of reach, however many files it should have given', async () => {
		const down = source('cdn', new Error('no network'));
		await fillAll(want('a.whl', down), want('b.whl', down), want('c.whl', down));
		expect(lines).toEqual(['  nothing from cdn: no network']);
	});

	test('leaves no unfinished files behind', async () => {
		await fillAll(want('a.whl', source('index', right)));
		expect(await readdir(join(folder, 'cache'))).toEqual([]);
		expect(await readdir(join(folder, 'public', 'pyodide'))).toEqual(['a.whl']);
	});
});
