import { expect, test } from 'vitest';
import { OUTPUT_LIMIT, OutputStream } from '../../workers/python/output';

/** A stream with a clock that stands still, the pieces it emitted, and a way to print text to it. */
function stream(): {
	stream: OutputStream;
	pieces: string[];
	print: (text: string) => void;
	advance: (ms: number) => void;
} {
	const pieces: string[] = [];
	let now = 0;
	const made = new OutputStream(
		'stdout',
		({ text }) => pieces.push(text),
		() => now,
	);
	return {
		stream: made,
		pieces,
		print: (text) => made.write(new TextEncoder().encode(text)),
		advance: (ms) => (now += ms),
	};
}

test('what is printed goes out at once', () => {
	const { print, pieces } = stream();
	print('one\n');
	print('two\n');
	expect(pieces).toEqual(['one\n', 'two\n']);
});

test('a flood goes out in fewer, larger pieces, and nothing of it is lost', () => {
	const { stream: output, print, pieces } = stream();
	for (let line = 0; line < 5_000; line += 1) print(`${line}\n`);
	const text = output.finish();
	expect(pieces.length).toBeLessThan(120);
	expect(pieces.join('')).toBe(text);
	expect(text.split('\n')).toHaveLength(5_001);
});

test('after a pause text goes out at once again', () => {
	const { print, pieces, advance } = stream();
	for (let line = 0; line < 200; line += 1) print('x\n');
	const before = pieces.length;
	advance(1_000);
	print('last\n');
	expect(pieces.length).toBe(before + 1);
	expect(pieces.at(-1)?.endsWith('last\n')).toBe(true);
});

test('past the limit the head and the tail are kept, with how much was left out', () => {
	const { stream: output, print, pieces } = stream();
	const line = `${'x'.repeat(99)}\n`;
	for (let count = 0; count < 30_000; count += 1) print(line);
	print('the end\n');
	const text = output.finish();
	const leftOut = Number(/\[… (\d+) characters left out …\]/.exec(text)?.[1]);
	expect(leftOut).toBe(30_000 * 100 + 'the end\n'.length - OUTPUT_LIMIT);
	expect(text.startsWith(line)).toBe(true);
	expect(text.endsWith('the end\n')).toBe(true);
	expect(pieces.join('')).toBe(text);
});

test('a text just at the limit is whole', () => {
	const { stream: output, print } = stream();
	print('x'.repeat(OUTPUT_LIMIT));
	expect(output.finish()).toBe('x'.repeat(OUTPUT_LIMIT));
});

test('a character that was split between two writes is whole', () => {
	const { stream: output } = stream();
	const bytes = new TextEncoder().encode('é');
	output.write(bytes.slice(0, 1));
	output.write(bytes.slice(1));
	expect(output.finish()).toBe('é');
});

test('one print longer than the limit is taken in pieces, and no character is split between them', () => {
	const { stream: output, pieces } = stream();
	output.write(new TextEncoder().encode('é'.repeat(1_000_001).slice(1) + '€'.repeat(1_000_000)));
	const text = output.finish();
	expect(text).not.toContain('\uFFFD');
	expect(text).toContain('[… 1800000 characters left out …]');
	expect(text.startsWith('éé')).toBe(true);
	expect(text.endsWith('€€')).toBe(true);
	expect(pieces.join('')).toBe(text);
});
