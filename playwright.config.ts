/** E2e tests of the built app, served by `scripts/serve.mjs`, in one Chromium; `npm test -- e2e` builds first. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
	testDir: 'tests/e2e',
	// Two cores and a real model: one page at a time.
	workers: 1,
	fullyParallel: false,
	timeout: 180_000,
	expect: { timeout: 30_000 },
	forbidOnly: true,
	retries: 0,
	outputDir: 'test-results',
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	use: {
		launchOptions: {
			...(process.env.BROWSER_PATH ? { executablePath: process.env.BROWSER_PATH } : {}),
			args: (process.env.BROWSER_ARGS ?? '').split(' ').filter((arg) => arg !== ''),
		},
		viewport: { width: 1280, height: 800 },
		screenshot: 'only-on-failure',
	},
});
