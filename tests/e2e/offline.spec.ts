/** With the network cut and the server gone, the page opens and the whole loop runs. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { serve } from '../../scripts/serve.mjs';
import { App, expect, test } from './app';

/** Waits until the page itself says that everything the loop needs is on this device. */
async function offlineReady(app: App): Promise<void> {
	await app.ready();
	await expect(app.page.getByRole('button', { name: /Offline-ready/ })).toBeVisible({ timeout: 90_000 });
}

test('after one load the server may go: the page opens, the real model answers and real numpy computes', async ({
	browser,
}) => {
	const server = await serve({ root: 'dist', port: 0 });
	const context = await browser.newContext();
	const app = new App(await context.newPage(), server.url);
	await app.open();
	await offlineReady(app);
	await server.close();

	await app.page.goto('about:blank');
	await app.open();
	await app.ready();
	await app.send('With numpy, what is the mean of 12, 15 and 24?');
	await expect(app.answer).toContainText('17.0', { timeout: 90_000 });
	const trajectory = await app.trajectory();
	expect(trajectory.model).toBe('smollm2-135m');
	expect(trajectory.steps[0]?.action?.code).toContain('import numpy');
	expect(trajectory.steps[0]?.observation?.packages).toContain('numpy');
	expect(await app.page.evaluate('crossOriginIsolated')).toBe(true);
	expect(app.offHost).toEqual([]);
	expect(app.complaints).toEqual([]);
	await context.close();
});

const TYPES: Record<string, string> = {
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.wasm': 'application/wasm',
	'.json': 'application/json',
};

/** A static server that knows nothing of isolation or policies, with the app under a sub-path. */
async function servePlainly(): Promise<{ url: string; close: () => void }> {
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? '/', 'http://x').pathname.replace('/somebody/playground/', '') || 'index.html';
		readFile(join('dist', path)).then(
			(bytes) =>
				response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(bytes),
			() => response.writeHead(404).end(),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return {
		url: `http://127.0.0.1:${address.port}/somebody/playground/`,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

const LOOP = [
	'<execute>\nkept = "still here"\nprint("loop" + "ing")\nwhile True: pass\n</execute>',
	'<execute>\nprint("kept" in globals())\n</execute>',
	'Done.',
];

test('on a plain static server under a sub-path the service worker isolates the page, and Stop keeps the variables', async ({
	browser,
}) => {
	const server = await servePlainly();
	const context = await browser.newContext();
	const app = new App(await context.newPage(), server.url);
	await app.open();
	await app.page.waitForFunction(() => crossOriginIsolated && window.playground !== undefined, null, {
		timeout: 30_000,
	});
	await app.play('Loop', LOOP);
	await expect(app.step(1)).toContainText('looping', { timeout: 60_000 });
	await app.stop.click();
	await expect(app.stop).toBeHidden();
	await app.continue.click();
	await expect(app.step(2)).toContainText('True');
	expect((await app.trajectory()).steps[0]?.observation?.state).toBe('kept');
	expect(app.offHost).toEqual([]);
	await context.close();
	server.close();
});

test('where nothing isolates the page, Stop ends Python, puts its state back, says so, and the run goes on', async ({
	browser,
}) => {
	const server = await servePlainly();
	const context = await browser.newContext({ serviceWorkers: 'block' });
	const app = new App(await context.newPage(), server.url);
	await app.open();
	await app.play('Loop', LOOP);
	await expect(app.step(1)).toContainText('looping', { timeout: 60_000 });
	expect(await app.page.evaluate(() => crossOriginIsolated)).toBe(false);
	await app.stop.click();
	await expect(app.stop).toBeHidden();
	expect((await app.trajectory()).steps[0]?.observation?.status).toBe('interrupted');
	await expect(app.step(1)).toContainText('as it was before this step');
	await app.continue.click();
	await expect(app.step(2)).toContainText('False', { timeout: 60_000 });
	await expect(app.answer).toContainText('Done.');
	await context.close();
	server.close();
});
