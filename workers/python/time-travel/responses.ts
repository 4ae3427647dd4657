/**
 * Answers of the network that can be read again. The body of a response can be read once, and reading it is something
 * that a restore cannot undo; so each reading is of a copy. The request itself is not sent again, and an answer that was
 * awaited on an undone branch is heard by nobody (`callbacks.ts`).
 */
const READERS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/** `ask`, with responses that can be read again. */
export function rereadable(ask: typeof fetch): typeof fetch {
	return async (input, init) => {
		const response = await ask.call(self, input, init);
		for (const name of READERS) {
			Object.defineProperty(response, name, { value: () => response.clone()[name](), configurable: true });
		}
		return response;
	};
}
