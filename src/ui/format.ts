/** Figures for people: one unit, tabular, English. */

/** Such as `94 MB`; decimal units, as browsers and downloads use. */
export function bytes(size: number): string {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	const power = size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3));
	const value = size / 1000 ** power;
	return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? 'B'}`;
}

/** Such as `1.4 s`, `0.03 s`, `2 min 5 s`. */
export function seconds(ms: number): string {
	if (ms >= 60_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
	return `${(ms / 1000).toFixed(ms < 100 ? 2 : 1)} s`;
}

/** Such as `4 s`: for what is still going on, where a tenth would flicker. */
export function wholeSeconds(ms: number): string {
	return `${Math.max(0, Math.floor(ms / 1000))} s`;
}

/** Such as `43 %`. */
export function share(fraction: number): string {
	return `${Math.floor(fraction * 100)} %`;
}

/** Such as `1 step`, `3 steps`. */
export function count(amount: number, noun: string): string {
	return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Such as `2.9k`, for tokens where room is short. */
export function thousands(amount: number): string {
	return amount < 1000 ? String(amount) : `${(amount / 1000).toFixed(1)}k`;
}

/** Tokens a second, rounded; null where the time is too short to tell. */
export function rate(tokens: number, ms: number): number | null {
	return tokens <= 0 || ms < 1 ? null : Math.round((tokens * 1000) / ms);
}

/** When something was, as people say it: `today 09:12`, `12 May`. */
export function when(iso: string, now: Date): string {
	const date = new Date(iso);
	const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
	if (date.toDateString() === now.toDateString()) return `today ${time}`;
	return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}
