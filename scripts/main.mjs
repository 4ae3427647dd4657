/** What every script of the command line shares: where the repository is, and how an error is told. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SetupError } from './setup-error.mjs';

/** The root of the repository, without the last slash. */
export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Whether the module at `url` is the script that Node was started with. @param {string} url `import.meta.url` */
export function isMain(url) {
	const script = process.argv[1];
	return script !== undefined && realpathSync(script) === fileURLToPath(url);
}

/** Whether `parseArgs` of Node refused the command line. @param {unknown} error @returns {error is Error} */
function isCallError(error) {
	return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/**
 * Runs a script to its exit status. An expected failure is told with its code and what to do next; a bug with its stack.
 * @param {() => Promise<number>} script gives the exit status
 */
export async function runMain(script) {
	try {
		process.exitCode = await script();
	} catch (error) {
		process.exitCode = 1;
		if (isCallError(error)) return void console.error(error.message);
		if (!(error instanceof SetupError)) throw error;
		console.error(`\n${error.code}: ${error.message}`);
		if (error.next !== '') console.error(error.next);
	}
}
