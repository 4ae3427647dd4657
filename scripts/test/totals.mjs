/** Reads what the test runners report into one shape. */

/** `failures` are the names of failed tests. @typedef {{ passed: number, failures: string[], skipped: number }} Totals */

/** @typedef {{ fullName: string, status: string }} VitestTest */
/** @typedef {{ name: string, status: string, assertionResults: VitestTest[] }} VitestFile */

/**
 * The totals of Vitest's JSON reporter. A file that could not be loaded has no tests and counts as one failure.
 * @param {{ testResults: VitestFile[] }} report
 * @returns {Totals}
 */
export function vitestTotals({ testResults }) {
	const tests = testResults.flatMap((file) => file.assertionResults);
	const failed = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
	const unloaded = testResults
		.filter(
			({ status, assertionResults }) =>
				status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
		)
		.map(({ name }) => `${name} (the file itself failed)`);
	const passed = tests.filter(({ status }) => status === 'passed').length;
	return { passed, failures: [...failed, ...unloaded], skipped: tests.length - passed - failed.length };
}

/** @typedef {{ title: string, tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[] }} PlaywrightSpec */
/** @typedef {{ title: string, specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite */

/**
 * The totals of Playwright's JSON reporter. A test that passed only when tried again counts as failed.
 * @param {{ suites: PlaywrightSuite[], errors?: { message?: string }[] }} report
 * @returns {Totals}
 */
export function playwrightTotals({ suites, errors = [] }) {
	/** @type {Totals} */
	const totals = {
		passed: 0,
		failures: errors.map(({ message }) => message ?? 'an error outside of the tests'),
		skipped: 0,
	};
	/** @param {PlaywrightSuite} suite */
	const add = (suite) => {
		for (const spec of suite.specs ?? []) {
			for (const { status } of spec.tests) {
				if (status === 'expected') totals.passed++;
				else if (status === 'skipped') totals.skipped++;
				else totals.failures.push(`${suite.title} › ${spec.title}${status === 'flaky' ? ' (flaky)' : ''}`);
			}
		}
		suite.suites?.forEach(add);
	};
	suites.forEach(add);
	return totals;
}

/**
 * The totals of Python's unittest, from its text.
 * @param {string} output
 * @returns {Totals}
 */
export function unittestTotals(output) {
	const ran = Number(/^Ran (\d+) tests? in/m.exec(output)?.[1] ?? 0);
	const skipped = Number(/^(?:OK|FAILED) \(.*skipped=(\d+)/m.exec(output)?.[1] ?? 0);
	const failures = [...output.matchAll(/^(?:FAIL|ERROR|UNEXPECTED SUCCESS): (.+)$/gm)].map((match) => match[1] ?? '');
	return { passed: Math.max(0, ran - skipped - failures.length), failures, skipped };
}
