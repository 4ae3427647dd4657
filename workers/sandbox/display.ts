/**
 * The one script of the frame in which the scripts of a display run (HTML of plotly, bokeh, animations). The frame is
 * an opaque origin without a network; its policy, and the page's, which it inherits, let in this script by its hash and
 * scripts from blobs. So the display's own scripts are run as blobs, one after the other, as a document would.
 */
import type { DisplayReply, DisplayRequest } from './display-messages';

/** Types of scripts that a browser runs; others are data for them. */
const RUNNABLE = new Set(['', 'module', 'text/javascript', 'application/javascript', 'text/ecmascript']);

/** Event handlers in attributes that are taken over; a policy without inline scripts refuses all of them. */
const MAX_HANDLERS = 500;

// No policy covers WebRTC, which could carry data out. A frame within this one is another opaque origin, and so
// out of reach (Chromium 156, Firefox 153).
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'mozRTCPeerConnection', 'WebTransport']) {
	Reflect.deleteProperty(globalThis, name);
}

function say(reply: DisplayReply): void {
	parent.postMessage(reply, '*');
}

/** Runs `code`; `from` lends its attributes (`id`, `type`) and its place. Resolves when it has run or failed. */
function run(code: string, from: HTMLScriptElement | null): Promise<void> {
	const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
	const script = document.createElement('script');
	for (const { name, value } of from?.attributes ?? []) script.setAttribute(name, value);
	return new Promise((resolve) => {
		script.onload = script.onerror = () => {
			URL.revokeObjectURL(url);
			resolve();
		};
		script.async = false;
		script.src = url;
		if (from === null) document.head.append(script);
		else from.replaceWith(script);
	});
}

/** The text of a script: its own, or that of its `data:` address. Null for an address elsewhere, which says so. */
async function textOf(script: HTMLScriptElement): Promise<string | null> {
	const source = script.getAttribute('src');
	if (source === null) return script.textContent;
	const data = /^data:[^,]*?(;base64)?,(.*)$/s.exec(source);
	if (data === null) {
		say({ kind: 'failed', detail: `This display asks for ${source.slice(0, 200)}, and has no network.` });
		return null;
	}
	const [, isBase64, text = ''] = data;
	return isBase64 === undefined
		? decodeURIComponent(text)
		: new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
}

/** Makes the handlers in attributes work: each becomes a function of its element. */
async function adoptHandlers(): Promise<void> {
	let taken = 0;
	for (const element of document.body.querySelectorAll('*')) {
		for (const { name, value } of [...element.attributes]) {
			if (!name.startsWith('on') || ++taken > MAX_HANDLERS) continue;
			element.removeAttribute(name);
			element.setAttribute('data-adopted', '');
			await run(
				`{ const it = document.querySelector('[data-adopted]'); it[${JSON.stringify(name)}] = function (event) {\n${value}\n}; }`,
				null,
			);
			element.removeAttribute('data-adopted');
		}
	}
}

async function draw(html: string): Promise<void> {
	const given = new DOMParser().parseFromString(html, 'text/html');
	const scripts = [...given.querySelectorAll('script')].filter((script) => RUNNABLE.has(script.type));
	// Moved, not copied: those below are the ones that stand in this document then. A parsed script never runs by itself.
	document.head.append(...given.head.childNodes);
	document.body.append(...given.body.childNodes);
	for (const script of scripts) {
		const text = await textOf(script);
		if (text !== null) {
			script.removeAttribute('src');
			await run(text, script);
		}
	}
	await adoptHandlers();
	// This document was loaded long before its content came.
	document.dispatchEvent(new Event('DOMContentLoaded'));
	dispatchEvent(new Event('load'));
}

addEventListener('message', (event: MessageEvent<DisplayRequest>) => {
	if (event.source === parent && event.data.kind === 'draw') void draw(event.data.html);
});
addEventListener('error', ({ message }) => say({ kind: 'failed', detail: message }));
addEventListener('unhandledrejection', ({ reason }) => say({ kind: 'failed', detail: String(reason) }));

document.addEventListener(
	'DOMContentLoaded',
	() => {
		new ResizeObserver(() => say({ kind: 'size', height: document.body.scrollHeight })).observe(document.body);
		say({ kind: 'framed' });
	},
	{ once: true },
);
