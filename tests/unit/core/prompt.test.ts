import { describe, expect, it } from 'vitest';
import { EMPTY_RESULT } from '../../../src/adapters/runtimes/empty-result';
import { observe } from '../../../src/core/observation';
import type { FileMention } from '../../../src/core/files';
import { promptTurns } from '../../../src/core/prompt';
import type { Step, Trajectory } from '../../../src/core/trajectory';
import { DEFAULT_LIMITS } from '../../../src/core/limits';
import { acts, bare } from './play';

function step(reply: string, observation: string | null, more: Partial<Step> = {}): Step {
	return {
		reply,
		thought: '',
		action: observation === null ? null : { code: 'print(1)', form: 'tag' },
		observation:
			observation === null
				? null
				: { ...observe({ ...EMPTY_RESULT, stdout: observation }, '', 400), text: observation },
		formatError: null,
		usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 1 },
		timings: { prefillMs: 0, decodeMs: 0, pythonMs: 0, totalMs: 0 },
		...more,
	};
}

const run = (more: Partial<Trajectory>): Trajectory => ({
	version: 2,
	id: 'old',
	createdAt: '2026-01-02T03:04:05.000Z',
	task: 'OLD',
	files: [],
	model: 'scripted',
	profile: 'bare',
	limits: DEFAULT_LIMITS,
	steps: [],
	answer: null,
	answerSource: null,
	stopReason: 'answered',
	error: null,
	partialReply: null,
	...more,
});

const examples = () => [
	{ role: 'user' as const, content: 'EXAMPLE' },
	{ role: 'assistant' as const, content: 'CODE' },
];

function prompt(history: readonly Trajectory[], steps: readonly Step[], files: readonly FileMention[] = []): string[] {
	const turns = promptTurns({ profile: { ...bare, examples }, history, task: 'NEW', files, steps });
	return turns.map(({ message }) => `${message.role}: ${message.content}`);
}

const opening = ['system: Solve the task with Python.', 'user: EXAMPLE', 'assistant: CODE'];

describe('a prompt', () => {
	it('is system text, examples, earlier runs, the task and its steps, in this order', () => {
		const old = run({
			steps: [step(acts('print(1)'), '1'), step('It is 1.', null)],
			answer: 'It is 1.',
			answerSource: 'reply',
		});
		expect(prompt([old], [step(acts('print(2)'), '2')])).toEqual([
			...opening,
			'user: OLD',
			'assistant: <execute>\nprint(1)\n</execute>',
			'user: Execution Output:\n1',
			'assistant: It is 1.',
			'user: NEW',
			'assistant: <execute>\nprint(2)\n</execute>',
			'user: Execution Output:\n2',
		]);
	});

	it('only grows at its end from step to step', () => {
		const steps = [step(acts('print(1)'), '1'), step('', null, { formatError: 'Write one.' }), step(acts('x'), '2')];
		const old = run({ steps: [step(acts('print(1)'), '1')] });
		const whole = prompt([old], steps);
		steps.forEach((_, count) => {
			const before = prompt([old], steps.slice(0, count));
			expect(whole.slice(0, before.length)).toEqual(before);
		});
	});

	it('tells an earlier final_answer as the reply of the model', () => {
		const old = run({ steps: [step(acts('final_answer(1)'), '[…]')], answer: '1', answerSource: 'finalAnswer' });
		expect(prompt([old], []).slice(3)).toEqual([
			'user: OLD',
			'assistant: <execute>\nfinal_answer(1)\n</execute>',
			'user: Execution Output:\n[…]',
			'assistant: 1',
			'user: NEW',
		]);
	});

	it('tells an earlier run answered by its output as the worked examples are told', () => {
		const old = run({ steps: [step(acts('print(1)'), '1')], answer: '1', answerSource: 'output' });
		expect(prompt([old], []).slice(3)).toEqual([
			'user: OLD',
			'assistant: <execute>\nprint(1)\n</execute>',
			'user: NEW',
		]);
	});

	it('names the files that were there when each task was given, below it', () => {
		const old = run({
			files: [{ path: 'data.csv', bytes: 11_800 }],
			steps: [step(acts('print(1)'), '1')],
			answer: '1',
			answerSource: 'output',
		});
		const turns = prompt(
			[old],
			[],
			[
				{ path: 'data.csv', bytes: 11_800 },
				{ path: 'out/plot.png', bytes: 300 },
			],
		);
		expect(turns[3]).toBe('user: OLD\nFiles: data.csv (12 kB)');
		expect(turns.at(-1)).toBe('user: NEW\nFiles: data.csv (12 kB), out/plot.png (300 B)');
	});

	it('leaves out an earlier run that never came to a step', () => {
		expect(prompt([run({ stopReason: 'failed' })], [])).toEqual([...opening, 'user: NEW']);
	});

	it('shows the model its fenced or bare code between the tags, without what came after it', () => {
		const fenced = step('So:\n```python\nprint(1)\n```\nOutput: 5', '1', {
			thought: 'So:',
			action: { code: 'print(1)', form: 'fence' },
		});
		expect(prompt([], [fenced])[4]).toBe('assistant: So:\n<execute>\nprint(1)\n</execute>');
	});
});
