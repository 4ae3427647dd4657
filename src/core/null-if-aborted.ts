/** What `work` resolves with, or null as soon as the signal fires. Rejects as `work` does. */
export function nullIfAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
	return new Promise((resolve, reject) => {
		const stop = (): void => resolve(null);
		if (signal.aborted) stop();
		signal.addEventListener('abort', stop, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}
