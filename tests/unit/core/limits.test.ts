import { describe, expect, it } from 'vitest';
import { EMPTY_RESULT } from '../../../src/adapters/runtimes/empty-result';
import { DEFAULT_LIMITS, isRepeating, raise, reachedLimit, spentBy } from '../../../src/core/limits';
import { observe } from '../../../src/core/observation';
import type { Step } from '../../../src/core/trajectory';

function step(code: string, stdout: string, totalMs = 1000): Step {
	return {
		reply: code,
		thought: '',
		action: { code, form: 'tag' },
		observation: observe({ ...EMPTY_RESULT, stdout }, code, 400),
		formatError: null,
		usage: { promptTokens: 100, cachedTokens: 80, completionTokens: 10 },
		timings: { prefillMs: 1, decodeMs: 1, pythonMs: 1, totalMs },
	};
}

describe('the limits of a run', () => {
	it('count steps, wall time, and the tokens that were really computed', () => {
		expect(spentBy([step('a', ''), step('b', '')])).toEqual({ steps: 2, timeMs: 2000, tokens: 60 });
	});

	it.each([
		[{ steps: 7, timeMs: 599_999, tokens: 59_999 }, null],
		[{ steps: 8, timeMs: 0, tokens: 0 }, 'stepLimit'],
		[{ steps: 0, timeMs: 600_000, tokens: 0 }, 'timeLimit'],
		[{ steps: 0, timeMs: 0, tokens: 60_000 }, 'tokenLimit'],
	])('are reached exactly: %j', (spent, reason) => {
		expect(reachedLimit(DEFAULT_LIMITS, spent)).toBe(reason);
	});

	it('are raised by Continue, the time of one action is not', () => {
		expect(raise(DEFAULT_LIMITS)).toEqual({ steps: 13, timeMs: 900_000, tokens: 90_000, actionMs: 30_000 });
	});

	it('leave room after Continue even where a step went far over one', () => {
		const limits = raise(DEFAULT_LIMITS, [step('a', '', 3_000_000)]);
		expect(reachedLimit(limits, spentBy([step('a', '', 3_000_000)]))).toBeNull();
	});
});

describe('a run that repeats itself', () => {
	it('is one whose last three actions and observations are the same', () => {
		expect(isRepeating([step('a', '1'), step('b', '1'), step('b', '1'), step('b', '1')])).toBe(true);
	});

	it('is not one whose output changes, nor one of two steps', () => {
		expect(isRepeating([step('b', '1'), step('b', '2'), step('b', '3')])).toBe(false);
		expect(isRepeating([step('b', '1'), step('b', '1')])).toBe(false);
	});

	it('is not one whose replies held no action', () => {
		const prose = { ...step('a', '1'), action: null, observation: null, formatError: 'No action.' };
		expect(isRepeating([prose, prose, prose])).toBe(false);
	});
});
