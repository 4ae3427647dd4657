#!/usr/bin/env node
/**
 * `npm run wheelhouse -- add NAME…`: puts pure-Python packages on board, with all that they need, so that `import`
 * just loads them; `remove NAME…` and `list`. What is on board by this is in `wheelhouse.json`, which is committed.
 */
import './node-version.mjs';
import { join } from 'node:path';
import { readWheelhouse, withoutPackages, withPackages, writeWheelhouse } from './onboard/wheelhouse.mjs';
import { isMain, repositoryRoot, runMain } from './main.mjs';
import { provision } from './provision.mjs';
import { megabytes, step } from './steps.mjs';

const USAGE = 'npm run wheelhouse -- add NAME… | remove NAME… | list';

/** @typedef {import('./onboard/wheelhouse.mjs').Wheelhouse} Wheelhouse */

/** @param {readonly { bytes: number }[]} packages */
function weight(packages) {
	return megabytes(packages.reduce((sum, { bytes }) => sum + bytes, 0));
}

/** One line for each package, and the sum. @param {Wheelhouse} list */
function lines({ asked, packages }) {
	const rows = packages.map(({ name, version, bytes, licence, depends }) => {
		const why = asked.includes(name) ? 'asked for' : 'needed';
		const needs = depends.length === 0 ? '' : ` · needs ${depends.join(', ')}`;
		return `${name} ${version} · ${megabytes(bytes)} · ${licence} · ${why}${needs}`;
	});
	return [...rows, `${String(packages.length)} packages, ${weight(packages)}`];
}

/**
 * @param {readonly string[]} call the words of the command line
 * @param {{ root?: string, log?: (line: string) => void }} [options]
 * @returns {Promise<number>} exit status
 */
export async function wheelhouse([verb, ...names], { root = repositoryRoot, log = console.log } = {}) {
	const list = await readWheelhouse(root);
	if (verb === 'list' && names.length === 0) {
		for (const line of lines(list)) log(line);
		return 0;
	}
	if ((verb !== 'add' && verb !== 'remove') || names.length === 0) {
		log(USAGE);
		return 1;
	}
	const place = { publicFolder: join(root, 'public'), cacheFolder: join(root, '.cache', 'onboard'), log };
	await step(log, `changing wheelhouse.json`, async () => {
		const changed = verb === 'add' ? await withPackages(names, list, place) : withoutPackages(names, list);
		await writeWheelhouse(root, changed);
		return `wheelhouse.json: ${String(changed.packages.length)} packages, ${weight(changed.packages)}`;
	});
	const { missing } = await provision({ root, log });
	return missing.length === 0 ? 0 : 1;
}

if (isMain(import.meta.url)) await runMain(() => wheelhouse(process.argv.slice(2)));
