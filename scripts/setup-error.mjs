/** An expected failure of a script: a stable code, what happened, and what the person can do next. */
export class SetupError extends Error {
	/**
	 * @param {string} code snake_case, stable
	 * @param {string} message what happened, as a sentence
	 * @param {string} [next] what to do now
	 */
	constructor(code, message, next = '') {
		super(message);
		this.name = 'SetupError';
		this.code = code;
		this.next = next;
	}
}
