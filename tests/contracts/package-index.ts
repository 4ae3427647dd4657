/** A package index in memory (Simple API) with real wheels, built by Python's own zipfile. */
import type { PyodideRuntime } from '../../src/adapters/runtimes/pyodide-runtime';
import type { BrokerRequest, FetchContract } from '../../workers/contracts';
import { run } from './runtime-cases';

/** A file of the index; what is left out is that of a pure wheel of version 1.0 with one empty module. */
export interface Published {
	readonly name: string;
	readonly version?: string;
	readonly tag?: string;
	readonly requires?: readonly string[];
	readonly code?: string;
	/** The index offers sources only. */
	readonly isSource?: boolean;
	/** The sha256 that the index names, where it is not the file's own. */
	readonly sha256?: string;
}

/** Address of the index. */
export const INDEX_URL = 'https://index.test/simple';

const FILES_URL = 'https://files.test/';

/** Python that builds wheels: JSON in, JSON out. */
const BUILD = `
import base64, hashlib, io, json, zipfile
def build(one):
    made = io.BytesIO()
    info = f"{one['name']}-{one['version']}.dist-info/"
    with zipfile.ZipFile(made, 'w') as wheel:
        wheel.writestr(one['name'] + '.py', one['code'])
        needs = ''.join(f'Requires-Dist: {text}\\n' for text in one['requires'])
        wheel.writestr(info + 'METADATA', f"Metadata-Version: 2.1\\nName: {one['name']}\\nVersion: {one['version']}\\n{needs}")
        wheel.writestr(info + 'WHEEL', f"Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: {one['tag']}\\n")
        wheel.writestr(info + 'RECORD', '')
    data = made.getvalue()
    return {'base64': base64.b64encode(data).decode(), 'sha256': hashlib.sha256(data).hexdigest()}
print(json.dumps([build(one) for one in json.loads(published)]))`;

/** The index, and what it was asked for, in order. */
export interface PackageIndex {
	readonly fetch: FetchContract['fetch'];
	readonly asked: string[];
}

/** Publishes `packages`; `builder` is a Python that builds the wheels. */
export async function packageIndex(builder: PyodideRuntime, packages: readonly Published[]): Promise<PackageIndex> {
	const whole = packages.map((one) => ({ version: '1.0', tag: 'py3-none-any', requires: [], code: '', ...one }));
	const built = await run(builder, `published = ${JSON.stringify(JSON.stringify(whole))}\n${BUILD}`);
	const wheels = JSON.parse(built.stdout) as readonly { base64: string; sha256: string }[];
	const pages = new Map<string, object[]>();
	const files = new Map<string, ArrayBuffer>();
	for (const [index, { name, version, tag, isSource = false, sha256 }] of whole.entries()) {
		const filename = isSource ? `${name}-${version}.tar.gz` : `${name}-${version}-${tag}.whl`;
		const wheel = wheels[index];
		files.set(
			FILES_URL + filename,
			Uint8Array.from(atob(wheel?.base64 ?? ''), (letter) => letter.charCodeAt(0)).buffer,
		);
		const page = pages.get(`${INDEX_URL}/${name}/`) ?? [];
		page.push({ filename, url: FILES_URL + filename, hashes: { sha256: sha256 ?? wheel?.sha256 } });
		pages.set(`${INDEX_URL}/${name}/`, page);
	}
	const asked: string[] = [];
	const fetch = async ({ url }: BrokerRequest): ReturnType<FetchContract['fetch']> => {
		asked.push(url);
		const page = pages.get(url);
		const text = page && JSON.stringify({ meta: { 'api-version': '1.0' }, name: url.split('/').at(-2), files: page });
		const body = text === undefined ? files.get(url)?.slice(0) : new TextEncoder().encode(text).buffer;
		const type = text === undefined ? 'application/zip' : 'application/vnd.pypi.simple.v1+json';
		const status = body === undefined ? 404 : 200;
		return {
			kind: 'response',
			url,
			status,
			statusText: '',
			headers: [['content-type', type]],
			body: body ?? new ArrayBuffer(0),
		};
	};
	return { fetch, asked };
}
