/** As `asks.test.ts`, in a page that nothing isolates: Python's stack can be suspended, but shares no memory to wait on. */
import { expect } from 'vitest';
import type { Trajectory } from '../../src/core/trajectory';
import { appTest } from './app';

const test = appTest({ isolated: false });

test('input() waits where the stack can be suspended, and says so where it cannot', async ({ app }) => {
	expect(await app.tab.evaluate('crossOriginIsolated')).toBe(false);
	const script = [
		'<execute>\n[input("a "), input("b ")]\n</execute>',
		'<execute>\nfrom pyodide.ffi import create_proxy\nimport js\njs.Array.of(1).map(create_proxy(lambda *_: input()))\n</execute>',
		'<execute>\nimport asyncio\nfrom pyodide.http import pyfetch\nawait asyncio.sleep(0.01, "slept")\n</execute>',
		'Done.',
	];
	const call = { task: 'Ask', script, inputs: ['Ada', 'Eve', 'Ida'] };
	const { steps } = await app.tab.evaluate<Trajectory>(`playground.run(${JSON.stringify(call)})`);
	const [first, second, third] = steps.map(({ observation }) => observation);
	expect(first?.value).toBe("['Ada', 'Eve']");
	expect(second?.error?.message).toContain('cannot_wait: ');
	expect(third?.value).toBe("'slept'");
});
