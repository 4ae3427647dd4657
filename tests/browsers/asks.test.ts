/** What Python asks the page in the middle of a call: a line, an address. With its stack suspended, and where that cannot be. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Observation, Trajectory } from '../../src/core/trajectory';
import { type App, appTest } from './app';

const test = appTest();

/** A host on this machine: `/strict` may not be read by web pages. */
let server: Server;
let host = '';
beforeAll(async () => {
	server = createServer((request, response) => {
		if (request.url !== '/strict') response.setHeader('Access-Control-Allow-Origin', '*');
		response.end('x'.repeat(300_000));
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	host = `127.0.0.1:${String(address.port)}`;
});
afterAll(() => {
	server.close();
	server.closeAllConnections();
});

/** Plays `code` as the one action of a run; what came of it. */
async function observed(app: App, code: string, options: object = {}): Promise<Observation> {
	const call = { task: 'Ask', script: [`<execute>\n${code}\n</execute>`, 'Done.'], allowHosts: [], ...options };
	const trajectory = await app.tab.evaluate<Trajectory>(`playground.run(${JSON.stringify(call)})`);
	const observation = trajectory.steps[0]?.observation;
	if (observation == null) throw new Error(JSON.stringify(trajectory));
	return observation;
}

/** Calls `call` out of a callback of the browser's: JavaScript lies on Python's stack then. */
const inCallback = (call: string): string =>
	`from pyodide.ffi import create_proxy\nimport js\nproxy = create_proxy(lambda *_: ${call})\n[str(one) for one in js.Array.of(1, 2).map(proxy)]`;

test.for([
	['an action', '[input("a "), input("b ")]'],
	['a callback of the browser', inCallback('input("a ")')],
] as const)('input() in %s waits for its lines', async ([, code], { app }) => {
	expect((await observed(app, code, { inputs: ['Ada', 'ü'] })).value).toBe("['Ada', 'ü']");
});

test('input() where nobody is there says so', async ({ app }) => {
	expect((await observed(app, 'input()')).error?.message).toMatch(/^input_unavailable: /);
});

test.for([
	['an action', (url: string) => `import requests\n[str(len(requests.get("${url}").text)) for _ in "ab"]`],
	['a callback of the browser', (url: string) => `import requests\n${inCallback(`len(requests.get("${url}").text)`)}`],
] as const)('requests in %s waits for its answer', async ([, code], { app }) => {
	const observation = await observed(app, code(`http://${host}/`), { allowHosts: [host] });
	expect(observation.value).toBe("['300000', '300000']");
	expect(observation.requests).toMatchObject([{ outcome: 'left' }, { outcome: 'left', bytes: 300_000 }]);
});

test('a host without a grant, one that no page may read, and one that is not there are told apart', async ({ app }) => {
	const fetching = (url: string): string => `import requests\nrequests.get("${url}")`;
	const message = async (url: string): Promise<string | undefined> =>
		(await observed(app, fetching(url), { allowHosts: [host, '127.0.0.1:9'] })).error?.message;
	expect(await message('https://denied.test/')).toMatch(/^request_refused: /);
	expect(await message(`http://${host}/strict`)).toMatch(/^cors_blocked: /);
	expect(await message('http://127.0.0.1:9/')).toMatch(/^host_unreachable: /);
});
