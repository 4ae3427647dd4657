/** Each thing that a checkpoint holds besides memory, on its own. All cases share one Python and go back to its start. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTraveller, sleep, type OpenTraveller } from './traveller';

let remote: OpenTraveller;
let start = 0;

/** For calls that never settle: they fail when the browser is closed. */
const ended = (): void => undefined;

/** Runs Python at once. */
const python = (code: string): Promise<unknown> => remote.python(code);
/** Makes a checkpoint. */
const keep = async (): Promise<number> => (await remote.checkpoint()).id;

beforeAll(async () => {
	remote = await openTraveller();
	await remote.load(['micropip', 'numpy', 'pandas']);
	await remote.javascript('globalThis.signal = new Uint8Array(new SharedArrayBuffer(1)); undefined');
	await remote.useSignal();
	start = await keep();
});
afterAll(() => remote.close());
beforeEach(async () => {
	await remote.restore(start);
	expect(await remote.fatals()).toEqual([]);
});

test('variables, closures, generators, classes and iterators are as they were', async () => {
	await python(
		'def counting(n):\n  while True:\n    n += 1\n    yield n\n' +
			'def counter():\n  n = 0\n  def step():\n    nonlocal n\n    n += 1\n    return n\n  return step\n' +
			'class Point:\n  made = 0\n  def __init__(self): Point.made += 1\n' +
			'g = counting(5); next(g); c = counter(); c(); p = Point(); z = zip("abc", "def"); next(z)',
	);
	const id = await keep();
	const go = '[next(g), next(g), c(), c(), Point().made, Point().made, next(z), next(z)]';
	const first = await python(`repr(${go})`);
	await python('del g, c, Point, z');
	await remote.restore(id);
	expect(await python(`repr(${go})`)).toBe(first);
});

test('arrays and tables that were changed in place are as they were', async () => {
	await python(
		'import numpy as np, pandas as pd\na = np.arange(100_000.0); t = pd.DataFrame({"x": range(1000), "y": list("ab") * 500})',
	);
	const id = await keep();
	await python('a[:] = 7; t["x"] = 0; t.drop(columns="y", inplace=True); t = t.head(3)');
	await remote.restore(id);
	expect(await python('float(a.sum()), int(t.x.sum()), t.groupby("y").x.sum().to_dict()["a"]')).toBe(
		'(4999950000.0, 499500, 249500)',
	);
});

test('random numbers go on as they would have', async () => {
	await python('import random, numpy as np\nrandom.seed(5); np.random.seed(5); r = np.random.default_rng(1)');
	const id = await keep();
	const draw = 'repr([random.random(), float(np.random.rand()), float(r.random())])';
	const first = await python(draw);
	await python('random.seed(9); np.random.seed(9)');
	await remote.restore(id);
	expect(await python(draw)).toBe(first);
});

test('a JavaScript object that Python held is held again', async () => {
	await python('import js\nd = js.Object.new(); d.x = 5; m = js.Map.new()');
	const id = await keep();
	await python('del d, m\nmany = [js.Object.new() for _ in range(50)]');
	await remote.restore(id);
	expect(await python('d.x += 1\nd.x, str(m), js.Array.of(1, 2).length')).toBe("(6, '[object Map]', 2)");
});

test('what an action did to a JavaScript object in place is not undone', async () => {
	await python('import js\nd = js.Object.new(); d.x = 5');
	const id = await keep();
	await python('d.x = 99');
	await remote.restore(id);
	expect(await python('d.x')).toBe(99);
});

test('references to JavaScript made by undone actions leave the table in order', async () => {
	const id = await keep();
	for (let round = 0; round < 5; round += 1) {
		await python('import js\nq = [js.Object.new() for _ in range(300)]\nf = js.setTimeout');
		await remote.restore(id);
	}
	expect(await python('import js\nsum(a.length for a in [js.Array.of(i) for i in range(400)])')).toBe(400);
});

test('an object of JavaScript is found again as the same one', async () => {
	await remote.javascript('globalThis.same = { a: 1 }; undefined');
	await python('import js');
	const id = await keep();
	await python('a = js.same; b = js.same\nimport pyodide_js\nw = js.Promise.resolve(1)');
	await remote.restore(id);
	expect(await python('import js\na = js.same; b = js.same\na == b, js.same.a')).toBe('(True, 1)');
});

test('a proxy that was called and destroyed on the undone branch works again', async () => {
	await python(
		'from pyodide.ffi import create_proxy\nimport js\nn = [0]\ndef f(x=0):\n  n[0] += 1\n  return n[0]\np = create_proxy(f)\njs.globalThis.held = p',
	);
	const id = await keep();
	await remote.javascript('held(); undefined');
	await python('p.destroy()');
	await remote.restore(id);
	expect(await remote.javascript('held(1)')).toBe(1);
	expect(await python('n[0]')).toBe(1);
});

test('a proxy that was made on the undone branch says so when it is called', async () => {
	const id = await keep();
	await python('from pyodide.ffi import create_proxy\nimport js\njs.globalThis.stale = create_proxy(lambda: "stale")');
	await remote.restore(id);
	await python('q = [object() for _ in range(5000)]');
	await expect(remote.javascript('stale()')).rejects.toThrow('taken back');
	expect(await python('import gc; gc.collect()\nlen(q)')).toBe(5000);
});

test('a proxy that the host destroyed on the undone branch is alive again', async () => {
	await python('import js\njs.globalThis.mine = js.eval("x => x").call(None, {"a": 1})');
	const id = await keep();
	await remote.javascript('const p = mine.copy ? mine.copy() : mine; globalThis.copied = p; undefined');
	const later = await keep();
	await remote.javascript('copied.destroy?.(); undefined');
	await python('xx = [{} for _ in range(100)]');
	await remote.restore(later);
	expect(await remote.javascript('String(copied)')).toBe("{'a': 1}");
	await remote.restore(id);
	await expect(remote.javascript('copied.get("a")')).rejects.toThrow('taken back');
});

test('what JavaScript lost on the undone branch is not given back to Python twice', async () => {
	await python('class W: pass');
	const id = await keep();
	for (let i = 0; i < 200; i += 1) await python('W()');
	await remote.restore(id);
	await python('zz = [W() for _ in range(3000)]');
	// Much garbage, so that the collector comes by.
	await remote.javascript('for (let i = 0; i < 300; i++) new Array(1e5).fill(i); undefined');
	await sleep(100);
	expect(await python('import gc, sys; gc.collect()\nmin(sys.getrefcount(z) for z in zz) >= 2')).toBe(true);
});

test('a sleep that was pending fires again after the restore', async () => {
	await python(
		'import asyncio\nlog = []\nasync def w():\n  for i in range(4):\n    await asyncio.sleep(0.02)\n    log.append(i)\nt = asyncio.ensure_future(w())',
	);
	await sleep(5);
	const id = await keep();
	await expect.poll(() => python('len(log)')).toBeGreaterThan(1);
	await python('log.append("undone")');
	await remote.restore(id);
	await expect.poll(() => python('repr((log, t.done()))')).toBe('([0, 1, 2, 3], True)');
});

test('a sleep that was begun on the undone branch never ends', async () => {
	const id = await keep();
	await python(
		'import asyncio\nasync def w():\n  await asyncio.sleep(1.5)\n  import js\n  js.globalThis.fired = True\nt = asyncio.ensure_future(w())',
	);
	await sleep(5);
	await remote.restore(id);
	await python('q = [[i] for i in range(3000)]');
	await sleep(1700);
	expect(await remote.javascript('globalThis.fired')).toBe(undefined);
	expect(await python('import gc; gc.collect()\nall(q == [i] for i, q in enumerate(q))')).toBe(true);
});

test.each([
	['setTimeout', 'js.setTimeout(create_once_callable(lambda: h.append(1)), 30)', '[1]'],
	['setInterval', 'js.setInterval(create_proxy(lambda *_: h.append(1) if len(h) < 2 else None), 10)', '[1, 1]'],
])('%s that fired on the undone branch fires again', async (_, call, expected) => {
	await python(`import js\nfrom pyodide.ffi import create_once_callable, create_proxy\nh = []\nnumber = ${call}`);
	const id = await keep();
	await expect.poll(() => python('repr(h)')).toBe(expected);
	await python('h.append("undone")');
	await remote.restore(id);
	await expect.poll(() => python('repr(h)')).toBe(expected);
	await python('js.clearInterval(number)');
});

test('setTimeout of the undone branch does not fire, and a number from before still clears its timer', async () => {
	await python(
		'import js\nfrom pyodide.ffi import create_once_callable\nh = []\nnumber = js.setTimeout(create_once_callable(lambda: h.append("kept")), 2000)',
	);
	const id = await keep();
	await python('js.setTimeout(create_once_callable(lambda: h.append("undone")), 30)');
	await remote.restore(id);
	await python('js.clearTimeout(number)');
	await sleep(2200);
	expect(await python('repr(h)')).toBe('[]');
});

/** `js.later()` gives a promise that `settle` settles. */
const LATER = 'globalThis.later = () => new Promise((resolve) => (globalThis.settle = resolve)); undefined';
const settle = (): Promise<unknown> => remote.javascript('settle("v"); undefined');
const AWAITS =
	'import js, asyncio\nr = []\nasync def a():\n  r.append(await js.later())\nt = asyncio.ensure_future(a())';
/** Begins to await a promise of JavaScript. */
async function awaitLater(): Promise<void> {
	await remote.javascript(LATER);
	await python(AWAITS);
	await expect.poll(() => remote.javascript('typeof settle')).toBe('function');
}
afterEach(() => remote.javascript('delete globalThis.settle; undefined'));

test('a promise that is awaited at the checkpoint settles after the restore', async () => {
	await awaitLater();
	const id = await keep();
	await remote.restore(id);
	await settle();
	await expect.poll(() => python('repr((r, t.done()))')).toBe("(['v'], True)");
});

test('a promise that settled on the undone branch settles again', async () => {
	await awaitLater();
	const id = await keep();
	await settle();
	for (let round = 0; round < 2; round += 1) {
		await expect.poll(() => python('repr((r, t.done()))')).toBe("(['v'], True)");
		await python('r.append("undone")');
		await remote.restore(id);
	}
	await expect.poll(() => python('repr((r, t.done()))')).toBe("(['v'], True)");
});

test('a promise that is awaited on the undone branch only does nothing', async () => {
	const id = await keep();
	await awaitLater();
	await remote.restore(id);
	await python('q = [[i] for i in range(3000)]; d = [{i: i} for i in range(1000)]');
	await settle();
	await sleep(50);
	expect(await python('import gc; gc.collect()\nall(q == [i] for i, q in enumerate(q)), "r" in globals()')).toBe(
		'(True, False)',
	);
});

test('code with await runs after a restore', async () => {
	const id = await keep();
	await remote.pythonAsync('import asyncio; await asyncio.sleep(0.01)');
	await remote.restore(id);
	const code = 'import asyncio\nstr(await asyncio.gather(*[asyncio.sleep(0.01, i) for i in range(5)]))';
	expect(await remote.pythonAsync(code)).toBe('[0, 1, 2, 3, 4]');
});

test('a restore in the middle of an await leaves the call pending and Python well', async () => {
	await remote.javascript(LATER);
	const id = await keep();
	let settled = 'pending';
	void remote.pythonAsync('import js\nawait js.later()').then(() => (settled = 'settled'), ended);
	await expect.poll(() => remote.javascript('typeof settle')).toBe('function');
	await remote.restore(id);
	await settle();
	await sleep(50);
	expect(settled).toBe('pending');
	expect(await python('sum(range(10))')).toBe(45);
});

test('a stack that waits in run_sync does not go on after the restore', async () => {
	await remote.javascript(LATER);
	const id = await keep();
	let settled = 'pending';
	const code = 'import js\nfrom pyodide.ffi import run_sync\nv = run_sync(js.later())\nv';
	void remote.action(code).then(() => (settled = 'settled'), ended);
	await expect.poll(() => remote.javascript('typeof settle')).toBe('function');
	await remote.restore(id);
	await python('q = [[i] for i in range(3000)]');
	await settle();
	await sleep(50);
	expect(settled).toBe('pending');
	expect(await python('import gc; gc.collect()\nall(q == [i] for i, q in enumerate(q)), "v" in globals()')).toBe(
		'(True, False)',
	);
	await remote.javascript('delete globalThis.settle; undefined');
	const again = remote.action(code);
	await expect.poll(() => remote.javascript('typeof settle')).toBe('function');
	await settle();
	expect(await again).toMatchObject({ status: 'ok', value: "'v'" });
});

test('actions of the harness run after a restore, and asyncio.run too', async () => {
	const id = await keep();
	const code = 'import asyncio\nasync def main():\n  await asyncio.sleep(0.01)\n  return 5\nasyncio.run(main())';
	for (let round = 0; round < 2; round += 1) {
		expect(await remote.action(code)).toMatchObject({ status: 'ok', value: '5' });
		await remote.restore(id);
	}
});

test('a callback of ctypes that was freed on the undone branch works again', async () => {
	await python('import ctypes\nCB = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)\nc = CB(lambda x: x + 1)\nc(3)');
	const id = await keep();
	await python('del c\nimport gc; gc.collect()\nl = [CB(lambda x, i=i: x * 100 + i) for i in range(5)]');
	await remote.restore(id);
	expect(await python('c(3)')).toBe(4);
});

test('open files have their contents and positions again, also those that were unlinked while open', async () => {
	await python(
		'import os\nf = open("/tmp/q", "w"); f.write("abc"); f.flush(); g = open("/tmp/q")\n' +
			'u = open("/tmp/u", "w+"); u.write("unlinked"); u.flush(); os.remove("/tmp/u")',
	);
	const id = await keep();
	await python(
		'f.write("XYZ"); f.close(); g.read(); g.close(); os.remove("/tmp/q"); open("/tmp/new", "w").write("1")\nu.seek(0); u.write("OVERWRIT"); u.close()',
	);
	await remote.restore(id);
	expect(
		await python(
			'f.write("def"); f.flush(); u.seek(0)\ng.read(), open("/tmp/q").read(), os.path.exists("/tmp/new"), u.read(), os.path.exists("/tmp/u")',
		),
	).toBe("('abcdef', 'abcdef', False, 'unlinked', False)");
});

test('a file that is written over in place does not change its checkpoint', async () => {
	await python('f = open("/tmp/w", "wb+", buffering=0); f.write(b"0123456789")');
	const id = await keep();
	for (let round = 0; round < 2; round += 1) {
		await python('f.seek(2); f.write(b"ab")');
		await remote.restore(id);
		expect(await python('repr((f.tell(), open("/tmp/w", "rb").read()))')).toBe("(10, b'0123456789')");
	}
});

test('folders, moved and removed files, links, times, permissions and the working directory are as they were', async () => {
	await python(
		'import os, shutil\nos.makedirs("/tmp/a/b"); open("/tmp/a/b/one", "w").write("1"); open("/tmp/a/two", "w").write("2")\nos.symlink("/tmp/a/two", "/tmp/link"); os.chdir("/tmp/a"); os.chmod("/tmp/a/two", 0o600)\n' +
			'def tree(): return [(d, sorted(s), [(n, os.stat(d + "/" + n).st_mtime, oct(os.stat(d + "/" + n).st_mode), open(d + "/" + n).read()) for n in sorted(f)]) for d, s, f in os.walk("/tmp")] + [os.getcwd(), os.listdir("/tmp/a")]',
	);
	const before = await python('repr(tree())');
	const id = await keep();
	await python(
		'os.chdir("/"); os.rename("/tmp/a/b", "/tmp/c"); os.rename("/tmp/c/one", "/tmp/a/two"); os.remove("/tmp/a/two"); shutil.rmtree("/tmp/c"); os.makedirs("/tmp/a/b/deep"); open("/tmp/a/b/one", "w").write("other"); os.remove("/tmp/link"); os.utime("/tmp/a")',
	);
	const other = await keep();
	const after = await python('repr(tree())');
	await remote.restore(id);
	expect(await python('repr(tree())')).toBe(before);
	await remote.restore(other);
	expect(await python('repr(tree())')).toBe(after);
	await remote.restore(id);
	expect(await python('repr(tree())')).toBe(before);
});

test('a file that was renamed over another and removed is gone', async () => {
	await python('import os\nopen("/tmp/x", "w").write("x"); open("/tmp/y", "w").write("y")');
	const id = await keep();
	await python('os.rename("/tmp/x", "/tmp/y"); os.remove("/tmp/y")');
	expect(await python('os.path.exists("/tmp/x"), os.path.exists("/tmp/y")')).toBe('(False, False)');
	await remote.restore(id);
	expect(await python('open("/tmp/x").read(), open("/tmp/y").read()')).toBe("('x', 'y')");
});

test('what lies in a pipe is there again', async () => {
	await python('import os\nr, w = os.pipe(); os.write(w, b"abcdef")');
	const id = await keep();
	await python('os.read(r, 6); os.write(w, b"other"); os.close(w)');
	await remote.restore(id);
	expect(await python('os.write(w, b"g")\nrepr(os.read(r, 9))')).toBe("b'abcdefg'");
});

test('locks, exit stacks and context variables are as they were', async () => {
	await python(
		'import threading, contextlib, contextvars\nl = threading.Lock(); l.acquire()\nlog = []; s = contextlib.ExitStack(); s.callback(lambda: log.append(1)); v = contextvars.ContextVar("v"); v.set(1)',
	);
	const id = await keep();
	await python('l.release(); s.close(); v.set(2)');
	await remote.restore(id);
	expect(await python('r = l.locked(); s.close()\nr, log, v.get()')).toBe('(True, [1], 1)');
});

test('an interrupt works before and after a restore', async () => {
	const id = await keep();
	const endless = 'import js\njs.signal[0] = 2\nwhile True: pass';
	for (let round = 0; round < 2; round += 1) {
		await expect(python(endless)).rejects.toThrow('KeyboardInterrupt');
		await remote.restore(id);
	}
	expect(await python('sum(range(1000))')).toBe(499500);
});

test('a hundred restores leave the tables as small as they were', async () => {
	await python('import js, asyncio\nS = [js.Object.new() for _ in range(20)]');
	const id = await keep();
	const sizes = await remote.tableSizes();
	for (let round = 0; round < 100; round += 1) {
		await python('x = [js.Array.of(j) for j in range(30)]; y = asyncio.ensure_future(asyncio.sleep(0))');
		if (round % 10 === 0) await sleep(1);
		await remote.restore(id);
	}
	expect(await python('len(S), str(S[3])')).toBe("(20, '[object Object]')");
	const { functions, references } = await remote.tableSizes();
	expect(functions).toBe(sizes.functions);
	expect(references).toBeLessThan(sizes.references + 200);
});

const FATAL = {
	'a trap of WebAssembly': 'import ctypes; ctypes.string_at(0xfffffff0, 4096)',
	'an overflow of the stack':
		'import sys; sys.setrecursionlimit(10**6)\nclass A:\n  def __getattr__(s, n): return getattr(s, n + "a")\nA().x',
	'a deep repr': 'import sys; sys.setrecursionlimit(10**6)\nx = []\nfor i in range(200_000): x = [x]\nrepr(x)',
	'a smashed heap':
		'import ctypes; ctypes.memset(id(a), 255, 4096)\nprint(a)\nb = [object() for _ in range(10_000)]\ndel a, b\nimport gc; gc.collect()',
	'references given back too often':
		'import ctypes\nfor i in range(200): ctypes.pythonapi.Py_DecRef(ctypes.py_object(log))\ndel log\nx = [[] for _ in range(1000)]\nimport gc; gc.collect()',
	abort: 'import ctypes; ctypes.CDLL(None).abort()',
	'os._exit': 'import os; os._exit(3)',
	'sys.exit': 'import sys; sys.exit(2)',
};

test.each(Object.entries(FATAL))('Python lives again after %s', async (_, code) => {
	await python('import numpy as np\na = list(range(1000))\nlog = []');
	await keep();
	for (let round = 0; round < 2; round += 1) {
		await python(code).catch(() => undefined);
		expect(await remote.revive()).toBe(true);
		expect(await python('import gc, js; gc.collect()\nfloat(np.eye(3).sum()), sum(a), js.Array.of(1, 2).length')).toBe(
			'(3.0, 499500, 2)',
		);
		expect(await remote.action('import asyncio\nawait asyncio.sleep(0.001, 5)')).toMatchObject({ value: '5' });
	}
	await remote.fatals();
});

test('a checkpoint that was dropped cannot be restored', async () => {
	const id = await keep();
	await remote.drop(id);
	await remote.drop(id);
	expect(await remote.ids()).not.toContain(id);
	expect(await remote.current()).toBe(null);
	await expect(remote.restore(id)).rejects.toThrow('is gone');
});

// Last: memory does not shrink again, and every restore after these looks at all of it.
test('memory that grew is empty after the restore', async () => {
	await python('a = list(range(1000))');
	const id = await keep();
	await python('b = bytearray(150_000_000); b[-1] = 7');
	await remote.restore(id);
	expect(await python('b = bytearray(140_000_000)\nsum(a), b.count(0) == len(b)')).toBe('(499500, True)');
});

test('packages with libraries that were loaded on the undone branch are gone, and can be loaded again', async () => {
	const before = await keep();
	const plot = 'b = io.BytesIO(); plt.plot([1, 2]); plt.savefig(b)\nlen(b.getvalue()) > 1000';
	const load = async (): Promise<unknown> => {
		await remote.load(['matplotlib']);
		return python(`import matplotlib\nmatplotlib.use("agg")\nimport matplotlib.pyplot as plt, io\n${plot}`);
	};
	expect(await load()).toBe(true);
	const after = await keep();
	await remote.restore(before);
	expect(await python('import importlib.util as u\nu.find_spec("matplotlib") is None')).toBe(true);
	await python('zz = [bytes(500) for _ in range(20_000)]');
	expect(await load()).toBe(true);
	await remote.restore(after);
	expect(await python(plot)).toBe(true);
	await remote.restore(before);
	expect(await python('import pandas as pd\nint(pd.Series([1, 2]).sum())')).toBe(3);
});

test('a restore while packages are being loaded leaves Python well, and they can be loaded', async () => {
	const id = await keep();
	for (const ms of [20, 150, 600]) {
		void remote.action('import matplotlib').then(ended, ended);
		await sleep(ms);
		await remote.restore(id);
		expect(await python('import gc; gc.collect()\nsum(range(10))')).toBe(45);
	}
	// Loading goes one after the other: this waits for what is still under way.
	await remote.load(['matplotlib']);
	expect(await python('import matplotlib.pyplot as plt\nlen(plt.plot([1, 2]))')).toBe(1);
});

test('a package that micropip installed on the undone branch is gone, and can be installed again', async () => {
	await remote.javascript(
		'(async () => { globalThis.wheel = new Uint8Array(await (await fetch("/pyodide/asttokens-2.4.1-py2.py3-none-any.whl")).arrayBuffer()); })()',
	);
	const put = 'import js\nopen("/tmp/asttokens-2.4.1-py2.py3-none-any.whl", "wb").write(js.wheel.to_py())';
	await python(put);
	const id = await keep();
	const install =
		'import micropip\nawait micropip.install("emfs:/tmp/asttokens-2.4.1-py2.py3-none-any.whl", deps=False)\nimport importlib.metadata as m\nm.version("asttokens")';
	expect(await remote.pythonAsync(install)).toBe('2.4.1');
	await remote.restore(id);
	expect(await python('import importlib.util as u\nu.find_spec("asttokens") is None')).toBe(true);
	expect(await remote.pythonAsync(install)).toBe('2.4.1');
});
