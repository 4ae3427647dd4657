import { expect, it } from 'vitest';
import { EMPTY_RESULT } from '../../../src/adapters/runtimes/empty-result';
import { checkpointAt, keptActions } from '../../../src/core/kept-actions';
import { DEFAULT_LIMITS } from '../../../src/core/limits';
import { observe } from '../../../src/core/observation';
import type { RunResult } from '../../../src/core/ports';
import { TRAJECTORY_VERSION, type Step, type Trajectory } from '../../../src/core/trajectory';

function step(code: string | null, result: Partial<RunResult> = {}): Step {
	return {
		reply: code ?? 'thinking',
		thought: '',
		action: code === null ? null : { code, form: 'tag' },
		observation: code === null ? null : observe({ ...EMPTY_RESULT, ...result }, code, 400),
		formatError: code === null ? 'No action.' : null,
		usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 1 },
		timings: { prefillMs: 0, decodeMs: 0, pythonMs: 0, totalMs: 0 },
	};
}

function run(...steps: Step[]): Trajectory {
	return {
		version: TRAJECTORY_VERSION,
		id: 'a',
		createdAt: '2026-01-02T03:04:05.000Z',
		task: 'Count',
		model: 'scripted',
		profile: 'bare',
		limits: DEFAULT_LIMITS,
		files: [],
		steps,
		answer: null,
		answerSource: null,
		stopReason: null,
		error: null,
		partialReply: null,
	};
}

const at = (id: number): Partial<RunResult> => ({ checkpoint: { id, parent: id - 1, bytes: 0, durationMs: 0 } });

it('are the actions that left a state, with the states before and after', () => {
	const runs = [run(step('a', at(1)), step(null), step('b', { state: 'restored' })), run(step('c', at(2)))];
	expect(keptActions(runs).map(({ id, parent, code }) => [id, parent, code])).toEqual([
		[1, 0, 'a'],
		[2, 1, 'c'],
	]);
});

it('follow one another where the record is of the time before checkpoints', () => {
	const kept = keptActions([run(step('a'), step('b'))]);
	expect(kept.map(({ id, parent }) => [id, parent])).toEqual([
		[-1, 0],
		[-2, -1],
	]);
});

it('give each step a checkpoint to go back to: its own, the one before it, or fresh Python', () => {
	const runs = [run(step(null), step('a', at(7)), step(null)), run(step('b', at(8)))];
	expect([checkpointAt(runs, 0, 0), checkpointAt(runs, 0, 1), checkpointAt(runs, 0, 2)]).toEqual([6, 7, 7]);
	expect(checkpointAt(runs, 1, 0)).toBe(8);
	expect(checkpointAt([run(step(null))], 0, 0)).toBeNull();
});
