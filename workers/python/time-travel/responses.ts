/**
 * Answers of the network that can be read again. The body of a response can be read once, and reading it is something
 * that a restore cannot undo; so each reading is of a copy. The request itself is not sent again, and what was asked for on an
 * undone branch fails: JavaScript that loads packages for Python must not go on in a memory that is no longer its own.
 */
const READERS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/** `ask`, with responses that can be read again, and none for an action that was taken back. `begin`: `Callbacks.begin`. */
export function rereadable(ask: typeof fetch, begin: () => () => boolean): typeof fetch {
	return async (input, init) => {
		const isPresent = begin();
		const response = await ask.call(self, input, init).catch((thrown: unknown) => {
			isPresent();
			throw thrown;
		});
		if (!isPresent()) throw new Error('The request is of an action that was taken back.');
		for (const name of READERS) {
			Object.defineProperty(response, name, { value: () => response.clone()[name](), configurable: true });
		}
		return response;
	};
}
