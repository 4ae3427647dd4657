import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The text of every test that looks at the app in a browser. */
const tests = ['tests/e2e', 'tests/contracts', 'tests/browser', 'tests/browsers']
	.flatMap((folder) => readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8')))
	.join('\n');

describe('docs/security.md', () => {
	it('names a test for every sentence, and each of them is there', () => {
		const rows = readFileSync('docs/security.md', 'utf8')
			.split('\n')
			.filter((line) => line.startsWith('|') && !/^\| (sentence|-+)/.test(line));
		expect(rows.length).toBeGreaterThan(9);
		for (const row of rows) {
			const name = /_([^_]+)_[^_]*\|$/.exec(row)?.[1];
			expect(name, row).toBeDefined();
			expect(tests).toContain(name);
		}
	});
});
