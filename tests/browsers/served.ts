/** The built app in a folder of its own made of links, served for one suite: as it is, or as on a poorer host. */
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serve } from '../../scripts/serve.mjs';

/** An app that is served until `close`. */
export interface Served {
	readonly url: string;
	close(): Promise<void>;
}

/**
 * Serves `dist` without its models: these suites are about Python. `isolated: false` is a host that sends no isolation
 * headers, and without the service worker that would add them.
 */
export async function serveApp({ isolated = true } = {}): Promise<Served> {
	const folder = await mkdtemp(join(tmpdir(), 'codeact-'));
	const left = ['models', ...(isolated ? [] : ['headers.json', 'service.worker.js'])];
	const names = (await readdir('dist')).filter((name) => !left.includes(name));
	for (const name of names) await symlink(resolve('dist', name), join(folder, name));
	if (!isolated) {
		const headers = JSON.parse(await readFile('dist/headers.json', 'utf8')) as object;
		await writeFile(join(folder, 'headers.json'), JSON.stringify({ ...headers, isolation: {} }));
	}
	const server = await serve({ root: folder, port: 0 });
	return {
		url: server.url,
		close: async () => {
			await server.close();
			await rm(folder, { recursive: true });
		},
	};
}
