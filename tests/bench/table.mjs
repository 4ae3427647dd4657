/** What a bench measured, as a table in Markdown: the median of several repeats, their spread, and the target. */

/**
 * One measured thing. `target`: the most that it may be, in the same unit; left out where it is a reference.
 * @typedef {{ what: string, values: readonly number[], unit: string, target?: number }} Figure
 */

/** @param {readonly number[]} values */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
	if (low === undefined || high === undefined) throw new Error('nothing was measured');
	return (low + high) / 2;
}

/** Three digits that count. @param {number} value */
function short(value) {
	return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** @param {readonly Figure[]} figures @returns {string} */
export function table(figures) {
	const rows = figures.map(({ what, values, unit, target }) => {
		const spread = `${short(Math.min(...values))}–${short(Math.max(...values))}`;
		const isMet = target === undefined ? '' : median(values) <= target ? 'met' : '**missed**';
		const wanted = target === undefined ? '' : `≤ ${String(target)} ${unit}`;
		return [what, `${short(median(values))} ${unit}`, spread, String(values.length), wanted, isMet];
	});
	const head = ['what', 'median', 'spread', 'repeats', 'target', ''];
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
