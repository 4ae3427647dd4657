/** What every engine must do, as one suite (`Engine` in `src/core/ports.ts`), and what those with a model must do besides. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../src/adapters/engines/create-engine';
import { PlaygroundError } from '../../src/core/errors';
import type { ModelCard } from '../../src/core/model-card';
import type { ChatMessage, Engine, GenerateOptions, Generation, LoadProgress } from '../../src/core/ports';

/** Address under which the files on board are served to the tests. */
const BASE_URL = new URL('/', location.href).href;

const never = new AbortController().signal;

const question: readonly ChatMessage[] = [
	{ role: 'system', content: 'Be brief.' },
	{ role: 'user', content: 'Name three colours.' },
];

const greedy: GenerateOptions = { temperature: 0, maxTokens: 8, stop: [] };

interface Streamed extends Generation {
	readonly deltas: readonly string[];
}

async function generate(
	engine: Engine,
	messages: readonly ChatMessage[],
	options: Partial<GenerateOptions> = {},
	signal: AbortSignal = never,
	onDelta: () => void = () => undefined,
): Promise<Streamed> {
	const deltas: string[] = [];
	const sink = (delta: string): void => {
		deltas.push(delta);
		onDelta();
	};
	return { ...(await engine.generate(messages, { ...greedy, ...options }, sink, signal)), deltas };
}

/** The failure of `work`, which must be a coded one. */
async function failureOf(work: Promise<unknown>): Promise<PlaygroundError> {
	const thrown = await work.then(
		() => null,
		(error: unknown) => error,
	);
	expect(thrown).toBeInstanceOf(PlaygroundError);
	return thrown as PlaygroundError;
}

/** The suite for every engine. `create` makes a new one, not loaded. */
export function describeEngine(name: string, create: () => Engine): void {
	describe(`${name}, as an engine`, () => {
		const engine = create();
		const progress: LoadProgress[] = [];
		let reply: Streamed;

		beforeAll(async () => {
			await engine.load((report) => progress.push(report), never);
			reply = await generate(engine, question);
		});
		afterAll(() => engine.unload());

		test('tells how far its load is, and is ready at the end', () => {
			const loaded = progress.map((report) => report.loadedBytes);
			expect(loaded.length).toBeGreaterThan(0);
			expect(Math.max(...loaded)).toBe(progress[0]?.totalBytes);
			expect(progress.every((report) => report.text !== '')).toBe(true);
			expect(engine.phase).toBe('ready');
			expect(engine.contextTokens).toBeGreaterThan(0);
		});

		test('streams its text in pieces that make up the whole', () => {
			expect(reply.text).not.toBe('');
			expect(reply.deltas.length).toBeGreaterThan(1);
			expect(reply.deltas.join('')).toBe(reply.text);
			expect(reply.timings.prefillMs).toBeGreaterThanOrEqual(0);
			expect(reply.timings.decodeMs).toBeGreaterThanOrEqual(0);
		});

		test('ends at maxTokens and says so', () => {
			expect(reply.finish).toBe('length');
			expect(reply.usage.completionTokens).toBe(greedy.maxTokens);
		});

		test('counts the tokens of a conversation as it uses them', async () => {
			expect(await engine.countTokens(question)).toBe(reply.usage.promptTokens);
			expect(reply.usage.promptTokens).toBeGreaterThan(4);
		});

		test('gives the same text again at temperature 0', async () => {
			expect((await generate(engine, question)).text).toBe(reply.text);
		});

		test('ends before a stop string, and goes on from its cache when the string is put back', async () => {
			// Three characters from the middle of what it says anyway, so that they may lie across two tokens.
			const middle = Math.floor(reply.text.length / 2);
			const stop = reply.text.slice(middle - 1, middle + 2);
			const cut = await generate(engine, question, { stop: ['never to come', stop] });
			expect(cut.text).toBe(reply.text.slice(0, reply.text.indexOf(stop)));
			expect(cut.deltas.join('')).toBe(cut.text);
			expect(cut.finish).toBe('stop');

			const turn: ChatMessage[] = [
				...question,
				{ role: 'assistant', content: cut.text + stop },
				{ role: 'user', content: 'And?' },
			];
			const next = await generate(engine, turn, { maxTokens: 2 });
			expect(next.usage.promptTokens).toBe(await engine.countTokens(turn));
			expect(next.usage.cachedTokens).toBeGreaterThanOrEqual(cut.usage.promptTokens - 1);
			expect(next.usage.cachedTokens).toBeLessThan(next.usage.promptTokens);
		});

		test('keeps what it has written when it is interrupted, and can go on', async () => {
			const abort = new AbortController();
			const stopped = await generate(engine, question, { maxTokens: 50 }, abort.signal, () => abort.abort());
			expect(stopped.finish).toBe('interrupted');
			expect(stopped.text).not.toBe('');
			expect(stopped.text).toBe(stopped.deltas.join(''));
			expect((await generate(engine, question)).text).toBe(reply.text);
		});

		test('writes nothing when it is interrupted before it begins', async () => {
			const stopped = await generate(engine, question, {}, AbortSignal.abort());
			expect(stopped).toMatchObject({ text: '', finish: 'interrupted' });
		});

		test('answers after an unload only when it is loaded again', async () => {
			const other = create();
			expect((await failureOf(generate(other, question))).code).toBe('model_not_loaded');
			await other.load(() => undefined, never);
			await other.unload();
			expect(other.phase).toBe('idle');
			expect(other.contextTokens).toBe(0);
			expect((await failureOf(generate(other, question))).code).toBe('model_not_loaded');
			await other.load(() => undefined, never);
			expect((await generate(other, question)).text).toBe(reply.text);
			await other.unload();
		});

		test('ends what is under way when it is unloaded', async () => {
			const other = create();
			await other.load(() => undefined, never);
			const run = generate(other, question, { maxTokens: 100 }).catch((thrown: unknown) => thrown);
			await other.unload();
			// An engine that writes at once may have been through before.
			const outcome = await run;
			if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'model_not_loaded' });
			else expect(outcome).toMatchObject({ finish: 'stop' });
			expect(other.phase).toBe('idle');
		});

		test('is idle again after a load that was given up', async () => {
			const other = create();
			const abort = new AbortController();
			const reason = new Error('given up');
			const load = other.load(() => undefined, abort.signal);
			abort.abort(reason);
			const outcome = await load.catch((thrown: unknown) => thrown);
			// An engine that loads at once may have been ready before the signal.
			if (other.phase === 'idle') expect(outcome).toBe(reason);
			else expect([other.phase, outcome]).toEqual(['ready', undefined]);
			await other.unload();
		});
	});
}

/** The suite for engines with a model that is on board. `grammar` allows "yes" and "no", in the engine's dialect. */
export function describeModel(name: string, card: ModelCard, grammar: string): void {
	const create = (baseUrl: string): Engine => createEngine(card, { baseUrl });
	describeEngine(name, () => create(BASE_URL));

	describe(`${name}, as a model`, () => {
		const engine = create(BASE_URL);
		beforeAll(() => engine.load(() => undefined, never));
		afterAll(() => engine.unload());

		test('draws the same text with the same seed, and another with another', async () => {
			const draw = (seed: number): Promise<Streamed> => generate(engine, question, { temperature: 1.5, topP: 1, seed });
			const [first, again, other] = [await draw(1), await draw(1), await draw(2)];
			expect(again.text).toBe(first.text);
			expect(other.text).not.toBe(first.text);
		});

		test('writes only what a grammar allows', async () => {
			expect(['yes', 'no']).toContain((await generate(engine, question, { grammar })).text);
		});

		test('refuses a grammar that is none, and goes on', async () => {
			const error = await failureOf(generate(engine, question, { grammar: 'root ::= (' }));
			expect(error.code).toBe('generation_failed');
			expect((await generate(engine, question, { maxTokens: 2 })).text).not.toBe('');
		});

		test('refuses a conversation that is larger than its context window', async () => {
			const long: ChatMessage[] = [{ role: 'user', content: 'word '.repeat(card.contextTokens + 100) }];
			expect(await engine.countTokens(long)).toBeGreaterThan(card.contextTokens);
			expect((await failureOf(generate(engine, long))).code).toBe('context_overflow');
		});

		test('gives a load up in the middle of its files, and can load again', async () => {
			const other = create(BASE_URL);
			const abort = new AbortController();
			const reason = new Error('given up');
			const load = other.load(({ loadedBytes }) => loadedBytes > 0 && abort.abort(reason), abort.signal);
			await expect(load).rejects.toBe(reason);
			expect(other.phase).toBe('idle');
			await other.load(() => undefined, never);
			expect(other.phase).toBe('ready');
			await other.unload();
		});

		test('refuses a damaged file, with both hashes and the source', async () => {
			const damaged = create(`${BASE_URL}tests/fixtures/engines/corrupt/`);
			const error = await failureOf(damaged.load(() => undefined, never));
			expect(error.code).toBe('model_corrupt');
			expect(error.detail).toContain(`expected: ${'0'.repeat(64)}`);
			expect(error.detail).toMatch(/found: (?!0{64})[0-9a-f]{64}/);
			expect(error.detail).toContain(`source: ${BASE_URL}tests/fixtures/engines/corrupt/models/${card.id}/`);
			expect(damaged.phase).toBe('failed');
		});

		test('says why its files are missing', async () => {
			const error = await failureOf(create(`${BASE_URL}tests/fixtures/engines/missing/`).load(() => undefined, never));
			expect(error.code).toBe('model_missing');
			expect(error.detail).toContain('no source had it');
		});

		test('says so where nothing is on board at all', async () => {
			const error = await failureOf(create(`${BASE_URL}tests/fixtures/engines/nowhere/`).load(() => undefined, never));
			expect(error.code).toBe('model_missing');
		});
	});
}
