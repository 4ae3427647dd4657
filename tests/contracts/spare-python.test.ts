import { afterAll, afterEach, expect, test } from 'vitest';
import { Broker } from '../../src/adapters/broker/broker';
import { PyodideRuntime } from '../../src/adapters/runtimes/pyodide-runtime';
import { SparePython } from '../../src/adapters/runtimes/spare-python';
import { BASE_URL, run } from './runtime-cases';

const broker = new Broker({ baseUrl: BASE_URL });
/** What waits for the page to be idle. */
let waiting: (() => void)[] = [];
const spare = new SparePython({ broker, whenIdle: (prepare) => waiting.push(prepare) });
const runtime = new PyodideRuntime({ broker, spare });
const frames = (): number => document.querySelectorAll('iframe[title="Python"]').length;
const idle = (): void => waiting.splice(0).forEach((prepare) => prepare());

afterEach(() => (waiting = []));
afterAll(() => runtime.dispose());

test('once Python is up a spare is asked for, and a restart takes it: fresh, and with its own output', async () => {
	await runtime.start(() => undefined);
	await run(runtime, 'x = 1');
	expect(frames()).toBe(1);
	idle();
	await expect.poll(frames).toBe(2);
	await runtime.restart();
	// The one before is gone, the spare has its place, and the next is asked for.
	expect(frames()).toBe(1);
	expect(waiting).toHaveLength(1);
	expect(await run(runtime, 'print("x" in globals())')).toMatchObject({ stdout: 'False\n', state: 'kept' });
});

test('a spare that does not begin as it should now is left alone', async () => {
	await runtime.start(() => undefined);
	spare.prepare();
	idle();
	const before = broker.indexUrls;
	broker.indexUrls = ['http://localhost:1/simple'];
	await runtime.restart();
	expect((await run(runtime, '1 + 1')).value).toBe('2');
	broker.indexUrls = before;
});

test('the spare ends with the runtime', async () => {
	await runtime.start(() => undefined);
	idle();
	runtime.dispose();
	await expect.poll(frames).toBe(0);
});
