import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../../scripts/serve.mjs';

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const policies = {
	page: 'page-policy',
	modelWorker: 'model-policy',
	fetchWorker: 'fetch-policy',
	other: 'other-policy',
};

let outside: string;
let root: string;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
	outside = await mkdtemp(join(tmpdir(), 'serve-'));
	root = join(outside, 'dist');
	await mkdir(join(root, 'assets'), { recursive: true });
	await mkdir(join(root, 'models'));
	await writeFile(join(outside, 'secret.txt'), 'secret');
	await mkdir(join(outside, 'dist-of-another'));
	await writeFile(join(outside, 'dist-of-another', 'secret.txt'), 'secret');
	await writeFile(join(root, 'headers.json'), JSON.stringify({ isolation, policies }));
	await writeFile(join(root, 'index.html'), '<!doctype html><title>app</title>');
	await writeFile(join(root, 'models', 'tiny.gguf'), '0123456789');
	await writeFile(join(root, 'empty.txt'), '');
	for (const name of [
		'index-1.js',
		'model.worker-1.js',
		'fetch.worker-1.js',
		'probe.worker-1.js',
		'font-1.woff2',
		'a-1.wasm',
	]) {
		await writeFile(join(root, 'assets', name), `content of ${name}`);
	}
	server = await serve({ root, port: 0 });
});
afterAll(async () => {
	await server.close();
	await rm(outside, { recursive: true });
});

const get = (path: string, init: RequestInit = {}) => fetch(server.url + path, init);

/** The status of an address as it is written, which `fetch` would tidy up first. */
function statusOf(path: string): Promise<number> {
	return new Promise((done, fail) => {
		request({ host: '127.0.0.1', port: server.port, path }, (response) => {
			response.resume();
			done(response.statusCode ?? 0);
		})
			.on('error', fail)
			.end();
	});
}

describe('serve', () => {
	test('gives the page of the root with the isolation headers and the policy of the page', async () => {
		const response = await get('');
		expect(await response.text()).toContain('<title>app</title>');
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'content-type': 'text/html; charset=utf-8',
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-embedder-policy': 'require-corp',
			'content-security-policy': 'page-policy',
			'cache-control': 'no-cache',
		});
	});

	test('gives each thread its own policy, and files that nobody runs none', async () => {
		const policyOf = async (path: string) => (await get(path)).headers.get('content-security-policy');
		expect(await policyOf('assets/model.worker-1.js')).toBe('model-policy');
		expect(await policyOf('assets/fetch.worker-1.js')).toBe('fetch-policy');
		expect(await policyOf('assets/probe.worker-1.js')).toBe('fetch-policy');
		expect(await policyOf('assets/index-1.js')).toBe('other-policy');
		expect(await policyOf('models/tiny.gguf')).toBeNull();
	});

	test('lets the probe see answers of hosts that know nothing of isolation', async () => {
		const embedding = async (path: string) => (await get(path)).headers.get('cross-origin-embedder-policy');
		expect(await embedding('assets/probe.worker-1.js')).toBe('credentialless');
		expect(await embedding('assets/fetch.worker-1.js')).toBe('require-corp');
	});

	test('names the types that browsers insist on', async () => {
		const typeOf = async (path: string) => (await get(path)).headers.get('content-type');
		expect(await typeOf('assets/a-1.wasm')).toBe('application/wasm');
		expect(await typeOf('assets/index-1.js')).toMatch(/^text\/javascript/);
		expect(await typeOf('assets/font-1.woff2')).toBe('font/woff2');
		expect(await typeOf('models/tiny.gguf')).toBe('application/octet-stream');
	});

	test('lets hashed files be kept for good, and sends nothing twice', async () => {
		const first = await get('assets/index-1.js');
		expect(first.headers.get('cache-control')).toContain('immutable');
		const etag = first.headers.get('etag') ?? '';
		const second = await get('assets/index-1.js', { headers: { 'If-None-Match': etag } });
		expect(second.status).toBe(304);
		expect(second.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
		await utimes(join(root, 'assets', 'index-1.js'), 1, 1);
		expect((await get('assets/index-1.js', { headers: { 'If-None-Match': etag } })).status).toBe(200);
	});

	test.each([
		['bytes=2-4', '234', 'bytes 2-4/10'],
		['bytes=7-', '789', 'bytes 7-9/10'],
		['bytes=-2', '89', 'bytes 8-9/10'],
		['bytes=8-100', '89', 'bytes 8-9/10'],
	])('gives the range %s', async (range, text, contentRange) => {
		const response = await get('models/tiny.gguf', { headers: { Range: range } });
		expect(response.status).toBe(206);
		expect(response.headers.get('content-range')).toBe(contentRange);
		expect(response.headers.get('content-length')).toBe(String(text.length));
		expect(await response.text()).toBe(text);
	});

	test('says so when a range lies outside, and gives the whole file when it has changed since', async () => {
		const beyond = await get('models/tiny.gguf', { headers: { Range: 'bytes=10-' } });
		expect(beyond.status).toBe(416);
		expect(beyond.headers.get('content-range')).toBe('bytes */10');
		const changed = await get('models/tiny.gguf', { headers: { Range: 'bytes=2-4', 'If-Range': '"another"' } });
		expect(changed.status).toBe(200);
		expect(await changed.text()).toBe('0123456789');
	});

	test('answers HEAD with the length and no body, and empty files as well', async () => {
		const head = await get('models/tiny.gguf', { method: 'HEAD' });
		expect(head.headers.get('content-length')).toBe('10');
		expect(await head.text()).toBe('');
		const empty = await get('empty.txt');
		expect(empty.status).toBe(200);
		expect(await empty.text()).toBe('');
	});

	test('gives nothing from outside of the root', async () => {
		for (const path of [
			'/../secret.txt',
			'/%2e%2e/secret.txt',
			'/assets/..%2f..%2fsecret.txt',
			'/../dist-of-another/secret.txt',
			'/%00',
			'/%',
		]) {
			expect(await statusOf(path), path).toBe(400);
		}
	});

	test('refuses what it has not and what it does not do', async () => {
		expect((await get('nothing.js')).status).toBe(404);
		expect((await get('assets/')).status).toBe(404);
		const post = await get('', { method: 'POST' });
		expect(post.status).toBe(405);
		expect(post.headers.get('allow')).toBe('GET, HEAD');
	});

	test('takes the next free port when its own is taken', async () => {
		const second = await serve({ root, port: server.port });
		expect(second.port).toBeGreaterThan(server.port);
		expect((await fetch(second.url)).status).toBe(200);
		await second.close();
		await expect(fetch(second.url)).rejects.toThrow();
	});

	test('says that there is no build, and what to do', async () => {
		await expect(serve({ root: outside, port: 0 })).rejects.toMatchObject({
			code: 'not_built',
			next: 'Run: npm run build',
		});
	});
});
