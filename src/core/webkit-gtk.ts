/**
 * True for WebKitGTK, which gets no cross-origin isolation (`scripts/serve.mjs` does the same): isolated, 2.50 gives no
 * shared memory all the same, and starts no worker from a blob in an opaque frame.
 */
export function isWebKitGtk(userAgent: string): boolean {
	return /Linux.*AppleWebKit/.test(userAgent) && !/Chrom/.test(userAgent);
}
