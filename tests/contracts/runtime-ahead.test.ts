import { afterAll, beforeAll, expect, test } from 'vitest';
import { pyodide, run } from './runtime-cases';

const { runtime, broker } = pyodide();
beforeAll(() => runtime.start(() => undefined));
afterAll(() => runtime.dispose());

/** How often the wheel of a package was asked for. */
const asked = (name: string): number => broker.requests.filter(({ url }) => url.includes(`/${name}-`)).length;

test('what unfinished code imports is loaded before its action, is not imported, and counts as loaded for that action', async () => {
	runtime.prepare('import idna\nx = [');
	await expect.poll(() => asked('idna')).toBe(1);
	const code = 'import sys\nwas_there = "idna" in sys.modules\nimport idna\n(was_there, idna.__name__)';
	expect(await run(runtime, code)).toMatchObject({ value: "(False, 'idna')", packages: ['idna'] });
	expect(asked('idna')).toBe(1);
});

test('an install of a package on board begins ahead, under its name or that of its module', async () => {
	runtime.prepare('await micropip.install(["tabulate"])\n%pip install dateutil\n');
	await expect.poll(() => [asked('tabulate'), asked('python_dateutil'), asked('micropip')]).toEqual([1, 1, 1]);
	const result = await run(runtime, 'import micropip\nawait micropip.install("tabulate")\nimport tabulate');
	expect(result.status).toBe('ok');
	expect(result.packages).toEqual(expect.arrayContaining(['micropip', 'tabulate', 'python-dateutil']));
	expect(asked('tabulate')).toBe(1);
});

test('what is not on board is not asked for ahead, nor is anything while an action runs', async () => {
	const before = broker.requests.length;
	runtime.prepare('import no_such_module, os\n%pip install no-such-package\n');
	const running = run(runtime, 'import asyncio\nawait asyncio.sleep(0.3)');
	runtime.prepare('import certifi\n');
	expect((await running).status).toBe('ok');
	expect(broker.requests.slice(before).map(({ url }) => url)).toEqual([]);
	expect(broker.requestsThatLeft).toBe(0);
});

test('code that does not parse, and preparations one after the other, harm nothing', async () => {
	for (const code of ['import (', 'import sympy\n', 'from x import', 'import mpmath\n']) runtime.prepare(code);
	expect(await run(runtime, 'import mpmath\nint(mpmath.mpf(2))')).toMatchObject({ value: '2' });
});
