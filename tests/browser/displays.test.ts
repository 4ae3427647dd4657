import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Display } from '../../src/core/ports';
import { drawLatex } from '../../src/ui/displays/formula';
import { sanitiseDisplay, sanitiseMarkdown } from '../../src/ui/displays/sanitise';
import { cellsOf, toCsv, toTsv } from '../../src/ui/displays/table-text';
import { act, answer, PIXEL, show, step } from './app';

beforeEach(() => page.viewport(1280, 900));

/** Shows what an action showed. */
async function showDisplays(...displays: Display[]): Promise<void> {
	const { playground } = await show({ script: [act('show()'), 'Shown.'], results: [{ displays }] });
	await playground.session.submit('Show');
	await expect.element(answer()).toBeVisible();
}

const html = (data: string): Display => ({ mime: 'text/html', data });

/** The HTML of what a display becomes. */
function made(fragment: DocumentFragment): string {
	const box = document.createElement('div');
	box.append(fragment);
	return box.innerHTML;
}
const safe = (data: string): string => made(sanitiseDisplay(data).fragment);

describe('HTML that Python shows', () => {
	test.each([
		['<img src=x onerror="alert(1)">', /onerror|src=/],
		['<a href="javascript:alert(1)">x</a>', /href/],
		['<a href=" jav\tascript:alert(1)">x</a>', /href/],
		['<svg onload="alert(1)"><script>alert(1)</script></svg>', /<svg|<script/],
		['<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>', /onerror|<style/],
		[
			'<form action="https://e.example"><input name=a><button formaction="x">b</button></form>',
			/<form|<input|<button|action/,
		],
		['<base href="https://e.example/"><meta http-equiv="refresh" content="0;url=https://e.example">x', /<base|<meta/],
		[
			'<iframe srcdoc="<script>1</script>"></iframe><object data="x"></object><embed src="x">',
			/<iframe|<object|<embed/,
		],
		['<link rel="stylesheet" href="https://e.example/a.css"><link rel="dns-prefetch" href="//e.example">', /<link/],
		['<img src="https://e.example/a.png" srcset="https://e.example/b.png 2x">', /e\.example/],
		['<video src="https://e.example/v" poster="https://e.example/p"></video><audio src="x"></audio>', /<video|<audio/],
		['<div style="background:url(https://e.example/a)">x</div>', /e\.example/],
		['<div style="background-image:image-set(\'https://e.example/a\' 1x)">x</div>', /e\.example/],
		['<div style="position:fixed;inset:0;z-index:9">x</div>', /position|z-index|inset/],
		[
			'<style>@import "https://e.example/a.css"; b { color: url(https://e.example/c) }</style><b>x</b>',
			/e\.example|<style/,
		],
		['<style>b { --x: url(https://e.example/c); background: var(--x) }</style><b>x</b>', /e\.example|var/],
		[
			'<table background="https://e.example/a"><tr><td background="https://e.example/b">1</td></tr></table>',
			/e\.example/,
		],
		['<b id="answer" class="answer" name="body" popover>x</b>', /id=|class=|name=|popover/],
		['<form id="x"></form><input form="x" name="attributes">', /<form|<input/],
		[
			'<template><script>alert(1)</script></template><noscript><img src=x onerror=alert(1)></noscript>',
			/<script|onerror/,
		],
		['<p data-svelte="x" contenteditable autofocus tabindex="1" accesskey="x">x</p>', /data-|autofocus/],
		['<a href="https://e.example" ping="https://e.example/p">x</a>', /ping/],
	])('%s is harmless', (given, forbidden) => {
		expect(safe(given)).not.toMatch(forbidden);
	});

	test('a link opens apart from the page', () => {
		expect(safe('<a href="https://e.example">x</a>')).toContain('target="_blank" rel="noopener noreferrer"');
	});

	test('a drawing within HTML becomes an image, which loads nothing and runs nothing', () => {
		const result = safe(
			'<p>a</p><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><title>Star</title><circle r="3"/></svg>',
		);
		expect(result).toMatch(/^<p>a<\/p><img [^>]*src="data:image\/svg\+xml/);
		expect(result).toContain('alt="Star"');
	});

	test('the colours of a styled table are kept, on white paper, and nothing else of its rules', () => {
		const styled =
			'<style>#T_1_row0_col0 { background-color: lightgreen; position: fixed; background-image: url(https://e.example) } #T_1_row0_col1 { width: 10em; background: linear-gradient(90deg, #5fba7d 50%, transparent 50%) }</style>' +
			'<table id="T_1"><tbody><tr><td id="T_1_row0_col0" class="data">1</td><td id="T_1_row0_col1">2</td></tr></tbody></table>';
		const { fragment, isPainted } = sanitiseDisplay(styled);
		expect(isPainted).toBe(true);
		const [first, second] = fragment.querySelectorAll('td');
		expect(first?.getAttribute('style')).toBe('background-color: lightgreen;');
		expect(second?.style.backgroundImage).toContain('linear-gradient');
		expect(made(fragment)).not.toMatch(/T_1|data|e\.example/);
	});

	test('a plain table of pandas has no colours of its own and stays in the page’s', () => {
		const plain =
			'<style scoped>.dataframe thead th { text-align: right; }</style><table class="dataframe"><tr style="text-align: right;"><td>1</td></tr></table>';
		expect(sanitiseDisplay(plain).isPainted).toBe(false);
	});

	test('what Python shows stays within its box', async () => {
		await showDisplays(html('<div style="margin:-500px; width:5000px; height:5000px; background:red">x</div>'));
		const box = document.querySelector('.rich--styled');
		expect(box?.getBoundingClientRect().height).toBeLessThan(800);
		expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth);
	});
});

describe('Markdown that Python shows', () => {
	test.each([
		['[x](javascript:alert(1))', /href/],
		['![x](https://e.example/a.png)', /e\.example/],
		['<img src=x onerror=alert(1)>', /onerror/],
		['<script>alert(1)</script>', /<script/],
		['<div style="position:fixed">x</div>', /style/],
		['[x]: javascript:alert(1)\n[x]', /href/],
	])('%s is harmless', (given, forbidden) => {
		expect(made(sanitiseMarkdown(given))).not.toMatch(forbidden);
	});
});

describe('displays', () => {
	test('an SVG is an image, whatever is in it', async () => {
		const svg =
			'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>parent.hacked = 1</script><image href="https://e.example/a"/></svg>';
		await showDisplays({ mime: 'image/svg+xml', data: svg });
		await expect.element(step(1).getByRole('img', { name: 'Figure 1' })).toBeVisible();
		expect('hacked' in window).toBe(false);
	});

	test('a figure can be saved under its number', async () => {
		await showDisplays({ mime: 'image/png', data: PIXEL }, { mime: 'image/svg+xml', data: '<svg/>' });
		const save = step(1).getByRole('link', { name: 'Save Figure 1' });
		await expect.element(save).toHaveAttribute('download', 'figure-1.png');
		await expect
			.element(step(1).getByRole('link', { name: 'Save Figure 2' }))
			.toHaveAttribute('download', 'figure-2.svg');
	});

	test('a formula is drawn as MathML, and its words stay words', async () => {
		await showDisplays({ mime: 'text/latex', data: 'The root is $x = \\frac{-b}{2a}$.' });
		await expect.element(step(1).getByText('The root is')).toBeVisible();
		const formula = (): string | undefined => document.querySelector('.formula')?.innerHTML;
		await expect.poll(formula, { timeout: 20_000 }).toContain('<mfrac');
	});

	test.each([['$\\frac{$'], ['$\\def\\a{\\a\\a}\\a$'], ['\\begin{tabular}{l} a \\end{tabular}']])(
		'a text in LaTeX that cannot be drawn, %s, is shown as it is',
		async (latex) => {
			await expect(drawLatex(latex)).rejects.toThrow();
			await showDisplays({ mime: 'text/latex', data: latex });
			await expect.element(step(1).getByText(latex)).toBeVisible();
		},
	);

	test.each([
		['$\\href{javascript:alert(1)}{x}$'],
		['$\\class{answer}{x}$'],
		['$\\includegraphics{https://e.example/a.png}$'],
	])('%s reaches nothing', async (latex) => {
		await showDisplays({ mime: 'text/latex', data: latex });
		await new Promise((resolve) => requestAnimationFrame(resolve));
		expect(document.querySelector('.formula [href], .formula img, .formula [class]')).toBeNull();
	});

	test('JSON is a tree that folds, and a long list says how much of it is left out', async () => {
		await showDisplays({
			mime: 'application/json',
			data: JSON.stringify({ name: 'a', list: Array.from({ length: 150 }, (_, i) => i) }),
		});
		await expect.element(step(1).getByText('"a"')).toBeVisible();
		await step(1).getByText('[150]').click();
		await expect.element(step(1).getByText('… 50 more')).toBeVisible();
	});

	test('JSON that is none is shown as text', async () => {
		await showDisplays({ mime: 'application/json', data: '{broken' });
		await expect.element(step(1).getByText('{broken')).toBeVisible();
	});

	test('a chart that cannot be drawn says so, and its data is there', async () => {
		await showDisplays({ mime: 'application/vnd.vegalite.v5+json', data: '{"mark":"bar"}' });
		await expect.element(step(1).getByText(/matplotlib draws without one/)).toBeVisible();
		await step(1).getByText('{1}').click();
		await expect.element(step(1).getByText('"bar"')).toBeVisible();
	});
});

describe('a display with scripts', () => {
	const scripted = html(
		'<div id="plot"></div><script>window.word = "dra"</script><script src="data:text/javascript,word%2B%3D%27wn%27"></script>' +
			'<script type="application/json" id="data">{"a": 1}</script>' +
			'<script>document.getElementById("plot").textContent = word + JSON.parse(document.getElementById("data").textContent).a;' +
			'document.getElementById("plot").style.height = "300px"</script><b id="c" onclick="throw Error(`I am ${plot.textContent}`)">b</b><script>setTimeout(() => c.click(), 50)</script>',
	);
	const frame = (): HTMLIFrameElement | null => document.querySelector('iframe[title="Interactive display"]');

	test('runs nothing before the person says so, then draws in a frame as high as its content', async () => {
		await showDisplays(scripted);
		expect(frame()).toBeNull();
		await step(1).getByRole('button', { name: 'Run its scripts' }).click();
		await expect.poll(() => frame()?.getBoundingClientRect().height ?? 0).toBeGreaterThan(300);
		expect(frame()?.getAttribute('sandbox')).toBe('allow-scripts');
		// A frame of an opaque origin cannot be looked into; what it says by failing can.
		await expect.element(step(1).getByText(/failed: .*I am drawn1/)).toBeVisible();
	});

	test('a script that fails is named, and so is an address that is asked for', async () => {
		await showDisplays(
			html('<script>nothing.there()</script>'),
			html('<script src="https://cdn.example/a.js"></script>'),
		);
		for (const button of step(1).getByRole('button', { name: 'Run its scripts' }).elements())
			(button as HTMLElement).click();
		await expect.element(step(1).getByText(/failed: .*nothing is not defined/)).toBeVisible();
		await expect.element(step(1).getByText(/asks for https:\/\/cdn\.example\/a\.js/)).toBeVisible();
	});

	test('a frame that grows without end is held', async () => {
		await showDisplays(
			html(
				'<div id="a"></div><script>setInterval(() => { a.style.height = (a.offsetHeight + 1000) + "px" }, 1)</script>',
			),
		);
		await step(1).getByRole('button', { name: 'Run its scripts' }).click();
		await expect.poll(() => frame()?.style.height).toBe('720px');
	});
});

describe('a table as text', () => {
	const table = document.createElement('table');
	table.innerHTML =
		'<tr><th rowspan="2">k</th><th colspan="2">v</th></tr><tr><th>a</th><th>b, "c"</th></tr><tr><td>1</td><td>x\ty</td><td></td></tr>';

	test('keeps its columns under spanning heads', () => {
		expect(cellsOf(table)).toEqual([
			['k', 'v', ''],
			['', 'a', 'b, "c"'],
			['1', 'x\ty', ''],
		]);
	});

	test('has one cell between two tabs, and quotes in CSV', () => {
		expect(toTsv(cellsOf(table)).split('\n')[2]).toBe('1\tx y\t');
		expect(toCsv(cellsOf(table))).toContain(',a,"b, ""c"""\r\n');
	});
});

test.each(['light', 'dark'] as const)('axe finds nothing in the displays, %s', async (theme) => {
	const { playground } = await show({
		script: [act('show()'), 'Shown.'],
		results: [
			{
				displays: [
					{ mime: 'image/png', data: PIXEL },
					html(
						'<style>#a { background-color: #ffc0cb }</style><table><tbody><tr><td id="a">1</td></tr></tbody></table>',
					),
					html('<p>still</p><script>1</script>'),
					{ mime: 'application/json', data: '{"a": [1, "b"], "c": null}' },
					{ mime: 'text/latex', data: '$x^2$' },
				],
			},
		],
	});
	playground.theme.choose(theme);
	await playground.session.submit('Show');
	await expect.element(step(1).getByRole('button', { name: 'Run its scripts' })).toBeVisible();
	await expect.poll(() => document.querySelector('.formula math'), { timeout: 20_000 }).not.toBeNull();
	await step(1).getByRole('button', { name: 'Run its scripts' }).click();
	await expect.poll(() => document.querySelector('iframe[title="Interactive display"]')).not.toBeNull();
	// What is in the frame is another's; axe cannot look into it anyway.
	const { violations } = await axe.run(document.body, {
		iframes: false,
		rules: { 'page-has-heading-one': { enabled: false } },
	});
	expect(
		violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`),
	).toEqual([]);
});
