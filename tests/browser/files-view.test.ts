import { unzipSync } from 'fflate';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { zipOf } from '../../src/ui/files/download';
import { act, show, step, task } from './app';

const file = (name: string, text: string): File => new File([text], name);
const dialog = () => page.getByRole('dialog');
const attached = (count: string) => page.getByRole('button', { name: count, exact: true });

/** Opens the list of files. */
async function openFiles(count: string): Promise<void> {
	await attached(count).click();
	await expect.element(dialog().getByRole('heading', { name: 'Files' })).toBeVisible();
}

/** Drops files on the page as a file manager does. */
function drop(...files: readonly File[]): void {
	const dataTransfer = new DataTransfer();
	for (const each of files) dataTransfer.items.add(each);
	const target = document.querySelector('main') ?? document.body;
	for (const type of ['dragenter', 'dragover', 'drop']) {
		target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
	}
}

afterEach(() => vi.restoreAllMocks());

test('a file is attached at the composer, and the list says what is there', async () => {
	await show();
	const input = document.querySelector<HTMLInputElement>('input[data-attach]');
	if (input === null) throw new Error('no input');
	await userEvent.upload(input, [file('data.csv', 'a,b\n1,2\n'), file('notes.txt', 'hi')]);
	await openFiles('2 files');
	await expect.element(dialog().getByText('data.csv')).toBeVisible();
	await expect.element(dialog().getByText('Kept on this device.')).toBeVisible();
});

test('a drag over the page shows where to drop, and the drop puts the files in', async () => {
	const { playground } = await show();
	const dataTransfer = new DataTransfer();
	dataTransfer.items.add(file('x', 'x'));
	document.body.dispatchEvent(new DragEvent('dragenter', { bubbles: true, dataTransfer }));
	await expect.element(page.getByText('Drop files or folders here')).toBeVisible();
	drop(file('data.csv', 'a\n1\n'));
	await expect.element(attached('1 file')).toBeVisible();
	expect(page.getByText('Drop files or folders here').elements()).toHaveLength(0);
	expect(playground.files.list.map(({ path }) => path)).toEqual(['data.csv']);
});

test('a name that is taken is asked about', async () => {
	const { playground } = await show();
	drop(file('data.csv', 'old'));
	await expect.element(attached('1 file')).toBeVisible();
	drop(file('data.csv', 'new'));
	await expect.element(dialog().getByRole('heading', { name: '“data.csv” is there already' })).toBeVisible();
	await dialog().getByRole('button', { name: 'Keep both' }).click();
	await expect.element(attached('2 files')).toBeVisible();
	expect(playground.files.list.map(({ path }) => path)).toEqual(['data (2).csv', 'data.csv']);
});

test('a file is shown, renamed, deleted and put back by keyboard', async () => {
	const { playground } = await show();
	drop(file('table.csv', 'city,people\n"Oslo, Norway",1\n'));
	await openFiles('1 file');
	dialog().getByRole('button', { name: 'Show table.csv' }).element().focus();
	await userEvent.keyboard('{Enter}');
	await expect.element(dialog().getByRole('columnheader', { name: 'people' })).toBeVisible();
	await expect.element(dialog().getByRole('cell', { name: 'Oslo, Norway' })).toBeVisible();
	await dialog().getByRole('button', { name: 'All files' }).click();
	dialog().getByRole('button', { name: 'Rename table.csv' }).element().focus();
	await userEvent.keyboard('{Enter}');
	await expect.element(dialog().getByRole('textbox', { name: 'New name' })).toHaveFocus();
	await userEvent.keyboard('cities{Enter}');
	await expect.element(dialog().getByText('cities.csv')).toBeVisible();
	dialog().getByRole('button', { name: 'Delete cities.csv' }).element().focus();
	await userEvent.keyboard('{Enter}');
	await expect.element(dialog().getByText('“cities.csv” is deleted.')).toBeVisible();
	await dialog().getByRole('button', { name: 'Undo' }).click();
	await expect.element(dialog().getByRole('button', { name: 'Show cities.csv' })).toBeVisible();
	expect(playground.files.list).toHaveLength(1);
});

test('Escape leaves a name as it was, and the list open', async () => {
	await show();
	drop(file('a.txt', 'a'));
	await openFiles('1 file');
	await dialog().getByRole('button', { name: 'Rename a.txt' }).click();
	await userEvent.keyboard('zzz{Escape}');
	await expect.element(dialog().getByRole('button', { name: 'Show a.txt' })).toBeVisible();
});

test('what a step wrote is on the step, and leads to its preview', async () => {
	const { playground, runtime } = await show({
		script: [act('save()'), 'Saved.'],
		results: [
			{
				files: [
					{ path: 'out.json', change: 'created', bytes: 9 },
					{ path: 'old.txt', change: 'removed', bytes: 0 },
				],
			},
		],
	});
	await playground.python.boot();
	await runtime.files.write('out.json', new TextEncoder().encode('{"a":[1]}'), 1);
	await task().fill('Save');
	await userEvent.keyboard('{Enter}');
	await expect.element(step(1).getByText('old.txt deleted')).toBeVisible();
	await step(1).getByRole('button', { name: 'out.json, new, 9 B' }).click();
	await expect.element(dialog().getByText('"a": [')).toBeVisible();
	await dialog().getByRole('button', { name: 'All files' }).click();
	await expect.element(dialog().getByText('written in step 1')).toBeVisible();
});

test('a file that is refused is said at the composer', async () => {
	const { playground } = await show();
	await playground.uploads.add([{ path: 'large.bin', blob: { size: 300_000_000 } as Blob }]);
	await expect.element(page.getByRole('alert')).toHaveTextContent('file_too_large');
});

test('all files go into one zip, with their folders', async () => {
	const { playground } = await show();
	await playground.uploads.add([
		{ path: 'a.txt', blob: new Blob(['a'.repeat(100_000)]) },
		{ path: 'out/ü.txt', blob: new Blob(['b']) },
	]);
	const zip = unzipSync(new Uint8Array(await (await zipOf(playground.files.list)).arrayBuffer()));
	expect(Object.keys(zip)).toEqual(['a.txt', 'out/ü.txt']);
	expect(zip['a.txt']).toHaveLength(100_000);
	expect(new TextDecoder().decode(zip['out/ü.txt'])).toBe('b');
});
