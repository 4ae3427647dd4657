/**
 * What we read of web-llm's inside (0.2.86, pinned). Its public interface gives no tokenizer and no way to ask what
 * its KV cache holds; both are needed to count tokens as the engine does and to reuse the cache.
 */
import type { ChatOptions, MLCEngine } from '@mlc-ai/web-llm';
import { PlaygroundError } from '../../src/core/errors';
import type { ChatMessage } from '../../src/core/ports';

/** The model's `mlc-chat-config.json`. */
type ChatConfig = Required<ChatOptions>;

/** A message as web-llm keeps it: role, name of the role in the template, text (undefined: a reply to come). */
type HeldMessage = [role: 'user' | 'assistant', roleName: string, text: string | undefined];

interface Conversation {
	readonly config: ChatConfig['conv_template'];
	messages: HeldMessage[];
	override_system_message: string | undefined;
	getPromptArray(config: ChatConfig): readonly string[];
}

interface Pipeline {
	readonly tokenizer: { encode(text: string): Int32Array };
	readonly contextWindowSize: number;
	getConversationObject(): Conversation;
}

interface Inside {
	readonly loadedModelIdToPipeline: ReadonlyMap<string, Pipeline>;
	readonly loadedModelIdToChatConfig: ReadonlyMap<string, ChatConfig>;
}

/** A loaded model of web-llm, as far as its engine does not show it. */
export class LoadedPipeline {
	readonly #inside: Inside;
	readonly #id: string;

	constructor(engine: MLCEngine, id: string) {
		this.#inside = engine as unknown as Inside;
		this.#id = id;
	}

	/** False once web-llm has let go of the model, as it does by itself when the GPU is lost. */
	get isLoaded(): boolean {
		return this.#inside.loadedModelIdToPipeline.has(this.#id);
	}

	get contextTokens(): number {
		return this.#pipeline().contextWindowSize;
	}

	/** The template's marks, as they are between the end of a reply and the name of the next role. */
	template(): { readonly separators: readonly string[]; readonly user: string } {
		const { seps, roles } = this.#pipeline().getConversationObject().config;
		return { separators: seps, user: roles.user };
	}

	/** Tokens of `messages` and of the opening of the reply, exactly as web-llm makes a prompt of them. */
	countTokens(messages: readonly ChatMessage[]): number {
		const pipeline = this.#pipeline();
		const current = pipeline.getConversationObject();
		const { roles, system_prefix_token_ids: prefix } = current.config;
		const spoken = messages.filter((message) => message.role !== 'system');
		const conversation = Object.assign(Object.create(Object.getPrototypeOf(current) as object), current, {
			override_system_message: messages.find((message) => message.role === 'system')?.content,
			messages: [
				...spoken.map(({ role, content }) => [role, role === 'user' ? roles.user : roles.assistant, content]),
				['assistant', roles.assistant, undefined],
			],
		}) as Conversation;
		const config = this.#inside.loadedModelIdToChatConfig.get(this.#id);
		if (config === undefined) throw new PlaygroundError('model_not_loaded');
		return conversation
			.getPromptArray(config)
			.reduce((sum, text) => sum + pipeline.tokenizer.encode(text).length, prefix?.length ?? 0);
	}

	#pipeline(): Pipeline {
		const pipeline = this.#inside.loadedModelIdToPipeline.get(this.#id);
		if (pipeline === undefined) throw new PlaygroundError('model_not_loaded');
		return pipeline;
	}
}
