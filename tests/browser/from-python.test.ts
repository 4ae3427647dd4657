/** What the page makes of what comes out of the sandbox: forged, malformed or too much. */
import { expect, test } from 'vitest';
import { FloodGauge, readEvent, readReport } from '../../src/adapters/runtimes/from-python';

const REPORT = {
	status: 'ok',
	stdout: '',
	stderr: '',
	value: '2',
	error: null,
	displays: [{ mime: 'text/html', data: '<b>' }],
	answer: null,
	packages: [],
	durationMs: 1,
	state: 'kept',
	restored: null,
	checkpoint: null,
	files: [],
};

test('a report is taken as it is, without what does not belong to it', () => {
	const forged = { ...REPORT, requests: ['forged'], pwned: 1 };
	expect(readReport({ ok: true, value: forged })).toEqual({ ok: true, value: REPORT });
});

test.each([
	['nothing', undefined],
	['a function', () => REPORT],
	['no report', { ok: true, value: null }],
	['a report without texts', { ok: true, value: { ...REPORT, stdout: { toString: null } } }],
	['a display that is no text', { ok: true, value: { ...REPORT, displays: [{ mime: 'text/html', data: 1 }] } }],
	['more than a page can hold', { ok: true, value: { ...REPORT, stdout: 'x'.repeat(16_000_001) } }],
	['a status of its own', { ok: true, value: { ...REPORT, status: 'answered' } }],
	['a time that is no number', { ok: true, value: { ...REPORT, durationMs: NaN } }],
	['an error of its own', { ok: false, error: { code: 'out_of_memory', message: 'forged', detail: { nested: 1 } } }],
])('%s in the place of a report counts as the end of Python', (_, settled) => {
	const read = readReport(settled);
	expect(read.ok ? null : read.error.code).toBe('python_died');
});

test.each([
	['nothing', null],
	['another kind', { kind: 'crashed', detail: 'forged' }],
	['output for another stream', { kind: 'output', delta: { stream: '__proto__', text: 'x' } }],
	['output that is no text', { kind: 'output', delta: { stream: 'stdout', text: ['x'] } }],
	['an answer of the page itself', { kind: 'reply', id: 1, answer: { kind: 'response' } }],
	[
		'a comlink call',
		{ id: 1, type: 'SET', path: ['constructor', 'prototype', 'ok'], value: { type: 'RAW', value: 1 } },
	],
])('%s is no event', (_, data) => {
	expect(readEvent(data)).toBeNull();
});

test('a __proto__ in a message pollutes nothing', () => {
	readEvent(JSON.parse('{"kind":"output","delta":{"stream":"stdout","text":"x"},"__proto__":{"pwned":1}}'));
	expect('pwned' in {}).toBe(false);
});

test('messages are a flood when there are thousands in a second', () => {
	let now = 0;
	const gauge = new FloodGauge(() => now);
	const taken = Array.from({ length: 30_000 }, () => {
		now += 1;
		return gauge.rises();
	});
	expect(taken).not.toContain(true);
	expect(Array.from({ length: 3_001 }, () => gauge.rises())).toContain(true);
});
