import { describe, expect, test } from 'vitest';
import { run } from '../../../scripts/run.mjs';

describe('run', () => {
	test('gives the exit status and all that the program said', async () => {
		const heard: string[] = [];
		const script = 'console.log("out", process.env.WORD); console.error("err"); process.exit(3)';
		const result = await run(process.execPath, ['-e', script], {
			env: { WORD: 'given' },
			onOutput: (text) => heard.push(text),
		});
		expect(result).toMatchObject({ status: 3, hasTimedOut: false });
		expect(result.output).toContain('out given');
		expect(result.output).toContain('err');
		expect(heard.join('')).toBe(result.output);
	});

	test('gives no status for a program that is not there', async () => {
		expect(await run('no-such-program-here', [])).toMatchObject({ status: null, hasTimedOut: false });
	});

	test('ends a program that lasts too long, with what it started', async () => {
		const child = 'setInterval(() => {}, 1000)';
		const parent = `const { spawn } = require('node:child_process'); const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); console.log(child.pid); ${child}`;
		const { hasTimedOut, output } = await run(process.execPath, ['-e', parent], { limitMs: 1_500 });
		expect(hasTimedOut).toBe(true);
		const pid = Number(output);
		expect(pid).toBeGreaterThan(0);
		await expect.poll(() => isAlive(pid)).toBe(false);
	});
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
