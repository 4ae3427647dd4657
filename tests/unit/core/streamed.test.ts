import { describe, expect, it } from 'vitest';
import { streamed } from '../../../src/core/streamed';

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

async function drain<Item, Result>(stream: AsyncGenerator<Item, Result>): Promise<{ items: Item[]; result: Result }> {
	const items: Item[] = [];
	for (;;) {
		const next = await stream.next();
		if (next.done === true) return { items, result: next.value };
		items.push(next.value);
	}
}

describe('a stream of what a callback is told', () => {
	it('yields everything in order, what was pushed at once and what came later, then returns the result', async () => {
		const stream = streamed<number, string>(new AbortController().signal, async (push) => {
			push(1);
			push(2);
			await turn();
			push(3);
			return 'done';
		});
		expect(await drain(stream)).toEqual({ items: [1, 2, 3], result: 'done' });
	});

	it('throws what the work rejects with, after what came before', async () => {
		const stream = streamed<number, string>(new AbortController().signal, async (push) => {
			push(1);
			await turn();
			throw new Error('broke');
		});
		expect((await stream.next()).value).toBe(1);
		await expect(stream.next()).rejects.toThrow('broke');
	});

	it('hands an abort on, also one from before it began', async () => {
		const abort = new AbortController();
		abort.abort('why');
		const stream = streamed<number, unknown>(abort.signal, (_push, signal) =>
			Promise.resolve([signal.aborted, signal.reason]),
		);
		expect((await drain(stream)).result).toEqual([true, 'why']);
	});

	it('stops the work when the consumer leaves early', async () => {
		let signal: AbortSignal | null = null;
		const stream = streamed<number, string>(new AbortController().signal, (push, given) => {
			signal = given;
			push(1);
			return new Promise(() => undefined);
		});
		for await (const item of stream) {
			expect(item).toBe(1);
			break;
		}
		expect(signal).toHaveProperty('aborted', true);
	});

	it('leaves the signal of finished work alone', async () => {
		const abort = new AbortController();
		let signal: AbortSignal | null = null;
		await drain(
			streamed<number, string>(abort.signal, (_push, given) => {
				signal = given;
				return Promise.resolve('done');
			}),
		);
		abort.abort();
		expect(signal).toHaveProperty('aborted', false);
	});
});
