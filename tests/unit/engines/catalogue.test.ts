import { describe, expect, test } from 'vitest';
import { cardFor, defaultModel, MODEL_CATALOGUE, withEntries } from '../../../src/adapters/catalogue';
import { cardOf, RECOMMENDED } from '../../../src/adapters/engines/webllm-cards';
import type { Capabilities } from '../../../src/core/model-card';
import { PROFILES } from '../../../src/core/profiles';
import { entries } from '../../../workers/model/entries';

const plain: Capabilities = {
	webgpu: false,
	shaderF16: false,
	webgpuIsFallback: false,
	maxBufferBytes: 0,
	isolated: true,
	serviceWorker: true,
	threads: 2,
	quotaBytes: null,
	usageBytes: null,
	persisted: false,
};

describe('the catalogue', () => {
	test('has what is on board first, and needs no package for it', () => {
		expect(MODEL_CATALOGUE.slice(0, 2).map((card) => [card.id, card.engine, card.source])).toEqual([
			['smollm2-135m', 'wllama', 'onBoard'],
			['smollm2-135m-webgpu', 'webllm', 'onBoard'],
		]);
	});

	test('recommends a coder model as web-llm lists it, with and without half precision', () => {
		const listed = entries().filter((entry) => RECOMMENDED.some((recommended) => recommended.id === entry.id));
		expect(RECOMMENDED).toEqual(listed);
		expect(RECOMMENDED.map(cardOf).map((card) => [card.profile, card.needs.shaderF16, card.recommended])).toEqual([
			['coder', true, true],
			['coder', false, true],
		]);
	});

	test('has a card for each model of web-llm that can converse, once', () => {
		const cards = withEntries(entries());
		const ids = cards.map((card) => card.id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(cards.length).toBeGreaterThan(100);
		expect(ids.filter((id) => /embed|vision|-Base-/.test(id))).toEqual([]);
		expect(ids).toEqual(expect.arrayContaining(entries().map((entry) => entry.id)));
	});

	test('says of each model what it takes and which profile prompts it', () => {
		for (const card of withEntries(entries())) {
			expect(card.sizeBytes, card.id).toBeGreaterThan(50e6);
			expect(card.needs.memoryBytes, card.id).toBeGreaterThanOrEqual(card.sizeBytes);
			expect(card.contextTokens, card.id).toBeGreaterThan(0);
			expect(PROFILES[card.profile], card.id).toBeDefined();
			expect(card.name, card.id).toMatch(/\S/);
			expect(card.needs.shaderF16, card.id).toBe(card.id.includes('f16'));
		}
	});

	test('names a model as people do', () => {
		const [card] = RECOMMENDED.map(cardOf);
		expect(card).toMatchObject({ name: 'Qwen2.5 Coder 1.5B Instruct (q4f16)', family: 'Qwen2.5 Coder' });
	});

	test('finds the weights of every entry where web-llm has them', () => {
		for (const { id, weightsUrl } of entries()) {
			expect(weightsUrl).toBe(`https://huggingface.co/mlc-ai/${id.replace(/-1k$/, '')}/resolve/main/`);
		}
	});

	test('gives the card of an id', async () => {
		expect((await cardFor('smollm2-135m')).name).toBe('SmolLM2 135M');
	});
});

describe('the default model', () => {
	test('is the one on the CPU where there is no WebGPU', () => {
		expect(defaultModel(plain).id).toBe('smollm2-135m');
	});

	test('is the one on the CPU where WebGPU is only software', () => {
		expect(defaultModel({ ...plain, webgpu: true, webgpuIsFallback: true }).id).toBe('smollm2-135m');
	});

	test('is the one on the GPU where there is a real one', () => {
		expect(defaultModel({ ...plain, webgpu: true }).id).toBe('smollm2-135m-webgpu');
	});
});
