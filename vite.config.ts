/** Build of the app, and the Vitest projects: `node` (core, scripts), `browser` (adapters, components), `browsers` (the built app). */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { bundleClassicScript, classicScript } from './scripts/vite/classic-script';
import { contentPolicies } from './scripts/vite/policy';
import { wat } from './scripts/vite/wat';

const isolation = {
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Embedder-Policy': 'require-corp',
	'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** The two scripts that are written into frames: that of Python, and that of displays with scripts. */
const frameHashes = await Promise.all(
	['frame.ts', 'display.ts'].map(async (name) => {
		const path = fileURLToPath(new URL(`workers/sandbox/${name}`, import.meta.url));
		const { code } = await bundleClassicScript(path);
		return createHash('sha256').update(code).digest('base64');
	}),
);
const policies = contentPolicies(frameHashes);

/** Puts the page's policy into its `<meta>`, and writes `headers.json` for the servers of `scripts/serve.mjs`. */
function policy(): Plugin {
	return {
		name: 'policy',
		transformIndexHtml: {
			order: 'pre',
			handler: () => [
				{
					tag: 'meta',
					attrs: { 'http-equiv': 'Content-Security-Policy', content: policies.page },
					injectTo: 'head-prepend',
				},
			],
		},
		generateBundle() {
			this.emitFile({
				type: 'asset',
				fileName: 'headers.json',
				source: JSON.stringify({ isolation, policies }, null, '\t'),
			});
		},
	};
}

/**
 * Lists every file of the build with its hash, for the service worker's first tier (`workers/service/shell.ts`). Read
 * back from the disk: later plugins still change what `generateBundle` sees.
 */
function precache(): Plugin {
	return {
		name: 'precache',
		generateBundle(_, bundle) {
			const worker = bundle['service.worker.js'];
			// It is registered as a classic script: one that shares code with the page would not start at all.
			if (worker?.type === 'chunk' && worker.imports.length > 0) {
				this.error(`service.worker.js imports ${worker.imports.join(', ')}; it must be one file.`);
			}
		},
		async writeBundle({ dir = 'dist' }, bundle) {
			const names = Object.keys(bundle).filter((name) => !['service.worker.js', 'headers.json'].includes(name));
			const hash = async (path: string) =>
				createHash('sha256')
					.update(await readFile(join(dir, path)))
					.digest('hex');
			const files = await Promise.all(names.map(async (path) => ({ path, sha256: await hash(path) })));
			await writeFile(join(dir, 'precache.json'), JSON.stringify(files, null, '\t'));
		},
	};
}

const WEBGPU_TESTS = 'tests/contracts/**/*.webgpu.test.ts';

/** Packages that the page and its workers import. */
const BROWSER_PACKAGES = [
	'@mlc-ai/web-llm',
	'@wllama/wllama/esm/index.js',
	'axe-core',
	'comlink',
	'dompurify',
	'fflate',
	'highlight.js/lib/core',
	'highlight.js/lib/languages/python',
	'idb',
	'marked',
	'temml',
	'valibot',
];

/** A Vitest project in a real Chromium, one test file at a time. */
function browserProject(name: string, include: string[], exclude: string[]): TestProjectInlineConfiguration {
	return {
		extends: true,
		// Found in the middle of a run, a package would be bundled then and the page reloaded under the test.
		optimizeDeps: { include: BROWSER_PACKAGES },
		test: {
			name,
			include,
			exclude,
			testTimeout: 120_000,
			hookTimeout: 120_000,
			fileParallelism: false,
			browser: {
				enabled: true,
				headless: true,
				screenshotFailures: false,
				provider: playwright({
					launchOptions: {
						...(process.env.BROWSER_PATH ? { executablePath: process.env.BROWSER_PATH } : {}),
						args: (process.env.BROWSER_ARGS ?? '').split(' ').filter((arg) => arg !== ''),
					},
				}),
				instances: [{ browser: 'chromium' }],
			},
		},
	};
}

export default defineConfig(({ mode }) => ({
	base: './',
	plugins: [classicScript(), wat(), svelte(), ...(mode === 'test' ? [] : [policy(), precache()])],
	// Its package.json names a file that is not there, and Vite would take the TypeScript beside it for the build.
	resolve: { alias: [{ find: /^@wllama\/wllama$/, replacement: '@wllama/wllama/esm/index.js' }] },
	define: { __HEADERS__: JSON.stringify({ isolation, policies }) },
	server: { headers: isolation },
	worker: { format: 'es', plugins: () => [classicScript(), wat()] },
	build: {
		target: 'es2023',
		// One chunk of web-llm is large by nature; the budgets are in .size-limit.json.
		chunkSizeWarningLimit: 8192,
		rolldownOptions: {
			input: { index: 'index.html', 'service.worker': 'workers/service.worker.ts' },
			output: {
				entryFileNames: (chunk) => (chunk.name === 'service.worker' ? '[name].js' : 'assets/[name]-[hash].js'),
			},
		},
	},
	test: {
		projects: [
			{
				extends: true,
				test: { name: 'node', environment: 'node', include: ['tests/unit/**/*.test.ts'] },
			},
			{
				extends: true,
				// The built app in the browser that TEST_BROWSER names, one file at a time (tests/browsers/README.md).
				test: {
					name: 'browsers',
					environment: 'node',
					// WebKitGTK has no shared memory: there it is the fallbacks that are tested.
					include: [
						process.env.TEST_BROWSER === 'webkit' ? 'tests/browsers/degraded.test.ts' : 'tests/browsers/**/*.test.ts',
					],
					testTimeout: 60_000,
					hookTimeout: 120_000,
					fileParallelism: false,
				},
			},
			browserProject('browser', ['tests/contracts/**/*.test.ts', 'tests/browser/**/*.test.ts'], [WEBGPU_TESTS]),
			// Its own project: `npm test` starts it with the flags for WebGPU on the CPU, and it is slow.
			browserProject('webgpu', [WEBGPU_TESTS], []),
		],
	},
}));
