import { describe, expect, test } from 'vitest';
import { parseScript, ScriptedEngine } from '../../../src/adapters/engines/scripted-engine';
import type { ChatMessage } from '../../../src/core/ports';

const never = new AbortController().signal;
const ask: ChatMessage[] = [{ role: 'user', content: 'Say something.' }];
const options = { temperature: 0, maxTokens: 100, stop: ['</execute>'] };

async function ready(messages: string[], pieceMs = 0): Promise<ScriptedEngine> {
	const engine = new ScriptedEngine(messages, { pieceMs });
	await engine.load(() => undefined, never);
	return engine;
}

describe('a scripted engine', () => {
	test('plays one message a call, in order, and says when there is none left', async () => {
		const engine = await ready(['one', 'two']);
		const texts = [];
		for (let call = 0; call < 2; call += 1) {
			texts.push((await engine.generate(ask, options, () => undefined, never)).text);
		}
		expect(texts).toEqual(['one', 'two']);
		await expect(engine.generate(ask, options, () => undefined, never)).rejects.toMatchObject({
			code: 'script_exhausted',
			detail: 'the script has 2 message(s)',
		});
	});

	test('cuts a message before the closing tag, as an engine does', async () => {
		const engine = await ready(['I add.\n<execute>\nprint(1 + 1)\n</execute>\nand more']);
		const { text, finish } = await engine.generate(ask, options, () => undefined, never);
		expect([text, finish]).toEqual(['I add.\n<execute>\nprint(1 + 1)\n', 'stop']);
	});

	test('keeps white space exactly, also at the end', async () => {
		const message = '\n\tfor x in y:\n\t\tprint( x )  \n\n';
		const deltas: string[] = [];
		const engine = await ready([message]);
		await engine.generate(ask, options, (delta) => deltas.push(delta), never);
		expect(deltas.join('')).toBe(message);
	});

	test('counts a word or one other mark as a token, and four for each message', async () => {
		const engine = await ready(['x']);
		expect(await engine.countTokens([{ role: 'user', content: "It's 3.5 km." }])).toBe(4 + 8);
	});

	test('stops in the middle of a pause when it is interrupted', async () => {
		const engine = await ready(['a long message that is never finished'], 60_000);
		const abort = new AbortController();
		const run = engine.generate(ask, options, () => undefined, abort.signal);
		abort.abort();
		expect(await run).toMatchObject({ text: '', finish: 'interrupted' });
	});
});

describe('a script', () => {
	test('is a JSON array of messages', () => {
		expect(parseScript('["<execute>print(1)</execute>", "It is 1."]')).toEqual([
			'<execute>print(1)</execute>',
			'It is 1.',
		]);
	});

	test.each(['', '{', '"text"', '[]', '[1]', '[["nested"]]', 'null'])(
		'is refused with a code when it is %j',
		(json) => {
			expect(() => parseScript(json)).toThrow(expect.objectContaining({ code: 'script_invalid' }) as Error);
		},
	);
});
