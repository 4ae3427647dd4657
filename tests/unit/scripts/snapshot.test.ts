import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { encodeSnapshot, readRecipe } from '../../../scripts/onboard/snapshot.mjs';
import { openSnapshot } from '../../../workers/python/snapshot';

const RECIPE = {
	format: 1,
	pyodide: '1.2.3',
	environment: { HOME: '/home' },
	sources: { 'harness.py': 'x = "ü"' },
	preload: 'import math',
};

/** Memory with holes, which does not end at a page. */
function memory(): Uint8Array {
	const bytes = new Uint8Array(10 * 4096 + 7);
	bytes.set([1, 2, 3], 4095);
	bytes[5 * 4096] = 4;
	bytes[bytes.length - 1] = 5;
	return bytes;
}

function file(): ArrayBuffer {
	return new Uint8Array(encodeSnapshot(RECIPE, memory())).buffer;
}

test('a snapshot is read as the memory that it was made of, and its empty pages take no room', () => {
	expect(openSnapshot(file(), RECIPE)).toEqual(memory());
	expect(file().byteLength).toBeLessThan(5 * 4096);
});

test('a snapshot that was made of anything else is not used', () => {
	expect(openSnapshot(file(), { ...RECIPE, pyodide: '1.2.4' })).toBeNull();
	expect(openSnapshot(file(), { ...RECIPE, preload: '' })).toBeNull();
	expect(openSnapshot(file(), { ...RECIPE, sources: { 'harness.py': 'x = "u"' } })).toBeNull();
	expect(openSnapshot(file(), { ...RECIPE, sources: { ...RECIPE.sources, 'more.py': '' } })).toBeNull();
	expect(openSnapshot(new ArrayBuffer(4), RECIPE)).toBeNull();
	expect(openSnapshot(new ArrayBuffer(4000), RECIPE)).toBeNull();
});

test('the recipe holds the harness as it is, without what runs in the namespace of actions', async () => {
	const recipe = await readRecipe(fileURLToPath(new URL('../../../workers/python', import.meta.url)));
	expect(Object.keys(recipe.sources)).toContain('harness.py');
	expect(Object.keys(recipe.sources)).not.toContain('preload.py');
	expect(recipe.preload).toContain('import');
});
