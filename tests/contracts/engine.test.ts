import { expect, test } from 'vitest';
import { cardFor } from '../../src/adapters/catalogue';
import { createEngine } from '../../src/adapters/engines/create-engine';
import { ScriptedEngine } from '../../src/adapters/engines/scripted-engine';
import { describeEngine, describeModel } from './engine-suite';

const script = Array<string>(20).fill('Red, green and blue are three colours that everybody knows well.');

describeEngine('ScriptedEngine', () => new ScriptedEngine(script));
describeModel('WllamaEngine', await cardFor('smollm2-135m'), 'root ::= "yes" | "no"');

test('A file that has its hash but is no GGUF is refused with the words of llama.cpp', async () => {
	const engine = createEngine(await cardFor('smollm2-135m'), {
		baseUrl: new URL('/tests/fixtures/engines/garbage/', location.href).href,
	});
	await expect(engine.load(() => undefined, new AbortController().signal)).rejects.toMatchObject({
		code: 'model_load_failed',
		detail: expect.stringContaining('GGUF') as string,
	});
	expect(engine.phase).toBe('failed');
});

test('A model that no catalogue has is refused by its name', async () => {
	await expect(cardFor('no-such-model')).rejects.toMatchObject({ code: 'unknown_model', detail: 'no-such-model' });
});
