import { describe, expect, test } from 'vitest';
import { PlaygroundError } from '../../../src/core/errors';
import type { ChatMessage } from '../../../src/core/ports';
import { coded } from '../../../workers/model/failures';
import { HeldBack } from '../../../workers/model/held-back';
import { KeptConversation } from '../../../workers/model/kept-conversation';

const marks = { separators: ['<|im_end|>\n'], user: '<|im_start|>user' };
const first: ChatMessage[] = [
	{ role: 'system', content: 'S' },
	{ role: 'user', content: 'Q' },
];

describe('a conversation that grows', () => {
	/** As after a reply that the stop string `</execute>` cut; its last token, `>`, is not in the cache. */
	function cut(): KeptConversation {
		const kept = new KeptConversation();
		kept.keep({
			messages: first,
			sent: [
				{ role: 'system', content: 'S' },
				{ role: 'user', content: 'Q' },
			],
			reply: '<execute>1',
			cached: '<execute>1</execute',
		});
		return kept;
	}

	test('is sent as web-llm holds it, with what its cache lacks before the next message', () => {
		const next: ChatMessage[] = [
			...first,
			{ role: 'assistant', content: '<execute>1</execute>' },
			{ role: 'user', content: 'O' },
		];
		expect(cut().continuation(next, marks)).toEqual([
			...first,
			{ role: 'assistant', content: '<execute>1' },
			{ role: 'user', content: 'O', name: '><|im_end|>\n<|im_start|>user' },
		]);
	});

	test('starts anew where the reply in the history is not what the cache holds', () => {
		const other: ChatMessage[] = [
			...first,
			{ role: 'assistant', content: '<execute>2</execute>' },
			{ role: 'user', content: 'O' },
		];
		expect(cut().continuation(other, marks)).toBeNull();
	});

	test('starts anew where an earlier message was changed, or a turn is missing', () => {
		const reply: ChatMessage = { role: 'assistant', content: '<execute>1</execute>' };
		const next: ChatMessage = { role: 'user', content: 'O' };
		expect(
			cut().continuation([{ role: 'system', content: 'T' }, first[1] as ChatMessage, reply, next], marks),
		).toBeNull();
		expect(cut().continuation([...first, next], marks)).toBeNull();
		expect(cut().continuation(first, marks)).toBeNull();
	});
});

describe('text that is held back', () => {
	test('is passed on as soon as it can no longer begin a stop string', () => {
		const passed: string[] = [];
		const heldBack = new HeldBack(['</execute>'], (delta) => passed.push(delta));
		for (const text of ['1', '1 <', '1 </', '1 </b', '1 </b></exec']) heldBack.update(text);
		expect(passed).toEqual(['1', ' ', '</b', '>']);
		heldBack.end('1 </b>');
		expect(passed.join('')).toBe('1 </b>');
	});

	test('is passed on at the end where no stop string came of it', () => {
		const passed: string[] = [];
		const heldBack = new HeldBack(['</execute>'], (delta) => passed.push(delta));
		heldBack.update('a <');
		heldBack.end('a <');
		expect(passed).toEqual(['a ', '<']);
	});
});

describe('a failure of web-llm', () => {
	const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

	test.each([
		[named('ShaderF16SupportError', 'x'), 'shader_f16_missing'],
		[named('DeviceLostError', 'x'), 'device_lost'],
		[named('ContextWindowSizeExceededError', 'x'), 'context_overflow'],
		[named('QuotaExceededError', 'x'), 'storage_full'],
		[named('GPUOutOfMemoryError', 'Out of memory: 1 GB'), 'out_of_memory'],
		[named('TypeError', 'Failed to fetch'), 'model_unreachable'],
		[new PlaygroundError('unknown_model'), 'unknown_model'],
		[named('Error', 'anything else'), 'generation_failed'],
	] as const)('%s is %s', (thrown, code) => {
		expect(coded(thrown, 'generation_failed').code).toBe(code);
	});
});
