import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sha256 } from '../../../scripts/onboard/files.mjs';
import { type Wheelhouse, wheelSource, withoutPackages, withPackages } from '../../../scripts/onboard/wheelhouse.mjs';
import { zipFile } from './zip-file';

/** Python's own packages need no more than this of the lock; `ssl` is a part of the standard library. */
const LOCK = {
	info: { python: '3.12.7' },
	packages: {
		six: { name: 'six', version: '1.16.0', package_type: 'package', imports: ['six'] },
		ssl: { name: 'ssl', version: '1.0.0', package_type: 'cpython_module', imports: ['ssl', '_ssl'] },
	},
};

// pip itself is run, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let place: { publicFolder: string; cacheFolder: string; log: () => void };
const empty: Wheelhouse = { asked: [], packages: [] };

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'wheelhouse-'));
	place = { publicFolder: join(folder, 'public'), cacheFolder: join(folder, 'cache'), log: () => undefined };
	await mkdir(join(place.publicFolder, 'pyodide'), { recursive: true });
	await mkdir(join(folder, 'index'));
	await writeFile(join(place.publicFolder, 'pyodide', 'pyodide-lock.json'), JSON.stringify(LOCK));
	// pip's own index is this folder of wheels.
	vi.stubEnv('PIP_CONFIG_FILE', '/dev/null');
	vi.stubEnv('PIP_NO_INDEX', '1');
	vi.stubEnv('PIP_FIND_LINKS', join(folder, 'index'));
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await rm(folder, { recursive: true });
});

/** Puts a wheel into the index and returns its bytes. */
async function publish(
	name: string,
	{ version = '1.0', tag = 'py3-none-any', requires = [] as readonly string[], code = '' } = {},
): Promise<Buffer> {
	const info = `${name}-${version}.dist-info`;
	const metadata = [
		...['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, 'License-Expression: MIT'],
		...requires.map((one) => `Requires-Dist: ${one}`),
	];
	const wheel = zipFile(
		[
			{ name: `${name}/__init__.py`, text: code },
			{ name: `${name}/data/words.txt`, text: '' },
			{ name: `${info}/METADATA`, text: metadata.join('\n') },
			{ name: `${info}/WHEEL`, text: `Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: ${tag}` },
			{ name: `${info}/RECORD`, text: '' },
		].map(({ name: path, text }) => ({ name: path, bytes: Buffer.from(`${text}\n`) })),
	);
	await writeFile(join(folder, 'index', `${name}-${version}-${tag}.whl`), wheel);
	return wheel;
}

describe('adding a package', () => {
	test('brings what it needs in the browser, and lists each with its hash, modules and licence', async () => {
		await publish('inner', { version: '2.0' });
		await publish('inner', { version: '3.0' });
		const outer = await publish('outer', {
			requires: ['inner<3', 'six>=1', 'only-there; sys_platform == "win32"', 'extra-one; extra == "more"'],
			code: 'import ssl',
		});
		const list = await withPackages(['outer'], empty, place);
		expect(list.asked).toEqual(['outer']);
		expect(list.packages).toEqual([
			{
				name: 'outer',
				version: '1.0',
				file: 'outer-1.0-py3-none-any.whl',
				bytes: outer.length,
				sha256: sha256(outer),
				licence: 'MIT',
				imports: ['outer'],
				depends: ['inner', 'six', 'ssl'],
			},
			expect.objectContaining({ name: 'inner', version: '2.0', depends: [] }),
		]);
	});

	test('that has only native wheels, that nobody has, or that wants another version than is on board is told in one line', async () => {
		await publish('native', { tag: 'cp312-cp312-manylinux_2_17_x86_64' });
		await publish('picky', { requires: ['six>=2'] });
		await publish('hopeful', { requires: ['native'] });
		const tell = (name: string) => withPackages([name], empty, place).catch((error: unknown) => error);
		expect(await tell('native')).toMatchObject({
			code: 'wheel_unfit',
			message: 'native: the index has only wheels with native code for it, which do not run in the browser.',
		});
		expect(await tell('hopeful')).toMatchObject({ message: expect.stringMatching(/^native: the index has only/) });
		expect(await tell('nobody')).toMatchObject({ message: 'nobody: the index has no package of that name.' });
		expect(await tell('picky')).toMatchObject({
			message: 'six: picky needs six>=2, and version 1.16.0 is on board.',
		});
	});
});

test('removing a package takes along what only it needed, and not what another one needs', () => {
	const one = { version: '1.0', file: '', bytes: 1, sha256: '', licence: 'MIT', imports: [] };
	const packages = [
		{ ...one, name: 'one', depends: ['shared', 'alone'] },
		{ ...one, name: 'two', depends: ['shared'] },
		{ ...one, name: 'shared', depends: [] },
		{ ...one, name: 'alone', depends: [] },
	];
	const list: Wheelhouse = { asked: ['one', 'two'], packages };
	const rest = withoutPackages(['One'], list);
	expect([rest.asked, rest.packages.map(({ name }) => name)]).toEqual([['two'], ['two', 'shared']]);
	expect(() => withoutPackages(['shared'], list)).toThrow('shared is needed by one.');
	expect(() => withoutPackages(['nobody'], list)).toThrow('nobody is not in wheelhouse.json.');
});

describe('provisioning a list', () => {
	test('has each wheel from the index, also where one of them is gone from there', async () => {
		const there = await publish('there');
		await publish('gone');
		const { packages } = await withPackages(['there', 'gone'], empty, place);
		await rm(join(folder, 'index', 'gone-1.0-py3-none-any.whl'));
		const bare = join(folder, 'bare');
		const source = wheelSource(packages, bare, place.log);
		expect(sha256(await source.read('there-1.0-py3-none-any.whl'))).toBe(sha256(there));
		await expect(source.read('gone-1.0-py3-none-any.whl')).rejects.toMatchObject({ code: 'pip_failed' });
		expect(await readdir(join(bare, 'wheels'))).toEqual(['there-1.0-py3-none-any.whl']);
	});
});
