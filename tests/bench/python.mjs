/**
 * Measures Python in the page: its start, going back in time, and loading ahead.
 *
 *   npm run bench -- python [--only start|image|past|overlap]
 */
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../../scripts/main.mjs';
import { serve } from '../../scripts/serve.mjs';
import { prepare } from '../../scripts/setup.mjs';
import { measureOverlap } from './overlap.mjs';
import { measurePast } from './python-past.mjs';
import { measureImage, measureStart } from './python-start.mjs';
import { table } from './table.mjs';

/** @type {Readonly<Record<string, (url: string) => Promise<import('./table.mjs').Figure[]>>>} */
const PARTS = { start: measureStart, image: () => measureImage(), past: measurePast, overlap: () => measureOverlap() };

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
await prepare();
const served = await serve({ root: `${repositoryRoot}/dist`, port: 0 });
try {
	for (const [name, measure] of Object.entries(PARTS)) {
		if (only !== undefined && only !== name) continue;
		console.log(`\n${table(await measure(served.url))}`);
	}
} finally {
	await served.close();
}
