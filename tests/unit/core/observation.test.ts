import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_RESULT } from '../../../src/adapters/runtimes/empty-result';
import { cutMiddle, observe, renderObservation } from '../../../src/core/observation';
import type { RunResult } from '../../../src/core/ports';

const render = (result: Partial<RunResult>, code = '', maxChars = 400) =>
	renderObservation({ ...EMPTY_RESULT, ...result }, code, maxChars);
const keyError = { type: 'KeyError', message: "'x'", traceback: 'Traceback …', line: 2 };

describe('an observation', () => {
	it('holds what was printed, then the value', () => {
		expect(render({ stdout: 'one\ntwo\n', value: '[1, 2]' })).toBe('one\ntwo\n[1, 2]');
	});

	it('holds warnings, which go to stderr', () => {
		expect(render({ stdout: '1\n', stderr: 'Warning: slow\n' })).toBe('1\nWarning: slow');
	});

	it('says that nothing was printed, and names print', () => {
		expect(render({})).toBe('[Code executed successfully with no output] Use print(...) to see a value.');
	});

	it('says that the answer was given where final_answer was all there was', () => {
		expect(render({ answer: '42' })).toBe('[Answer given]');
	});

	it('tells an error by its failing line and its last line, not by its traceback', () => {
		const text = render({ status: 'error', error: keyError, stdout: 'before\n' }, "d = {}\n  d['x']\nprint(d)");
		expect(text).toBe("before\nError in line 2: d['x']\nKeyError: 'x'");
	});

	it('tells an error elsewhere, or without a message, by its type', () => {
		const error = { type: 'StopIteration', message: '', traceback: '', line: null };
		expect(render({ status: 'error', error }, 'next(x)')).toBe('StopIteration');
	});

	it('names the files that an action wrote, and not those that it removed', () => {
		const files = [
			{ path: 'old.txt', change: 'removed', bytes: 0 },
			{ path: 'plot.png', change: 'created', bytes: 14_200 },
		] as const;
		expect(render({ files })).toBe('[file written: plot.png (14 kB)]');
		expect(render({ stdout: 'saved\n', files: [...files, { path: 'a.csv', change: 'changed', bytes: 7 }] })).toBe(
			'saved\n[files written: plot.png (14 kB), a.csv (7 B)]',
		);
	});

	it('says how long an action ran that timed out', () => {
		expect(render({ status: 'timedOut', stdout: 'tick\n', durationMs: 30_012 })).toBe(
			'tick\n[Execution timed out (30 seconds).]',
		);
	});

	it('says that an action was interrupted, and that the variables are lost where they are', () => {
		expect(render({ status: 'interrupted', state: 'lost' })).toBe(
			'[Execution was interrupted.]\n[Python was restarted: the variables and imports of earlier actions are lost.]',
		);
	});

	it('names what was shown instead of telling it', () => {
		const table =
			'<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table>';
		const displays = [
			{ mime: 'image/png', data: 'AAAA' },
			{ mime: 'text/html', data: table },
			{ mime: 'image/svg+xml', data: '<svg/>' },
			{ mime: 'text/html', data: '<table>…</table><p>150 rows × 5 columns</p>' },
			{ mime: 'text/html', data: '<b>x</b>' },
			{ mime: 'text/latex', data: '$x^2$' },
		];
		expect(render({ displays })).toBe(
			'[figure 1]\n[table: 2 rows]\n[figure 2]\n[table: 150 rows × 5 columns]\n[html: x]\n$x^2$',
		);
	});

	it('names what is drawn by scripts, and tells other text of HTML and JSON in a line', () => {
		const displays = [
			{ mime: 'text/html', data: '<div id="c"></div><script>draw()</script>' },
			{ mime: 'application/vnd.vegalite.v5+json', data: '{}' },
			{ mime: 'application/json', data: '{"a":\n  1}' },
			{ mime: 'text/html', data: `<style>b {}</style><p>1 &lt; 2</p>${'x'.repeat(9000)}` },
			{ mime: 'text/html', data: '<hr>' },
		];
		const told = render({ displays }, '', 1000).split('\n');
		expect(told.slice(0, 3)).toEqual([
			'[interactive html]',
			'[chart: it cannot be drawn here, use matplotlib]',
			'[json: {"a": 1}]',
		]);
		expect(told[3]).toMatch(/^\[html: 1 < 2 x+ …\]$/);
		expect(told[3]?.length).toBeLessThan(220);
		expect(told[4]).toBe('[html]');
	});

	it('has no colours and no overwritten progress bars', () => {
		const escape = String.fromCharCode(27);
		expect(render({ stdout: `${escape}[1;31mred${escape}[0m\r\n10%\r50%\r100%\n` })).toBe('red\n100%');
		expect(render({ stdout: '10%\r50%\r\nend\r' })).toBe('50%\nend');
	});

	it('keeps the error whole when the output before it is long', () => {
		const text = render({ status: 'error', stdout: 'x'.repeat(5000), error: keyError }, "a\nd['x']", 200);
		expect(text.length).toBeLessThanOrEqual(200);
		expect(text).toMatch(/^x+\n\[… \d+ characters left out …\]\nx+\nError in line 2: d\['x'\]\nKeyError: 'x'$/);
	});

	it('is never longer than the profile allows', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.string(), fc.nat(600), (stdout, value, message, maxChars) => {
				const error = { type: 'ValueError', message: message.repeat(20), traceback: '', line: null };
				const result = { status: 'error' as const, stdout: stdout.repeat(30), value, error };
				expect(render(result, '', maxChars).length).toBeLessThanOrEqual(maxChars);
			}),
		);
	});

	it('is made at once of a line of a million characters', () => {
		const started = performance.now();
		render({ stdout: 'x'.repeat(1_000_000), stderr: ' '.repeat(1_000_000) });
		expect(performance.now() - started).toBeLessThan(1000);
	});

	it('keeps all of the result beside the text for the model', () => {
		const result: RunResult = {
			...EMPTY_RESULT,
			stdout: 'y'.repeat(900),
			packages: ['numpy'],
			displays: [{ mime: 'image/png', data: 'A' }],
		};
		const { text, ...kept } = observe(result, '', 100);
		expect(kept).toEqual({
			status: 'ok',
			stdout: result.stdout,
			stderr: '',
			value: null,
			error: null,
			displays: result.displays,
			packages: ['numpy'],
			state: 'kept',
			restored: null,
			checkpoint: null,
			files: [],
			requests: [],
			grants: [],
		});
		expect(text.length).toBeLessThanOrEqual(100);
	});
});

describe('the cut in the middle', () => {
	it('leaves a short text as it is', () => {
		expect(cutMiddle('short', 5)).toBe('short');
	});

	it('keeps a head and a tail, counts exactly what is missing, and splits no character', () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 3000 });
		fc.assert(
			fc.property(text, fc.integer({ min: 60, max: 500 }), (long, maxChars) => {
				const cut = cutMiddle(long, maxChars);
				expect(cut.length).toBeLessThanOrEqual(maxChars);
				if (cut === long) return;
				const found = /\n\[… (\d+) characters left out …\]\n/.exec(cut);
				const [mark, count] = [found?.[0] ?? '', Number(found?.[1])];
				const [head = '', tail = ''] = cut.split(mark);
				expect(long.startsWith(head) && long.endsWith(tail)).toBe(true);
				expect(head.length + tail.length + count).toBe(long.length);
				expect(() => encodeURIComponent(cut)).not.toThrow();
			}),
		);
	});
});
