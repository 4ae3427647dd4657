/**
 * Lets web-llm go on with its KV cache when a conversation grows.
 *
 * web-llm (0.2.86) reuses the cache only if the messages before the last are, to the letter, those it holds, the reply
 * as it gave it. Ours are not: the closing tag that a stop string cut is put back into the history. And it continues
 * inexactly: the last token of a reply that a stop string ended never got into the cache, and neither did the mark that
 * ends a message. So we send web-llm the conversation as it holds it, and give what its cache lacks as the name of the
 * next user's role, which it writes just there.
 */
import type { ChatCompletionMessageParam } from '@mlc-ai/web-llm';
import type { ChatMessage } from '../../src/core/ports';

/** The marks of the model's template that lie between a reply and the next message. */
export interface TemplateMarks {
	/** Ends a message; the n-th message (system not counted) takes the n-th, cyclically. */
	readonly separators: readonly string[];
	/** Name of the user's role. */
	readonly user: string;
}

interface Held {
	/** The conversation that was answered, as the caller has it. */
	readonly messages: readonly ChatMessage[];
	/** The same as it was sent to web-llm. */
	readonly sent: readonly ChatCompletionMessageParam[];
	/** The reply as web-llm holds it. */
	readonly reply: string;
	/** The text of those of the reply's tokens that are in the KV cache. */
	readonly cached: string;
}

/** What web-llm's KV cache holds of the conversation. */
export class KeptConversation {
	#held: Held | null = null;

	/** Forgets it: the cache holds nothing that can be continued. */
	clear(): void {
		this.#held = null;
	}

	/** Notes what the cache holds after a reply that ended by itself. */
	keep(held: Held): void {
		// A character that is not whole yet cannot be continued as text.
		this.#held = held.reply.includes('\uFFFD') || held.cached.includes('\uFFFD') ? null : held;
	}

	/** `messages` as they have to be sent so that web-llm continues with its cache; null where it has to start anew. */
	continuation(messages: readonly ChatMessage[], marks: TemplateMarks): ChatCompletionMessageParam[] | null {
		const held = this.#held;
		if (held === null || messages.length !== held.messages.length + 2) return null;
		const isSame = held.messages.every(
			(message, index) => message.role === messages[index]?.role && message.content === messages[index].content,
		);
		const reply = messages.at(-2);
		const next = messages.at(-1);
		if (!isSame || reply?.role !== 'assistant' || next?.role !== 'user') return null;
		if (!reply.content.startsWith(held.cached)) return null;
		const spoken = messages.filter((message) => message.role !== 'system').length;
		const separator = marks.separators[(spoken - 2) % marks.separators.length] ?? '';
		const name = reply.content.slice(held.cached.length) + separator + marks.user;
		return [...held.sent, { role: 'assistant', content: held.reply }, { role: 'user', content: next.content, name }];
	}
}
