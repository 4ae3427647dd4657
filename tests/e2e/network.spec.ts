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

test('the Python dialog installs a package, asks for the index in place, lists it, and removes what was kept', async ({
	app,
}) => {
	const index = await startIndex();
	await app.open();
	await app.ready();
	// The index of the test takes the place of the public one.
	await app.play('Ready?', ['Yes.'], { indexUrls: [index.url] });
	await expect(app.answer).toContainText('Yes.', { timeout: 60_000 });
	await app.page.getByRole('button', { name: /^Python/ }).click();
	const dialog = app.page.getByRole('dialog', { name: 'Python' });
	await dialog.getByRole('textbox', { name: 'Find or install a package' }).fill('tiny-greeting');
	await dialog.getByRole('button', { name: 'Install' }).click();
	await dialog.getByRole('button', { name: 'Allow once' }).click({ timeout: 60_000 });
	await expect(dialog.getByRole('status')).toContainText(/Installed: .*tiny-greeting\./, { timeout: 60_000 });
	const row = dialog.getByRole('listitem').filter({ hasText: 'tiny-greeting' });
	await expect(row).toContainText('kept from the index');
	await row.getByRole('button', { name: `Remove ${WHEEL}` }).click();
	await expect(row).toContainText('not kept');
	index.server.close();
	index.server.closeAllConnections();
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

/** A host on this machine: `/open` may be read by web pages, `/strict` not. */
async function startHost(): Promise<{ server: Server; host: string; url: string; asked: string[] }> {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(`${request.method} ${request.url}`);
		if (request.url !== '/strict') response.setHeader('Access-Control-Allow-Origin', '*');
		response.end('{"name": "Ada"}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	const host = `127.0.0.1:${address.port}`;
	return { server, host, url: `http://${host}`, asked };
}

/** An action that fetches `address` as scripts do: `requests` holds Python still meanwhile. */
const fetching = (address: string): string =>
	`<execute>\nimport requests\nprint("name", requests.get("${address}").json()["name"])\n</execute>`;

test('a host is asked for once, its grant is listed and revoked, and the result tells both', async ({ app }) => {
	const { server, host, url, asked } = await startHost();
	const { page } = app;
	await app.open();
	await app.play('Fetch twice', [fetching(`${url}/open`), fetching(`${url}/open?again`), 'Fetched.']);
	await page.getByRole('button', { name: 'Allow this session' }).click({ timeout: 60_000 });
	await expect(app.answer).toContainText('Fetched.', { timeout: 60_000 });
	expect(asked).toEqual(['GET /open', 'GET /open?again']);
	const [first, second] = (await app.trajectory()).steps;
	expect(first?.observation).toMatchObject({
		stdout: 'name Ada\n',
		requests: [{ url: `${url}/open`, outcome: 'left', status: 200 }],
		grants: [{ request: { host }, decision: 'session' }],
	});
	expect(second?.observation).toMatchObject({ requests: [{ url: `${url}/open?again` }], grants: [] });
	await page.getByRole('button', { name: /Network.*2 requests/ }).click();
	const dialog = page.getByRole('dialog', { name: /Network/ });
	await dialog.getByRole('checkbox', { name: 'only what left the device' }).check();
	await expect(dialog.getByText('Step 2', { exact: false })).toBeVisible();
	await dialog.getByRole('button', { name: `Revoke ${host}` }).click();
	await page.keyboard.press('Escape');
	await app.play('Fetch again', [fetching(`${url}/open`), 'Denied.']);
	await page.getByRole('button', { name: 'Deny' }).click({ timeout: 60_000 });
	await expect(app.answer).toContainText('Denied.', { timeout: 60_000 });
	expect((await app.trajectory()).steps[0]?.observation?.error?.message).toContain('request_refused: ');
	expect(asked).toHaveLength(2);
	server.close();
	server.closeAllConnections();
});

test('a chosen host needs no question, also after a reload', async ({ app }) => {
	const { server, host, url } = await startHost();
	const { page } = app;
	await app.open();
	await page.getByRole('button', { name: /Network/ }).click();
	await page.getByRole('textbox', { name: 'Host' }).fill(host);
	await page.keyboard.press('Enter');
	await page.reload();
	await app.play('Fetch', [fetching(`${url}/open`), 'Fetched.']);
	await expect(app.step(1)).toContainText('name Ada', { timeout: 60_000 });
	await expect(app.answer).toContainText('Fetched.');
	server.close();
	server.closeAllConnections();
});

test('a host that no page may read is told apart from one that is not there', async ({ app }) => {
	const { server, host, url, asked } = await startHost();
	await app.open();
	// Port 9 (discard) of this machine: nobody listens there.
	const script = [fetching(`${url}/strict`), fetching('http://127.0.0.1:9/'), 'Neither.'];
	await app.play('Fetch', script, { allowHosts: [host, '127.0.0.1:9'] });
	await expect(app.answer).toContainText('Neither.', { timeout: 60_000 });
	const [strict, gone] = (await app.trajectory()).steps;
	expect(strict?.observation?.error?.message).toContain(`cors_blocked: ${host} is there`);
	expect(gone?.observation?.error?.message).toContain('host_unreachable: 127.0.0.1:9 could not be reached');
	expect(asked).toEqual(['GET /strict', 'HEAD /strict']);
	// Each look whether a host is there left this device too.
	await expect(app.page.getByRole('button', { name: /Network.*4 requests/ })).toBeVisible();
	server.close();
	server.closeAllConnections();
});
