/** Work that may wait until the page has nothing better to do. */

/** How long to wait before looking again, where something is under way. */
const AGAIN_MS = 2_000;

/** Calls `work` once the browser is idle and `isBusy` says no. */
export function whenIdle(isBusy: () => boolean, work: () => void): void {
	const look = (): void => {
		if (isBusy()) setTimeout(wait, AGAIN_MS);
		else work();
	};
	// WebKitGTK 2.50 has no requestIdleCallback.
	const wait = (): void => {
		if ('requestIdleCallback' in globalThis) requestIdleCallback(look, { timeout: AGAIN_MS });
		else setTimeout(look, AGAIN_MS);
	};
	wait();
}
