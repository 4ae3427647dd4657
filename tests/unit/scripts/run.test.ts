import { connect } from 'node:net';
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
		const server = 'const s = require("node:net").createServer().listen(0, () => console.log(s.address().port))';
		const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(server)}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`;
		const { hasTimedOut, output } = await run(process.execPath, ['-e', parent], { limitMs: 3_000 });
		expect(hasTimedOut).toBe(true);
		const port = Number(output);
		expect(port).toBeGreaterThan(0);
		await expect.poll(() => canConnect(port)).toBe(false);
	});
});

function canConnect(port: number): Promise<boolean> {
	return new Promise((done) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			done(true);
		}).on('error', () => done(false));
	});
}
