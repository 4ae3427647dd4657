/** `npm run task`: the built app from a terminal. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Trajectory } from '../../src/core/trajectory';

interface Ended {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs the command as a person would, and waits for its end. */
function task(...args: string[]): Promise<Ended> {
	return new Promise((resolve) => {
		const child = execFile('npm', ['run', 'task', '--', ...args], { timeout: 170_000 }, (_error, stdout, stderr) =>
			resolve({ code: child.exitCode, stdout, stderr }),
		);
	});
}

test.setTimeout(180_000);

test('the real model answers in the terminal, step by step', async () => {
	const { code, stdout } = await task('What is 17 times 23?');
	expect(stdout).toContain('Step 1');
	expect(stdout).toMatch(/■ .*17 \* 23/);
	expect(stdout).toContain('▲ 391');
	expect(stdout).toContain('Answer: 391');
	expect(code).toBe(0);
});

test('--json prints the trajectory on stdout and nothing else', async () => {
	const { code, stdout, stderr } = await task(
		'Train and plot',
		'--json',
		'--script',
		'tests/fixtures/scripts/train-classifier.json',
	);
	const trajectory = JSON.parse(stdout) as Trajectory;
	expect(code).toBe(0);
	expect(trajectory).toMatchObject({ version: 2, task: 'Train and plot', model: 'scripted', stopReason: 'answered' });
	expect(trajectory.steps).toHaveLength(5);
	expect(trajectory.steps[1]?.observation?.error?.type).toBe('KeyError');
	expect(trajectory.steps[3]?.observation?.displays[0]?.mime).toBe('image/png');
	expect(stderr).toContain('Step 3');
});

test('a run that reaches its step limit is not answered: status 1, and the steps are there', async () => {
	const { code, stdout } = await task(
		'Go on',
		'--json',
		'--max-steps',
		'1',
		'--script',
		'tests/fixtures/scripts/train-classifier.json',
	);
	expect(code).toBe(1);
	const trajectory = JSON.parse(stdout) as Trajectory;
	expect(trajectory.stopReason).toBe('stepLimit');
	expect(trajectory.steps).toHaveLength(1);
});

test('--file puts files in, the model is told, and --out writes what the run made', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'task-'));
	const script = join(folder, 'script.json');
	const input = join(folder, 'numbers.csv');
	await writeFile(input, 'n\n1\n2\n3\n');
	const code =
		'import os\nos.makedirs("out")\nwith open("numbers.csv") as f: total = sum(map(int, f.read().split()[1:]))\n' +
		'open("out/sum.txt", "w").write(str(total))';
	await writeFile(script, JSON.stringify([`<execute>\n${code}\n</execute>`, 'The sum is in out/sum.txt.']));
	const ended = await task('Add them', '--json', '--script', script, '--file', input, '--out', join(folder, 'result'));
	expect(ended.code).toBe(0);
	const trajectory = JSON.parse(ended.stdout) as Trajectory;
	expect(trajectory.files).toEqual([{ path: 'numbers.csv', bytes: 8 }]);
	expect(trajectory.steps[0]?.observation?.text).toContain('[file written: out/sum.txt (1 B)]');
	expect(await readFile(join(folder, 'result/out/sum.txt'), 'utf8')).toBe('6');
	expect(await readdir(join(folder, 'result'))).toEqual(['out']);
	await rm(folder, { recursive: true });
	expect(await task('x', '--file', '/no/such/file')).toMatchObject({ code: 2 });
});

test('lines given beforehand answer input(), and after them nobody does', async () => {
	const script = join(await mkdtemp(join(tmpdir(), 'script-')), 'ask.json');
	const ask = '<execute>\nprint(input("Name? ") + input("Age? "))\ninput("More? ")\n</execute>';
	await writeFile(script, JSON.stringify([ask, 'Done.']));
	const { code, stdout } = await task('Ask', '--json', '--script', script, '--input', 'Ada', '--input', '36');
	expect(code).toBe(0);
	const observation = (JSON.parse(stdout) as Trajectory).steps[0]?.observation;
	expect(observation?.stdout).toContain('Name? Ada\nAge? 36\nAda36\n');
	expect(observation?.error?.message).toMatch(/^input_unavailable: /);
});

test('a call whose words are off says so and ends with status 2', async () => {
	expect(await task('x', '--model', 'smollm2-135m', '--timeout', 'soon')).toMatchObject({ code: 2 });
	expect(await task('x', '--allow', 'host:https://a.test/')).toMatchObject({ code: 2 });
	const empty = await task('  ');
	expect(empty.code).toBe(2);
	expect(empty.stderr).toContain('empty_task');
	const unknown = await task('x', '--model', 'no-such-model');
	expect(unknown.code).toBe(1);
	expect(unknown.stderr).toContain('unknown_model');
});

test('Firefox runs the real model too', async () => {
	const { code, stdout } = await task('What is 17 times 23?', '--browser', 'firefox');
	expect(stdout).toContain('Answer: 391');
	expect(code).toBe(0);
});
