#!/usr/bin/env node
/**
 * `npm test`: sets up as `npm start` does, then runs the lanes of scripts/test/lanes.mjs, cheap to dear. A lane that
 * fails does not stop later ones. The last line is `N passed, N failed`; the exit status is 1 on any failure.
 * `npm test -- unit e2e` runs these lanes only.
 */
import './node-version.mjs';
import { repositoryRoot, runMain } from './main.mjs';
import { prepare } from './setup.mjs';
import { SetupError } from './setup-error.mjs';
import { step } from './steps.mjs';
import { LANES } from './test/lanes.mjs';

/** @typedef {import('./test/lanes.mjs').Lane} Lane */
/** @typedef {import('./test/lanes.mjs').LaneResult} LaneResult */

/** @param {readonly string[]} names @returns {readonly Lane[]} */
function chooseLanes(names) {
	const unknown = names.find((name) => !LANES.some((lane) => lane.name === name));
	if (unknown !== undefined) {
		const known = LANES.map(({ name }) => name).join(', ');
		throw new SetupError('unknown_lane', `There is no lane "${unknown}".`, `Choose of: ${known}.`);
	}
	return names.length === 0 ? LANES : LANES.filter(({ name }) => names.includes(name));
}

/** An expected failure with its code, a bug with its stack. @param {unknown} error */
function tell(error) {
	if (error instanceof SetupError) return `${error.code}: ${error.message} ${error.next}`;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Runs one lane, and prints all that it said when it failed. @param {Lane} lane @returns {Promise<LaneResult>} */
async function runLane(lane) {
	/** @type {LaneResult} */
	let result = { passed: 0, failures: [], skipped: 0, output: '' };
	await step(console.log, lane.name, async (progress) => {
		try {
			result = await lane.run({ log: console.log, progress });
		} catch (error) {
			result.failures.push(tell(error));
		}
		const { passed, failures, skipped } = result;
		const line = `${lane.name}: ${String(passed)} passed, ${String(failures.length)} failed`;
		const summary = skipped === 0 ? line : `${line}, ${String(skipped)} skipped`;
		return failures.length === 0 ? summary : { failure: summary };
	});
	if (result.failures.length > 0) console.log(`\n${result.output.trim()}\n`);
	return result;
}

await runMain(async () => {
	const lanes = chooseLanes(process.argv.slice(2));
	let passed = 0;
	const failures = [];
	try {
		await prepare();
		for (const lane of lanes) {
			const result = await runLane(lane);
			passed += result.passed;
			failures.push(...result.failures.map((name) => `${lane.name}: ${name.replace(`${repositoryRoot}/`, '')}`));
		}
	} catch (error) {
		failures.push(`set-up: ${tell(error)}`);
	}
	if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
	console.log(`\n${String(passed)} passed, ${String(failures.length)} failed`);
	return failures.length === 0 ? 0 : 1;
});
