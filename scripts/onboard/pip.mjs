/** pip as a downloader: finds one that works on this machine, and gets one wheel with it. */
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

/**
 * Downloads the wheel of `requirement` into `folder`. Nothing is built and no code of the package is run.
 * @param {string} requirement such as `name==1.2.3`
 * @param {string} folder
 * @param {(line: string) => void} log
 * @throws {SetupError} `pip_missing`, or `pip_failed` with pip's last line
 */
export async function downloadWithPip(requirement, folder, log) {
	let pip = await findPip();
	if (pip === undefined && (await installWithApt(['python3-pip'], log))) pip = await findPip();
	if (pip === undefined) {
		throw new SetupError('pip_missing', 'pip was not found; install Python 3 with pip, then start again');
	}
	const [command = '', ...args] = pip;
	const options = ['--no-deps', '--only-binary=:all:', '--ignore-requires-python', '--disable-pip-version-check'];
	const patience = ['--retries', '2', '--timeout', '30', '--quiet'];
	const { status, output } = await run(command, [
		...args,
		'download',
		...options,
		...patience,
		'-d',
		folder,
		requirement,
	]);
	if (status !== 0) {
		const error = output.split('\n').findLast((line) => line.startsWith('ERROR')) ?? `pip ended with ${String(status)}`;
		throw new SetupError('pip_failed', error);
	}
}
