import { afterAll, beforeAll, expect, test } from 'vitest';
import { OUTPUT_LIMIT } from '../../workers/python/output';
import { pyodide, run } from './runtime-cases';

const { runtime } = pyodide();
beforeAll(() => runtime.start(() => undefined));
afterAll(() => runtime.dispose());

/** The body rows of the first table in `html`. */
function rows(html = ''): number {
	return new DOMParser().parseFromString(html, 'text/html').querySelectorAll('tbody tr').length;
}

/** Width and height of a PNG in base64 (PNG specification, 11.2.2). */
function size(base64 = ''): { width: number; height: number } {
	const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
	const view = new DataView(bytes.buffer);
	return { width: view.getUint32(16), height: view.getUint32(20) };
}

test('a table of a million rows shows its first and last rows and says how many there are', async () => {
	const code = 'import pandas as pd\nlong = pd.DataFrame({"n": range(1_000_000), "s": "text"})\nlong';
	const { displays } = await run(runtime, code);
	expect(rows(displays[0]?.data)).toBeLessThanOrEqual(61);
	expect(displays[0]?.data).toMatch(/999999/);
	expect(displays[0]?.data).toContain('1000000 rows × 2 columns');
	const series = await run(runtime, 'long["n"]');
	expect(series.displays[0]?.data).toContain('1000000 rows × 1 columns');
});

test('a wide table loses columns in its middle, unless the person asked pandas for all', async () => {
	const wide = await run(runtime, 'wide = pd.DataFrame([range(300)])\nwide');
	expect(wide.displays[0]?.data).toContain('1 rows × 300 columns');
	expect(wide.displays[0]?.data.match(/<td>/g)?.length).toBeLessThanOrEqual(21);
	const code = 'with pd.option_context("display.max_columns", None):\n    display(wide)';
	const all = await run(runtime, code);
	expect(all.displays[0]?.data.match(/<td>/g)?.length).toBe(101);
});

test('a table keeps the person’s text as text', async () => {
	const { displays } = await run(runtime, 'pd.DataFrame({"<b>": ["<script>alert(1)</script>"]})');
	expect(displays[0]?.data).toContain('&lt;script&gt;');
});

test('a figure shows itself, once, and a huge one is drawn with fewer dots', async () => {
	const shown = await run(
		runtime,
		'import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 2])\nfigure.show()\nNone',
	);
	expect(shown).toMatchObject({ stderr: '', displays: [{ mime: 'image/png' }] });
	const huge = await run(runtime, 'plt.figure(figsize=(300, 200))\nplt.plot([1, 2])\nNone');
	const { width, height } = size(huge.displays[0]?.data);
	expect(width * height).toBeLessThan(17_000_000);
	expect((await run(runtime, 'plt.get_fignums()')).value).toBe('[]');
});

test('a figure that cannot be drawn is told, and what came before it is kept', async () => {
	const result = await run(
		runtime,
		'plt.plot([1, 2])\nplt.show()\nplt.title(r"$\\frac{$")\nplt.show()\nprint("after")',
	);
	expect(result).toMatchObject({ status: 'ok', stdout: 'after\n', displays: [{ mime: 'image/png' }] });
	expect(result.stderr).toMatch(/The figure could not be drawn: ValueError/);
	const error = await run(runtime, 'plt.title(r"$\\frac{$")\n1 / 0');
	expect(error.error?.type).toBe('ZeroDivisionError');
});

test('an image that is too large as PNG is shown as JPEG, with a remark', async () => {
	const code =
		'import numpy as np\nfrom PIL import Image\nImage.fromarray(np.random.default_rng(0).integers(0, 256, (1500, 1500, 3), dtype="uint8"))';
	const { displays, stderr } = await run(runtime, code);
	expect(displays).toMatchObject([{ mime: 'image/jpeg' }]);
	expect(stderr).toMatch(/_repr_png_ of Image is left out/);
});

test('an array is text', async () => {
	expect(await run(runtime, 'np.arange(3)')).toMatchObject({ value: 'array([0, 1, 2])', displays: [] });
});

test('the classes of IPython.display are shown, each as what it is, without a package', async () => {
	const code = `
from IPython.display import HTML, Image, JSON, Latex, Markdown, SVG, Code, Math, Pretty, clear_output, display, update_display
display(HTML('<i>one</i>'), Markdown('*two*'), Latex('$x$'), Math('y'), SVG('<svg xmlns="http://www.w3.org/2000/svg"/>'))
display(JSON({'a': 1}), Image(data=bytes.fromhex('89504e470d0a1a0a'), format='png'))
handle = display(HTML('<i>old</i>'), display_id=True)
handle.update(HTML('<i>new</i>'))
Pretty('plain')`;
	const { displays, packages, error } = await run(runtime, code);
	expect(error).toBeNull();
	expect(packages).toEqual([]);
	expect(displays.map(({ mime }) => mime)).toEqual([
		...['text/html', 'text/markdown', 'text/latex', 'text/latex', 'image/svg+xml'],
		...['application/json', 'image/png', 'text/html'],
	]);
	expect(displays.at(-1)?.data).toBe('<i>new</i>');
});

test('what else there is of IPython is the package on board, also after its displays were used', async () => {
	const result = await run(
		runtime,
		'from IPython.utils.text import indent\nfrom IPython.display import HTML\ndisplay(HTML("<i>x</i>"))\nindent("a")',
	);
	expect(result).toMatchObject({ status: 'ok', value: "'    a'", displays: [{ mime: 'text/html' }] });
	expect(result.packages).toContain('ipython');
});

test('a print of a hundred million characters is cut in its middle, with a count', async () => {
	const { stdout, status } = await run(runtime, 'print("x" * 100_000_000)');
	expect(status).toBe('ok');
	expect(stdout).toContain('[… 99800001 characters left out …]');
	expect(stdout.length).toBeLessThan(OUTPUT_LIMIT + 100);
});

test('a display of fifty million characters is left out, with a remark, and the value is told', async () => {
	const code =
		'class Huge:\n    def _repr_html_(self): return "x" * 50_000_000\n    def __repr__(self): return "<huge>"\nHuge()';
	const { displays, stderr, value } = await run(runtime, code);
	expect(displays).toEqual([]);
	expect(stderr).toBe('_repr_html_ of Huge is left out: 50,000,000 characters, 8,000,000 can be shown\n');
	expect(value).toBe('<huge>');
});

test('of many displays the first ones are shown and the rest is counted', async () => {
	const { displays, stderr } = await run(
		runtime,
		'for i in range(1000):\n    display({"text/html": f"<i>{i}</i>"}, raw=True)',
	);
	expect(displays.length).toBe(50);
	expect(stderr).toBe('950 more displays were left out.\n');
});

test('two hundred thousand prints end in constant memory', async () => {
	const { stdout } = await run(runtime, 'for i in range(200_000):\n    print("line", i)');
	expect(stdout.startsWith('line 0\n')).toBe(true);
	expect(stdout.endsWith('line 199999\n')).toBe(true);
	expect(stdout.length).toBeLessThan(OUTPUT_LIMIT + 100);
});
