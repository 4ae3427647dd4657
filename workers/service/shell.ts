/**
 * First tier: the app itself (`precache.json`, written by the build), kept when the service worker is installed.
 * Its files are small and hashed, so they are all kept before the worker takes over.
 */

const PREFIX = 'shell-';

interface PrecacheEntry {
	readonly path: string;
	readonly sha256: string;
}

async function digest(bytes: ArrayBuffer | string): Promise<string> {
	const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
	const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
	return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps every file of the build in a cache named after their hashes. Rejects when one cannot be had whole. */
export async function keepShell(scope: string): Promise<void> {
	const list = await fetch(new URL('precache.json', scope), { cache: 'no-cache' });
	if (!list.ok) throw new Error(`precache.json: HTTP ${list.status}`);
	const text = await list.text();
	const entries = JSON.parse(text) as PrecacheEntry[];
	const cache = await caches.open(PREFIX + (await digest(text)).slice(0, 16));
	await Promise.all(
		entries.map(async ({ path, sha256 }) => {
			const url = new URL(path, scope).href;
			if ((await cache.match(url)) !== undefined) return;
			const response = await fetch(url, { cache: 'no-cache' });
			if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
			if ((await digest(await response.clone().arrayBuffer())) !== sha256) throw new Error(`${path}: hash mismatch`);
			await cache.put(url, response);
		}),
	);
	const root = await cache.match(new URL('index.html', scope).href);
	if (root !== undefined) await cache.put(scope, root);
}

/** Drops the shells of earlier builds: those that are not named after the newest list. */
export async function dropOldShells(scope: string): Promise<void> {
	const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
	if (names.length < 2) return;
	const list = await fetch(new URL('precache.json', scope), { cache: 'no-cache' }).catch(() => null);
	if (list?.ok !== true) return;
	const newest = PREFIX + (await digest(await list.text())).slice(0, 16);
	await Promise.all(names.filter((name) => name !== newest).map((name) => caches.delete(name)));
}

/** The kept copy of `url`, from whichever shell holds it. */
export async function fromShell(url: string): Promise<Response | undefined> {
	for (const name of await caches.keys()) {
		if (!name.startsWith(PREFIX)) continue;
		const hit = await (await caches.open(name)).match(url, { ignoreSearch: true });
		if (hit !== undefined) return hit;
	}
	return undefined;
}
