import wheelhouse from '../../wheelhouse.json';
import { describe, expect, test } from 'vitest';
import { Broker, type BrokerOptions } from '../../src/adapters/broker/broker';
import { fetchElsewhere, reaches } from '../../src/adapters/broker/fetch-worker';
import { listedFiles } from '../../src/adapters/broker/simple-index';
import type { GrantDecision, GrantRequest } from '../../src/core/network';
import type { BrokerRequest, BrokerResponse } from '../../workers/contracts';

const BASE_URL = `${location.origin}/`;

function get(url: string): BrokerRequest {
	return { url, method: 'GET', headers: [], body: null };
}

/** A broker whose other hosts answer with their own address as text, and that asks `decisions` in turn. */
function scripted(
	decisions: readonly GrantDecision[] = [],
	options: Partial<BrokerOptions> = {},
): { broker: Broker; questions: GrantRequest[]; sent: string[] } {
	const questions: GrantRequest[] = [];
	const sent: string[] = [];
	const broker = new Broker({
		baseUrl: BASE_URL,
		ask: async (request) => {
			questions.push(request);
			return decisions[questions.length - 1] ?? 'deny';
		},
		fetchElsewhere: async ({ url }) => {
			sent.push(url);
			const body = new TextEncoder().encode(url).buffer;
			return { kind: 'response', url, status: 200, statusText: 'OK', headers: [['content-type', 'text/plain']], body };
		},
		...options,
	});
	return { broker, questions, sent };
}

function code(response: BrokerResponse): string | null {
	return response.kind === 'refused' ? response.error.code : null;
}

describe('files on board', () => {
	test('are served from the own origin, with the type that WebAssembly needs', async () => {
		const { broker, sent } = scripted();
		const response = await broker.fetch(get('https://pyodide.invalid/pyodide.asm.wasm'));
		expect(response).toMatchObject({ kind: 'response', status: 200, headers: [['content-type', 'application/wasm']] });
		expect(broker.requests).toMatchObject([{ outcome: 'local', status: 200, error: null }]);
		expect(broker.requests[0]?.bytes).toBeGreaterThan(1_000_000);
		expect([sent, broker.requestsThatLeft]).toEqual([[], 0]);
	});

	test('the lock names only packages that are on board, those of wheelhouse.json among them', async () => {
		const { broker } = scripted();
		const response = await broker.fetch(get('https://pyodide.invalid/pyodide-lock.json'));
		if (response.kind === 'refused') throw new Error(response.error.message);
		const { packages } = JSON.parse(new TextDecoder().decode(response.body)) as { packages: Record<string, unknown> };
		expect(packages).toHaveProperty('numpy');
		expect(packages).not.toHaveProperty('rich');
		const [own] = wheelhouse.packages;
		expect(packages).toHaveProperty(own?.name ?? '', expect.objectContaining({ sha256: own?.sha256 }));
	});

	test('a wheel with another hash than the lock names is refused, with the file and both hashes', async () => {
		const damaged = new Broker({ baseUrl: `${BASE_URL}tests/fixtures/damaged/` });
		const response = await damaged.fetch(get('https://pyodide.invalid/tiny-1.0-py3-none-any.whl'));
		expect(code(response)).toBe('hash_mismatch');
		const detail = response.kind === 'refused' ? response.error.detail : null;
		expect(detail).toMatch(/^tiny-1\.0-py3-none-any\.whl: expected 0{64}, found [0-9a-f]{64}$/);
	});

	test('a wheel that the lock does not name, or that is missing, is refused with its code', async () => {
		const { broker } = scripted();
		expect(code(await broker.fetch(get('https://pyodide.invalid/evil-1.0-py3-none-any.whl')))).toBe(
			'package_not_on_board',
		);
		const nowhere = new Broker({ baseUrl: `${BASE_URL}nowhere/` });
		expect(code(await nowhere.fetch(get('https://pyodide.invalid/pyodide.mjs')))).toBe('python_files_missing');
	});
});

describe('other hosts', () => {
	test('are refused without a grant, and nothing leaves', async () => {
		const { broker, questions, sent } = scripted(['deny']);
		expect(code(await broker.fetch(get('https://a.test/x')))).toBe('request_refused');
		expect(questions).toEqual([{ host: 'a.test', url: 'https://a.test/x', purpose: 'host' }]);
		expect([sent, broker.requestsThatLeft, broker.requests[0]?.outcome]).toEqual([[], 0, 'refused']);
	});

	test('are refused where nobody can be asked', async () => {
		expect(code(await new Broker({ baseUrl: BASE_URL }).fetch(get('https://a.test/x')))).toBe('request_refused');
	});

	test('once holds until the action ends, session for ever, and each for its host alone', async () => {
		const { broker, questions, sent } = scripted(['once', 'session', 'deny']);
		await broker.fetch(get('https://a.test/1'));
		await broker.fetch(get('https://a.test/2'));
		expect(questions).toHaveLength(1);
		broker.endAction();
		await broker.fetch(get('https://a.test/3'));
		broker.endAction();
		await broker.fetch(get('https://a.test/4'));
		expect(questions).toHaveLength(2);
		expect(code(await broker.fetch(get('https://b.test/')))).toBe('request_refused');
		expect([sent.length, broker.requestsThatLeft]).toEqual([4, 4]);
	});

	test('two requests at once ask once', async () => {
		const { broker, questions } = scripted(['once']);
		await Promise.all([broker.fetch(get('https://a.test/1')), broker.fetch(get('https://a.test/2'))]);
		expect(questions).toHaveLength(1);
	});

	test('a redirect to a host without a grant is not handed in', async () => {
		const { broker } = scripted(['once', 'deny'], {
			fetchElsewhere: async () => ({
				kind: 'response',
				url: 'https://b.test/',
				status: 200,
				statusText: '',
				headers: [],
				body: new ArrayBuffer(3),
			}),
		});
		expect(code(await broker.fetch(get('https://a.test/')))).toBe('request_refused');
		expect(broker.requests[0]).toMatchObject({ outcome: 'failed' });
	});

	test('a host that cannot be reached is told apart from a refusal and from one that no page may read', async () => {
		const probed: string[] = [];
		const failing: Partial<BrokerOptions> = {
			policy: { packages: 'packageIndex', hosts: ['gone.test', 'strict.test'] },
			fetchElsewhere: async () => ({ kind: 'failed' }),
			reaches: async (url) => {
				probed.push(url);
				return url.startsWith('https://strict.test/');
			},
		};
		const { broker } = scripted([], failing);
		expect(code(await broker.fetch(get('https://gone.test/x')))).toBe('host_unreachable');
		expect(code(await broker.fetch(get('https://strict.test/x')))).toBe('cors_blocked');
		// A method that may change something is not repeated.
		expect(code(await broker.fetch({ ...get('https://strict.test/x'), method: 'POST' }))).toBe('cors_blocked');
		expect(code(await broker.fetch(get(`${broker.indexUrls[0] ?? ''}/rich/`)))).toBe('package_index_unreachable');
		expect(probed.slice(0, 3)).toEqual(['https://gone.test/x', 'https://strict.test/x', 'https://strict.test/']);
		// The second look is a request too: it is listed and counted.
		expect(broker.requestsThatLeft).toBe(8);
		expect(broker.requests.slice(2, 4)).toMatchObject([
			{ method: 'GET', outcome: 'failed', error: { code: 'cors_blocked' } },
			{ method: 'HEAD', outcome: 'left', error: null },
		]);
	});

	test('a host that takes longer than the code allows is a failure of its own', async () => {
		const { broker } = scripted(['once'], { fetchElsewhere: async () => ({ kind: 'timedOut' }) });
		expect(code(await broker.fetch({ ...get('https://a.test/'), timeoutMs: 10 }))).toBe('request_timed_out');
	});

	test('addresses without encryption are refused before anybody is asked, save on this machine', async () => {
		const { broker, questions } = scripted(['once']);
		expect(code(await broker.fetch(get('http://a.test/')))).toBe('insecure_address');
		expect(questions).toEqual([]);
		expect(code(await broker.fetch(get('http://127.0.0.1:9/')))).toBeNull();
	});

	test('a chosen host is free, and its neighbours are not', async () => {
		const policy = { packages: 'onBoard', hosts: ['a.test'] } as const;
		const { broker, questions } = scripted([], { policy });
		expect(code(await broker.fetch(get('https://a.test/x')))).toBeNull();
		for (const url of ['https://sub.a.test/', 'https://a.test:8443/', 'https://nota.test/']) {
			expect(code(await broker.fetch(get(url)))).toBe('request_refused');
		}
		expect(questions).toHaveLength(3);
	});

	test('a person who denied three hosts in one action is asked no more in it', async () => {
		const { broker, questions, sent } = scripted(['deny', 'deny', 'deny', 'once']);
		const hosts = ['a', 'b', 'c', 'd', 'e'].map((name) => `https://${name}.test/`);
		for (const url of hosts) expect(code(await broker.fetch(get(url)))).toBe('request_refused');
		expect([questions.length, sent.length]).toEqual([3, 0]);
		broker.endAction();
		expect(code(await broker.fetch(get(hosts[3] ?? '')))).toBeNull();
	});

	test('questions that wait when the person has denied enough are asked no more', async () => {
		const settle: ((decision: GrantDecision) => void)[] = [];
		const { broker } = scripted([], {
			ask: (_, signal) =>
				new Promise((resolve) => {
					settle.push(resolve);
					signal.addEventListener('abort', () => resolve('deny'));
				}),
		});
		const asked = Array.from({ length: 10 }, (_, index) => broker.fetch(get(`https://host${index}.test/`)));
		for (const one of settle.slice(0, 3)) one('deny');
		expect((await Promise.all(asked)).map(code)).toEqual(Array(10).fill('request_refused'));
		expect(broker.endAction().grants).toHaveLength(3);
	});

	test('an address of any length is sent whole and listed short', async () => {
		const { broker, sent } = scripted(['once']);
		await broker.fetch(get(`https://a.test/${'x'.repeat(100_000)}`));
		expect([sent[0]?.length, broker.requests[0]?.url.length]).toEqual([100_015, 500]);
	});

	test('what was allowed for the session is listed until it is revoked', async () => {
		const { broker, questions } = scripted(['session', 'deny']);
		await broker.fetch(get('https://a.test/1'));
		broker.endAction();
		expect(broker.grants).toMatchObject([{ request: { host: 'a.test' }, decision: 'session' }]);
		broker.revoke({ host: 'a.test', url: 'https://a.test/1', purpose: 'host' });
		expect(broker.grants).toEqual([]);
		expect(code(await broker.fetch(get('https://a.test/2')))).toBe('request_refused');
		expect(questions).toHaveLength(2);
	});

	test('an action ends with what it asked for beyond the files on board, and what the person was asked', async () => {
		const { broker } = scripted(['once']);
		await broker.fetch(get('https://pyodide.invalid/pyodide.mjs'));
		await broker.fetch(get('https://a.test/1'));
		const { requests, grants } = broker.endAction();
		expect(requests).toMatchObject([{ url: 'https://a.test/1', outcome: 'left', status: 200 }]);
		expect(grants).toMatchObject([{ request: { host: 'a.test' }, decision: 'once' }]);
		expect(broker.endAction()).toEqual({ requests: [], grants: [] });
	});

	test('a question that waits when the action ends is dismissed, and holds for nothing', async () => {
		const { broker } = scripted([], {
			ask: (_, signal) => new Promise((settle) => signal.addEventListener('abort', () => settle('deny'))),
		});
		const waiting = broker.fetch(get('https://a.test/'));
		broker.endAction();
		expect(code(await waiting)).toBe('request_refused');
		expect(broker.endAction().grants).toEqual([]);
	});

	test.each([null, 'fetch', { kind: 'fetch' }, { kind: 'fetch', request: { url: 1 } }, { kind: 'no such kind' }])(
		'what is no question is refused: %j',
		async (data) => {
			expect(await scripted().broker.answer(data)).toMatchObject({
				kind: 'refused',
				error: { code: 'request_refused' },
			});
		},
	);

	test('only web addresses are asked for at all', async () => {
		const { broker, questions } = scripted(['session']);
		expect(code(await broker.fetch(get('file:///etc/passwd')))).toBe('request_refused');
		expect(questions).toEqual([]);
	});

	test('the index is free under its policy, and another host is not', async () => {
		const { broker, questions } = scripted([], {
			policy: { packages: 'packageIndex', hosts: [] },
			indexUrls: ['https://index.test/simple/'],
		});
		expect(code(await broker.fetch(get('https://index.test/simple/rich/')))).toBeNull();
		expect(code(await broker.fetch(get('https://index.test/elsewhere')))).toBe('request_refused');
		expect(questions.map(({ purpose }) => purpose)).toEqual(['host']);
	});
});

describe('the threads that leave', () => {
	test('bring back what a host answers', async () => {
		const response = await fetchElsewhere(get(`${BASE_URL}onboard.json`));
		expect(response).toMatchObject({ status: 200, url: `${BASE_URL}onboard.json` });
		expect(JSON.parse(response.kind === 'response' ? new TextDecoder().decode(response.body) : '')).toMatchObject({
			version: 1,
		});
	});

	test('tell a host that is not there by its silence', async () => {
		// Port 9 (discard) of this machine: nobody listens there.
		expect(await fetchElsewhere(get('http://127.0.0.1:9/'))).toEqual({ kind: 'failed' });
		expect(await reaches('http://127.0.0.1:9/')).toBe(false);
		expect(await reaches(`${BASE_URL}onboard.json`)).toBe(true);
	});
});

describe('pages of an index', () => {
	const sha256 = 'a'.repeat(64);

	test('in JSON list files, their hashes and the metadata beside them', () => {
		const page = { files: [{ url: '../../p/x.whl', hashes: { sha256 }, 'core-metadata': true }] };
		expect([
			...listedFiles(JSON.stringify(page), 'application/vnd.pypi.simple.v1+json', 'https://i.test/simple/x/'),
		]).toEqual([
			['https://i.test/p/x.whl', sha256],
			['https://i.test/p/x.whl.metadata', null],
		]);
	});

	test('in HTML list the same', () => {
		const page = `<a href="/p/x.whl#sha256=${sha256}" data-core-metadata="sha256=${sha256}">x</a>`;
		expect([...listedFiles(page, 'text/html; charset=utf-8', 'https://i.test/simple/x/')]).toEqual([
			['https://i.test/p/x.whl', sha256],
			['https://i.test/p/x.whl.metadata', sha256],
		]);
	});

	test('in another format list nothing', () => {
		expect(listedFiles('x', 'text/plain', 'https://i.test/').size).toBe(0);
	});
});
