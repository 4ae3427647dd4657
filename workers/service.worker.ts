/**
 * The service worker: the app opens and runs without a network, and is isolated on hosts that send no headers.
 * Tier one is the app (`service/shell.ts`), tier two what is on board (`service/onboard.ts`). It never asks another
 * host for anything: requests that are not for this app's own folder pass by it untouched.
 */
import { withHeaders } from './service/headers';
import { fetchAndKeep, fromOnboard, keepOnBoard, offlineStatus } from './service/onboard';
import { dropOldShells, fromShell, keepShell } from './service/shell';

declare const self: ServiceWorkerGlobalScope;

/** How long a navigation waits for the network before the kept page is shown. */
const NAVIGATION_WAIT_MS = 3000;

/** Paths of the second tier, relative to the scope. */
const ONBOARD_PATH = /^(pyodide\/|models\/smollm2-135m\/)/;

const scope = self.registration.scope;

self.addEventListener('install', (event) => {
	event.waitUntil(keepShell(scope).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
	event.waitUntil(dropOldShells(scope).then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
	const { request } = event;
	if (request.method !== 'GET' || !request.url.startsWith(scope) || request.headers.has('range')) return;
	event.respondWith(answer(event).then((response) => withHeaders(response, request.url)));
});

async function answer(event: FetchEvent): Promise<Response> {
	const { request } = event;
	const url = request.url.split(/[?#]/)[0] ?? request.url;
	const path = url.slice(scope.length);
	if (request.mode === 'navigate') return navigation(request);
	if (ONBOARD_PATH.test(path)) {
		return (await fromOnboard(url)) ?? fetchAndKeep(url, scope, (work) => event.waitUntil(work));
	}
	// onboard.json and precache.json say what is new, so they are asked for first and kept for offline.
	if (path.endsWith('.json')) {
		return fetch(request).catch(async () => (await fromOnboard(url)) ?? (await fromShell(url)) ?? Response.error());
	}
	return (await fromShell(url)) ?? fetch(request);
}

/** The page: from the network if it answers in time (so that a new build shows at once), else the kept one. */
async function navigation(request: Request): Promise<Response> {
	const kept = (await fromShell(request.url.split(/[?#]/)[0] ?? request.url)) ?? (await fromShell(scope));
	const fresh = fetch(request).catch(() => undefined);
	if (kept === undefined) return (await fresh) ?? Response.error();
	const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), NAVIGATION_WAIT_MS));
	const response = await Promise.race([fresh, late]);
	return response?.ok === true ? response : kept;
}

/** What the page may say: `offlineStatus` asks, `keepOnBoard` starts the second tier (once at a time). */
let keeping: Promise<void> | null = null;

self.addEventListener('message', (event) => {
	const kind = (event.data as { kind?: unknown } | null)?.kind;
	const port = event.ports[0];
	if (kind === 'offlineStatus' && port !== undefined) {
		event.waitUntil(offlineStatus(scope).then((status) => port.postMessage(status)));
	}
	if (kind === 'keepOnBoard') {
		const channel = new BroadcastChannel('offline');
		keeping ??= keepOnBoard(scope, (status) => channel.postMessage(status)).finally(() => {
			keeping = null;
		});
		event.waitUntil(keeping);
	}
});
