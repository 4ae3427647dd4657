/** What engines, WebAssembly and GPUs say when memory runs out. */
const OUT_OF_MEMORY =
	/out of memory|bad_alloc|\bOOM\b|(could not|cannot|failed to|unable to) allocate|allocation failed/i;

/** True where these words of an engine mean that memory ran out. */
export function saysOutOfMemory(words: string): boolean {
	return OUT_OF_MEMORY.test(words);
}
