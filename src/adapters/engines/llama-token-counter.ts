import type { Wllama } from '@wllama/wllama';
import type { ChatMessage } from '../../core/ports';

/** What llama.cpp says when a prompt does not fit, before it computes anything. */
const REFUSAL = /request \((\d+) tokens\) exceeds the available context size/;

/**
 * Counts the tokens of a conversation with the model's own template and tokenizer.
 *
 * wllama 3.8.1 exports no tokenizer. But its llama.cpp refuses a prompt that is larger than the context window before
 * it computes anything or touches the KV cache, and says how many tokens the prompt has (15–30 ms, measured). So the
 * conversation is sent with one message behind it that is larger than the window; what that message costs is measured
 * once, as the difference between two of them and one.
 */
export class LlamaTokenCounter {
	readonly #wllama: Wllama;
	readonly #filler: ChatMessage;
	#fillerTokens: number | null = null;

	constructor(wllama: Wllama, contextTokens: number) {
		this.#wllama = wllama;
		this.#filler = { role: 'user', content: ' a'.repeat(contextTokens) };
	}

	/** Tokens of `messages`, with the opening of the reply that the template adds. Rejects as wllama does. */
	async count(messages: readonly ChatMessage[]): Promise<number> {
		// One after the other: two requests at once would wait for each other's slot.
		this.#fillerTokens ??= await this.#measureFiller();
		return (await this.#refused([...messages, this.#filler])) - this.#fillerTokens;
	}

	async #measureFiller(): Promise<number> {
		const one = await this.#refused([this.#filler]);
		return (await this.#refused([this.#filler, this.#filler])) - one;
	}

	async #refused(messages: readonly ChatMessage[]): Promise<number> {
		try {
			await this.#wllama.createChatCompletion({ messages: messages.map((message) => ({ ...message })), max_tokens: 1 });
		} catch (thrown) {
			const tokens = thrown instanceof Error ? REFUSAL.exec(thrown.message)?.[1] : undefined;
			if (tokens !== undefined) return Number(tokens);
			throw thrown;
		}
		throw new Error('the engine accepted a prompt that is larger than its context window');
	}
}
