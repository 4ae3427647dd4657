import { POOL } from '../../src/core/profiles/pool';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GrantRequest } from '../../src/core/network';
import type { BrokerRequest, FetchContract } from '../../workers/contracts';
import { pyodide, run } from './runtime-cases';

const { runtime, broker } = pyodide();
beforeAll(() => runtime.start(() => undefined));
afterAll(() => runtime.dispose());

/** Signature of a PNG (PNG specification, 5.2), in base64. */
const PNG = 'iVBORw0KGgo';

test('a bare import loads the package from the wheels on board', async () => {
	const result = await run(runtime, 'import numpy as np\nint(np.arange(5).sum())');
	expect(result).toMatchObject({ value: '10', packages: ['numpy'] });
	expect((await run(runtime, 'np.ones(2)')).packages).toEqual([]);
	expect(runtime.status.packages).toContain('numpy');
});

test('an import that nobody saw coming is loaded in the middle of the action', async () => {
	const result = await run(runtime, 'import importlib\nimportlib.import_module("pytz").__name__');
	expect(result).toMatchObject({ value: "'pytz'", packages: ['pytz'] });
});

test('a DataFrame is a value and a table, with a cap on rows; a Series is a table too', async () => {
	const frame = await run(
		runtime,
		'def table():\n    import pandas as pd\n    return pd.DataFrame({"n": range(500)})\ntable()',
	);
	expect(frame.value).toContain('[500 rows x 1 columns]');
	expect(frame.displays.map(({ mime }) => mime)).toEqual(['text/html']);
	expect(frame.displays[0]?.data).toContain('<table');
	expect(frame.displays[0]?.data.length).toBeLessThan(20_000);
	const series = await run(runtime, 'table()["n"]');
	expect(series.displays[0]).toMatchObject({ mime: 'text/html' });
});

test('every open figure becomes an image, with and without plt.show, and none comes twice', async () => {
	const shown = await run(
		runtime,
		'import matplotlib.pyplot as plt\nfor i in range(2):\n    plt.plot([i, 2])\n    plt.show()\nplt.plot([3, 4])\nNone',
	);
	expect(shown.displays.map(({ mime }) => mime)).toEqual(['image/png', 'image/png', 'image/png']);
	expect(shown.displays.every(({ data }) => data.startsWith(PNG))).toBe(true);
	expect(shown.stderr).toBe('');
	const value = await run(runtime, 'figure, axes = plt.subplots()\naxes.plot([1, 2])\nfigure');
	expect(value.displays).toHaveLength(1);
	expect((await run(runtime, 'plt.get_fignums()')).value).toBe('[]');
});

test('a figure survives the exception that came after it', async () => {
	const result = await run(runtime, 'plt.plot([1, 2])\n1 / 0');
	expect(result).toMatchObject({ status: 'error', displays: [{ mime: 'image/png' }] });
});

test('an image of Pillow and the display function show what they are given', async () => {
	const result = await run(runtime, 'from PIL import Image\ndisplay(Image.new("RGB", (4, 4)))');
	expect(result.displays[0]).toMatchObject({ mime: 'image/png' });
});

test('packages of the wheelhouse are imported like those of Pyodide, with what they need, and nothing leaves', async () => {
	const code = `
import bs4, httpx, networkx, requests, sympy
from tabulate import tabulate
x = sympy.Symbol("x")
print(sympy.integrate(2 * x, x), bs4.BeautifulSoup("<b>bold</b>", "html.parser").b.text)
print(networkx.shortest_path_length(networkx.path_graph(4), 0, 3), tabulate([[1]], tablefmt="plain"))`;
	const result = await run(runtime, code);
	expect(result).toMatchObject({ status: 'ok', stdout: 'x**2 bold\n3 1\n' });
	expect(result.packages).toEqual(
		expect.arrayContaining(['sympy', 'mpmath', 'soupsieve', 'urllib3', 'httpcore', 'ssl']),
	);
	expect(broker.requestsThatLeft).toBe(0);
});

test('micropip installs from the wheels on board, awaited or not, and so do the notebook forms', async () => {
	const learn = await run(
		runtime,
		'import micropip\nmicropip.install("scikit-learn")\nfrom sklearn.datasets import load_iris\nload_iris().data.shape',
	);
	expect(learn.value).toBe('(150, 4)');
	expect(learn.packages).toContain('scikit-learn');
	expect(await run(runtime, '%pip install -q sqlite3\nimport sqlite3\nsqlite3.sqlite_version_info[0]')).toMatchObject({
		value: '3',
		packages: ['sqlite3'],
	});
	expect(broker.requestsThatLeft).toBe(0);
});

test.each([['import rich'], ['import micropip\nawait micropip.install("rich")'], ['!pip install rich']])(
	'%s is refused in one readable line where the package is not on board',
	async (code) => {
		const { error } = await run(runtime, code);
		expect(error?.message).toMatch(/rich.*not on board/);
		expect(error?.message).not.toContain('\n');
		expect(broker.requestsThatLeft).toBe(0);
	},
);

/** Python that builds a wheel of one module and prints it as base64, with its sha256. */
const BUILD_WHEEL = `
import base64, hashlib, io, zipfile
made = io.BytesIO()
with zipfile.ZipFile(made, 'w') as wheel:
    wheel.writestr('tinypkg.py', 'ANSWER = 42')
    wheel.writestr('tinypkg-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: tinypkg\\nVersion: 1.0\\n')
    wheel.writestr('tinypkg-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('tinypkg-1.0.dist-info/RECORD', '')
print(base64.b64encode(made.getvalue()).decode(), hashlib.sha256(made.getvalue()).hexdigest())`;

/** A package index in memory (Simple API, JSON) that has one wheel; `asked` lists what it was asked. */
async function index(change: { sha256?: string } = {}): Promise<{ fetch: FetchContract['fetch']; asked: string[] }> {
	const [base64 = '', sha256 = ''] = (await run(runtime, BUILD_WHEEL)).stdout.trim().split(' ');
	const wheel = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
	const asked: string[] = [];
	const file = 'tinypkg-1.0-py3-none-any.whl';
	const page = {
		meta: { 'api-version': '1.0' },
		name: 'tinypkg',
		files: [{ filename: file, url: `https://files.test/${file}`, hashes: { sha256: change.sha256 ?? sha256 } }],
	};
	const fetch = async ({ url }: BrokerRequest): ReturnType<FetchContract['fetch']> => {
		asked.push(url);
		const isPage = url === 'https://index.test/simple/tinypkg/';
		const isFile = url === `https://files.test/${file}`;
		return {
			kind: 'response',
			url,
			status: isPage || isFile ? 200 : 404,
			statusText: '',
			headers: [['content-type', isPage ? 'application/vnd.pypi.simple.v1+json' : 'application/zip']],
			body: isPage ? new TextEncoder().encode(JSON.stringify(page)).buffer : wheel.slice().buffer,
		};
	};
	return { fetch, asked };
}

test('a package of the index is installed where the policy allows it, and each request that left is on record', async () => {
	const { fetch, asked } = await index();
	const allowed = pyodide({
		policy: { packages: 'packageIndex', hosts: [] },
		indexUrls: ['https://index.test/simple'],
		fetchElsewhere: fetch,
	});
	const result = await run(allowed.runtime, '%pip install tinypkg\nimport tinypkg\ntinypkg.ANSWER');
	expect(result).toMatchObject({ value: '42' });
	expect(result.packages).toContain('tinypkg');
	expect(allowed.broker.requestsThatLeft).toBe(asked.length);
	expect(allowed.broker.requests.filter(({ outcome }) => outcome === 'left').map(({ url }) => url)).toEqual(asked);
	const unknown = await run(allowed.runtime, '%pip install no-such-package');
	expect(unknown.error?.message).toContain('no-such-package could not be installed');
	expect(unknown.error?.message).not.toContain('\n');
	allowed.runtime.dispose();
});

test('the person is asked once for the index, and a wheel with another hash is refused', async () => {
	const { fetch } = await index({ sha256: '0'.repeat(64) });
	const questions: GrantRequest[] = [];
	const asking = pyodide({
		indexUrls: ['https://index.test/simple'],
		fetchElsewhere: fetch,
		ask: async (request) => {
			questions.push(request);
			return 'once';
		},
	});
	const result = await run(asking.runtime, '%pip install tinypkg');
	expect(questions).toMatchObject([{ purpose: 'packageIndex', host: 'index.test' }]);
	expect(result.error?.message).toContain('hash_mismatch');
	asking.runtime.dispose();
});

test('the clock of an action stands still while a person thinks about a grant', async () => {
	const { fetch } = await index();
	const slow = pyodide({
		indexUrls: ['https://index.test/simple'],
		fetchElsewhere: fetch,
		ask: () => new Promise((resolve) => setTimeout(() => resolve('once'), 3000)),
	});
	await run(slow.runtime, 'import micropip');
	const code = 'await micropip.install("tinypkg")\nimport tinypkg\ntinypkg.ANSWER';
	expect(await run(slow.runtime, code, { timeoutMs: 2500 })).toMatchObject({ status: 'ok', value: '42' });
	slow.runtime.dispose();
});

test('the worked examples that ask for numpy print one number', async () => {
	const examples = POOL.filter(({ code }) => code.includes('numpy'));
	expect(examples.length).toBeGreaterThan(5);
	for (const { code } of examples) expect((await run(runtime, code)).stdout, code).toMatch(/^\d+(\.\d+)?\n$/);
});
