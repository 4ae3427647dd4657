/** Going back in time, measured through the page: what a checkpoint costs after an action, and a restore. */
import { openPage } from './python-page.mjs';

/** @import { Figure } from './table.mjs' */
/** @import { RunResult } from '../../src/core/ports' */

/** Actions, with what their checkpoint may cost. */
const STEPS = [
	{ what: 'small step, pandas loaded', code: 'w = 1 + 1', ms: 25, kilobytes: 50 },
	{ what: 'print and comprehension', code: 'print([i * i for i in range(100)])' },
	{
		what: 'DataFrame step',
		code: 'df = pd.DataFrame({"a": np.arange(1000) % 7, "b": np.arange(1000.0)})\ng = df.groupby("a").sum()',
		ms: 40,
		kilobytes: 500,
	},
	{ what: 'a class and 1,000 objects', code: 'class A:\n  pass\nobjects = [A() for _ in range(1000)]' },
	{ what: '1 million random floats', code: 'r = np.random.rand(1_000_000)' },
];

/** How often each is measured; the first of them is left out, since the browser compiles then. */
const REPEATS = 8;
const MANY = 200;

/** @param {string} url @returns {Promise<Figure[]>} */
export async function measurePast(url) {
	const { execute, restore, close } = await openPage(url);
	try {
		await execute('import numpy as np, pandas as pd\npd.DataFrame({"a": [1]}).groupby("a").sum()');
		/** @type {Figure[]} */
		const figures = [];
		/** @type {number[]} */
		const restores = [];
		for (const { what, code, ms, kilobytes } of STEPS) {
			const kept = [];
			for (let round = 0; round <= REPEATS; round += 1) {
				const { id } = checkpointOf(await execute(code));
				kept.push(checkpointOf(await execute(code)));
				restores.push((await restore(id)).durationMs);
			}
			const rest = kept.slice(1);
			figures.push(
				{ what: `checkpoint: ${what}`, values: rest.map(({ durationMs }) => durationMs), unit: 'ms', ...limit(ms) },
				{ what: `size: ${what}`, values: rest.map(({ bytes }) => bytes / 1000), unit: 'KB', ...limit(kilobytes) },
			);
		}
		figures.push({ what: 'restore, one step back', values: restores.slice(1), unit: 'ms', target: 35 });
		const many = [];
		for (let round = 0; round < 3; round += 1) {
			const first = checkpointOf(await execute('n = 0'));
			for (let step = 0; step < MANY; step += 1) await execute('n += 1');
			many.push((await restore(first.id)).durationMs);
			if ((await execute('n')).value !== '0') throw new Error('Python did not go back');
		}
		figures.push({ what: `back ${String(MANY)} steps`, values: many, unit: 'ms', target: 50 });
		return figures;
	} finally {
		await close();
	}
}

/** @param {RunResult} result */
function checkpointOf({ checkpoint }) {
	if (checkpoint === null) throw new Error('the action left no checkpoint');
	return checkpoint;
}

/** @param {number | undefined} target */
function limit(target) {
	return target === undefined ? {} : { target };
}
