/**
 * Second tier: what is on board (Python, its wheels, the small model), listed in `onboard.json`. A file is kept when
 * the page first asks for it, and the rest when the page says that it is idle. Only bytes with the listed hash are kept.
 */

/** The name of the cache that holds this tier. */
const ONBOARD_CACHE = 'onboard-v1';

/** Parts that work offline from here. web-llm keeps its own files (`modelWebgpu`) in a cache of its own. */
const KEPT_PARTS = ['python', 'packages', 'model'];

const HASH_HEADER = 'x-onboard-sha256';

interface OnboardFile {
	readonly path: string;
	readonly bytes: number;
	readonly sha256: string;
	readonly part: string;
}

/** How much of what is on board is kept on this device. */
export interface OfflineStatus {
	readonly kind: 'offlineStatus';
	readonly cachedBytes: number;
	readonly totalBytes: number;
	/** Everything that the loop needs without a network is here. */
	readonly ready: boolean;
}

/** Files being fetched right now, so that the page's request and ours do not fetch one file twice. */
const underWay = new Map<string, Promise<void>>();

/** The list of what is on board, from the network or from the cache; empty where there is none. */
async function listFiles(scope: string): Promise<readonly OnboardFile[]> {
	const url = new URL('onboard.json', scope).href;
	const cache = await caches.open(ONBOARD_CACHE);
	const fresh = await fetch(url, { cache: 'no-cache' }).catch(() => null);
	if (fresh?.ok === true) await cache.put(url, fresh.clone());
	const response = fresh?.ok === true ? fresh : await cache.match(url);
	if (response === undefined) return [];
	const { files } = (await response.json()) as { files: OnboardFile[] };
	return files.filter((file) => KEPT_PARTS.includes(file.part));
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
	const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The kept copy of `url`, if there is one. */
export async function fromOnboard(url: string): Promise<Response | undefined> {
	return (await caches.open(ONBOARD_CACHE)).match(url);
}

/**
 * Fetches one file and keeps it if its hash is right. The page gets the bytes in any case: it checks them itself,
 * and says what is wrong with them.
 */
export async function fetchAndKeep(
	url: string,
	scope: string,
	keepAlive: (work: Promise<unknown>) => void,
): Promise<Response> {
	const response = await fetch(url);
	const path = url.slice(scope.length);
	if (!response.ok || underWay.has(url)) return response;
	const copy = response.clone();
	const keep = (async () => {
		const file = (await listFiles(scope)).find((candidate) => candidate.path === path);
		const bytes = await copy.arrayBuffer();
		if (file !== undefined && (await sha256(bytes)) === file.sha256) await put(url, bytes, file.sha256, copy.headers);
	})().finally(() => underWay.delete(url));
	underWay.set(url, keep);
	keepAlive(keep.catch(() => undefined));
	return response;
}

async function put(url: string, bytes: ArrayBuffer, hash: string, from: Headers): Promise<void> {
	const headers = new Headers({
		'Content-Type': from.get('Content-Type') ?? 'application/octet-stream',
		'Content-Length': String(bytes.byteLength),
		[HASH_HEADER]: hash,
	});
	await (await caches.open(ONBOARD_CACHE)).put(url, new Response(bytes, { headers }));
}

/** How much is kept now. */
export async function offlineStatus(scope: string): Promise<OfflineStatus> {
	return statusOf(await listFiles(scope), scope);
}

async function statusOf(files: readonly OnboardFile[], scope: string): Promise<OfflineStatus> {
	const cache = await caches.open(ONBOARD_CACHE);
	const kept = new Set((await cache.keys()).map((request) => request.url));
	let cachedBytes = 0;
	let totalBytes = 0;
	for (const file of files) {
		totalBytes += file.bytes;
		if (kept.has(new URL(file.path, scope).href)) cachedBytes += file.bytes;
	}
	return { kind: 'offlineStatus', cachedBytes, totalBytes, ready: totalBytes > 0 && cachedBytes === totalBytes };
}

/** Drops what no longer has the listed hash, then fetches what is missing, telling `onStatus` after each file. */
export async function keepOnBoard(scope: string, onStatus: (status: OfflineStatus) => void): Promise<void> {
	const files = await listFiles(scope);
	const cache = await caches.open(ONBOARD_CACHE);
	const listed = new Map(files.map((file) => [new URL(file.path, scope).href, file]));
	for (const request of await cache.keys()) {
		if (request.url.endsWith('/onboard.json')) continue;
		const hash = (await cache.match(request))?.headers.get(HASH_HEADER);
		if (hash !== listed.get(request.url)?.sha256) await cache.delete(request);
	}
	for (const [url, file] of listed) {
		await underWay.get(url)?.catch(() => undefined);
		if ((await cache.match(url)) === undefined) {
			const response = await fetch(url).catch(() => null);
			if (response?.ok !== true) continue;
			const bytes = await response.arrayBuffer();
			if ((await sha256(bytes)) === file.sha256) await put(url, bytes, file.sha256, response.headers);
		}
		onStatus(await statusOf(files, scope));
	}
	onStatus(await statusOf(files, scope));
}
