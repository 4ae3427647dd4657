/** pip as a downloader: finds one that works on this machine, and gets wheels with it. */
import { installWithApt } from '../apt.mjs';
import { run } from '../run.mjs';
import { SetupError } from '../setup-error.mjs';

/** Ways to call pip, the usual one first. */
const PIPS = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['py', '-3', '-m', 'pip'], ['pip3']];

/** @returns {Promise<string[] | undefined>} */
async function findPip() {
	for (const call of PIPS) {
		const [command = '', ...args] = call;
		if ((await run(command, [...args, '--version'])).status === 0) return call;
	}
	return undefined;
}

/** The call of a pip that works; installed where that is possible. @param {(line: string) => void} log @throws {SetupError} `pip_missing` */
async function pip(log) {
	const found = (await findPip()) ?? ((await installWithApt(['python3-pip'], log)) ? await findPip() : undefined);
	if (found !== undefined) return found;
	throw new SetupError('pip_missing', 'pip was not found; install Python 3 with pip, then start again');
}

/** The Python that pip belongs to. @param {(line: string) => void} log @throws {SetupError} `pip_missing` */
export async function pythonOfPip(log) {
	const call = await pip(log);
	return call.at(-2) === '-m' ? call.slice(0, -2) : ['python3'];
}

/** Wheels that run on every system, and for the Python that Pyodide has. */
const PURE = ['--platform', 'any', '--implementation', 'py', '--abi', 'none', '--python-version', '3.12'];

/**
 * Downloads the wheels of `requirements` into `folder`. Nothing is built and no code of the packages is run.
 * @param {readonly string[]} requirements such as `name==1.2.3`
 * @param {string} folder
 * @param {(line: string) => void} log
 * @param {{ pure?: boolean }} [options] `pure`: only wheels without native code
 * @throws {SetupError} `pip_missing`, or `pip_failed` with pip's last line
 */
export async function downloadWithPip(requirements, folder, log, { pure = false } = {}) {
	const [command = '', ...args] = await pip(log);
	const options = ['--no-deps', '--only-binary=:all:', '--ignore-requires-python', '--disable-pip-version-check'];
	const patience = ['--retries', '2', '--timeout', '30', '--quiet'];
	const call = [...args, 'download', ...options, ...patience, ...(pure ? PURE : []), '-d', folder, ...requirements];
	const { status, output } = await run(command, call);
	if (status !== 0) {
		const error = output.split('\n').findLast((line) => line.startsWith('ERROR')) ?? `pip ended with ${String(status)}`;
		throw new SetupError('pip_failed', error);
	}
}
