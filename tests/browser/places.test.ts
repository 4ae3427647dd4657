import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { act, show, task } from './app';
import { card, makePlayground, MemorySettings } from './playground';

beforeEach(() => page.viewport(1280, 900));

describe('models', () => {
	const coder = card({ id: 'coder', name: 'Coder', family: 'Coder', source: 'download', sizeBytes: 1_100_000_000 });
	const gpu = card({
		id: 'gpu',
		name: 'On GPU',
		family: 'Coder',
		needs: { webgpu: true, shaderF16: false, memoryBytes: 1 },
	});

	test('a download is asked about first, with size and host', async () => {
		const { playground } = await show({ catalogue: [card(), coder] });
		location.hash = '#/models';
		await page.getByRole('button', { name: 'Download… Coder' }).click();
		const dialog = page.getByRole('dialog', { name: 'Download Coder?' });
		await expect.element(dialog).toHaveTextContent('1.1 GB from models.example');
		expect(playground.engine.card?.id).toBe('scripted');
		await dialog.getByRole('button', { name: 'Not now' }).click();
		await expect.element(dialog).not.toBeInTheDocument();
		expect(playground.engine.card?.id).toBe('scripted');
	});

	test('one that needs WebGPU says in place what is missing and what to do', async () => {
		await show({ catalogue: [card(), gpu] });
		location.hash = '#/models';
		await page.getByRole('button', { name: 'Load On GPU' }).click();
		const row = page.getByRole('article', { name: 'On GPU' });
		await expect.element(row.getByRole('alert')).toHaveTextContent('This browser gives the page no WebGPU.');
		await expect.element(row.getByRole('alert')).toHaveTextContent('webgpu_unavailable');
		await expect.element(row.getByRole('alert')).toHaveTextContent('Use a model that runs on the CPU');
	});
});

describe('the network', () => {
	test('lists what Python asked for and counts only what left', async () => {
		const { playground } = await show();
		const record = { method: 'GET', status: 200, bytes: 10, durationMs: 5, error: null, step: 2 };
		playground.network.take({
			requests: [
				{ ...record, id: 1, url: 'https://pyodide.invalid/numpy.whl', outcome: 'local', step: null },
				{ ...record, id: 2, url: 'https://index.example/cowsay/', outcome: 'refused', status: null },
			],
			requestsThatLeft: 0,
			grants: [],
		});
		await page.getByRole('button', { name: /Network/ }).click();
		const dialog = page.getByRole('dialog', { name: 'Network' });
		await expect.element(dialog).toHaveTextContent('0 requests left this device');
		await expect.element(dialog.getByText('Refused')).toBeVisible();
		await expect.element(dialog.getByText('GET https://index.example/cowsay/')).toBeVisible();
		await expect.element(dialog.getByText('Step 2')).toBeVisible();
		await expect.element(dialog.getByText('2 requests, 20 B')).toBeVisible();
		await dialog.getByRole('checkbox', { name: 'only what left the device' }).click();
		await expect.element(dialog.getByText('None of them left this device.')).toBeVisible();
		await expect.element(dialog.getByText('numpy.whl')).not.toBeInTheDocument();
		await userEvent.keyboard('{Escape}');
		await expect.element(dialog).not.toBeInTheDocument();
	});

	test('takes hosts that the person chose, keeps them, and refuses what names none', async () => {
		const settings = new MemorySettings();
		const { playground } = await show({ settings });
		await page.getByRole('button', { name: /Network/ }).click();
		const dialog = page.getByRole('dialog', { name: 'Network' });
		await dialog.getByRole('textbox', { name: 'Host' }).fill('no host at all');
		await userEvent.keyboard('{Enter}');
		await expect.element(dialog.getByRole('alert')).toHaveTextContent('This names no host.');
		await dialog.getByRole('textbox', { name: 'Host' }).fill('https://API.example.org/v1?q=1');
		await userEvent.keyboard('{Enter}');
		await expect.element(dialog.getByRole('button', { name: 'Take api.example.org off the list' })).toBeVisible();
		expect(playground.network.policy).toEqual({ packages: 'onBoard', hosts: ['api.example.org'] });
		expect((await makePlayground({ settings })).playground.network.policy.hosts).toEqual(['api.example.org']);
		await dialog.getByRole('button', { name: 'Take api.example.org off the list' }).click();
		expect((await makePlayground({ settings })).playground.network.policy.hosts).toEqual([]);
	});

	test('lists what the person allowed, and takes it back', async () => {
		const revoked: string[] = [];
		const { playground } = await show({ onRevoke: ({ host }) => revoked.push(host) });
		const request = { host: 'api.example', url: 'https://api.example/', purpose: 'host' } as const;
		playground.network.take({ requests: [], requestsThatLeft: 1, grants: [{ request, decision: 'session' }] });
		await page.getByRole('button', { name: /Network/ }).click();
		const dialog = page.getByRole('dialog', { name: 'Network' });
		await expect.element(dialog.getByText('until you close the page')).toBeVisible();
		await dialog.getByRole('button', { name: 'Revoke api.example' }).click();
		expect(revoked).toEqual(['api.example']);
	});

	test('a grant is asked for in the run, has no default, and is answered by hand', async () => {
		const { playground } = await show({ script: [act('import cowsay'), 'Done.'], results: ['hang'] });
		await task().fill('Install');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByText(/^running/)).toBeVisible();
		const decision = playground.network.ask(
			{ host: 'index.example', url: 'https://index.example/x', purpose: 'packageIndex' },
			new AbortController().signal,
		);
		await expect.element(page.getByRole('heading', { name: 'Let Python have packages from the index?' })).toHaveFocus();
		await page.getByRole('button', { name: 'Allow this session' }).click();
		expect(await decision).toBe('session');
		playground.session.stop();
	});
});
