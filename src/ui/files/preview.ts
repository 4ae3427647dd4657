/** What is shown of a file: enough to know it by, however large it is. */

const TEXT_BYTES = 256_000;
const LINES = 500;
const ROWS = 200;
const COLUMNS = 40;
const CELL_CHARS = 200;
const LINE_CHARS = 2_000;

const IMAGES: Readonly<Record<string, string>> = {
	avif: 'image/avif',
	bmp: 'image/bmp',
	gif: 'image/gif',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	png: 'image/png',
	svg: 'image/svg+xml',
	webp: 'image/webp',
};

/** What kind of file the name promises. */
export type FileKind = 'image' | 'table' | 'text';

/** A file, ready to be drawn. `isCut`: there is more of it. */
export type Preview =
	| { readonly kind: 'image'; readonly blob: Blob }
	| { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly isCut: boolean }
	| { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
	| { readonly kind: 'none' };

/** The kind of file that a path names. */
export function kindOf(path: string): FileKind {
	const ending = endingOf(path);
	if (ending in IMAGES) return 'image';
	return ending === 'csv' || ending === 'tsv' ? 'table' : 'text';
}

/** Reads as much of a file as is shown. Rejects where it cannot be read. */
export async function previewOf(path: string, blob: Blob): Promise<Preview> {
	const kind = kindOf(path);
	if (kind === 'image') return { kind, blob: blob.slice(0, blob.size, IMAGES[endingOf(path)]) };
	const bytes = new Uint8Array(await blob.slice(0, TEXT_BYTES).arrayBuffer());
	if (bytes.includes(0)) return { kind: 'none' };
	const isPart = blob.size > TEXT_BYTES;
	const text = new TextDecoder().decode(bytes);
	if (kind === 'table') {
		const rows = parseTable(text, delimiterOf(path, text));
		// The last row may be cut in the middle.
		const whole = isPart ? rows.slice(0, -1) : rows;
		return { kind, rows: whole.slice(0, ROWS + 1), isCut: isPart || rows.length > ROWS + 1 };
	}
	const lines = (endingOf(path) === 'json' && !isPart ? indented(text) : text).replace(/\n$/, '').split('\n');
	const shown = lines.slice(0, LINES).map((line) => line.slice(0, LINE_CHARS));
	return { kind: 'text', text: shown.join('\n'), isCut: isPart || lines.length > LINES };
}

/** Rows and cells of comma-separated text, with quoted cells that may hold delimiters, quotes and line ends. */
export function parseTable(text: string, delimiter: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let cell = '';
	let isQuoted = false;
	const endCell = (): void => {
		if (row.length < COLUMNS) row.push(cell.length > CELL_CHARS ? `${cell.slice(0, CELL_CHARS)}…` : cell);
		cell = '';
	};
	const endRow = (): void => {
		endCell();
		if (row.length > 1 || row[0] !== '') rows.push(row);
		row = [];
	};
	for (let at = 0; at < text.length && rows.length <= ROWS + 1; at += 1) {
		const character = text.charAt(at);
		if (isQuoted) {
			const isDoubled = character === '"' && text.charAt(at + 1) === '"';
			if (isDoubled) at += 1;
			if (character !== '"' || isDoubled) cell += character;
			else isQuoted = false;
		} else if (character === '"' && cell === '') isQuoted = true;
		else if (character === delimiter) endCell();
		else if (character === '\n') endRow();
		else if (character !== '\r') cell += character;
	}
	if (cell !== '' || row.length > 0) endRow();
	return rows;
}

/** The mark between cells: a tab, or whichever of `,` and `;` the first line has more of. */
function delimiterOf(path: string, text: string): string {
	if (endingOf(path) === 'tsv') return '\t';
	const line = text.split('\n', 1)[0] ?? '';
	return line.split(';').length > line.split(',').length ? ';' : ',';
}

function indented(json: string): string {
	try {
		return JSON.stringify(JSON.parse(json), null, 2);
	} catch {
		// It is shown as it is.
		return json;
	}
}

function endingOf(path: string): string {
	return /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
