/** Bytes as text, for what only takes text. In pieces, since a call takes only so many arguments. */

const PIECE = 0x8000;

/** `bytes` in base64. */
export function toBase64(bytes: Uint8Array): string {
	const pieces: string[] = [];
	for (let at = 0; at < bytes.length; at += PIECE) {
		pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
	}
	return btoa(pieces.join(''));
}

/** The bytes of `base64`. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
