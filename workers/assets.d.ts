/** A file bundled into one classic script, as text (`scripts/vite/classic-script.ts`). */
declare module '*?script' {
	const source: string;
	export default source;
}

/** A WebAssembly module in base64, assembled from its text (`scripts/vite/wat.ts`). */
declare module '*.wat' {
	const base64: string;
	export default base64;
}
