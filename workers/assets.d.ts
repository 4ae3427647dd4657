/** A file bundled into one classic script, as text (`scripts/vite/classic-script.ts`). */
declare module '*?script' {
	const source: string;
	export default source;
}
