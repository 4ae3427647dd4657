/** The page's end of the service worker: registers it, asks what it holds, and tells it when the page is idle. */
import type { OfflineStatus } from '../../core/storage';
import { isWebKitGtk } from '../../core/webkit-gtk';

const RELOADED = 'codeact.reloaded-for-isolation';
const ANSWER_WAIT_MS = 10_000;

/** What the service worker says of what is on board. */
interface OfflineMessage extends OfflineStatus {
	readonly kind: 'offlineStatus';
}

/**
 * Registers the service worker. Where the host sends no isolation headers the page is reloaded once, so that the
 * worker can add them. Returns false where this browser has no service worker (then nothing is kept for offline).
 */
export async function registerServiceWorker(onStatus: (status: OfflineStatus) => void): Promise<boolean> {
	if (!('serviceWorker' in navigator)) return false;
	try {
		await navigator.serviceWorker.register(new URL('service.worker.js', document.baseURI));
	} catch {
		// Private modes and plain http refuse it; the gauge then says that nothing is kept.
		return false;
	}
	new BroadcastChannel('offline').addEventListener('message', (event: MessageEvent<OfflineMessage>) => {
		if (event.data.kind === 'offlineStatus') onStatus(event.data);
	});
	await controlled();
	if (reloadForIsolation()) return true;
	const status = await askStatus();
	if (status !== null) onStatus(status);
	return true;
}

/** Lets the service worker fetch the rest of what is on board, now that the page needs the line no longer. */
export async function keepOnBoard(): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	// On the first visit the worker is still being installed while the model loads.
	const { active } = await navigator.serviceWorker.ready;
	active?.postMessage({ kind: 'keepOnBoard' });
}

/** Resolves when a service worker controls this page. */
async function controlled(): Promise<void> {
	if (navigator.serviceWorker.controller !== null) return;
	await new Promise<void>((resolve) => {
		navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
	});
}

/** Reloads once where isolation is missing; true when it did. */
function reloadForIsolation(): boolean {
	if (globalThis.crossOriginIsolated) {
		sessionStorage.removeItem(RELOADED);
		return false;
	}
	if (isWebKitGtk(navigator.userAgent) || sessionStorage.getItem(RELOADED) !== null) return false;
	sessionStorage.setItem(RELOADED, '1');
	location.reload();
	return true;
}

/** What the service worker holds now; null where it does not answer. */
function askStatus(): Promise<OfflineStatus | null> {
	const { controller } = navigator.serviceWorker;
	if (controller === null) return Promise.resolve(null);
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		const timer = setTimeout(() => resolve(null), ANSWER_WAIT_MS);
		port1.onmessage = ({ data }: MessageEvent<OfflineMessage>) => {
			clearTimeout(timer);
			port1.close();
			resolve(data);
		};
		controller.postMessage({ kind: 'offlineStatus' }, [port2]);
	});
}
