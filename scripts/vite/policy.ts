/**
 * The content policies of the app, in one place: the page's (as a `<meta>` and as a header) and those of the
 * threads that have their own. A worker that is loaded from an address does not inherit the page's policy, so the
 * server, or the service worker on a host that sets no headers, sends one with each script (`headersFor`).
 */

/** Hosts that web-llm's own catalogue names: weights and compiled libraries. Asked only when a person asks for a download. */
const MODEL_HOSTS = [
	'https://huggingface.co',
	'https://*.hf.co',
	'https://*.huggingface.co',
	'https://raw.githubusercontent.com',
];

/** Policies by thread; `frameHashes` are the sha256 (base64) of the one inline script of each frame. */
export function contentPolicies(
	frameHashes: readonly string[],
): Record<'page' | 'modelWorker' | 'fetchWorker' | 'other', string> {
	const scripts = `script-src 'self' blob: 'wasm-unsafe-eval'`;
	return {
		page: [
			`default-src 'none'`,
			[scripts, ...frameHashes.map((hash) => `'sha256-${hash}'`)].join(' '),
			`worker-src 'self' blob:`,
			`connect-src 'self' blob: data:`,
			// Inline styles: figures and tables that Python shows carry theirs; a style cannot reach the network here.
			`style-src 'self' 'unsafe-inline'`,
			`img-src 'self' data: blob:`,
			`font-src 'self' data:`,
			// Frames are written by `srcdoc`, which this does not concern; it keeps their scripts from navigating them elsewhere.
			`frame-src 'none'`,
			`manifest-src 'self'`,
			`base-uri 'none'`,
			`form-action 'none'`,
		].join('; '),
		modelWorker: [`default-src 'none'`, scripts, `connect-src 'self' blob: data: ${MODEL_HOSTS.join(' ')}`].join('; '),
		// The threads that may reach any host (fetch, probe); what they are asked for is decided by the broker's grants.
		fetchWorker: [
			`default-src 'none'`,
			scripts,
			`connect-src 'self' https: http://localhost:* http://127.0.0.1:*`,
		].join('; '),
		other: [`default-src 'none'`, scripts, `worker-src 'self' blob:`, `connect-src 'self' blob: data:`].join('; '),
	};
}
