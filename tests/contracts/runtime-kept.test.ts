import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BrokerOptions } from '../../src/adapters/broker/broker';
import { KeptWheels } from '../../src/adapters/broker/kept-wheels';
import type { GrantRequest } from '../../src/core/network';
import { INDEX_URL, packageIndex, type PackageIndex } from './package-index';
import { pyodide, run } from './runtime-cases';

const CACHE = 'packages-test';
const INSTALL = 'import micropip\nawait micropip.install("outer")\nimport outer\nouter.WORD';

let index: PackageIndex;
let disposables: { dispose(): void }[] = [];

/** A page of its own: a fresh Python and a fresh broker, over what an earlier page kept. */
function page(options: Partial<BrokerOptions> = {}) {
	const kept = new KeptWheels(CACHE);
	const open = pyodide({ indexUrls: [INDEX_URL], fetchElsewhere: index.fetch, kept, ...options });
	disposables.push(open.runtime);
	return { ...open, kept };
}

const granted: Partial<BrokerOptions> = { policy: { packages: 'packageIndex', hosts: [] } };

beforeEach(async () => {
	await caches.delete(CACHE);
	const { runtime } = pyodide();
	disposables.push(runtime);
	index = await packageIndex(runtime, [
		{ name: 'outer', requires: ['inner'], code: 'from inner import WORD' },
		{ name: 'inner', code: 'WORD = "kept"' },
		{ name: 'inner', version: '2.0', code: 'WORD = "newer"' },
	]);
});
afterEach(async () => {
	for (const one of disposables) one.dispose();
	disposables = [];
	await caches.delete(CACHE);
});

test('what came from the index is installed again without a network, a grant or a question', async () => {
	const first = page(granted);
	expect(await run(first.runtime, INSTALL)).toMatchObject({ value: "'newer'" });
	expect(await first.kept.list()).toMatchObject([
		{ name: 'inner', version: '2.0', file: 'inner-2.0-py3-none-any.whl' },
		{ name: 'outer', version: '1.0', file: 'outer-1.0-py3-none-any.whl' },
	]);
	const questions: GrantRequest[] = [];
	const second = page({
		fetchElsewhere: async () => ({ kind: 'failed' }),
		ask: async (request) => (questions.push(request), 'deny'),
	});
	expect(await run(second.runtime, INSTALL)).toMatchObject({ value: "'newer'" });
	expect([questions, second.broker.requestsThatLeft]).toEqual([[], 0]);
});

test('with a grant the index is asked for its pages, and a wheel that is kept is not had again', async () => {
	await run(page(granted).runtime, INSTALL);
	const before = index.asked.length;
	expect(await run(page(granted).runtime, INSTALL)).toMatchObject({ value: "'newer'" });
	expect(index.asked.slice(before)).toEqual([`${INDEX_URL}/outer/`, `${INDEX_URL}/inner/`]);
});

test('where no kept version fits, the index is asked, under its grant', async () => {
	await run(page(granted).runtime, 'import micropip\nawait micropip.install("inner<2")');
	const questions: GrantRequest[] = [];
	const asking = page({ ask: async (request) => (questions.push(request), 'once') });
	const code = 'import micropip\nawait micropip.install("inner>=2")\nimport inner\ninner.WORD';
	expect(await run(asking.runtime, code)).toMatchObject({ value: "'newer'" });
	expect(questions).toMatchObject([{ purpose: 'packageIndex' }]);
});

test('a kept wheel that was changed is not used, and is forgotten', async () => {
	await run(page(granted).runtime, INSTALL);
	const cache = await caches.open(CACHE);
	const [url] = (await cache.keys()).map((request) => request.url).filter((address) => address.includes('inner'));
	const { headers } = (await cache.match(url ?? '')) ?? new Response();
	await cache.put(url ?? '', new Response('changed', { headers }));
	const { runtime, kept, broker } = page();
	const { error } = await run(runtime, INSTALL);
	expect(error?.message).toMatch(/^outer could not be installed: inner \(needed by outer\): .*package_not_on_board/);
	expect((await kept.list()).map(({ name }) => name)).toEqual(['outer']);
	expect(broker.requestsThatLeft).toBe(0);
});

test('a kept wheel can be removed by itself', async () => {
	await run(page(granted).runtime, INSTALL);
	const { kept, runtime } = page();
	await kept.remove('inner-2.0-py3-none-any.whl');
	expect((await kept.list()).map(({ name }) => name)).toEqual(['outer']);
	expect((await run(runtime, INSTALL)).error?.message).toContain('inner (needed by outer)');
});
