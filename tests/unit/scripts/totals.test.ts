import { describe, expect, test } from 'vitest';
import { suiteResult } from '../../../scripts/test/lanes.mjs';
import { playwrightTotals, unittestTotals, vitestTotals } from '../../../scripts/test/totals.mjs';

describe('the totals of Vitest', () => {
	test('count passed, failed and skipped tests', () => {
		const assertionResults = [
			{ fullName: 'adds', status: 'passed' },
			{ fullName: 'divides', status: 'failed' },
			{ fullName: 'later', status: 'pending' },
		];
		expect(vitestTotals({ testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults }] })).toEqual({
			passed: 1,
			failures: ['divides'],
			skipped: 1,
		});
	});

	test('count a file that could not be loaded as one failure', () => {
		const totals = vitestTotals({ testResults: [{ name: 'broken.test.ts', status: 'failed', assertionResults: [] }] });
		expect(totals).toEqual({ passed: 0, failures: ['broken.test.ts (the file itself failed)'], skipped: 0 });
	});
});

test('the totals of Playwright go through nested suites, and a test that passed only on retry has failed', () => {
	const spec = (title: string, status: 'expected' | 'unexpected' | 'flaky' | 'skipped') => ({
		title,
		tests: [{ status }],
	});
	const suites = [
		{
			title: 'page.spec.ts',
			specs: [spec('opens', 'expected'), spec('stops', 'unexpected')],
			suites: [{ title: 'offline', specs: [spec('reloads', 'flaky'), spec('later', 'skipped')] }],
		},
	];
	expect(playwrightTotals({ suites, errors: [{ message: 'no config' }] })).toEqual({
		passed: 1,
		failures: ['no config', 'page.spec.ts › stops', 'offline › reloads (flaky)'],
		skipped: 1,
	});
});

describe('the totals of unittest', () => {
	test('are read from a passing run', () => {
		expect(unittestTotals('....\nRan 4 tests in 0.002s\n\nOK (skipped=1)\n')).toEqual({
			passed: 3,
			failures: [],
			skipped: 1,
		});
	});

	test('are read from a failing run, with the names', () => {
		const output = [
			'ERROR: test_sources (unittest.loader._FailedTest.test_sources)',
			'Traceback (most recent call last):',
			'FAIL: test_value (test_harness.HarnessTest.test_value)',
			'Ran 5 tests in 0.1s',
			'FAILED (failures=1, errors=1)',
		].join('\n');
		expect(unittestTotals(output)).toEqual({
			passed: 3,
			failures: [
				'test_sources (unittest.loader._FailedTest.test_sources)',
				'test_value (test_harness.HarnessTest.test_value)',
			],
			skipped: 0,
		});
	});
});

describe('the result of a lane', () => {
	test('fails when no test was run', () => {
		expect(suiteResult(0, '', { passed: 0, failures: [], skipped: 3 }).failures).toEqual(['no test was run']);
	});

	test('fails when the runner does, though every test passed', () => {
		expect(suiteResult(1, '', { passed: 9, failures: [], skipped: 0 })).toMatchObject({
			passed: 9,
			failures: ['the runner itself (exit status 1)'],
		});
	});

	test('fails when there is no report', () => {
		expect(suiteResult(null, 'killed', null).failures).toEqual(['the runner itself (exit status null)']);
	});
});
