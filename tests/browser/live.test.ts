import { describe, expect, test } from 'vitest';
import { partsOf } from '../../src/state/live';
import { highlight, highlightLive } from '../../src/ui/displays/highlight';

const TAGS = { open: '<execute>', close: '</execute>' };

describe('a reply that is being written', () => {
	test('is thought until its mark is whole, and a half mark never shows', () => {
		expect(partsOf('I look', TAGS)).toEqual({ thought: 'I look', code: null });
		expect(partsOf('I look\n<exec', TAGS)).toEqual({ thought: 'I look', code: null });
		expect(partsOf('I look\n<execute>', TAGS)).toEqual({ thought: 'I look', code: '' });
	});

	test('is code after its mark, without the closing one', () => {
		expect(partsOf('I look\n<execute>\nprint(1)\n</exe', TAGS).code).toBe('print(1)\n');
		expect(partsOf('<execute>print(1)</execute>', TAGS)).toEqual({ thought: '', code: 'print(1)' });
	});

	test('is code in a fence too', () => {
		expect(partsOf('So:\n```python\nx = 1\n', TAGS)).toEqual({ thought: 'So:', code: 'x = 1\n' });
		expect(partsOf('So:\n```\nx = 1\n```', TAGS)).toEqual({ thought: 'So:', code: 'x = 1\n' });
	});
});

describe('colours', () => {
	const CODE = 'def f(x):  # <b> & "c"\n    return f"{x!r} < 3" + \'y\' if x >= 1.5 else None\n';

	test('change nothing of the code', () => {
		for (const code of [CODE, '', '<script>alert(1)</script>', '&amp; &lt;', 'a = "open']) {
			expect(
				highlight(code)
					.map(({ text }) => text)
					.join(''),
			).toBe(code);
		}
	});

	test('tell keywords, text, numbers and comments apart', () => {
		const kindOf = (part: string): string | null | undefined =>
			highlight(CODE).find(({ text }) => text.includes(part))?.kind;
		expect(kindOf('def')).toBe('k');
		expect(kindOf('# <b>')).toBe('c');
		expect(kindOf('1.5')).toBe('n');
		expect(kindOf("'y'")).toBe('s');
	});

	test('come when the line is complete', () => {
		const tokens = highlightLive('import a\nimport');
		expect(tokens[0]).toEqual({ kind: 'k', text: 'import' });
		expect(tokens.at(-1)).toEqual({ kind: null, text: 'import' });
	});
});
