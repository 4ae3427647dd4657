import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cut, fitContext } from '../../../src/core/context';
import type { ChatMessage } from '../../../src/core/ports';
import type { Turn } from '../../../src/core/prompt';

const turn = (part: Turn['part'], role: ChatMessage['role'], content: string, at: Partial<Turn> = {}): Turn => ({
	part,
	run: null,
	step: null,
	message: { role, content },
	...at,
});
const stepTurns = (count: number, observation: string, run: number | null = null): Turn[] =>
	Array.from({ length: count }, (_, step) => [
		turn('reply', 'assistant', `<execute>look(${String(step)})</execute>`, { run, step }),
		turn('observation', 'user', observation, { run, step }),
	]).flat();

const long = `Execution Output:\n${'0123456789 '.repeat(60)}\nthe end`;
const opening = [
	turn('system', 'system', 'SYSTEM'),
	turn('example', 'user', 'EXAMPLE ONE '.repeat(10)),
	turn('example', 'assistant', 'one()'),
	turn('example', 'user', 'EXAMPLE TWO '.repeat(10)),
	turn('example', 'assistant', 'two()'),
];
const earlier = [
	turn('task', 'user', 'OLD TASK', { run: 0 }),
	...stepTurns(2, long, 0),
	turn('answer', 'assistant', 'OLD ANSWER', { run: 0 }),
];
const present = [turn('task', 'user', 'THE TASK'), ...stepTurns(4, long)];
const all = [...opening, ...earlier, ...present];

/** Four characters are a token, a message costs four more; and it remembers how often it was asked. */
function counter() {
	const calls: number[] = [];
	const count = (messages: readonly ChatMessage[]) => {
		const tokens = messages.reduce((sum, { content }) => sum + 4 + Math.ceil(content.length / 4), 0);
		calls.push(tokens);
		return Promise.resolve(tokens);
	};
	return { calls, count };
}
const fit = (budget: number, turns = all, cuts: readonly Cut[] = []) =>
	fitContext(turns, budget, counter().count, cuts);
const kinds = (cuts: readonly Cut[]) => [...new Set(cuts.map(({ what }) => what))];
const text = (messages: readonly ChatMessage[]) => messages.map(({ content }) => content).join('\n');

describe('the context window', () => {
	it('counts once and cuts nothing where everything fits', async () => {
		const { calls, count } = counter();
		const { messages, cuts } = await fitContext(all, 5000, count);
		expect(messages).toEqual(all.map(({ message }) => message));
		expect(cuts).toEqual([]);
		expect(calls).toHaveLength(1);
	});

	it('shortens older observations first, and keeps the newest whole', async () => {
		const { messages, cuts } = await fit(900);
		expect(kinds(cuts)).toEqual(['shorten']);
		expect(messages.at(-1)?.content).toBe(long);
		expect(text(messages)).toContain('characters left out');
		expect(text(messages)).toContain('OLD TASK');
	});

	it('then leaves one line of each, the last', async () => {
		const { messages, cuts } = await fit(480);
		expect(kinds(cuts)).toEqual(['shorten', 'oneLine']);
		expect(text(messages)).toContain('[…] the end');
		expect(messages.at(-1)?.content).toBe(long);
	});

	it('then leaves out earlier runs, then older steps, then examples, and says that steps are gone', async () => {
		const [runs, steps, examples] = [await fit(380), await fit(310), await fit(250)];
		expect(kinds(runs.cuts)).toEqual(['shorten', 'oneLine', 'run']);
		expect(text(runs.messages)).not.toContain('OLD');
		expect(kinds(steps.cuts)).toEqual(['shorten', 'oneLine', 'run', 'step']);
		expect(text(steps.messages)).toContain('THE TASK\n\n[Earlier steps left out]');
		expect(text(steps.messages)).toContain('EXAMPLE ONE');
		expect(kinds(examples.cuts)).toEqual(['shorten', 'oneLine', 'run', 'step', 'example']);
		expect(text(examples.messages)).not.toContain('EXAMPLE ONE');
	});

	it('last shortens the newest observation, before it gives up', async () => {
		const { messages, cuts } = await fit(140);
		expect(cuts.at(-1)).toEqual({ what: 'shorten', at: all.length - 1 });
		expect(text(messages)).toContain('THE TASK');
		expect(text(messages)).toContain('look(3)');
	});

	it('rejects with context_overflow where the task alone does not fit, and says how much room there was', async () => {
		const huge = [turn('system', 'system', 'SYSTEM'), turn('task', 'user', 'word '.repeat(1000))];
		await expect(fit(500, huge)).rejects.toMatchObject({
			code: 'context_overflow',
			detail: expect.stringContaining('500'),
		});
		await expect(fit(-100, huge)).rejects.toMatchObject({ code: 'context_overflow' });
	});

	it('keeps the cuts of the step before, so that the beginning of the prompt stays the same', async () => {
		const before = await fit(900);
		const after = await fit(900, [...all, ...stepTurns(1, 'Execution Output:\n7')], before.cuts);
		expect(after.messages.slice(0, before.messages.length)).toEqual(before.messages);
		expect(after.cuts).toEqual(before.cuts);
	});

	it('counts a few times only, however much must go', async () => {
		const { calls, count } = counter();
		await fitContext([...opening, ...earlier, turn('task', 'user', 'THE TASK'), ...stepTurns(60, long)], 600, count);
		expect(calls.length).toBeLessThan(8);
	});

	it('joins neighbours of one role, and leaves out empty replies', async () => {
		const turns = [
			turn('task', 'user', 'A', { run: 0 }),
			turn('reply', 'assistant', '', { run: 0, step: 0 }),
			turn('observation', 'user', 'B', { run: 0, step: 0 }),
			turn('task', 'user', 'C'),
		];
		expect((await fit(500, turns)).messages).toEqual([{ role: 'user', content: 'A\n\nB\n\nC' }]);
	});

	it('always keeps system text and task, never exceeds the budget, and alternates the roles', async () => {
		const size = fc.integer({ min: 0, max: 12 });
		await fc.assert(
			fc.asyncProperty(size, size, fc.integer({ min: 20, max: 1500 }), async (old, now, budget) => {
				const turns = [
					...opening,
					turn('task', 'user', 'OLD TASK', { run: 0 }),
					...stepTurns(old, long, 0),
					turn('task', 'user', 'THE TASK'),
					...stepTurns(now, long),
				];
				const fitted = await fit(budget, turns).catch((thrown: unknown) => {
					expect(thrown).toMatchObject({ code: 'context_overflow' });
					return null;
				});
				if (fitted === null) return;
				const { messages, tokens } = fitted;
				expect(tokens).toBeLessThanOrEqual(budget);
				expect(messages[0]?.content).toBe('SYSTEM');
				expect(text(messages)).toContain('THE TASK');
				expect(messages.every(({ role }, index) => role !== messages[index - 1]?.role)).toBe(true);
			}),
		);
	});
});
