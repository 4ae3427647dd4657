/** What Python asks a person to type (`input`, `getpass`), and what comes back. */
import type { WireError } from './errors';

/** A line that Python waits for. */
export interface InputRequest {
	/** What `input(prompt)` was given; may be empty. */
	readonly prompt: string;
	/** True for a password: what is typed is shown nowhere. */
	readonly isMasked: boolean;
}

/** The line without its end, or why there is none. */
export type InputAnswer =
	{ readonly kind: 'line'; readonly text: string } | { readonly kind: 'refused'; readonly error: WireError };
