/** The bytes of a blob, read piece by piece; `follow` is told how many there are so far. */
export async function bytesOf(
	blob: Blob,
	follow: (loadedBytes: number) => void = () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
	const bytes = new Uint8Array(blob.size);
	let loaded = 0;
	const reader = blob.stream().getReader();
	for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
		bytes.set(piece.value, loaded);
		loaded += piece.value.length;
		follow(loaded);
	}
	return bytes;
}
