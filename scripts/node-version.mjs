/** Ends with a clear sentence on a Node that is too old. Imported first, and written for every Node that knows modules. */
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const wanted = engines.node.replace('>=', '');
const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
	console.error(
		`node_too_old: this is Node ${process.versions.node}, and ${wanted} or newer is needed (https://nodejs.org).`,
	);
	process.exit(1);
}
