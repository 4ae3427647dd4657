import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrokerOptions } from '../../src/adapters/broker/broker';
import { CLOSED_POLICY, type NetworkPolicy } from '../../src/core/network';
import { INDEX_URL, packageIndex, type Published } from './package-index';
import { pyodide, run } from './runtime-cases';

const NATIVE = 'cp312-cp312-manylinux_2_17_x86_64';

const OPEN: NetworkPolicy = { packages: 'packageIndex', hosts: [] };

const PACKAGES: readonly Published[] = [
	{ name: 'tinypkg', code: 'ANSWER = 42' },
	{ name: 'native', tag: NATIVE },
	{ name: 'outer', requires: ['native'] },
	{ name: 'sources', isSource: true },
	{ name: 'helper', version: '1.0' },
	{ name: 'helper', version: '2.0' },
	{ name: 'old', requires: ['helper<2'] },
	{ name: 'new', requires: ['helper>=2'] },
	{ name: 'both', requires: ['new', 'old'] },
	{ name: 'hopeful', requires: ['no-such-package'] },
	{ name: 'forged', sha256: '0'.repeat(64) },
	{ name: 'picky', requires: ['pytz>=3000'] },
	{ name: 'pytz', version: '2020.1' },
	{ name: 'opencv_python', tag: NATIVE },
];

const { runtime, broker } = pyodide({
	policy: OPEN,
	indexUrls: [INDEX_URL],
	fetchElsewhere: (request) => answer(request),
	reaches: async () => false,
});
let answer: NonNullable<BrokerOptions['fetchElsewhere']> = async () => ({ kind: 'failed' });
beforeAll(async () => {
	const index = await packageIndex(runtime, PACKAGES);
	answer = index.fetch;
});
afterAll(() => runtime.dispose());

/** The line that an install ends with. */
async function failure(requirements: string): Promise<string> {
	const { error, status } = await run(runtime, `import micropip\nawait micropip.install(${requirements})`);
	expect(status).toBe('error');
	expect(error?.message).not.toContain('\n');
	return error?.message ?? '';
}

describe('an install that cannot be is told in one line that names the package and why', () => {
	test.each([
		['"native"', /^native could not be installed: it has native code: .*needs a build for Pyodide\.$/],
		['"outer"', /^outer could not be installed: native \(needed by outer\): it has native code/],
		['"sources"', /^sources could not be installed: the index has only its sources/],
		['"no-such-package"', /^no-such-package could not be installed: the package index has no package of that name\.$/],
		['"hopeful"', /^hopeful could not be installed: no-such-package \(needed by hopeful\): the package index has no/],
		[
			'"tinypkg>=9"',
			/^tinypkg>=9 could not be installed: tinypkg: no version that runs here fits tinypkg>=9; the index has 1\.0\.$/,
		],
		[
			'"forged"',
			/^forged could not be installed: forged-1\.0-py3-none-any\.whl: hash_mismatch: A file does not have the hash/,
		],
		[
			'"both"',
			/^both could not be installed: helper \(needed by new, old\): version conflict: new needs helper>=2, old needs helper<2, and version \d\.0 was chosen\.$/,
		],
		[
			'"picky"',
			/^picky could not be installed: pytz \(needed by picky\): no version that runs here fits pytz>=3000; the index has 2020\.1\. On board is pytz 2024\.1\.$/,
		],
		['["tinypkg", "native"]', /^tinypkg, native could not be installed: native: it has native code/],
	])('%s', async (requirements, line) => {
		expect(await failure(requirements)).toMatch(line);
	});

	test('a version that is loaded already', async () => {
		await run(runtime, 'import pytz');
		expect(await failure('"pytz<2000"')).toMatch(
			/pytz: version conflict: you asked for pytz<2000, and version 2024\.1 is installed already\.$/,
		);
	});

	test('an index that does not answer', async () => {
		const before = answer;
		answer = async () => ({ kind: 'failed' });
		expect(await failure('"tinypkg"')).toMatch(
			/^tinypkg could not be installed: package_index_unreachable: The package index could not be reached\./,
		);
		answer = before;
	});

	test('an index that is not granted', async () => {
		broker.policy = CLOSED_POLICY;
		expect(await failure('"tinypkg"')).toMatch(
			/^tinypkg could not be installed: package_not_on_board: This package is not on board, and the package index is not granted\./,
		);
		broker.policy = OPEN;
	});
});

describe('the name of an import', () => {
	test('is corrected to that of its package, and that is said', async () => {
		const learn = await run(runtime, '%pip install -q sklearn\nfrom sklearn import __version__\n__version__[0]');
		expect(learn).toMatchObject({
			value: "'1'",
			stderr: 'sklearn is what to import; the package is called scikit-learn.\n',
		});
		const left = broker.requestsThatLeft;
		const soup = await run(runtime, 'import micropip\nawait micropip.install(["bs4>=4", "PIL"])\nimport bs4, PIL');
		expect(soup).toMatchObject({ status: 'ok', packages: expect.arrayContaining(['beautifulsoup4', 'soupsieve']) });
		expect(broker.requestsThatLeft).toBe(left);
	});

	test('stands under its package in what cannot be installed or imported', async () => {
		expect(await failure('"cv2"')).toMatch(/^opencv-python could not be installed: /);
		const { error } = await run(runtime, 'import cv2');
		expect(error?.message).toMatch(/No module named 'cv2'.*micropip\.install\('opencv-python'\)/);
	});
});
