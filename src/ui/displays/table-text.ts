/** A table of the page as text, to copy or to save. */

/** The cells of `table` as text, row by row; a cell that spans others stands in the first of them. */
export function cellsOf(table: HTMLTableElement): string[][] {
	const rows: string[][] = Array.from(table.rows, () => []);
	Array.from(table.rows).forEach((row, at) => {
		let column = 0;
		for (const cell of row.cells) {
			while (rows[at]?.[column] !== undefined) column += 1;
			for (let down = 0; down < cell.rowSpan; down++) {
				for (let right = 0; right < cell.colSpan; right++) {
					const target = rows[at + down];
					if (target !== undefined) target[column + right] = down + right === 0 ? (cell.textContent ?? '').trim() : '';
				}
			}
			column += cell.colSpan;
		}
	});
	return rows.map((row) => Array.from(row, (cell) => cell ?? ''));
}

/** Tab-separated, for a spreadsheet's clipboard: there is no way to quote, so what would break a cell is a space. */
export function toTsv(rows: readonly (readonly string[])[]): string {
	return rows.map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}

/** Comma-separated (RFC 4180). */
export function toCsv(rows: readonly (readonly string[])[]): string {
	const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
	return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}
