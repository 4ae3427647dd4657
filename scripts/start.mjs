#!/usr/bin/env node
/**
 * `npm start`: from a bare clone to the app in a browser. Options: `--port N`, `--no-open`, and `--watch` (`npm run
 * dev`), which builds anew on each change.
 */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot, runMain } from './main.mjs';
import { run } from './run.mjs';
import { DEFAULT_PORT, serve } from './serve.mjs';
import { prepare, stampFile, viteCli } from './setup.mjs';
import { SetupError } from './setup-error.mjs';

/** The program that opens an address in the person's browser, or null where there is no display. */
function opener() {
	if (process.env.CI !== undefined) return null;
	if (process.platform === 'darwin') return ['open'];
	if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
	const hasDisplay = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
	return hasDisplay ? ['xdg-open'] : null;
}

/** @param {string} url */
function open(url) {
	const [command, ...args] = opener() ?? [];
	if (command === undefined) return;
	const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
	child.on('error', () => console.log('  No browser could be opened; open the address by hand.'));
	child.unref();
}

/** @param {string | undefined} text */
function readPort(text) {
	if (text === undefined) return DEFAULT_PORT;
	const port = Number(text);
	if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
	throw new SetupError('port_invalid', `"${text}" is no port.`, 'Give a number from 0 (any free port) to 65535.');
}

/** Builds on each change, until the end of this process. */
async function watch() {
	// From here on `dist` follows the sources by itself, and a later start cannot know which ones.
	await rm(stampFile(repositoryRoot), { force: true });
	const { status } = await run(process.execPath, [viteCli(repositoryRoot), 'build', '--watch'], {
		cwd: repositoryRoot,
		onOutput: (text) => process.stdout.write(text),
	});
	throw new SetupError('build_failed', `The watching build ended with ${String(status)}.`, 'Start again.');
}

await runMain(async () => {
	const { values } = parseArgs({
		options: { port: { type: 'string' }, 'no-open': { type: 'boolean' }, watch: { type: 'boolean' } },
	});
	const wantedPort = readPort(values.port);
	await prepare();
	const { url, port } = await serve({ root: join(repositoryRoot, 'dist'), port: wantedPort });
	for (const signal of ['SIGINT', 'SIGTERM']) {
		process.once(signal, () => {
			console.log('\nStopped.');
			process.exit(0);
		});
	}
	if (wantedPort !== 0 && port !== wantedPort) console.log(`  Port ${String(wantedPort)} is taken.`);
	console.log(`\nThe playground: ${url}\nCtrl+C stops it.`);
	if (values['no-open'] !== true) open(url);
	if (values.watch === true) await watch();
	return 0;
});
