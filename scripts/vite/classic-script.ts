/**
 * Vite plugin: `import source from './x.ts?script'` gives the file, bundled with its imports into one classic
 * script, as a string. The sandbox needs it so: a module worker from a blob does not load in an opaque origin, a
 * classic one does (Chromium 156, Firefox 153), and the frame's script must be one inline text with a known hash.
 */
import { build, type Plugin, type Rollup } from 'vite';
import { wat } from './wat';

const SUFFIX = '?script';

/** Bundles `entry` into one classic script and returns its text and the files that it was made of. */
export async function bundleClassicScript(entry: string): Promise<{ code: string; files: string[] }> {
	const result = (await build({
		configFile: false,
		logLevel: 'warn',
		// The page's own `public` folder has nothing to do with a script in memory.
		publicDir: false,
		plugins: [wat()],
		build: {
			write: false,
			target: 'es2023',
			minify: 'oxc',
			lib: { entry, formats: ['iife'], name: 'script' },
		},
	})) as Rollup.RollupOutput[];
	const chunk = result[0]?.output[0];
	if (chunk === undefined) throw new Error(`${entry} gave no script`);
	return { code: chunk.code, files: Object.keys(chunk.modules).filter((file) => !file.startsWith('\0')) };
}

/** The plugin; see the head of this file. */
export function classicScript(): Plugin {
	return {
		name: 'classic-script',
		enforce: 'pre',
		async resolveId(id, importer) {
			if (!id.endsWith(SUFFIX)) return null;
			const resolved = await this.resolve(id.slice(0, -SUFFIX.length), importer, { skipSelf: true });
			return resolved === null ? null : resolved.id + SUFFIX;
		},
		async load(id) {
			if (!id.endsWith(SUFFIX)) return null;
			const { code, files } = await bundleClassicScript(id.slice(0, -SUFFIX.length));
			for (const file of files) this.addWatchFile(file.split('?')[0] ?? file);
			return `export default ${JSON.stringify(code)};`;
		},
	};
}
