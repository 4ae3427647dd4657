import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseReply } from '../../../src/core/action';
import { onboard } from '../../../src/core/profiles/onboard';
import { POOL } from '../../../src/core/profiles/pool';
import { chooserOver, wordsOf } from '../../../src/core/profiles/similarity';
import preload from '../../../workers/python/preload.py?raw';
import heldOut from '../../bench/onboard-tasks.json';

const runner = new URL('../../fixtures/run-examples.py', import.meta.url);
const choose = chooserOver(POOL, 6, 2);

/** What each piece of code prints in real Python, after the preload, or its error. */
function runInPython(examples: readonly string[]): { printed: string; error: string | null }[] {
	const python = spawnSync('python3', ['-I', '-c', readFileSync(runner, 'utf8')], {
		input: JSON.stringify({ preload, examples }),
		encoding: 'utf8',
	});
	expect(python.stderr).toBe('');
	return JSON.parse(python.stdout) as { printed: string; error: string | null }[];
}

/** True for code that needs a wheel; `tests/contracts/runtime-packages.test.ts` runs those. */
function usesNumpy(code: string): boolean {
	return code.includes('numpy');
}

/** A task with its numbers, texts and dates left out. */
function template(task: string): string {
	return task
		.toLowerCase()
		.replace(/"[^"]*"|\[[^\]]*\]|\d{4}-\d\d-\d\d|-?\d+(?:\.\d+)?/g, '#')
		.replace(/#(?:,? and #|, #)+/g, '#');
}

describe('the pool of worked examples', () => {
	it('holds at least 80 examples of at least 25 families, none alone in its family', () => {
		const families = new Map<string, number>();
		for (const { family } of POOL) families.set(family, (families.get(family) ?? 0) + 1);
		expect(POOL.length).toBeGreaterThanOrEqual(80);
		expect(families.size).toBeGreaterThanOrEqual(25);
		expect([...families].filter(([, count]) => count < 2)).toEqual([]);
	});

	it('asks nothing twice', () => {
		expect(new Set(POOL.map((example) => example.task)).size).toBe(POOL.length);
	});

	it('prints one line for each example in real Python, in code of at most four lines', { timeout: 60_000 }, () => {
		const plain = POOL.filter((example) => !usesNumpy(example.code));
		const results = runInPython(plain.map((example) => example.code));
		const failed = plain
			.map((example, index) => ({ ...example, ...results[index] }))
			.filter(
				({ printed, error, code }) => error !== null || !/^.+\n$/.test(printed ?? '') || code.split('\n').length > 4,
			);
		expect(failed).toEqual([]);
	});

	it('holds no held-out task, nor one that differs only in numbers, texts and dates', () => {
		const pool = new Set(POOL.map((example) => template(example.task)));
		expect(heldOut.map((task) => task.task).filter((task) => pool.has(template(task)))).toEqual([]);
	});

	it('does not hold the tasks that the end-to-end tests ask', () => {
		const code = POOL.map((example) => example.code).join('\n');
		expect(code).not.toMatch(/17 \* 23|"python"|"strawberry"|2 \*\* 20/);
	});
});

describe('the held-out tasks', () => {
	it('are at least 60 of covered families and at least 30 of others, and say truly which', () => {
		const families = new Set(POOL.map((example) => example.family));
		expect(heldOut.filter((task) => task.covered).length).toBeGreaterThanOrEqual(60);
		expect(heldOut.filter((task) => !task.covered).length).toBeGreaterThanOrEqual(30);
		expect(heldOut.filter((task) => families.has(task.family) !== task.covered)).toEqual([]);
	});
});

describe('the choice of examples', () => {
	const tasks = [...heldOut.map((task) => task.task), 'Tell me a joke about a duck.', ''];

	it('is six, at most two of one family, and the same each time', () => {
		for (const task of tasks) {
			const chosen = choose(task);
			expect(chosen).toHaveLength(6);
			const families = chosen.map((example) => example.family);
			expect(families.filter((family) => families.filter((other) => other === family).length > 2)).toEqual([]);
			expect(choose(task)).toEqual(chosen);
		}
	});

	it('puts the most similar last: a task of the pool finds itself', () => {
		for (const example of POOL) {
			const last = choose(example.task).at(-1);
			expect(new Set(wordsOf(last?.task ?? ''))).toEqual(new Set(wordsOf(example.task)));
		}
	});

	it('looks at the wording, not at the numbers, texts and dates in it', () => {
		expect(wordsOf('How many days are between 2024-03-01 and 2025-01-31?')).toEqual(
			wordsOf('How many days are between 1999-12-31 and 2000-01-01?'),
		);
		expect(wordsOf('Reverse the word "a b, c and 5".')).toEqual(wordsOf('Reverse the word "x".'));
		expect(wordsOf('Sort 3, 1 and 2.')).toEqual(wordsOf('sort 30, 10, 20, 40'));
		expect(wordsOf('Sort 3, 1 and 2.')).not.toEqual(wordsOf('Sort 3.'));
	});

	it('finds the family of a task in other words and numbers', () => {
		const family = (task: string) => choose(task).at(-1)?.family;
		expect(family('What is 17 times 23?')).toBe('multiply');
		expect(family('reverse the word "python"')).toBe('reverseText');
		expect(family('letters in "strawberry"')).toBe('countLetters');
		expect(family('2 to the power of 20')).toBe('power');
	});
});

describe('the profile of the model on board', () => {
	it('shows each example as a task and an action that the loop can read', async () => {
		const messages = onboard.examples('What is 17 times 23?');
		expect(messages.map((message) => message.role)).toEqual(Array(6).fill(['user', 'assistant']).flat());
		const last = messages.at(-1);
		const parsed = await parseReply(last?.content ?? '', onboard.tags, () => Promise.resolve(true));
		expect(parsed).toMatchObject({ kind: 'action', thought: '', action: { form: 'tag' } });
	});
});
