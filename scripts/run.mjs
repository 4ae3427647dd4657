/** Other programs, run so that nothing stays behind: on Ctrl+C, or when this script ends, their whole trees end too. */
import { spawn } from 'node:child_process';

const isWindows = process.platform === 'win32';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends a program with all that it started. @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function end(child, signal) {
	if (child.pid === undefined) return;
	try {
		// A group of its own (see `detached`), so that the browsers of a test runner go as well.
		if (isWindows) child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch {
		// It has ended by itself.
	}
}

/** Ends every program that is still running. */
function endAll() {
	for (const child of running) end(child, 'SIGKILL');
}

/** What this process ends with when a signal ends it, as shells have it: 128 and the signal's number. */
const SIGNALS = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });

/** @param {NodeJS.Signals} signal */
function onSignal(signal) {
	endAll();
	process.exit(signal in SIGNALS ? SIGNALS[/** @type {keyof typeof SIGNALS} */ (signal)] : 1);
}

/** Signals are listened to only while a program runs, so that scripts with an end of their own keep it. */
function listen() {
	const isBusy = running.size > 0;
	for (const signal of /** @type {(keyof typeof SIGNALS)[]} */ (Object.keys(SIGNALS))) {
		process.off(signal, onSignal);
		if (isBusy) process.on(signal, onSignal);
	}
}
process.on('exit', endAll);

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, limitMs?: number, onOutput?: (text: string) => void }} [options]
 *   `env` is added to this process's own; `onOutput` gets stdout and stderr as they come
 * @returns {Promise<{ status: number | null, output: string, hasTimedOut: boolean }>} `status` is null when it could
 *   not be started or was ended by a signal; never rejects
 */
export function run(command, args, { cwd, env, limitMs, onOutput } = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			...(cwd === undefined ? {} : { cwd }),
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
			detached: !isWindows,
			// npm is a batch file on Windows, and only a shell runs those.
			shell: isWindows && command === 'npm',
			windowsHide: true,
		});
		running.add(child);
		listen();
		let output = '';
		let hasTimedOut = false;
		const limit =
			limitMs === undefined
				? undefined
				: setTimeout(() => {
						hasTimedOut = true;
						end(child, 'SIGKILL');
					}, limitMs);
		/** @param {number | null} status */
		const finish = (status) => {
			clearTimeout(limit);
			running.delete(child);
			listen();
			resolve({ status, output, hasTimedOut });
		};
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8');
			stream.on('data', (/** @type {string} */ text) => {
				output += text;
				onOutput?.(text);
			});
		}
		child.on('error', (error) => {
			output += error.message;
			finish(null);
		});
		child.on('close', finish);
	});
}
