/**
 * Vite plugin: `import base64 from './x.wat'` gives a WebAssembly module, written as text and assembled while bundling,
 * in base64. Small ones only: they are compiled synchronously, in a worker that may fetch nothing.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';
import loadWabt from 'wabt';

const SUFFIX = '.wat';

/** The plugin; see the head of this file. */
export function wat(): Plugin {
	return {
		name: 'wat',
		enforce: 'pre',
		async load(id) {
			if (!id.endsWith(SUFFIX)) return null;
			const wabt = await loadWabt();
			const module = wabt.parseWat(id, await readFile(id, 'utf8'), { simd: true });
			module.validate();
			const { buffer } = module.toBinary({});
			module.destroy();
			return `export default ${JSON.stringify(Buffer.from(buffer).toString('base64'))};`;
		},
	};
}
