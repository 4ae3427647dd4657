/** Debian's packages, for a bare machine where this runs as root (a container, a build machine). */
import { existsSync } from 'node:fs';
import { run } from './run.mjs';

/**
 * Installs packages with apt-get where that is possible without asking: on Debian and its kin, as root.
 * @param {readonly string[]} packages
 * @param {(line: string) => void} log
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function installWithApt(packages, log) {
	if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
	log(`  installing ${packages.join(', ')} with apt-get, since this runs as root`);
	const env = { DEBIAN_FRONTEND: 'noninteractive' };
	await run('apt-get', ['update', '-q'], { env });
	const { status } = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
	return status === 0;
}
