/** What `work` resolves with; null as soon as the signal fires. Rejects as `work` does. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
	return new Promise((resolve, reject) => {
		if (signal.aborted) resolve(null);
		signal.addEventListener('abort', () => resolve(null), { once: true });
		work.then(resolve, reject);
	});
}
