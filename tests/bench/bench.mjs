#!/usr/bin/env node
/**
 * `npm run bench -- NAME`: measures, and prints a table. `onboard` (docs/benchmarks.md): the model on board on held-out
 * tasks; `python`: the start of Python, going back, loading ahead. Further options go to the bench itself.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** @type {Readonly<Record<string, string>>} */
const BENCHES = { onboard: 'onboard-profile.mjs', python: 'python.mjs' };

const [name = '', ...options] = process.argv.slice(2);
const file = BENCHES[name];
if (file === undefined) {
	console.error(`npm run bench -- NAME, with one of: ${Object.keys(BENCHES).join(', ')}`);
	process.exit(2);
}
const script = fileURLToPath(new URL(file, import.meta.url));
process.exit(spawnSync(process.execPath, [script, ...options], { stdio: 'inherit' }).status ?? 1);
