/** The model on board in headless Chromium: a page with nothing but wllama, served with isolation headers. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from '@playwright/test';

const MODEL = 'public/models/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf';
const WLLAMA = 'node_modules/@wllama/wllama/esm/';
const HEADERS = {
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Embedder-Policy': 'require-corp',
	'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What the page serves, by address: the file under the root and its type. */
const FILES = new Map([
	['/wllama.js', [`${WLLAMA}index.js`, 'text/javascript']],
	['/wllama.wasm', [`${WLLAMA}wasm/wllama.wasm`, 'application/wasm']],
	['/model.gguf', [MODEL, 'application/octet-stream']],
]);

/** Starts the server on a free port. */
async function serve(/** @type {string} */ root) {
	const server = createServer((request, response) => {
		const file = FILES.get(request.url ?? '');
		if (file === undefined) {
			response.writeHead(request.url === '/' ? 200 : 404, { ...HEADERS, 'Content-Type': 'text/html' });
			response.end('<!doctype html><title>bench</title>');
			return;
		}
		response.writeHead(200, { ...HEADERS, 'Content-Type': file[1] });
		createReadStream(root + file[0]).pipe(response);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server has no port');
	return { server, url: `http://127.0.0.1:${address.port}/` };
}

/** Loads the model in the page, with the settings of the app's engine; leaves `generate` on the window. */
async function loadInPage(/** @type {number} */ threads) {
	const address = '/wllama.js';
	const { Wllama } = await import(address);
	const wllama = new Wllama({ default: '/wllama.wasm' }, { suppressNativeLog: true });
	wllama.setCompat(null);
	const blob = await (await fetch('/model.gguf')).blob();
	await wllama.loadModel([blob], { n_ctx: 2048, n_batch: 64, n_threads: threads, n_parallel: 1, n_gpu_layers: 0 });
	Object.assign(window, {
		generate: async (/** @type {object[]} */ messages, /** @type {string} */ stop, /** @type {number} */ maxTokens) => {
			const reply = await wllama.createChatCompletion({
				messages,
				temperature: 0,
				max_tokens: maxTokens,
				stop: [stop],
				cache_prompt: true,
			});
			return {
				text: reply.choices[0].message.content ?? '',
				tokensIn: reply.usage.prompt_tokens,
				tokensOut: reply.usage.completion_tokens,
			};
		},
	});
}

/**
 * Opens the browser and loads the model of the checkout at `root` (a path with a slash at the end).
 * The executable is BROWSER_PATH, or Debian's Chromium.
 */
export async function openModel(/** @type {string} */ root, /** @type {number} */ threads) {
	const { server, url } = await serve(root);
	const browser = await chromium.launch({
		executablePath: process.env.BROWSER_PATH ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
	});
	const page = await browser.newPage();
	await page.goto(url);
	await page.evaluate(loadInPage, threads);
	return {
		/**
		 * @param {readonly { role: string, content: string }[]} messages
		 * @param {string} stop
		 * @param {number} maxTokens
		 * @returns {Promise<{ text: string, tokensIn: number, tokensOut: number }>}
		 */
		generate: (messages, stop, maxTokens) =>
			page.evaluate(
				([messages, stop, maxTokens]) =>
					/** @type {typeof window & { generate: Function }} */ (window).generate(messages, stop, maxTokens),
				/** @type {const} */ ([messages, stop, maxTokens]),
			),
		close: async () => {
			await browser.close();
			server.close();
		},
	};
}
