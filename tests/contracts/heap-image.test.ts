import { afterEach, expect, test } from 'vitest';
import { Broker } from '../../src/adapters/broker/broker';
import { PythonStart, type StartedPython } from '../../src/adapters/runtimes/python-start';
import type { ActionReport } from '../../workers/contracts';
import type { HeapImage } from '../../workers/python/image/heap-image';
import { BASE_URL } from './runtime-cases';

const up: StartedPython[] = [];
afterEach(() => {
	for (const { frame } of up.splice(0)) frame.close();
});

/** Starts Python, from an image where there is one. */
async function start(image: HeapImage | null = null): Promise<StartedPython> {
	const broker = new Broker({ baseUrl: BASE_URL });
	const sandbox = { broker, onEvent: () => undefined, onCrash: () => undefined };
	const options = { indexUrls: broker.indexUrls, memoryLimitBytes: 2 ** 31, image };
	const python = await new PythonStart(sandbox, options).started;
	up.push(python);
	return python;
}

async function run({ frame }: StartedPython, code: string): Promise<ActionReport> {
	const settled = await frame.python.run(code);
	if (!settled.ok) throw new Error(settled.error.detail ?? settled.error.message);
	if (settled.value.status !== 'ok') throw new Error(settled.value.error?.traceback ?? settled.value.status);
	return settled.value;
}

async function value(python: StartedPython, code: string): Promise<string | null> {
	return (await run(python, code)).value;
}

async function imageOf({ frame }: StartedPython): Promise<HeapImage | null> {
	const settled = await frame.python.saveImage();
	if (!settled.ok) throw new Error(settled.error.detail ?? settled.error.message);
	return settled.value;
}

const STATE = `import random
random.seed(7)
def counter():
    n = 0
    def count():
        nonlocal n
        n += 1
        return n
    return count
count = counter()
count()
squares = (i * i for i in range(10))
next(squares), next(squares)
notes = open("notes.txt", "w+")
notes.write("one, ")
None`;

const CONTINUATION = `notes.write("two")
notes.seek(0)
(count(), next(squares), random.random(), notes.read(), id(count), notes.tell(), open("notes.txt").name)`;

test('Python goes on in another worker: a closure, a generator, random numbers, an open file', async () => {
	const first = await start();
	await run(first, STATE);
	const image = await imageOf(first);
	const second = await start(image);
	expect(second.report.startedFrom).toBe('image');
	const expected = await value(first, CONTINUATION);
	expect(expected).toContain('(2, 4, 0.3238');
	expect(expected).toContain('one, two');
	expect(await value(second, CONTINUATION)).toBe(expected);
});

test('what a session does goes on after it: display, input of packages, asyncio, JavaScript, an error, an answer', async () => {
	const first = await start();
	await run(first, 'x = 5');
	const second = await start(await imageOf(first));
	expect(await value(second, 'import asyncio\nawait asyncio.sleep(0.01, x)')).toBe('5');
	expect(await value(second, 'asyncio.run(asyncio.sleep(0.01, x + 1))')).toBe('6');
	expect(await value(second, 'import js\njs.Array.of(1, 2).length')).toBe('2');
	expect((await run(second, 'print("printed")')).stdout).toBe('printed\n');
	expect((await run(second, 'import pytz\npytz.__name__')).packages).toEqual(['pytz']);
	expect((await run(second, 'display("<b>x</b>")\nfinal_answer(x)')).answer).toBe('5');
	const failed = await second.frame.python.run('1 / 0');
	expect(failed.ok && failed.value.error?.type).toBe('ZeroDivisionError');
	expect(await value(second, 'x')).toBe('5');
});

test('pandas goes on without being loaded again, and more packages load on top', async () => {
	const first = await start();
	await run(
		first,
		'import numpy as np, pandas as pd, micropip\ntable = pd.DataFrame({"a": [1, 2, 3], "b": list("xyz")})\nx = np.arange(10.0)',
	);
	const image = await imageOf(first);
	first.frame.close();
	const second = await start(image);
	expect(second.report.startedFrom).toBe('image');
	const result = await run(second, '(float(x.sum()), int(table.a.sum()), table.merge(table, on="a").shape)');
	expect(result).toMatchObject({ value: '(45.0, 6, (3, 3))', packages: [] });
	expect(await value(second, 'float(np.linalg.det(np.eye(3) * 2))')).toMatch(/^(8\.0|7\.99)/);
	expect(await value(second, 'import io\nint(pd.read_csv(io.StringIO("a,b\\n1,2")).sum().sum())')).toBe('3');
	expect(await value(second, 'import numpy.fft\nfloat(abs(np.fft.fft(np.ones(8)))[0])')).toBe('8.0');
	const fit = `from sklearn.linear_model import LinearRegression
round(float(LinearRegression().fit(np.eye(3), [1, 2, 3]).score(np.eye(3), [1, 2, 3])), 6)`;
	expect((await run(second, fit)).value).toBe('1.0');
	expect(await value(second, 'await micropip.install("pytz")\nimport pytz\npytz.utc.zone')).toBe("'UTC'");
	// And once more, from the second.
	const third = await start(await imageOf(second));
	expect(third.report.startedFrom).toBe('image');
	expect(await value(third, '(int(table.a.sum()), LinearRegression.__name__)')).toBe("(6, 'LinearRegression')");
}, 300_000);

test.each([
	['a reference to a JavaScript value without a name', 'import js\nheld = js.Array.of(1, 2)'],
	['a task that waits', 'import asyncio\ntask = asyncio.ensure_future(asyncio.sleep(60))\nawait asyncio.sleep(0)'],
	['a callback of ctypes', 'import ctypes\nback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda n: n + 1)'],
	['a file that is open and has no name any more', 'import os\nf = open("gone", "w+")\nos.unlink("gone")'],
])('no image is made of a Python that has %s', async (_, code) => {
	const python = await start();
	await run(python, code);
	expect(await imageOf(python)).toBeNull();
	expect(await value(python, '1 + 1')).toBe('2');
});

test('what Python took of JavaScript has its name in each further worker too: an image is made again and again', async () => {
	const first = await start();
	await run(first, 'import micropip\nfrom js import fetch, setTimeout, Object');
	const second = await start(await imageOf(first));
	expect(second.report.startedFrom).toBe('image');
	const third = await start(await imageOf(second));
	expect(third.report.startedFrom).toBe('image');
	expect(await value(third, 'import js\n(fetch == js.fetch, setTimeout == js.setTimeout)')).toBe('(True, True)');
});

test('an image of another release is refused: Python begins anew', async () => {
	const first = await start();
	await run(first, 'x = 5');
	const image = await imageOf(first);
	if (image === null) throw new Error('no image');
	const other = await start({ ...image, recipe: 'another' });
	expect(other.report.startedFrom).toBe('snapshot');
	const moved = await start({ ...image, mark: { ...image.mark, tableLength: 1 } });
	expect(moved.report.startedFrom).toBe('snapshot');
	expect(await value(moved, '"x" in globals()')).toBe('False');
});
