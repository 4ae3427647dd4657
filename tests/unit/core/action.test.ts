import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeReply, parseReply, renderAction, renderFormatError } from '../../../src/core/action';
import { tags } from './play';

const always = () => Promise.resolve(true);
const never = () => Promise.resolve(false);
const only = (code: string) => (text: string) => Promise.resolve(text === code);

describe('an action between tags', () => {
	it('is found with the thought before it', async () => {
		expect(await parseReply('I multiply.\n<execute>\nprint(6 * 7)\n</execute>', tags, never)).toEqual({
			kind: 'action',
			thought: 'I multiply.',
			action: { code: 'print(6 * 7)', form: 'tag' },
		});
	});

	it('drops what follows the closing tag, an invented observation and an answer included', async () => {
		const reply = '<execute>print(1)</execute>\nExecution Output: 2\nAnswer: 2';
		expect(await parseReply(reply, tags, never)).toMatchObject({ kind: 'action', action: { code: 'print(1)' } });
	});

	it('keeps "Answer:" in a string', async () => {
		const code = 'print("Answer:", 6 * 7)';
		expect(await parseReply(`<execute>${code}</execute>`, tags, never)).toMatchObject({ action: { code } });
	});

	it('is not cut by a closing tag in a string, for Python decides where the code ends', async () => {
		const code = 'print("a </execute> b")';
		expect(await parseReply(`<execute>${code}</execute>`, tags, only(code))).toMatchObject({ action: { code } });
	});

	it('may hold an opening tag in a string', async () => {
		const code = 'print("<execute>")';
		expect(await parseReply(`<execute>${code}</execute>`, tags, only(code))).toMatchObject({ action: { code } });
	});

	it('is found where the thought names the tag', async () => {
		const reply = 'I use `<execute>` here: <execute>print(1)</execute>';
		expect(await parseReply(reply, tags, only('print(1)'))).toMatchObject({
			thought: 'I use `<execute>` here:',
			action: { code: 'print(1)' },
		});
	});

	it('loses a fence inside the tags and the indentation of the whole', async () => {
		const fenced = '<execute>\n```python\nprint(1)\n```\n</execute>';
		expect(await parseReply(fenced, tags, never)).toMatchObject({ action: { code: 'print(1)' } });
		const indented = '<execute>\n  for n in x:\n    print(n)\n</execute>';
		expect(await parseReply(indented, tags, never)).toMatchObject({ action: { code: 'for n in x:\n  print(n)' } });
		const inline = '<execute> a = 1\nprint(a)</execute>';
		expect(await parseReply(inline, tags, never)).toMatchObject({ action: { code: 'a = 1\nprint(a)' } });
	});

	it('is taken from the tags of another agent where they hold a program', async () => {
		expect(await parseReply('<code>print(1)</code>', tags, always)).toMatchObject({
			action: { code: 'print(1)', form: 'tag' },
		});
		expect(await parseReply('In HTML, <code>print</code> is a tag.', tags, always)).toMatchObject({ kind: 'answer' });
	});
});

describe('the closing tag', () => {
	it.each(['', '<', '</', '</exec', '</execute'])('is put back after the stop string, also from "%s"', (half) => {
		expect(closeReply(`<execute>print(1)${half}`, tags, false)).toBe('<execute>print(1)</execute>');
	});

	it('is left off where the reply was cut for want of tokens, but a half one is completed', () => {
		expect(closeReply('<execute>print(1 <', tags, true)).toBe('<execute>print(1 <');
		expect(closeReply('<execute>print(1)</execu', tags, true)).toBe('<execute>print(1)</execute>');
	});

	it('is not added to a reply without an action, nor twice', () => {
		expect(closeReply('It is 42.', tags, false)).toBe('It is 42.');
		expect(closeReply('<execute>1</execute>', tags, false)).toBe('<execute>1</execute>');
	});
});

describe('a reply without tags', () => {
	it('is an action where it holds one fenced block', async () => {
		const reply = 'Here it is:\n```python\nprint(6 * 7)\n```\nThis prints 42.';
		expect(await parseReply(reply, tags, never)).toEqual({
			kind: 'action',
			thought: 'Here it is:',
			action: { code: 'print(6 * 7)', form: 'fence' },
		});
	});

	it('does not end a fence in a string where Python goes on', async () => {
		const code = 'print("""\n```\n""")';
		expect(await parseReply(`\`\`\`python\n${code}\n\`\`\``, tags, only(code))).toMatchObject({ action: { code } });
	});

	it('is an action where the whole of it is a program, in a plain fence too', async () => {
		expect(await parseReply('x = 6\nprint(x * 7)', tags, always)).toMatchObject({
			action: { code: 'x = 6\nprint(x * 7)', form: 'bare' },
		});
		expect(await parseReply('```\nprint(1)\n```', tags, always)).toMatchObject({
			action: { code: 'print(1)', form: 'fence' },
		});
		expect(await parseReply('final_answer(42)', tags, always)).toMatchObject({ action: { form: 'bare' } });
		expect(await parseReply('print(1)</execute>', tags, only('print(1)'))).toMatchObject({
			action: { code: 'print(1)' },
		});
	});

	it.each([
		...['Paris', '391', '-3.5', 'True', '"nohtyp"', '[1, 4, 9]', 'x = 5', 'Answer: 42', 'yes or no', '17 * 23'],
		...['391 (about 400)', 'not available', 'John, Mary', 'this is it'],
	])('is the answer where it only happens to parse: %s', async (text) => {
		expect(await parseReply(text, tags, always)).toEqual({ kind: 'answer', thought: '', text });
	});

	it('is the answer where it is prose', async () => {
		expect(await parseReply('\nThe product is 391.\n', tags, never)).toEqual({
			kind: 'answer',
			thought: '',
			text: 'The product is 391.',
		});
	});

	it('is the answer where it looks like code and does not parse', async () => {
		expect(await parseReply('print (x) prints x.', tags, never)).toMatchObject({ kind: 'answer' });
	});
});

describe('a think block', () => {
	it('belongs to the thought, and what it says of actions is not run', async () => {
		const reply = '<think>Should I <execute>boom()</execute>?</think>\nNo.\n<execute>print(1)</execute>';
		expect(await parseReply(reply, tags, never)).toEqual({
			kind: 'action',
			thought: 'Should I <execute>boom()</execute>?\n\nNo.',
			action: { code: 'print(1)', form: 'tag' },
		});
	});

	it('may have been opened by the chat template', async () => {
		expect(await parseReply('It is easy.</think>It is 42.', tags, never)).toEqual({
			kind: 'answer',
			thought: 'It is easy.',
			text: 'It is 42.',
		});
	});

	it('alone is no reply', async () => {
		expect(await parseReply('<think>Hm.</think>\n', tags, never)).toMatchObject({
			kind: 'invalid',
			why: 'thoughtOnly',
		});
		expect(await parseReply('<think>Hm, let me', tags, never)).toMatchObject({
			why: 'thoughtOnly',
			thought: 'Hm, let me',
		});
	});

	it('may be cut by the stop string: the action in it counts', async () => {
		const reply = closeReply('<think>I try.\n<execute>print(1)', tags, false);
		expect(await parseReply(reply, tags, never)).toMatchObject({ thought: 'I try.', action: { code: 'print(1)' } });
	});
});

describe('a reply that cannot be read', () => {
	it.each([
		['', 'empty', 0],
		[' \n\t', 'empty', 0],
		['<execute></execute>', 'emptyAction', 0],
		['<execute>\n\n</execute>', 'emptyAction', 0],
		['```python\n\n```', 'emptyAction', 0],
		['<execute>print(1)', 'unclosed', 0],
		['I write <execute\nprint(1)', 'unclosed', 0],
		['```python\nprint(1', 'unclosed', 0],
		['I print it: print(1)</execute>', 'unclosed', 0],
		['<execute>a</execute> and <execute>b</execute>', 'twoActions', 2],
		['<execute>a</execute><execute>b</execute><execute>c</execute>', 'twoActions', 3],
		['```python\na()\n```\nthen\n```python\nb()\n```', 'twoActions', 2],
	])('%j is told apart', async (reply, why, count) => {
		expect(await parseReply(reply, tags, never)).toMatchObject({ kind: 'invalid', why, count });
	});

	it('is read in bounded time, ten thousand tokens long', async () => {
		let asked = 0;
		const counting = () => {
			asked += 1;
			return Promise.resolve(false);
		};
		const reply = '<execute>print( </execute> '.repeat(2500);
		expect(await parseReply(reply, tags, counting)).toMatchObject({ why: 'twoActions', count: 2500 });
		expect(asked).toBeLessThan(50);
		expect(await parseReply('word '.repeat(10_000), tags, counting)).toMatchObject({ kind: 'answer' });
	});

	it('is answered with what was wrong and the expected shape', () => {
		const text = renderFormatError('twoActions', 3, tags);
		expect(text).toContain('3 actions');
		expect(text).toContain('<execute>\nprint(value)\n</execute>');
	});
});

describe('the codec as a whole', () => {
	const line = fc.string({
		unit: fc.constantFrom(...'abz09 _()[]{}"\'#:=.,+-*/\\%éß中\t'),
		minLength: 1,
		maxLength: 40,
	});
	const program = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => {
		const [first, ...rest] = lines;
		return [`x${first}`, ...rest].join('\n').trimEnd();
	});

	it('reads back every program that it wrote', async () => {
		await fc.assert(
			fc.asyncProperty(program, fc.boolean(), async (code, isPython) => {
				const parsed = await parseReply(`So.\n${renderAction(code, tags)}`, tags, () => Promise.resolve(isPython));
				expect(parsed).toEqual({ kind: 'action', thought: 'So.', action: { code, form: 'tag' } });
			}),
		);
	});

	it('reads a program the same whether the stop string was cut or not', async () => {
		await fc.assert(
			fc.asyncProperty(program, fc.integer({ min: 0, max: 9 }), async (code, cut) => {
				const whole = renderAction(code, tags);
				const half = whole.slice(0, whole.length - cut);
				expect(await parseReply(closeReply(half, tags, false), tags, always)).toMatchObject({ action: { code } });
			}),
		);
	});

	it('puts every text into exactly one bucket and never throws', async () => {
		const mess = fc.array(
			fc.constantFrom(
				'<execute>',
				'</execute>',
				'<think>',
				'</think>',
				'```python\n',
				'\n```\n',
				'print(1)',
				' so ',
				'\n',
				'<',
				'"',
			),
			{ maxLength: 14 },
		);
		await fc.assert(
			fc.asyncProperty(mess, fc.boolean(), async (parts, isPython) => {
				const parsed = await parseReply(parts.join(''), tags, () => Promise.resolve(isPython));
				if (parsed.kind === 'action') expect(parsed.action.code.trim()).not.toBe('');
				else if (parsed.kind === 'answer') expect(parsed.text).not.toBe('');
				else expect(parsed.count === 0 || parsed.count > 1).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});
});
