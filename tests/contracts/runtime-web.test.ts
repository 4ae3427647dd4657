/** The libraries that fetch addresses, through the broker: one scripted host, and what each library makes of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BrokerRequest, FetchOutcome } from '../../workers/contracts';
import { pyodide, run } from './runtime-cases';

const HOST = 'https://host.test';

/** What reached the host. */
let sent: BrokerRequest[] = [];
/** Called when the host is asked for what it never answers. */
let waiting: () => void = () => undefined;

/** A host with the usual kinds of answer. */
async function host(request: BrokerRequest): Promise<FetchOutcome> {
	sent.push(request);
	const { pathname } = new URL(request.url);
	const text = (
		status: number,
		body: string | Uint8Array<ArrayBuffer>,
		type = 'application/json',
		url = request.url,
	): FetchOutcome => ({
		kind: 'response',
		url,
		status,
		statusText: status === 200 ? 'OK' : '',
		headers: [
			['content-type', type],
			// As a server that compresses says; the browser has decoded it.
			['content-encoding', 'gzip'],
			['content-length', '7'],
			['x-kind', 'scripted'],
		],
		body: typeof body === 'string' ? new TextEncoder().encode(body).buffer : body.buffer,
	});
	switch (pathname) {
		case '/json':
			return text(200, '{"name": "Ada", "kind": "ü"}');
		case '/echo':
			return text(
				200,
				JSON.stringify({
					method: request.method,
					body: new TextDecoder().decode(request.body ?? new ArrayBuffer()),
					headers: request.headers,
				}),
			);
		case '/binary':
			return text(
				200,
				Uint8Array.from({ length: 300_000 }, (_, index) => index % 256),
				'image/png',
			);
		case '/missing':
			return text(404, 'not here', 'text/plain');
		case '/moved':
			return text(200, '"there"', 'application/json', `${HOST}/there`);
		case '/table.csv':
			return text(200, 'a,b\n1,2\n3,4\n', 'text/csv');
		case '/never':
			setTimeout(waiting, 50);
			return new Promise(() => undefined);
		case '/slow':
			return { kind: 'timedOut' };
		default:
			return { kind: 'failed' };
	}
}

const { runtime } = pyodide({
	policy: { packages: 'onBoard', hosts: ['host.test'] },
	fetchElsewhere: host,
	reaches: async (url) => url.includes('strict'),
});
beforeAll(() => runtime.start(() => undefined));
beforeEach(() => (sent = []));
afterAll(() => runtime.dispose());

/** Runs `code`; its value, or its error. */
async function outcome(code: string): Promise<string | null> {
	const { value, error } = await run(runtime, code);
	return error === null ? value : `${error.type}: ${error.message}`;
}

/** Puts the same call out of a callback of the browser's, where Python's stack cannot be suspended. */
const inCallback = (call: string): string =>
	`from pyodide.ffi import create_proxy\nimport js\nproxy = create_proxy(lambda *_: ${call})\njs.Array.of(1).map(proxy)[0]`;

describe('requests', () => {
	test('has the status, headers, JSON and bytes of a response', async () => {
		const code = `import requests
r = requests.get('${HOST}/json', params={'q': 'a b'}, headers={'X-Key': '1', 'User-Agent': 'me'}, timeout=5)
r.status_code, r.reason, r.headers['x-kind'], r.json()['kind'], r.text[:8], r.ok`;
		expect(await outcome(code)).toBe(`(200, 'OK', 'scripted', 'ü', '{"name":', True)`);
		expect(sent).toMatchObject([{ url: `${HOST}/json?q=a+b`, method: 'GET', timeoutMs: 5000 }]);
		const headers = Object.fromEntries(sent[0]?.headers ?? []);
		expect(headers).toMatchObject({ 'X-key': '1' });
		expect(Object.keys(headers)).not.toContain('User-agent');
		expect(
			await outcome(
				`r = requests.get('${HOST}/binary')\nlen(r.content), r.content[255], sum(len(c) for c in requests.get('${HOST}/binary', stream=True).iter_content(1000))`,
			),
		).toBe('(300000, 255, 300000)');
	});

	test('needs no encryption of its own: the browser has it', async () => {
		await runtime.restart();
		const { packages } = await run(runtime, 'import requests');
		expect(packages).toContain('requests');
		expect(packages).not.toContain('ssl');
		expect(await outcome('import ssl\nssl.OPENSSL_VERSION[:7]')).toBe("'OpenSSL'");
	});

	test('sends bodies, keeps sessions, raises for a status, and knows where a redirect led', async () => {
		expect(
			await outcome(`import requests\nrequests.post('${HOST}/echo', json={'a': [1, 'ü']}).json()['body']`),
		).toContain('"a": [1, ');
		expect(
			await outcome(
				`with requests.Session() as s:\n    s.headers['X-Session'] = 'yes'\n    body = s.put('${HOST}/echo', data={'k': 'v'}).json()\nbody['method'], body['body'], [v for n, v in body['headers'] if n == 'X-session']`,
			),
		).toBe("('PUT', 'k=v', ['yes'])");
		expect(await outcome(`requests.get('${HOST}/missing').raise_for_status()`)).toMatch(/^HTTPError: 404 Client Error/);
		expect(await outcome(`requests.get('${HOST}/moved').url`)).toBe(`'${HOST}/there'`);
		expect(await outcome(`requests.head('${HOST}/json').headers['content-length']`)).toBe("'7'");
	});

	test('fails with its own exceptions, which say the reason, and nothing is sent twice', async () => {
		expect(await outcome(`import requests\nrequests.get('https://denied.test/')`)).toMatch(
			/^ConnectionError: request_refused: Python asked for denied\.test, which it has no grant for\./,
		);
		expect(await outcome(`requests.get('${HOST}/gone')`)).toMatch(
			/^ConnectionError: host_unreachable: host\.test could not/,
		);
		expect(await outcome(`requests.get('${HOST}/strict')`)).toMatch(
			/^ConnectionError: cors_blocked: host\.test is there/,
		);
		expect(await outcome(`requests.get('${HOST}/slow', timeout=(1, 7))`)).toMatch(/^ReadTimeout: request_timed_out: /);
		expect(await outcome(`requests.get('http://a.test/')`)).toMatch(/^ConnectionError: insecure_address: /);
		expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(['/gone', '/strict', '/slow']);
		expect(sent[2]?.timeoutMs).toBe(7000);
	});

	test('works in a callback of the browser', async () => {
		await run(runtime, 'import requests');
		expect(await outcome(inCallback(`requests.get('${HOST}/json').json()['name']`))).toBe("'Ada'");
		expect(await outcome(inCallback(`len(requests.get('${HOST}/binary').content)`))).toBe('300000');
	});
});

test('urllib3 answers and fails like itself', async () => {
	expect(
		await outcome(
			`import urllib3\nr = urllib3.PoolManager().request('GET', '${HOST}/json')\nr.status, r.json()['name'], r.headers['X-Kind']`,
		),
	).toBe("(200, 'Ada', 'scripted')");
	expect(await outcome(`urllib3.request('GET', '${HOST}/gone')`)).toMatch(/^MaxRetryError: host_unreachable: /);
	expect(sent).toHaveLength(2);
});

test('urllib.request opens http and https, posts, reads in pieces, and fails like itself', async () => {
	expect(
		await outcome(
			`import json, urllib.request, urllib.error\nwith urllib.request.urlopen('${HOST}/json') as r:\n    told = r.status, r.headers['x-kind'], r.read(5), json.loads(b'{"nam' + r.read())['name'], r.geturl()\ntold`,
		),
	).toBe(`(200, 'scripted', b'{"nam', 'Ada', '${HOST}/json')`);
	expect(
		await outcome(
			`request = urllib.request.Request('${HOST}/echo', data=b'k=v', headers={'X-Key': '1'})\nbody = json.load(urllib.request.urlopen(request))\nbody['method'], body['body'], sorted(n for n, _ in body['headers'])`,
		),
	).toBe("('POST', 'k=v', ['Content-type', 'X-key'])");
	expect(await outcome(`urllib.request.urlopen('${HOST}/missing')`)).toMatch(/^HTTPError: HTTP Error 404/);
	expect(await outcome(`urllib.request.urlopen('${HOST}/moved').geturl()`)).toBe(`'${HOST}/there'`);
	expect(await outcome(`urllib.request.urlopen('${HOST}/gone')`)).toMatch(
		/^URLError: <urlopen error host_unreachable: /,
	);
	expect(
		await outcome(
			`try:\n    urllib.request.urlopen('${HOST}/slow', timeout=2)\nexcept urllib.error.URLError as e:\n    told = type(e.reason).__name__\ntold`,
		),
	).toBe("'TimeoutError'");
	expect(
		await outcome(
			`urllib.request.urlretrieve('${HOST}/binary', '/tmp/b')[1]['content-length'], open('/tmp/b', 'rb').read()[255]`,
		),
	).toBe("('300000', 255)");
	expect(await outcome(inCallback(`urllib.request.urlopen('${HOST}/json').status`))).toBe('200');
});

test('pandas reads an address', async () => {
	expect(await outcome(`import pandas as pd\npd.read_csv('${HOST}/table.csv')['b'].tolist()`)).toBe('[2, 4]');
});

test('httpx answers and fails like itself, waiting and awaiting', async () => {
	expect(
		await outcome(
			`import httpx\nr = httpx.get('${HOST}/json', params={'q': 1}, timeout=3)\nr.status_code, r.json()['name'], r.headers['x-kind'], r.reason_phrase`,
		),
	).toBe("(200, 'Ada', 'scripted', 'OK')");
	expect(sent).toMatchObject([{ url: `${HOST}/json?q=1`, timeoutMs: 3000 }]);
	expect(
		await outcome(
			`with httpx.Client(base_url='${HOST}') as c:\n    body = c.post('/echo', json={'a': 1}).json()\nbody['body']`,
		),
	).toBe(`'{"a":1}'`);
	expect(
		await outcome(
			`import asyncio\nasync with httpx.AsyncClient() as c:\n    both = await asyncio.gather(c.get('${HOST}/json'), c.get('${HOST}/moved'))\n[r.status_code for r in both], str(both[1].url)`,
		),
	).toBe(`([200, 200], '${HOST}/there')`);
	expect(await outcome(`httpx.get('https://denied.test/')`)).toMatch(/^ConnectError: request_refused: /);
	expect(await outcome(`await httpx.AsyncClient().get('${HOST}/slow')`)).toMatch(/^ReadTimeout: request_timed_out: /);
	expect(await outcome(`httpx.get('${HOST}/missing').raise_for_status()`)).toMatch(
		/^HTTPStatusError: Client error '404/,
	);
	expect(await outcome(inCallback(`httpx.get('${HOST}/json').status_code`))).toBe('200');
});

test('pyfetch and open_url ask the same broker', async () => {
	expect(
		await outcome(
			`from pyodide.http import pyfetch, open_url\nr = await pyfetch('${HOST}/json')\n(await r.json())['name'], open_url('${HOST}/table.csv').readline()`,
		),
	).toBe(`('Ada', 'a,b\\n')`);
	expect(await outcome(`await pyfetch('https://denied.test/')`)).toContain('request_refused: ');
	expect(await outcome(`open_url('https://denied.test/')`)).toMatch(/^OSError: request_refused: /);
});

test.each([
	['a suspended stack', `requests.get('${HOST}/never')`],
	['a waiting worker', inCallback(`requests.get('${HOST}/never')`)],
])('Stop ends the wait of %s, and the next request has its own answer', async (_, call) => {
	await run(runtime, 'import requests\nkept = 1');
	const controller = new AbortController();
	waiting = () => controller.abort();
	const result = await run(runtime, call, { signal: controller.signal });
	expect(result).toMatchObject({ status: 'interrupted', state: 'kept' });
	expect(await outcome(inCallback(`requests.get('${HOST}/json').json()['name']`))).toBe("'Ada'");
	expect(await outcome(`requests.get('${HOST}/json').json()['name'], kept`)).toBe("('Ada', 1)");
});

describe('what the browser does not have', () => {
	test.each([
		[
			'threads',
			'import threading\nthreading.Thread(target=print).start()',
			/^RuntimeError: There are no threads in the browser\..*asyncio\.gather/,
		],
		[
			'a pool of threads',
			'from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool:\n    list(pool.map(str, [1]))',
			/^RuntimeError: There are no threads/,
		],
		['a timer', 'import threading\nthreading.Timer(1, print).start()', /^RuntimeError: There are no threads/],
		['_thread', 'import _thread\n_thread.start_new_thread(print, ())', /^RuntimeError: There are no threads/],
		[
			'a program',
			'import subprocess\nsubprocess.run(["ls"])',
			/^OSError: There are no other processes in the browser\..*pathlib/,
		],
		[
			'the output of a program',
			'import subprocess\nsubprocess.check_output("ls", shell=True)',
			/^OSError: There are no other processes/,
		],
		['os.system', 'import os\nos.system("ls")', /^OSError: There are no other processes/],
		['os.popen', 'import os\nos.popen("ls").read()', /^OSError: There are no other processes/],
		['os.fork', 'import os\nos.fork()', /^AttributeError: There are no other processes/],
		['os.execv', 'import os\nos.execv("/bin/ls", ["ls"])', /^OSError: There are no other processes/],
		[
			'a program, awaited',
			'import asyncio\nawait asyncio.create_subprocess_exec("ls")',
			/^OSError: There are no other processes/,
		],
		[
			'a process',
			'import multiprocessing\nmultiprocessing.Process(target=print).start()',
			/^OSError: There are no other processes/,
		],
		[
			'a pool of processes',
			'import multiprocessing\nmultiprocessing.Pool(2)',
			/^OSError: There are no other processes/,
		],
		[
			'an executor of processes',
			'from concurrent.futures import ProcessPoolExecutor\nProcessPoolExecutor()',
			/There are no other processes/,
		],
		[
			'a socket',
			'import socket\nsocket.create_connection(("a.test", 80))',
			/^OSError: There are no sockets in the browser\..*pyfetch/,
		],
		['a raw socket', 'import socket\nsocket.socket().connect(("127.0.0.1", 80))', /^OSError: There are no sockets/],
		[
			'http.client',
			'import http.client\nhttp.client.HTTPConnection("a.test").request("GET", "/")',
			/^OSError: There are no sockets/,
		],
	])('%s says so in one line', async (_, code, line) => {
		const told = await outcome(code);
		expect(told).toMatch(line);
		expect(told).not.toContain('\n');
	});

	test('an executor that the loop is asked for runs the function at once', async () => {
		expect(await outcome('import asyncio\nawait asyncio.to_thread(sum, [1, 2])')).toBe('3');
	});
});
