import { afterAll, beforeAll, expect, test } from 'vitest';
import { pyodide, run } from './runtime-cases';

const { runtime, broker } = pyodide();
beforeAll(() => runtime.start(() => undefined));
afterAll(() => runtime.dispose());

/** An address of this very server: whatever reaches it has left the sandbox. */
const OUTSIDE = `${location.origin}/onboard.json`;

test.each([
	['pyfetch', `from pyodide.http import pyfetch\nawait pyfetch("${OUTSIDE}")`],
	['js.fetch', `import js\nawait js.fetch("${OUTSIDE}")`],
	[
		'a request with a body',
		`import js\nfrom pyodide.http import pyfetch\nawait pyfetch("${OUTSIDE}", method="POST", body="x")`,
	],
])('%s is refused by the broker with a code, and it is on record', async (_, code) => {
	const { error } = await run(runtime, code);
	expect(error?.message).toContain('request_refused: Python asked for');
	expect(broker.requests.at(-1)).toMatchObject({ url: OUTSIDE, outcome: 'refused', status: null });
	expect(broker.requestsThatLeft).toBe(0);
});

test.each([
	['XMLHttpRequest', `request = js.XMLHttpRequest.new()\nrequest.open("GET", "${OUTSIDE}", False)\nrequest.send()`],
	['importScripts', `js.importScripts("${location.origin}/src/core/errors.ts")`],
	['a worker from an address', `js.Worker.new("${location.origin}/src/core/errors.ts")`],
	['eval', 'js.eval("1 + 1")'],
	['IndexedDB', 'js.indexedDB.open("x")'],
	['Cache Storage', 'await js.caches.keys()'],
	['the origin private file system', 'await js.navigator.storage.getDirectory()'],
	['sockets of Python', 'import socket\nsocket.create_connection(("127.0.0.1", 80), timeout=1).send(b"x")'],
])('the browser itself refuses %s', async (_, code) => {
	const before = performance.getEntriesByType('resource').length;
	const result = await run(runtime, `import js\n${code}`);
	expect(result.status).toBe('error');
	expect(performance.getEntriesByType('resource').length).toBe(before);
});

test('a web socket never opens', async () => {
	const code =
		`import js, asyncio\nsocket = js.WebSocket.new("${location.origin.replace('http', 'ws')}/")\n` +
		'opened = []\nsocket.onopen = lambda event: opened.append(1)\nawait asyncio.sleep(0.3)\n(len(opened), socket.readyState)';
	// 3 is CLOSED.
	expect((await run(runtime, code)).value).toBe('(0, 3)');
});

test('threads, channels and the end of its worker are not within its reach', async () => {
	const code = `import js
[hasattr(js, name) and getattr(js, name) is not None for name in ("Worker", "SharedWorker", "BroadcastChannel", "postMessage", "close")]`;
	expect((await run(runtime, code)).value).toBe('[False, False, False, False, False]');
});

test('the page does not stand open: neither its document nor its storage is within reach', async () => {
	const code = 'import js\n[hasattr(js, name) for name in ("document", "window", "parent", "localStorage")]';
	expect((await run(runtime, code)).value).toBe('[False, False, False, False]');
	expect((await run(runtime, 'import js\njs.self.origin')).value).toBe("'null'");
});

test('the sandbox frame is not part of what the person sees', () => {
	const frame = document.querySelector('iframe[sandbox]');
	expect(frame?.getAttribute('sandbox')).toBe('allow-scripts');
	expect(frame?.checkVisibility()).toBe(false);
});
