import type { ChatMessage } from '../../core/ports';

/** How many messages at the beginning of `next` are the same as in `held`. */
export function sharedMessages(held: readonly ChatMessage[], next: readonly ChatMessage[]): number {
	let shared = 0;
	for (const message of next) {
		const other = held[shared];
		if (other?.role !== message.role || other.content !== message.content) break;
		shared += 1;
	}
	return shared;
}
