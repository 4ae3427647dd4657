/** The address of a drawing that is at hand as text, for an `img`: an image has no script and no way to the page. */
export function svgAddress(svg: string): string {
	return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

/** The address of the image of a display; its data is text for SVG, else base64. */
export function imageAddress(mime: string, data: string): string {
	return mime === 'image/svg+xml' ? svgAddress(data) : `data:${mime};base64,${data}`;
}
