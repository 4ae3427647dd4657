import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { act, answer, KEY_ERROR, PIXEL, show, step, task } from './app';
import { makePlayground } from './playground';

beforeEach(() => page.viewport(1280, 900));

describe('a task', () => {
	test('is sent with Enter, and its answer, steps and figures are shown', async () => {
		await show({
			script: [act('print(17 * 23)', 'I multiply.'), 'It is **391**.'],
			results: [{ stdout: '391\n', durationMs: 400 }],
		});
		await task().fill('What is 17 times 23?');
		await userEvent.keyboard('{Enter}');
		await expect.element(answer()).toHaveTextContent('It is 391.');
		await expect.element(step(1)).toHaveTextContent('I multiply.');
		await expect.element(step(1)).toHaveTextContent('print(17 * 23)');
		await expect.element(step(1)).toHaveTextContent('OK');
		await expect.element(step(1)).toHaveTextContent('py 0.4 s');
		expect(answer().element().querySelector('strong')?.textContent).toBe('391');
	});

	test('may be answered by a number with a full stop', async () => {
		await show({ script: ['42.'] });
		await task().fill('Add one');
		await userEvent.keyboard('{Enter}');
		await expect.element(answer()).toHaveTextContent('42.');
	});

	test('that is empty gets a hint where it is written', async () => {
		await show();
		await task().click();
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('alert')).toHaveTextContent('There is no task to run.');
		await expect.element(task()).toHaveFocus();
	});

	test('takes a new line with Shift and Enter, and the last one comes back with the up key', async () => {
		await show({ script: ['Hi.'] });
		await task().click();
		await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two');
		await expect.element(task()).toHaveValue('one\ntwo');
		await page.getByRole('button', { name: 'Start' }).click();
		await expect.element(answer()).toBeVisible();
		await task().click();
		await userEvent.keyboard('{ArrowUp}');
		await expect.element(task()).toHaveValue('one\ntwo');
	});

	test('at work is stopped with Escape; what was written stays and can be continued', async () => {
		const { playground } = await show({
			script: ['one two three four five six seven eight nine ten', 'Done.'],
			pacing: { pieceMs: 40 },
		});
		await task().fill('Count');
		await userEvent.keyboard('{Enter}');
		await expect.element(step(1)).toHaveTextContent('one two three');
		await userEvent.keyboard('{Escape}');
		await expect.element(page.getByText('What the model was writing')).toBeVisible();
		expect(playground.session.runs[0]?.partialReply).toContain('three');
		await page.getByRole('button', { name: 'Continue' }).click();
		await expect.element(answer()).toHaveTextContent('Done.');
	});
});

describe('a step card', () => {
	test('shows the last line of a traceback, folds the frames, and says that the model tries again', async () => {
		await show({ script: [act('df["species"]'), 'No such column.'], results: [KEY_ERROR] });
		await task().fill('Look');
		await userEvent.keyboard('{Enter}');
		await expect.element(step(1).getByText("KeyError: 'species'").first()).toBeVisible();
		await expect.element(step(1).getByText('Error', { exact: true })).toBeVisible();
		await expect.element(step(1).getByText('1 frame folded, yours is line 1')).toBeVisible();
		await expect.element(step(1).getByText('Traceback (most recent call last)')).not.toBeVisible();
		await step(1).getByText('1 frame folded, yours is line 1').click();
		await expect.element(step(1).getByText('Traceback (most recent call last)')).toBeVisible();
	});

	test('says format error, timeout and stopped in words', async () => {
		await show({
			script: ['<execute>\n</execute>', act('while True: pass'), 'Enough.'],
			results: [{ status: 'timedOut', durationMs: 30_000 }],
		});
		await task().fill('Go wrong');
		await userEvent.keyboard('{Enter}');
		await expect.element(step(1)).toHaveTextContent('Format error');
		await expect.element(step(1)).toHaveTextContent('Your action held no code.');
		await expect.element(step(2)).toHaveTextContent('Timeout');
	});

	test('of an earlier run is closed with its gist, and opens', async () => {
		await show({ script: [act('print(1)'), 'One.', 'Two.'], results: [{ stdout: 'the output\nmore\n' }] });
		await task().fill('First');
		await userEvent.keyboard('{Enter}');
		await expect.element(answer()).toBeVisible();
		await task().fill('Second');
		await userEvent.keyboard('{Enter}');
		await expect.element(answer().last()).toHaveTextContent('Two.');
		await expect.element(step(1).getByText('print(1)')).not.toBeVisible();
		await expect.element(step(1).getByText('the output', { exact: true })).toBeVisible();
		await step(1).getByRole('heading').click();
		await expect.element(step(1).getByText('print(1)')).toBeVisible();
	});

	test('has its code on the clipboard at a press', async () => {
		await show({ script: [act('print(1)'), 'One.'], results: [{ stdout: '1\n' }] });
		await task().fill('Copy');
		await userEvent.keyboard('{Enter}');
		await expect.element(step(1).getByRole('button', { name: 'Copy code' })).toBeInTheDocument();
	});
});

describe('what Python shows', () => {
	async function showDisplay(mime: string, data: string): Promise<void> {
		await show({ script: [act('show()'), 'Shown.'], results: [{ displays: [{ mime, data }] }] });
		await task().fill('Show');
		await userEvent.keyboard('{Enter}');
		await expect.element(answer()).toBeVisible();
	}

	test('a figure is an image', async () => {
		await showDisplay('image/png', PIXEL);
		const image = step(1).getByRole('img', { name: 'Figure 1' });
		await expect.element(image).toBeInTheDocument();
		await expect.poll(() => (image.element() as HTMLImageElement).naturalWidth).toBe(1);
	});

	test('a script in HTML never runs, and nothing of the page can be imitated or covered', async () => {
		Reflect.deleteProperty(window, 'pwned');
		await showDisplay(
			'text/html',
			`<b class="button" style="position:fixed;inset:0">shown</b><script>window.pwned = 1</script>
			<img src="x" onerror="window.pwned = 2"><a href="javascript:window.pwned = 3">go</a><iframe srcdoc="x"></iframe>
			<form action="/"><input name="q"></form><svg onload="window.pwned = 4"></svg><style>body { display: none }</style>`,
		);
		await expect.element(step(1).getByText('shown', { exact: true })).toBeInTheDocument();
		const box = step(1).element().querySelector('.rich');
		expect(box?.querySelector('script, iframe, form, input, style, [onerror], [onload], [style], .button')).toBeNull();
		expect(box?.querySelector('a')?.getAttribute('href')).toBeNull();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect('pwned' in window).toBe(false);
	});

	test('a data frame is a table in a box of its own, words to the left', async () => {
		await showDisplay(
			'text/html',
			'<table border="1"><thead><tr><th></th><th>city</th><th>people</th></tr></thead><tbody><tr><th>0</th><td>Rome</td><td>3</td></tr></tbody></table>',
		);
		await expect.element(step(1).getByRole('region', { name: 'Table, 1 row' })).toBeVisible();
		expect(step(1).getByRole('cell', { name: 'Rome' }).element().className).toBe('text');
		expect(step(1).getByRole('cell', { name: '3' }).element().className).toBe('');
	});

	test('markdown is drawn', async () => {
		await showDisplay('text/markdown', '# Title\n\n- one');
		await expect.element(step(1).getByRole('heading', { name: 'Title' })).toBeVisible();
	});
});

describe('a run that did not end', () => {
	test('pauses at its limit and asks to continue', async () => {
		const { playground } = await show({ script: [act('print(1)'), 'Done.'], results: [{ stdout: '1\n' }] });
		await playground.session.submit('Look', { steps: 1 });
		await expect.element(page.getByRole('heading', { name: 'Paused: step limit' })).toBeVisible();
		await page.getByRole('button', { name: 'Continue' }).click();
		await expect.element(answer()).toHaveTextContent('Done.');
	});

	test('that failed says what happened, what to do, and the machine’s own words', async () => {
		await show({ script: [act('print(1)')], results: [{ stdout: '1\n' }] });
		await task().fill('Run out');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('heading', { name: 'The run failed' })).toBeVisible();
		await expect.element(page.getByText('The script has no further message.', { exact: true })).toBeVisible();
		await expect.element(page.getByText('script_exhausted')).toBeVisible();
		await expect.element(page.getByRole('button', { name: 'Continue' })).toBeVisible();
		await expect.element(step(1)).toHaveTextContent('print(1)');
	});

	test('keeps a restored session with a word on Python and an offer to run its code again', async () => {
		const before = await makePlayground({ script: [act('a = 1'), 'Done.'], results: [{}] });
		await before.playground.session.submit('Keep');
		const { playground, runtime } = await show({ store: before.store });
		await playground.library.restore(before.playground.session.id, playground.session);
		await expect.element(page.getByText('Python was restarted.')).toBeVisible();
		await page.getByRole('button', { name: 'Re-run earlier code' }).click();
		await expect.element(page.getByText('Python was restarted.')).not.toBeInTheDocument();
		expect(runtime.restoredTo).toEqual([1]);
	});
});
