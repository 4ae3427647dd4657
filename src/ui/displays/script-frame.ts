/**
 * The frame in which the scripts of a display run: an opaque origin (`sandbox`) whose policy has no network, and which
 * cannot reach the page, its storage, other frames or windows (docs/security.md). It is told what to draw and says how
 * high it is; nothing else is taken from it.
 */
import type { Attachment } from 'svelte/attachments';
import type { DisplayReply, DisplayRequest } from '../../../workers/sandbox/display-messages';
import script from '../../../workers/sandbox/display.ts?script';

/** Heights between which the frame follows its content. */
const MIN_HEIGHT = 48;
const MAX_HEIGHT = 720;

/** A display that resizes without end is followed so many times. */
const MAX_RESIZES = 200;

/** What the owner of a frame hears of it. */
export interface ScriptFrameOptions {
	readonly html: string;
	/** Name of the frame for those who do not see it. */
	readonly title: string;
	readonly onFailure: (detail: string) => void;
}

/** Draws `html` with its scripts into a frame within the element. */
export function scriptFrame({ html, title, onFailure }: ScriptFrameOptions): Attachment<HTMLElement> {
	return (node) => {
		const frame = document.createElement('iframe');
		frame.setAttribute('sandbox', 'allow-scripts');
		frame.title = title;
		frame.style.height = `${String(MIN_HEIGHT)}px`;
		let isDrawn = false;
		let resizes = 0;
		const hear = ({ source, data }: MessageEvent<DisplayReply>): void => {
			if (source !== frame.contentWindow) return;
			switch (data.kind) {
				case 'framed': {
					const request: DisplayRequest = { kind: 'draw', html };
					if (!isDrawn) frame.contentWindow?.postMessage(request, '*');
					isDrawn = true;
					return;
				}
				case 'size': {
					const height = Number(data.height);
					resizes += 1;
					if (!Number.isFinite(height) || resizes > MAX_RESIZES) return;
					frame.style.height = `${String(Math.min(MAX_HEIGHT, Math.max(MIN_HEIGHT, Math.ceil(height))))}px`;
					return;
				}
				case 'failed':
					onFailure(String(data.detail).slice(0, 500));
			}
		};
		addEventListener('message', hear);
		void frameDocument().then((text) => {
			frame.srcdoc = text;
			node.append(frame);
		});
		return () => {
			removeEventListener('message', hear);
			frame.remove();
		};
	};
}

/**
 * The frame's document. Its one script is let in by its hash, here and in the page's policy, which a `srcdoc` frame
 * inherits (`vite.config.ts` computes the same hash of the same text); those of the display come as blobs.
 */
async function frameDocument(): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
	const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
	const policy = [
		`default-src 'none'`,
		`script-src 'sha256-${hash}' blob:`,
		`style-src 'unsafe-inline'`,
		`img-src data: blob:`,
		`font-src data:`,
		`worker-src 'none'`,
		`base-uri 'none'`,
		`form-action 'none'`,
	].join('; ');
	// Displays are made for white paper, as figures are: they seldom name a background, and often a dark ink.
	const style = `:root{color-scheme:light;background:#fff}body{margin:0;padding:8px;font:14px system-ui,sans-serif}`;
	const head = [
		`<meta charset="utf-8">`,
		`<meta http-equiv="Content-Security-Policy" content="${policy}">`,
		`<meta http-equiv="x-dns-prefetch-control" content="off">`,
		`<style>${style}</style>`,
	];
	return `<!doctype html><html><head>${head.join('')}<script>${script}</script></head><body></body></html>`;
}
