/** A Python with time travel in the browser under test, without the app: a page with one worker (tests/workers). */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../scripts/serve.mjs';
import { bundleClassicScript } from '../../scripts/vite/classic-script';
import type { Traveller } from '../workers/contract';
import { openTab } from './browser';
import { openTrap } from './trap';

const HEADERS = {
	isolation: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
	policies: { page: '', modelWorker: '', fetchWorker: '', other: '' },
};

const LOCK = 'pyodide-lock.json';

interface Lock {
	readonly packages: Record<string, { readonly file_name: string }>;
}

/** An opened one; `close` ends the browser. */
export interface OpenTraveller extends Traveller {
	close(): Promise<void>;
}

/** Opens the browser and boots Python in it. `budgetBytes`: what its history may take. */
export async function openTraveller(options: { readonly budgetBytes?: number } = {}): Promise<OpenTraveller> {
	const folder = await mkdtemp(join(tmpdir(), 'traveller-'));
	await writeFile(
		join(folder, 'index.html'),
		'<!doctype html><title>time travel</title><script src="page.js"></script>',
	);
	await writeFile(join(folder, 'page.js'), await bundled('page.ts'));
	await writeFile(join(folder, 'worker.js'), await bundled('time-travel.worker.ts'));
	await writeFile(join(folder, 'headers.json'), JSON.stringify(HEADERS));
	await layOut(join(folder, 'pyodide'));
	const server = await serve({ root: folder, port: 0 });
	const trap = await openTrap();
	const tab = await openTab(trap);
	await tab.goto(server.url);
	const traveller = new Proxy({} as OpenTraveller, {
		get: (_, name) => (name === 'then' ? undefined : call(String(name))),
	});
	const call =
		(name: string) =>
		async (...args: unknown[]): Promise<unknown> => {
			if (name !== 'close') return tab.evaluate(`traveller.${name}(...${JSON.stringify(args)})`);
			await tab.close();
			trap.close();
			await server.close();
			return rm(folder, { recursive: true });
		};
	await traveller.boot(options);
	return traveller;
}

/** Pyodide's files; the lock has only what is there, as the one that the app's broker gives. */
async function layOut(folder: string): Promise<void> {
	const source = resolve('public/pyodide');
	const names = (await readdir(source)).filter((name) => name !== LOCK);
	await mkdir(folder);
	for (const name of names) await symlink(join(source, name), join(folder, name));
	const lock = JSON.parse(await readFile(join(source, LOCK), 'utf8')) as Lock;
	const there = Object.entries(lock.packages).filter(([, { file_name: name }]) => names.includes(name));
	await writeFile(join(folder, LOCK), JSON.stringify({ ...lock, packages: Object.fromEntries(there) }));
}

async function bundled(name: string): Promise<string> {
	const entry = fileURLToPath(new URL(`../workers/${name}`, import.meta.url));
	return (await bundleClassicScript(entry)).code;
}

/** Lets the worker's timers go on. */
export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
