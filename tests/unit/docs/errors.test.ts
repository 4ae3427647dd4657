import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from '../../../src/core/errors';

describe('docs/errors.md', () => {
	const page = readFileSync('docs/errors.md', 'utf8');

	it('has a heading for every error code, and no other', () => {
		const headings = [...page.matchAll(/^## `(\w+)`$/gm)].map((match) => match[1]);
		expect(headings.toSorted()).toEqual(Object.keys(ERROR_CATALOGUE).toSorted());
	});

	it('says for every code what happened and what to do, in the words of the app', () => {
		for (const { says, next } of Object.values(ERROR_CATALOGUE)) {
			expect(page).toContain(says);
			expect(page).toContain(next);
		}
	});
});
