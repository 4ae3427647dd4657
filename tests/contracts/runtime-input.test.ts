/** `input()`: Python stands still in the middle of a call while a person types, and Stop works meanwhile. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { InputAnswer, InputRequest } from '../../src/core/input';
import { PlaygroundError } from '../../src/core/errors';
import { pyodide, run } from './runtime-cases';

/** What the person types, in order; past it a question waits until its action ends. */
let lines: (string | null)[] = [];
let questions: InputRequest[] = [];
let dismissed = 0;
let asked: () => void = () => undefined;
let thinkMs = 0;

async function readLine(request: InputRequest, signal: AbortSignal): Promise<InputAnswer> {
	questions.push(request);
	asked();
	if (thinkMs > 0) await new Promise((resolve) => setTimeout(resolve, thinkMs));
	const line = lines.shift();
	if (line === undefined) {
		return new Promise((resolve) => {
			signal.addEventListener('abort', () => {
				dismissed += 1;
				resolve(declined());
			});
		});
	}
	return line === null ? declined() : { kind: 'line', text: line };
}

function declined(): InputAnswer {
	return { kind: 'refused', error: new PlaygroundError('input_declined').toWire() };
}

const { runtime, broker } = pyodide({ readLine });
beforeAll(() => runtime.start(() => undefined));
beforeEach(async () => {
	lines = [];
	questions = [];
	dismissed = 0;
	await runtime.start(() => undefined);
});
afterAll(() => runtime.dispose());

/** Calls `input` out of a callback of the browser's: JavaScript lies on the stack, which cannot be suspended then. */
const IN_CALLBACK = (call: string): string =>
	`from pyodide.ffi import create_proxy, can_run_sync\nimport js\nseen = []\ndef each(*_):\n    seen.append(can_run_sync())\n    return ${call}\nproxy = create_proxy(each)\n[str(line) for line in js.Array.of(1, 2).map(proxy)], seen`;

test('twice in a row, and what was typed is in the output as in a terminal', async () => {
	lines = ['Ada', '36'];
	const result = await run(runtime, 'name = input("Name? ")\nage = int(input("Age? "))\nprint(name, age + 1)');
	expect(result).toMatchObject({ status: 'ok', stdout: 'Name? Ada\nAge? 36\nAda 37\n' });
	expect(questions.map(({ prompt }) => prompt)).toEqual(['Name? ', 'Age? ']);
});

test.each([
	['a function', 'def ask(): return input()\nask()', ['a'], "'a'"],
	['a loop', 'got = ""\nfor _ in range(3): got += input()\ngot', ['a', 'b', 'c'], "'abc'"],
	['a comprehension', '{input(): input() for _ in range(2)}', ['a', 'b', 'c', 'd'], "{'a': 'b', 'c': 'd'}"],
	['the key of a sort', 'sorted("abc", key=lambda letter: input(letter))', ['3', '1', '2'], "['b', 'c', 'a']"],
	['asyncio.run', 'import asyncio\nasync def main(): return input()\nasyncio.run(main())', ['a'], "'a'"],
	['sys.stdin', 'import sys\nsys.stdin.readline() + sys.stdin.read()', ['a', 'b', null], "'a\\nb\\n'"],
])('in %s', async (_, code, typed, value) => {
	lines = typed;
	expect((await run(runtime, code)).value).toBe(value);
});

test('in a callback of the browser, where the stack cannot be suspended', async () => {
	lines = ['a', 'ü'];
	expect((await run(runtime, IN_CALLBACK('input()'))).value).toBe("(['a', 'ü'], [False, False])");
});

test('getpass is masked, and what was typed is not in the output', async () => {
	lines = ['secret'];
	const result = await run(runtime, 'import getpass\ngetpass.getpass("Key: ") == "secret"');
	expect(result).toMatchObject({ value: 'True', stdout: 'Key: \n' });
	expect(questions).toEqual([{ prompt: 'Key: ', isMasked: true }]);
});

test('no answer is the end of the input, by its code', async () => {
	lines = [null];
	const { error } = await run(runtime, 'input("Go? ")');
	expect(error).toMatchObject({ type: 'EOFError' });
	expect(error?.message).toMatch(/^input_declined: /);
});

test('where there is no keyboard, it says so', async () => {
	const { runtime: alone } = pyodide();
	expect((await run(alone, 'input()')).error?.message).toMatch(/^input_unavailable: /);
	alone.dispose();
});

test.each([
	['a suspended stack', 'kept = 1\ninput("Name? ")'],
	['a waiting worker', `kept = 1\n${IN_CALLBACK('input()')}`],
])('Stop ends %s at once, dismisses the question and keeps the variables', async (_, code) => {
	await run(runtime, 'kept = 0');
	const controller = new AbortController();
	asked = () => setTimeout(() => controller.abort(), 50);
	const result = await run(runtime, code, { signal: controller.signal });
	asked = () => undefined;
	expect(result).toMatchObject({ status: 'interrupted', state: 'kept' });
	expect([questions.length, dismissed]).toEqual([1, 1]);
	lines = ['next'];
	expect((await run(runtime, 'kept, input()')).value).toBe("(1, 'next')");
});

test('a question that nobody waits for any more does not answer the next one', async () => {
	const late = IN_CALLBACK('input("first")');
	const controller = new AbortController();
	asked = () => setTimeout(() => controller.abort(), 20);
	await run(runtime, late, { signal: controller.signal });
	asked = () => undefined;
	lines = ['a', 'b'];
	expect((await run(runtime, IN_CALLBACK('input("second")'))).value).toContain("['a', 'b']");
});

test('the clock of the action stands still while the person thinks', async () => {
	lines = ['after a while'];
	thinkMs = 3_000;
	const result = await run(runtime, 'input()', { timeoutMs: 2_000 });
	thinkMs = 0;
	expect(result).toMatchObject({ status: 'ok', value: "'after a while'" });
	expect(broker.askedMs).toBeGreaterThan(2_900);
});
