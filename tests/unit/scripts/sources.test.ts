import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MODEL_WEBGPU, PYODIDE } from '../../../scripts/onboard/manifest.mjs';
import { pipSource, shardSource, webSource } from '../../../scripts/onboard/sources.mjs';
import { zipFile } from './zip-file';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'sources-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a package of the Python index', () => {
	test('gives files out of the downloaded package in the cache, without pip', async () => {
		const zip = zipFile([{ name: 'mirror/assets/numpy.whl', bytes: Buffer.from('numpy') }]);
		await writeFile(join(folder, 'mirror-1.0.whl'), zip);
		const source = pipSource({
			requirement: 'mirror==1.0',
			folder: 'mirror/assets/',
			cacheFolder: folder,
			log: () => undefined,
		});
		expect(String(await source.read('numpy.whl'))).toBe('numpy');
		await expect(source.read('scipy.whl')).rejects.toThrow('mirror==1.0 has no mirror/assets/scipy.whl');
	});
});

describe('a host on the web', () => {
	test('gives files, and says what it answered for those that it has not', async () => {
		const server = createServer((request, response) => {
			if (request.url === '/full/there.whl') response.end('bytes');
			else response.writeHead(404).end();
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		try {
			const source = webSource('web', `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/full/`);
			await expect(source.read('gone.whl')).rejects.toThrow(/gone\.whl answered 404/);
			expect(String(await source.read('there.whl'))).toBe('bytes');
		} finally {
			server.close();
		}
	});

	test('is not asked again when it cannot be reached', async () => {
		const server = createServer();
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		const { port } = server.address() as AddressInfo;
		await new Promise((done) => server.close(done));
		const source = webSource('web', `http://127.0.0.1:${String(port)}/`);
		const first = await source.read('a.whl').catch((error: unknown) => error);
		const second = await source.read('b.whl').catch((error: unknown) => error);
		expect(first).toMatchObject({ code: 'host_unreachable', message: expect.stringContaining('cannot be reached') });
		expect(second).toBe(first);
	});
});

test('shards are not made without the model, and the reason names it', async () => {
	const source = shardSource({ gguf: join(folder, 'none.gguf'), libraryFolder: MODEL_WEBGPU.folder });
	await expect(source.read('params_shard_0.bin')).rejects.toMatchObject({ code: 'model_missing' });
});

describe('the manifest', () => {
	test('belongs to the Pyodide of package.json, and every package is in its lock', async () => {
		const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
		const { info, packages } = JSON.parse(await readFile('node_modules/pyodide/pyodide-lock.json', 'utf8'));
		expect(info.version).toBe(dependencies.pyodide);
		expect(PYODIDE.cdn).toContain(`/v${String(dependencies.pyodide)}/`);
		for (const name of PYODIDE.packages) expect(packages).toHaveProperty([name]);
	});

	test('has every package on board that another one on board depends on', async () => {
		const { packages } = JSON.parse(await readFile('node_modules/pyodide/pyodide-lock.json', 'utf8'));
		for (const name of PYODIDE.packages) {
			for (const needed of packages[name].depends) {
				expect(PYODIDE.packages, name).toContain(String(needed).replaceAll('_', '-'));
			}
		}
	});

	test('names the shards that the WebGPU library names', async () => {
		const { records } = JSON.parse(await readFile(`${MODEL_WEBGPU.folder}tensor-cache.json`, 'utf8'));
		expect(Object.fromEntries(Object.entries(MODEL_WEBGPU.shards).map(([name, { bytes }]) => [name, bytes]))).toEqual(
			Object.fromEntries(
				records.map(({ dataPath, nbytes }: { dataPath: string; nbytes: number }) => [dataPath, nbytes]),
			),
		);
	});
});
