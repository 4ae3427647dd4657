/** Files of `npm run task`: those of `--file` on their way in, and what the run wrote on its way to `--out`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve, sep } from 'node:path';

/** @import { Trajectory } from '../../src/core/trajectory' */

/**
 * The files of `--file`, under their own names. Rejects with a coded sentence.
 * @param {readonly string[]} names
 */
export async function readInputs(names) {
	/** @type {{ path: string, base64: string }[]} */
	const files = [];
	for (const name of names) {
		const path = basename(name);
		if (files.some((file) => file.path === path)) throw new Error(`file_exists: two files are called ${path}`);
		const bytes = await readFile(name).catch(() => null);
		if (bytes === null) throw new Error(`file_unreadable: there is no file ${name} that can be read`);
		files.push({ path, base64: bytes.toString('base64') });
	}
	return files;
}

/**
 * Writes what the run made and changed into `folder`, and returns the paths.
 * @param {{ files: () => Promise<{ path: string }[]>, readFile: (path: string) => Promise<string> }} app
 * @param {Trajectory} trajectory
 * @param {string} folder
 */
export async function writeOutputs(app, trajectory, folder) {
	const written = new Set(
		trajectory.steps.flatMap(({ observation }) => (observation?.files ?? []).map(({ path }) => path)),
	);
	const root = resolve(folder);
	const paths = [];
	for (const { path } of await app.files()) {
		const target = resolve(root, path);
		// Names come out of the sandbox: none may lead out of the folder.
		if (!written.has(path) || !target.startsWith(root + sep)) continue;
		await mkdir(dirname(target), { recursive: true });
		await writeFile(target, Buffer.from(await app.readFile(path), 'base64'));
		paths.push(target);
	}
	return paths;
}
