/** The lines that a person sees while a script works: a step with its time, and signs of life in a long one. */

/** A step that lasts longer than this says what it is doing, and again each time that it has lasted twice as long (then each minute). */
const SIGN_OF_LIFE_MS = 5_000;

/** @typedef {(line: string) => void} Log */

/** @param {number} ms */
export function seconds(ms) {
	return `${(ms / 1000).toFixed(1)} s`;
}

/** @param {number} bytes */
export function megabytes(bytes) {
	return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
}

/**
 * Does one step and tells its outcome with the time it took.
 * @param {Log} log
 * @param {string} title what is being done, such as `building`
 * @param {(progress: (text: string) => void) => Promise<string | { failure: string }>} work gives the outcome as a short
 *   text; `progress` tells how far it is, which is shown when it lasts
 */
export async function step(log, title, work) {
	const started = performance.now();
	let detail = '';
	let nextSignMs = SIGN_OF_LIFE_MS;
	const timer = setInterval(() => {
		const lastedMs = performance.now() - started;
		if (lastedMs < nextSignMs) return;
		nextSignMs = Math.min(2 * nextSignMs, nextSignMs + 60_000);
		log(`  … ${title}${detail === '' ? '' : `: ${detail}`} (${seconds(lastedMs)})`);
	}, 1_000);
	try {
		const outcome = await work((text) => (detail = text));
		const line = typeof outcome === 'string' ? `✓ ${outcome}` : `✗ ${outcome.failure}`;
		log(`${line} (${seconds(performance.now() - started)})`);
	} catch (error) {
		log(`✗ ${title} failed (${seconds(performance.now() - started)})`);
		throw error;
	} finally {
		clearInterval(timer);
	}
}
