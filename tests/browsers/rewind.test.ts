/** Going back in the app: through the page, the sandbox and the worker, from whatever Python started from. */
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Restored, RunResult } from '../../src/core/ports';
import { type App, appTest } from './app';

const test = appTest();

/** Runs an action; the id of the checkpoint after it. */
async function stateAfter(app: App, code: string): Promise<number> {
	return checkpointOf(await app.execute(code));
}

function checkpointOf({ checkpoint, error }: RunResult): number {
	if (checkpoint === null || error !== null) throw new Error(error?.traceback ?? 'no checkpoint');
	return checkpoint.id;
}

const restore = (app: App, id: number): Promise<Restored> => app.tab.evaluate(`playground.restore(${String(id)})`);

test('variables, tables, files, random numbers, packages and the working directory are as they were', async ({
	app,
}) => {
	const id = await stateAfter(
		app,
		'import os, random\nimport numpy as np, pandas as pd\nrandom.seed(3); t = pd.DataFrame({"a": [1, 2]}); g = (n * n for n in range(9)); next(g)\n' +
			'os.makedirs("deep", exist_ok=True); os.chdir("deep"); f = open("f.txt", "w+"); f.write("abc"); f.flush()',
	);
	const look =
		'import sys\n(t.a.sum(), next(g), random.random(), f.tell(), open("f.txt").read(), os.path.basename(os.getcwd()), "matplotlib" in sys.modules)';
	const first = await app.value(look);
	await app.execute(
		't["a"] = 0; f.write("XYZ"); f.close(); os.remove("f.txt"); os.chdir("/"); del g\nimport matplotlib.pyplot',
	);
	for (let round = 0; round < 2; round += 1) {
		expect(await restore(app, id)).toMatchObject({ by: 'memory' });
		expect(await app.value(look)).toBe(first);
	}
});

test('a timer that was pending fires again, and one of the undone action does not', async ({ app }) => {
	const id = await stateAfter(
		app,
		'import asyncio\nlog = []\nasync def later(what):\n  await asyncio.sleep(0.3)\n  log.append(what)\nkept = asyncio.ensure_future(later("kept"))',
	);
	await app.execute('other = asyncio.ensure_future(later("undone"))\nawait asyncio.sleep(0.6)');
	await restore(app, id);
	expect(await app.value('await asyncio.sleep(1)\nlog')).toBe("['kept']");
});

test('random programs come back exactly, and go on exactly', { timeout: 200_000 }, async ({ app }) => {
	await app.execute(await readFile('tests/fixtures/time-travel/state.py', 'utf8'));
	const trace = (seed: number): Promise<string | null> =>
		app.value(`hashlib.sha1(run(${String(seed)}, 20, "stdlib").encode()).hexdigest()`);
	for (let seed = 1; seed <= 8; seed += 1) {
		const id = await stateAfter(app, `None if run(${String(seed)}, 12, "stdlib") else None`);
		const [before, went] = [await app.value('fingerprint(True)'), await trace(seed + 100)];
		await app.execute(`damage(${String(seed)})`);
		for (let round = 0; round < 2; round += 1) {
			await restore(app, id);
			expect(await app.value('fingerprint(True)'), `state of program ${String(seed)}`).toBe(before);
			expect(await trace(seed + 100), `trace of program ${String(seed)}`).toBe(went);
		}
	}
});
