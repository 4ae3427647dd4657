import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Broker } from '../../src/adapters/broker/broker';
import { PyodideRuntime } from '../../src/adapters/runtimes/pyodide-runtime';
import type { BrokerRequest, BrokerResponse } from '../../workers/contracts';
import { BASE_URL, pyodide, run } from './runtime-cases';

/** A broker whose snapshot is not the one of this release. */
class OtherSnapshot extends Broker {
	constructor(private readonly change: (snapshot: Uint8Array) => void) {
		super({ baseUrl: BASE_URL });
	}

	override async fetch(request: BrokerRequest): Promise<BrokerResponse> {
		const answer = await super.fetch(request);
		if (answer.kind === 'response' && request.url.endsWith('.snapshot')) this.change(new Uint8Array(answer.body));
		return answer;
	}
}

/** Where `text` begins in `bytes`. */
function find(bytes: Uint8Array, text: string): number {
	return new TextDecoder('latin1').decode(bytes.subarray(0, 1_000_000)).indexOf(text);
}

/** Where the header of `bytes` ends. */
function headerEnd(bytes: Uint8Array): number {
	return 8 + new DataView(bytes.buffer).getUint32(4, true);
}

describe('Python from a snapshot', () => {
	const { runtime } = pyodide();
	beforeAll(() => runtime.start(() => undefined));
	afterAll(() => runtime.dispose());

	test('is as fresh as one that was booted from its files', async () => {
		expect(runtime.status.report?.startedFrom).toBe('snapshot');
		const code = 'import sys, os\nprint(sys.path[0] == "", sys.path.count(""), os.environ["HOME"])\nprint(__name__)';
		expect((await run(runtime, code)).stdout).toBe('True 1 /home/pyodide\n__main__\n');
		expect((await run(runtime, 'import nowhere')).error?.type).toBe('ModuleNotFoundError');
	});

	test('draws other random numbers in each session', async () => {
		const code = 'import random\n[random.random() for _ in range(3)]';
		const first = (await run(runtime, code)).value;
		await runtime.restart();
		expect((await run(runtime, code)).value).not.toBe(first);
	});

	test('tells the time of this browser', async () => {
		const code =
			'import time\nfrom datetime import datetime\n(time.timezone if not time.localtime().tm_isdst else time.altzone, datetime.now().astimezone().utcoffset().total_seconds())';
		const seconds = new Date().getTimezoneOffset() * 60;
		expect((await run(runtime, code)).value).toBe(`(${seconds}, ${(-seconds).toFixed(1)})`);
	});

	test('shows the lines of the harness where they are asked for', async () => {
		const code = 'import inspect, playground_harness.source as source\ninspect.getsource(source).count("def ") > 0';
		expect((await run(runtime, code)).value).toBe('True');
	});
});

test.each([
	['of another release', (bytes: Uint8Array) => bytes.set([57], find(bytes, '"pyodide":"') + 11)],
	['that is no snapshot at all', (bytes: Uint8Array) => bytes.fill(60)],
	['that Pyodide refuses', (bytes: Uint8Array) => bytes.fill(0, headerEnd(bytes))],
])('a snapshot %s is left alone: Python boots from its files', async (_, change) => {
	const runtime = new PyodideRuntime({ broker: new OtherSnapshot(change) });
	try {
		await runtime.start(() => undefined);
		expect(runtime.status.report?.startedFrom).toBe('plain');
		expect((await run(runtime, 'import statistics\nstatistics.mean([1, 2, 3])')).value).toBe('2');
	} finally {
		runtime.dispose();
	}
});
