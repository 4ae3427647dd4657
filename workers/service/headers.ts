/**
 * The headers of the app on a host that sends none (a plain static server): cross-origin isolation, and the content
 * policy of each thread. A worker that is loaded from an address takes its policy from its own response.
 */

/** Written by the build (`vite.config.ts`); the same content as `headers.json`. */
declare const __HEADERS__: {
	readonly isolation: Readonly<Record<string, string>>;
	readonly policies: Readonly<Record<'page' | 'modelWorker' | 'fetchWorker' | 'other', string>>;
};

/** The policy for a file of the app, by its name; null for files that no browser runs. */
function policyFor(path: string): string | null {
	const { policies } = __HEADERS__;
	if (path.endsWith('/') || path.endsWith('.html')) return policies.page;
	if (!/\.m?js$/.test(path)) return null;
	if (/\/model\.worker[^/]*$/.test(path)) return policies.modelWorker;
	if (/\/(fetch|probe)\.worker[^/]*$/.test(path)) return policies.fetchWorker;
	return policies.other;
}

/** As in `src/core/webkit-gtk.ts`: a module shared with the page would be a file of its own, and this script imports none. */
function isWebKitGtk(userAgent: string): boolean {
	return /Linux.*AppleWebKit/.test(userAgent) && !/Chrom/.test(userAgent);
}

/** `response` with the isolation headers and the policy of its file. */
export function withHeaders(response: Response, url: string): Response {
	// A response without a readable status (opaque, redirect) cannot be rebuilt, and is not ours.
	if (response.status === 0 || response.type === 'opaqueredirect') return response;
	const headers = new Headers(response.headers);
	const isolation = isWebKitGtk(navigator.userAgent) ? {} : __HEADERS__.isolation;
	for (const [name, value] of Object.entries(isolation)) headers.set(name, value);
	const { pathname } = new URL(url);
	// What a host without isolation headers of its own answers is blocked under the page's policy (`workers/probe.worker.ts`).
	if (/\/probe\.worker[^/]*$/.test(pathname)) headers.set('Cross-Origin-Embedder-Policy', 'credentialless');
	const policy = policyFor(pathname);
	if (policy !== null) headers.set('Content-Security-Policy', policy);
	return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
