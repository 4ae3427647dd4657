/**
 * Where the browser shares no memory with workers (a page without isolation; WebKitGTK): the same sandbox, and Stop ends
 * the worker and puts the state before the action back.
 */
import { expect } from 'vitest';
import { appTest } from './app';
import { BROWSER } from './browser';

// WebKitGTK is served as by `npm start`; the others by a host that sends no headers.
const test = appTest({ isolated: BROWSER === 'webkit' });

test('Python runs in an opaque origin, and says that it cannot be interrupted', async ({ app }) => {
	const { value } = await app.execute('import js\n(js.self.origin, js.self.crossOriginIsolated)');
	expect(value).toBe("('null', False)");
	expect(await app.value('sum(range(10))')).toBe('45');
});

test.for([
	['an endless loop', 'kept = 1\nwhile True: pass'],
	['time.sleep', 'import time\nkept = 1\ntime.sleep(600)'],
	['a flood of prints', 'kept = 1\nwhile True: print("x" * 100)'],
] as const)('Stop ends %s by force, and the state before it comes back', async ([, code], { app }) => {
	await app.execute('kept = 0');
	const { status, state } = await app.execute(code, { stopAfterMs: 300 });
	expect(status).toBe('interrupted');
	expect(state).toMatch(/^(restored|restoring)$/);
	expect(await app.value('kept')).toBe('0');
});

test('Stop cancels what is awaited, and the variables are there', async ({ app }) => {
	const { status } = await app.execute('import asyncio\nkept = 2\nawait asyncio.sleep(600)', { stopAfterMs: 300 });
	expect(status).toBe('interrupted');
	expect(await app.value('1 + 1')).toBe('2');
});

test('packages on board load', { timeout: 120_000 }, async ({ app }) => {
	// WebKitGTK takes its time to compile them.
	const { packages, value } = await app.execute('import numpy as np\nint(np.arange(10).sum())', { timeoutMs: 100_000 });
	expect([packages.includes('numpy'), value]).toEqual([true, '45']);
});

test('the browser refuses every request that Python makes by itself', async ({ app }) => {
	const outside = `http://127.0.0.1:${String(app.trap.port)}/`;
	const code = `import js
def send(url):
    request = js.XMLHttpRequest.new()
    request.open("GET", url, False)
    request.send()

refused = []
for name, act in {
    "host": lambda: send("${outside}"),
    "page": lambda: send("${app.served.url}onboard.json"),
    "importScripts": lambda: js.importScripts("${outside}x.js"),
    "eval": lambda: js.eval("1"),
    "storage": lambda: js.localStorage.length,
}.items():
    try:
        act()
    except BaseException:
        refused.append(name)
refused`;
	expect(await app.value(code)).toBe("['host', 'page', 'importScripts', 'eval', 'storage']");
});
