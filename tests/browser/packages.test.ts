import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PythonState, PythonStatus } from '../../src/state/python.svelte';
import { show } from './app';

beforeEach(() => page.viewport(1280, 900));

const RICH = {
	name: 'rich',
	version: '13.9.4',
	bytes: 242_000,
	file: 'rich-13.9.4-py3-none-any.whl',
	sha256: 'a'.repeat(64),
};

const dialog = () => page.getByRole('dialog', { name: 'Python' });
const field = () => dialog().getByRole('textbox', { name: 'Find or install a package' });
const rows = () => dialog().getByRole('listitem');

/** The app with the Python dialog open. */
async function open(scenario: Parameters<typeof show>[0] = {}): ReturnType<typeof show> {
	const made = await show({ keptPackages: [RICH], ...scenario });
	await page.getByRole('button', { name: /^Python/ }).click();
	return made;
}

describe('the packages of the Python dialog', () => {
	test('are listed with version and size: what is loaded, what is kept from the index, what is on board', async () => {
		const { playground } = await open();
		await expect.element(rows().nth(2)).toHaveTextContent('sympy1.14.0 · 6.3 MB');
		await expect.element(rows().nth(0)).toHaveTextContent('rich13.9.4 · 242 kB');
		playground.python.take({ ...statusOf(playground.python), packages: ['Numpy', 'tinypkg'] });
		await expect.element(rows().nth(0)).toHaveTextContent('numpy2.0.2 · 3.0 MB · on board');
		await expect.element(rows().nth(1)).toHaveTextContent('tinypkgfrom the index, not kept');
		await expect.element(dialog()).toHaveTextContent('On board 1 package, 6.3 MB');
	});

	test('are found by a part of their name', async () => {
		await open();
		await field().fill('SYM');
		await expect.element(rows()).toHaveTextContent('sympy');
		await field().fill('polars');
		await expect.element(dialog().getByRole('status')).toHaveTextContent('polars is not on this device.');
	});

	test('a kept one is removed by itself', async () => {
		await open();
		await dialog()
			.getByRole('button', { name: `Remove ${RICH.file} from this device` })
			.click();
		await expect.element(dialog().getByText('rich')).not.toBeInTheDocument();
		await expect.element(rows().nth(1)).toHaveTextContent('sympy');
	});
});

describe('installing', () => {
	test('asks in the dialog, says what came, and leaves a fresh Python fresh', async () => {
		const { playground, runtime } = await open({ results: [{ packages: ['polars'] }] });
		await field().fill('polars>=1');
		await userEvent.keyboard('{Enter}');
		await expect.element(dialog().getByRole('status')).toHaveTextContent('Installed: polars.');
		expect(runtime.codes).toEqual(['%pip install polars>=1']);
		expect(playground.python.isUsed).toBe(false);
	});

	test('says in one line why it failed', async () => {
		const message = 'polars could not be installed: it has native code.';
		await open({ results: [{ status: 'error', error: { type: 'PackageError', message, traceback: '', line: null } }] });
		await field().fill('polars');
		await dialog().getByRole('button', { name: 'Install' }).click();
		await expect.element(dialog().getByRole('status')).toHaveTextContent(message);
	});

	test('asks for a grant in the dialog, and can be stopped', async () => {
		const { playground } = await open({ results: ['hang'] });
		await field().fill('polars');
		await dialog().getByRole('button', { name: 'Install' }).click();
		const decided = playground.network.ask(
			{ host: 'index.example', url: 'https://index.example/polars/', purpose: 'packageIndex' },
			new AbortController().signal,
		);
		await dialog().getByRole('button', { name: 'Allow once' }).click();
		expect(await decided).toBe('once');
		await dialog().getByRole('button', { name: 'Stop' }).click();
		await expect.element(dialog().getByRole('status')).toHaveTextContent('The install of polars was stopped.');
	});
});

/** The status that a Python tells of itself, as it stands. */
function statusOf({ phase, stage, report, packages, history, rerun, error }: PythonState): PythonStatus {
	return { phase, stage, report, packages, history, rerun, error };
}
