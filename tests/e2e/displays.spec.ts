/** What the scripts of a display can reach, tried from inside of its frame in the built app. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, expect, test } from './app';

/** Shows `html` with the display function of Python and runs its scripts. */
async function showScripted(app: App, html: string): Promise<void> {
	// The text is too long for one reply of a model, scripted or not.
	await app.page.evaluate((code) => window.playground.execute(code), `html = ${JSON.stringify(html)}`);
	const code = 'from IPython.display import HTML\ndisplay(HTML(html))';
	await app.play('Show it', [`<execute>\n${code}\n</execute>`, 'Shown.']);
	await expect(app.answer).toContainText('Shown.', { timeout: 60_000 });
	await app.page.getByRole('button', { name: 'Run its scripts' }).click();
}

/** A server of this machine that notes what it is asked. */
async function listener(): Promise<{ url: string; asked: string[]; close: () => void }> {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(String(request.url));
		response.end('x');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		asked,
		close: () => server.close(),
	};
}

/** A script that tries each of `attempts` (JavaScript by name) and writes into the frame what came of it. */
function tries(attempts: Record<string, string>): string {
	const tried = Object.entries(attempts).map(
		([name, attempt]) => `await tried(${JSON.stringify(name)}, async () => { ${attempt} });`,
	);
	return `<pre id="told"></pre><script>(async () => {
		const tell = (name, what) => { told.textContent += name + ': ' + what + '\\n'; };
		const tried = async (name, attempt) => {
			const late = new Promise((resolve) => setTimeout(resolve, 1500, 'nothing'));
			try { tell(name, await Promise.race([attempt(), late])); } catch { tell(name, 'refused'); }
		};
		${tried.join('\n')}
		tell('end', 'reached');
	})()</script>`;
}

test('the scripts of a display cannot reach the network', async ({ app }) => {
	const { url, asked, close } = await listener();
	const socket = createSocket('udp4').on('message', () => asked.push('a packet'));
	await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
	await app.open();
	await showScripted(
		app,
		tries({
			fetch: `await fetch('${url}fetch'); return 'ALLOWED'`,
			own: `await fetch('${app.url}onboard.json'); return 'ALLOWED'`,
			xhr: `const x = new XMLHttpRequest(); x.open('GET', '${url}xhr', false); x.send(); return 'ALLOWED'`,
			socket: `return new Promise((ok, no) => { const s = new WebSocket('${url.replace('http', 'ws')}'); s.onopen = () => ok('ALLOWED'); s.onerror = no; })`,
			events: `return new Promise((ok, no) => { const s = new EventSource('${url}events'); s.onopen = () => ok('ALLOWED'); s.onerror = no; })`,
			image: `return new Promise((ok, no) => { const i = new Image(); i.onload = () => ok('ALLOWED'); i.onerror = no; i.src = '${url}image'; })`,
			style: `document.body.style.background = 'url(${url}style)'; return 'tried'`,
			font: `await new FontFace('x', 'url(${url}font)').load(); return 'ALLOWED'`,
			script: `return new Promise((ok, no) => { const s = document.createElement('script'); s.onload = () => ok('ALLOWED'); s.onerror = no; s.src = '${url}script'; document.head.append(s); })`,
			module: `await import('${url}module'); return 'ALLOWED'`,
			worker: `new Worker(URL.createObjectURL(new Blob(['1']))); return 'tried'`,
			beacon: `return navigator.sendBeacon('${url}beacon', 'x') ? 'tried' : 'refused'`,
			prefetch: `const l = document.createElement('link'); l.rel = 'prefetch'; l.href = '${url}prefetch'; document.head.append(l); return 'tried'`,
			frame: `const f = document.createElement('iframe'); f.src = '${url}frame'; document.body.append(f); return 'tried'`,
			object: `const o = document.createElement('object'); o.data = '${url}object'; document.body.append(o); return 'tried'`,
			form: `const f = document.createElement('form'); f.action = '${url}form'; document.body.append(f); f.submit(); return 'tried'`,
			webrtc: `new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${socket.address().port}' }] }).createDataChannel('x'); return 'ALLOWED'`,
			childrtc: `const f = document.createElement('iframe'); document.body.append(f); new f.contentWindow.RTCPeerConnection(); return 'ALLOWED'`,
			evaluate: `return eval('"ALLOWED"')`,
		}),
	);
	const inside = app.page.frameLocator('iframe[title="Interactive display"]');
	await expect(inside.getByText('end: reached')).toBeVisible({ timeout: 60_000 });
	expect(await inside.locator('#told').textContent()).not.toContain('ALLOWED');
	expect(asked).toEqual([]);
	app.complaints.length = 0; // the browser's own reports of what it refused just now
	close();
	socket.close();
});

test('the scripts of a display cannot leave their frame', async ({ app }) => {
	await app.open();
	await showScripted(
		app,
		tries({
			page: `return parent.document.title + 'ALLOWED'`,
			playground: `return typeof parent.playground + 'ALLOWED'`,
			top: `top.location.href = '${app.url}?top'; return 'ALLOWED'`,
			popup: `return open('${app.url}?popup') === null ? 'refused' : 'ALLOWED'`,
			local: `localStorage.setItem('x', 'x'); return 'ALLOWED'`,
			cookie: `document.cookie = 'x=x'; return 'ALLOWED'`,
			indexed: `return new Promise((ok, no) => { const r = indexedDB.open('x'); r.onsuccess = () => ok('ALLOWED'); r.onerror = no; })`,
			caches: `await caches.open('x'); return 'ALLOWED'`,
			files: `await navigator.storage.getDirectory(); return 'ALLOWED'`,
			workers: `await navigator.serviceWorker.register('/service.worker.js'); return 'ALLOWED'`,
			channel: `new BroadcastChannel('offline').postMessage('x'); return 'tried'`,
			frames: `return Array.from({ length: parent.length }, (_, i) => { try { return parent[i].document ? (parent[i] === window ? '' : 'ALLOWED') : ''; } catch { return ''; } }).join('')`,
			forgery: `for (const kind of ['framed', 'connected', 'crashed', 'size', 'failed']) parent.postMessage({ kind, height: 1e9, detail: {} }, '*'); return 'tried'`,
			dialogs: `alert('x'); return confirm('x') ? 'ALLOWED' : 'refused'`,
		}),
	);
	const inside = app.page.frameLocator('iframe[title="Interactive display"]');
	await expect(inside.getByText('end: reached')).toBeVisible({ timeout: 60_000 });
	expect(await inside.locator('#told').textContent()).not.toContain('ALLOWED');
	expect(app.page.url()).toBe(`${app.url}${new URL(app.page.url()).hash}`);
	expect(app.page.context().pages()).toHaveLength(1);
	// A size that was forged is bounded, and Python goes on.
	const frame = await app.page.locator('iframe[title="Interactive display"]').boundingBox();
	expect(frame?.height).toBeLessThanOrEqual(730);
	await app.play('Go on', ['<execute>\nprint(6 * 7)\n</execute>', 'Gone on.']);
	await expect(app.answer).toContainText('Gone on.');
	expect((await app.trajectory()).steps[0]?.observation?.stdout).toBe('42\n');
	app.complaints.length = 0; // the browser's own reports of what it refused just now
});

for (const [name, attempt] of [
	['a script', `location.href = 'URL'`],
	[
		'a refresh',
		`const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=URL'; document.head.append(m)`,
	],
	['a link', `const a = document.createElement('a'); a.href = 'URL'; document.body.append(a); a.click()`],
] as const) {
	test(`a display cannot navigate its frame elsewhere by ${name}`, async ({ app }) => {
		const { url, asked, close } = await listener();
		await app.open();
		const blocked = app.page.waitForEvent('console', (message) => /frame-src/.test(message.text()));
		await showScripted(app, `<p>here</p><script>${attempt.replace('URL', `${url}?stolen`)}</script>`);
		await blocked;
		expect(asked).toEqual([]);
		app.complaints.length = 0; // the browser's own report of what it refused just now
		close();
	});
}
