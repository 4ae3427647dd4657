/** What leaves the device: nothing without a grant, and what a grant let out is counted. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { expect, test } from './app';

const WHEEL = 'tiny_greeting-1.0-py3-none-any.whl';

/** A real wheel of one module, made by Python's own zipfile. */
function makeWheel(): Buffer {
	return execFileSync('python3', [
		'-c',
		[
			'import io, sys, zipfile',
			'out = io.BytesIO()',
			'with zipfile.ZipFile(out, "w") as wheel:',
			'    info = "tiny_greeting-1.0.dist-info/"',
			'    wheel.writestr("tiny_greeting.py", "def greet(): return \'hello from the index\'\\n")',
			'    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: tiny-greeting\\nVersion: 1.0\\n")',
			'    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")',
			'    wheel.writestr(info + "RECORD", "")',
			'sys.stdout.buffer.write(out.getvalue())',
		].join('\n'),
	]);
}

/** A package index on this machine that speaks the Simple API. */
async function startIndex(): Promise<{ server: Server; url: string; asked: string[] }> {
	const wheel = makeWheel();
	const asked: string[] = [];
	let origin = '';
	const server = createServer((request, response) => {
		asked.push(request.url ?? '');
		response.setHeader('Access-Control-Allow-Origin', '*');
		if (request.url === `/files/${WHEEL}`) return response.end(wheel);
		if (request.url !== '/simple/tiny-greeting/') return response.writeHead(404).end();
		response.setHeader('Content-Type', 'application/vnd.pypi.simple.v1+json');
		const sha256 = createHash('sha256').update(wheel).digest('hex');
		const file = { filename: WHEEL, url: `${origin}/files/${WHEEL}`, hashes: { sha256 }, size: wheel.length };
		response.end(JSON.stringify({ meta: { 'api-version': '1.0' }, name: 'tiny-greeting', files: [file] }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	origin = `http://127.0.0.1:${address.port}`;
	return { server, url: `${origin}/simple`, asked };
}

const INSTALL =
	'<execute>\nimport micropip\nawait micropip.install("tiny-greeting")\nimport tiny_greeting\nprint(tiny_greeting.greet())\n</execute>';

test('the Network panel counts what left, after the person allowed it', async ({ app }) => {
	const index = await startIndex();
	await app.open();
	await app.play('Greet', [INSTALL, 'Greeted.'], { indexUrls: [index.url] });
	const allow = app.page.getByRole('button', { name: 'Allow this session' });
	await expect(allow).toBeVisible({ timeout: 60_000 });
	expect(index.asked).toEqual([]);
	await allow.click();
	await expect(app.step(1)).toContainText('hello from the index', { timeout: 60_000 });
	await expect(app.answer).toContainText('Greeted.');
	expect(index.asked).toEqual(['/simple/tiny-greeting/', `/files/${WHEEL}`]);
	await app.page.getByRole('button', { name: /Network.*2 requests/ }).click();
	await expect(app.page.getByRole('dialog', { name: /Network/ })).toContainText('tiny-greeting');
	index.server.close();
	index.server.closeAllConnections();
});

test('a package had from the index is installed again after a reload, without the index and without a question', async ({
	app,
}) => {
	const index = await startIndex();
	await app.open();
	await app.play('Greet', [INSTALL, 'Greeted.'], { indexUrls: [index.url] });
	await app.page.getByRole('button', { name: 'Allow once' }).click({ timeout: 60_000 });
	await expect(app.answer).toContainText('Greeted.', { timeout: 60_000 });
	index.server.close();
	index.server.closeAllConnections();
	await app.open();
	await app.page.reload();
	await app.play('Greet again', [INSTALL, 'Greeted again.'], { indexUrls: [index.url] });
	await expect(app.answer).toContainText('Greeted again.', { timeout: 60_000 });
	await expect(app.step(1)).toContainText('hello from the index');
	await expect(app.page.getByRole('button', { name: /Network.*0 requests/ })).toBeVisible();
});

test('what the person denies does not leave', async ({ app }) => {
	const index = await startIndex();
	await app.open();
	await app.play('Greet', [INSTALL, 'It was denied.'], { indexUrls: [index.url] });
	await app.page.getByRole('button', { name: 'Deny' }).click({ timeout: 60_000 });
	await expect(app.step(1)).toContainText('not on board', { timeout: 60_000 });
	expect(index.asked).toEqual([]);
	await expect(app.page.getByRole('button', { name: /Network.*0 requests/ })).toBeVisible();
	index.server.close();
	index.server.closeAllConnections();
});
