/**
 * The host that a person means: `api.example`, `api.example:8443`, or an address on it. Null where the text names none.
 * In the form in which addresses have it (lower case, no default port).
 */
export function hostIn(text: string): string | null {
	const trimmed = text.trim();
	const url = URL.parse(/^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
	// A name of the browser's own making (spaces, wildcards) is no host that anybody chose.
	return url === null || url.username !== '' || !/^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/.test(url.host)
		? null
		: url.host;
}
