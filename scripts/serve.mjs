#!/usr/bin/env node
/**
 * A static server for the built app on this machine: isolation headers and the content policy of each thread
 * (`headers.json` of the build), ranges, ETags. `node scripts/serve.mjs [--root dist] [--port 4800]`.
 */
import './node-version.mjs';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { parseArgs } from 'node:util';
import { isMain, runMain } from './main.mjs';
import { SetupError } from './setup-error.mjs';

/** Not the usual port of other tools: their service workers would answer for this app. */
export const DEFAULT_PORT = 4800;

/** How many ports after a taken one are tried. */
const PORT_TRIES = 20;

/** @type {Record<string, string>} */
const TYPES = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
	'.zip': 'application/zip',
	// A wheel is a zip file; browsers that know `.whl` by no name would else guess.
	'.whl': 'application/zip',
	'.gguf': 'application/octet-stream',
};

/**
 * What the build wrote into `headers.json` (vite.config.ts).
 * @typedef {{ isolation: Record<string, string>, policies: Record<'page' | 'modelWorker' | 'fetchWorker' | 'other', string> }} BuildHeaders
 */
/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/** The content policy for a file, by the thread that runs it; none for files that no browser runs. @param {string} path @param {BuildHeaders['policies']} policies */
function policyFor(path, policies) {
	if (path.endsWith('.html')) return policies.page;
	if (!/\.m?js$/.test(path)) return undefined;
	if (/[\\/]model\.worker[^\\/]*$/.test(path)) return policies.modelWorker;
	if (/[\\/](fetch|probe)\.worker[^\\/]*$/.test(path)) return policies.fetchWorker;
	return policies.other;
}

/** The file under `root` that an address names, or null when it names none there. @param {string} root @param {string} url */
function pathFor(root, url) {
	try {
		const name = decodeURIComponent(url.split(/[?#]/)[0] ?? '');
		const path = resolve(root, `.${sep}${name}`);
		const isInside = path === root || path.startsWith(root + sep);
		return isInside && !name.includes('\0') ? path : null;
	} catch {
		return null;
	}
}

/**
 * One range of `Range: bytes=…`: null when the whole file is meant, `'unsatisfiable'` when it lies outside.
 * @param {string | undefined} header
 * @param {number} size
 * @returns {{ start: number, end: number } | null | 'unsatisfiable'} `end` is the last byte
 */
function parseRange(header, size) {
	const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
	if (match === null || (match[1] === '' && match[2] === '')) return null;
	const [, first = '', last = ''] = match;
	const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
	const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
	return start <= end ? { start, end } : 'unsatisfiable';
}

/** @param {Response} response @param {number} status @param {string} text */
function refuse(response, status, text) {
	response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

/** The file itself, or the `index.html` of a folder. @param {string} path */
async function findFile(path) {
	const found = await stat(path).catch(() => null);
	if (found?.isDirectory() !== true) return { path, found };
	const index = join(path, 'index.html');
	return { path: index, found: await stat(index).catch(() => null) };
}

/**
 * True for WebKitGTK, which gets no isolation (workers/service/headers.ts does the same): isolated, 2.50 gives no
 * shared memory all the same, and starts no worker in an opaque frame. @param {string} userAgent
 */
function isWebKitGtk(userAgent) {
	return /Linux.*AppleWebKit/.test(userAgent) && !/Chrom/.test(userAgent);
}

/** @param {string} root @param {Request} request @param {Response} response */
async function answer(root, request, response) {
	// Read anew each time: `vite build --watch` changes it while this runs.
	const { isolation, policies } = await readHeaders(root);
	if (!isWebKitGtk(request.headers['user-agent'] ?? '')) {
		for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
	}
	response.setHeader('X-Content-Type-Options', 'nosniff');
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		response.setHeader('Allow', 'GET, HEAD');
		return refuse(response, 405, 'Only GET and HEAD.');
	}
	const asked = pathFor(root, request.url ?? '/');
	if (asked === null) return refuse(response, 400, 'This address names no file of the app.');
	const { path, found } = await findFile(asked);
	if (found?.isFile() !== true) return refuse(response, 404, 'There is no such file.');

	const etag = `"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`;
	const isHashed = path.startsWith(join(root, 'assets') + sep);
	response.setHeader('ETag', etag);
	response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
	response.setHeader('Accept-Ranges', 'bytes');
	response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
	const policy = policyFor(path, policies);
	if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
	// What a host without isolation headers of its own answers is blocked under the page's policy (workers/probe.worker.ts).
	if (/[\\/]probe\.worker[^\\/]*$/.test(path)) response.setHeader('Cross-Origin-Embedder-Policy', 'credentialless');
	if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();

	const ifRange = request.headers['if-range'];
	const isSameFile = ifRange === undefined || ifRange === etag;
	const range = isSameFile ? parseRange(request.headers.range, found.size) : null;
	if (range === 'unsatisfiable') {
		response.setHeader('Content-Range', `bytes */${String(found.size)}`);
		return refuse(response, 416, 'This range lies outside of the file.');
	}
	const { start, end } = range ?? { start: 0, end: found.size - 1 };
	response.setHeader('Content-Length', end - start + 1);
	if (range !== null) {
		response.setHeader('Content-Range', `bytes ${String(start)}-${String(end)}/${String(found.size)}`);
	}
	response.writeHead(range === null ? 200 : 206);
	if (request.method === 'HEAD' || found.size === 0) return void response.end();
	// An error here is a browser that went away; there is nobody left to tell.
	pipeline(createReadStream(path, { start, end }), response, () => undefined);
}

/** @param {string} root @returns {Promise<BuildHeaders>} */
async function readHeaders(root) {
	const text = await readFile(join(root, 'headers.json'), 'utf8').catch(() => {
		throw new SetupError('not_built', `There is no finished build in ${root}.`, 'Run: npm run build');
	});
	return JSON.parse(text);
}

/** @param {import('node:http').Server} server @param {number} port @param {string} host @returns {Promise<void>} */
function listen(server, port, host) {
	return new Promise((done, fail) => {
		server.once('error', fail);
		server.listen(port, host, () => {
			server.off('error', fail);
			done();
		});
	});
}

/** Listens on the first free port from `port` on. @param {import('node:http').Server} server @param {number} port @param {string} host */
async function listenFrom(server, port, host) {
	for (let candidate = port; ; candidate++) {
		try {
			return await listen(server, candidate, host);
		} catch (error) {
			const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
			if (!isTaken) throw error;
			if (candidate === port + PORT_TRIES) {
				throw new SetupError(
					'no_free_port',
					`The ports ${String(port)} to ${String(candidate)} are all taken.`,
					'Choose another with --port N.',
				);
			}
		}
	}
}

/**
 * Serves the build in `root` until `close` is called.
 * @param {{ root: string, port?: number, host?: string }} options `port` 0 takes any free one; a taken port is not an
 *   error: the next free one is used
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>} `url` with the last slash
 * @throws {SetupError} `not_built` when `root` holds no build, `no_free_port`
 */
export async function serve({ root, port = DEFAULT_PORT, host = '127.0.0.1' }) {
	const folder = resolve(root);
	await readHeaders(folder);
	const server = createServer((request, response) => {
		answer(folder, request, response).catch((error) => {
			if (response.headersSent) response.destroy();
			else refuse(response, 500, error instanceof Error ? error.message : String(error));
		});
	});
	await listenFrom(server, port, host);
	const address = server.address();
	const bound = typeof address === 'object' && address !== null ? address.port : port;
	return {
		url: `http://${host}:${String(bound)}/`,
		port: bound,
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			}),
	};
}

if (isMain(import.meta.url)) {
	await runMain(async () => {
		const { values } = parseArgs({
			options: { root: { type: 'string', default: 'dist' }, port: { type: 'string' } },
		});
		const { url } = await serve({
			root: values.root,
			...(values.port === undefined ? {} : { port: Number(values.port) }),
		});
		console.log(url);
		return 0;
	});
}
