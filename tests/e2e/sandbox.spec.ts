/** Each sentence of docs/security.md, tried from inside. */
import { type App, expect, test } from './app';

/** Runs one action and gives what it printed. */
async function printed(app: App, code: string): Promise<string> {
	await app.play('Try it', [`<execute>\n${code}\n</execute>`, 'Tried.']);
	await expect(app.answer).toContainText('Tried.', { timeout: 60_000 });
	const observation = (await app.trajectory()).steps[0]?.observation;
	return (observation?.stdout ?? '') + (observation?.error?.traceback ?? '');
}

test('Python lives in an opaque origin', async ({ app }) => {
	await app.open();
	expect(await printed(app, 'import js\nprint(js.self.origin, js.self.crossOriginIsolated)')).toContain('null True');
});

test('the browser refuses every request that Python makes by itself', async ({ app }) => {
	await app.open();
	const output = await printed(
		app,
		`import js
async def tried(name, attempt):
    try:
        result = attempt()
        if hasattr(result, "then"):
            result = await result
        print(name, "ALLOWED", result)
    except BaseException as error:
        print(name, "refused")

def xhr():
    request = js.XMLHttpRequest.new()
    request.open("GET", "${app.url}onboard.json", False)
    request.send()
    return request.status

async def socket():
    done = js.eval("(url) => new Promise((resolve, reject) => { const s = new WebSocket(url); s.onopen = resolve; s.onerror = reject; })")
    return await done("${app.url.replace('http', 'ws')}")

await tried("xhr", xhr)
try:
    await socket()
    print("socket ALLOWED")
except BaseException:
    print("socket refused")
await tried("importScripts", lambda: js.importScripts("${app.url}service.worker.js"))
await tried("worker", lambda: js.Worker.new("${app.url}service.worker.js"))
`,
	);
	expect(output).toContain('xhr refused');
	expect(output).toContain('socket refused');
	expect(output).toContain('importScripts refused');
	expect(output).toContain('worker refused');
	expect(output).not.toContain('ALLOWED');
	app.complaints.length = 0; // the browser's own reports of what it refused just now
});

test('Python finds no storage', async ({ app }) => {
	await app.open();
	const output = await printed(
		app,
		`import js
for name, attempt in {
    "indexedDB": lambda: js.indexedDB.open("x"),
    "caches": lambda: js.caches.keys(),
    "opfs": lambda: js.navigator.storage.getDirectory(),
}.items():
    try:
        result = attempt()
        if hasattr(result, "then"):
            result = await result
        print(name, "ALLOWED")
    except BaseException as error:
        print(name, "denied")`,
	);
	expect(output.split('\n').filter((line) => line !== '')).toEqual([
		'indexedDB denied',
		'caches denied',
		'opfs denied',
	]);
});

test('a package that is not on board is refused, and the refusal is listed', async ({ app }) => {
	await app.open();
	const denied = app.page.getByRole('button', { name: 'Deny' }).click({ timeout: 60_000 });
	const output = await printed(app, 'import micropip\nawait micropip.install("cowsay")');
	await denied;
	expect(output).toMatch(/cowsay.*not on board/);
	await app.page.getByRole('button', { name: /Network/ }).click();
	const panel = app.page.getByRole('dialog', { name: /Network/ });
	await expect(panel).toContainText('cowsay');
	await expect(panel).toContainText('Refused');
	await expect(panel).toContainText(/0 requests/);
});

test('a script in HTML that Python shows does not run', async ({ app }) => {
	await app.open();
	await app.play('Show it', [
		`<execute>
class Evil:
    def _repr_html_(self):
        return '<b>shown</b><script>window.pwned = 1</script><img src=x onerror="window.pwned = 2"><a href="javascript:window.pwned = 3">go</a>'
Evil()
</execute>`,
		'Shown.',
	]);
	await expect(app.answer).toContainText('Shown.', { timeout: 60_000 });
	await expect(app.step(1).getByText('shown', { exact: true })).toBeAttached();
	expect(await app.page.evaluate('window.pwned')).toBeUndefined();
	expect(await app.step(1).locator('script, [onerror], a[href^="javascript"]').count()).toBe(0);
	app.complaints.length = 0; // the browser's own report of the handler that it refused
});

test('the page itself may reach no other host', async ({ app }) => {
	await app.open();
	const reached = await app.page.evaluate(() =>
		fetch('https://example.com/').then(
			() => 'reached',
			() => 'refused',
		),
	);
	expect(reached).toBe('refused');
	expect(app.complaints.join('\n')).toContain('connect-src');
	app.complaints.length = 0;
	expect(app.offHost.length).toBe(0);
});

test('the page runs no inline script and no eval', async ({ app }) => {
	await app.open();
	const result = await app.page.evaluate(async () => {
		const script = document.createElement('script');
		script.textContent = 'window.inlineRan = true';
		document.body.append(script);
		// In a task of the page's own: what the test itself evaluates is free of the policy.
		const evalRan = await new Promise((resolve) => {
			setTimeout(() => {
				try {
					new Function('return 1')();
					resolve(true);
				} catch {
					resolve(false);
				}
			});
		});
		return { inlineRan: 'inlineRan' in window, evalRan };
	});
	expect(result).toEqual({ inlineRan: false, evalRan: false });
	app.complaints.length = 0;
});
