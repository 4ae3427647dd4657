import { describe, expect, it } from 'vitest';
import { parseReply } from '../../../src/core/action';
import { renderObservation } from '../../../src/core/observation';
import type { RunResult } from '../../../src/core/ports';
import { PROFILES, profileFor } from '../../../src/core/profiles';
import { WORKED } from '../../../src/core/profiles/worked-example';

const task = 'What is 17 times 23?';
const never = () => Promise.resolve(false);

describe.each(Object.entries(PROFILES))('the profile %s', (id, profile) => {
	it('has the id under which it is listed', () => {
		expect(profileFor(id)).toBe(profile);
		expect(profile.id).toBe(id);
	});

	it('has a system text that is short and names its tags', () => {
		expect(profile.system.length).toBeLessThanOrEqual(1500);
		expect(profile.system).toContain(profile.tags.open);
		expect(profile.system).toContain(profile.tags.close);
	});

	it('has examples as alternating turns whose every action is read by the parser', async () => {
		const examples = profile.examples(task);
		expect(examples.map(({ role }) => role)).toEqual(
			examples.map((_, index) => (index % 2 === 0 ? 'user' : 'assistant')),
		);
		expect(examples.length % 2).toBe(0);
		const replies = examples.filter(({ role }) => role === 'assistant');
		const kinds = await Promise.all(
			replies.map(async ({ content }) => (await parseReply(content, profile.tags, never)).kind),
		);
		expect(kinds.slice(0, -1).every((kind) => kind === 'action')).toBe(true);
		expect(kinds.at(-1)).not.toBe('invalid');
	});
});

describe('the worked example of larger models', () => {
	it('shows an error just as the loop would render it', () => {
		const result: RunResult = {
			status: 'error',
			stdout: '',
			stderr: '',
			value: null,
			error: {
				type: 'TypeError',
				message: "unsupported operand type(s) for -: 'datetime.time' and 'datetime.time'",
				traceback: '',
				line: 4,
			},
			displays: [],
			answer: null,
			packages: [],
			durationMs: 0,
			state: 'kept',
		};
		expect(renderObservation(result, WORKED.mistaken, 2000)).toBe(WORKED.error);
		expect(renderObservation({ ...result, status: 'ok', error: null, stdout: '198\n' }, WORKED.mended, 2000)).toBe(
			WORKED.printed,
		);
	});
});

describe('the list of profiles', () => {
	it('refuses an unknown id with a code, inherited names included', () => {
		for (const id of ['none', 'constructor']) {
			expect(() => profileFor(id)).toThrow(expect.objectContaining({ code: 'internal' }));
		}
	});
});
