/**
 * HTML that Python or a model made, made harmless: no script, no form, no frame, nothing fetched from anywhere; styles
 * only where a display has them (`kept-styles.ts`). What comes out are elements, put into the page as they are.
 */
import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { strings } from '../strings';
import { keepStyles } from './kept-styles';
import { svgAddress } from './image-address';

const purifier = DOMPurify(window);

purifier.addHook('uponSanitizeAttribute', (_node, attribute) => {
	// A picture from another host would tell that host what is on the page.
	if (attribute.attrName === 'src' && !attribute.attrValue.startsWith('data:image/')) attribute.keepAttr = false;
});

purifier.addHook('afterSanitizeAttributes', (node) => {
	if (node.tagName !== 'A' || !node.hasAttribute('href')) return;
	node.setAttribute('target', '_blank');
	node.setAttribute('rel', 'noopener noreferrer');
});

const FORBIDDEN_TAGS = [
	...['style', 'form', 'input', 'button', 'textarea', 'select', 'option', 'dialog'],
	...['audio', 'video', 'source', 'track', 'picture', 'map', 'area', 'canvas'],
];
const FORBIDDEN_ATTRIBUTES = ['srcset', 'background', 'action', 'formaction', 'ping', 'usemap'];
// Classes and ids of ours could be borrowed to imitate the page, inline styles to cover it.
const BORROWED_ATTRIBUTES = ['style', 'class', 'id', 'name', 'for', 'popover', 'popovertarget', 'slot', 'part'];

const HTML_ONLY = {
	USE_PROFILES: { html: true },
	FORBID_TAGS: FORBIDDEN_TAGS,
	ALLOW_DATA_ATTR: false,
	RETURN_DOM_FRAGMENT: true,
} as const;

/** The harmless elements of `html`, with its tables in boxes that scroll. */
function sanitiseHtml(html: string): DocumentFragment {
	const fragment = purifier.sanitize(html, {
		...HTML_ONLY,
		FORBID_ATTR: [...FORBIDDEN_ATTRIBUTES, ...BORROWED_ATTRIBUTES],
	});
	for (const table of fragment.querySelectorAll('table')) frame(table);
	return fragment;
}

/** What a display of HTML becomes; `isPainted` where it names colours, which were chosen for white paper. */
export interface SafeDisplay {
	readonly fragment: DocumentFragment;
	readonly isPainted: boolean;
}

/** As `sanitiseHtml`, with the styles that can do no harm: for a box that holds in what is drawn there. */
export function sanitiseDisplay(html: string): SafeDisplay {
	// A document of the parser runs no script and loads nothing.
	const given = new DOMParser().parseFromString(html, 'text/html');
	for (const drawing of given.querySelectorAll('svg:not(svg svg)')) drawing.replaceWith(imageOf(drawing, given));
	// Ids and classes are kept just as long as the rules look for them.
	const fragment = purifier.sanitize(given.body.innerHTML, { ...HTML_ONLY, FORBID_ATTR: FORBIDDEN_ATTRIBUTES });
	const isPainted = keepStyles(fragment, given);
	for (const element of fragment.querySelectorAll('*')) {
		for (const name of BORROWED_ATTRIBUTES) if (name !== 'style') element.removeAttribute(name);
	}
	for (const table of fragment.querySelectorAll('table')) frame(table);
	return { fragment, isPainted };
}

/** MathML as harmless elements. */
export function sanitiseMath(mathml: string): DocumentFragment {
	const fragment = purifier.sanitize(mathml, {
		USE_PROFILES: { mathMl: true },
		FORBID_ATTR: ['href', 'class', 'id', 'xlink:href', ...FORBIDDEN_ATTRIBUTES],
		ALLOW_DATA_ATTR: false,
		RETURN_DOM_FRAGMENT: true,
	});
	for (const element of fragment.querySelectorAll('[style]')) element.removeAttribute('style');
	return fragment;
}

/** Markdown as harmless elements. */
export function sanitiseMarkdown(markdown: string): DocumentFragment {
	// A number with a full stop that stands alone is an answer, not the beginning of an empty list.
	const text = markdown.replace(/^([ \t]*\d+)([.)])[ \t]*$/gm, '$1\\$2');
	// "42." on a line of its own is a number in prose, and in Markdown an empty list item.
	const prose = text.replace(/^(\s*\d+)\.(?=\s*$)/gm, '$1\\.');
	return sanitiseHtml(marked.parse(prose, { async: false, gfm: true }));
}

/** A drawing as an image: there it has no script and loads nothing, and its ids are its own. */
function imageOf(drawing: Element, given: Document): HTMLImageElement {
	const image = given.createElement('img');
	image.src = svgAddress(new XMLSerializer().serializeToString(drawing));
	image.alt = drawing.querySelector('title')?.textContent ?? '';
	return image;
}

/** Puts a table into a box of its own, and sets words to the left (figures stand to the right). */
function frame(table: HTMLTableElement): void {
	table.removeAttribute('border');
	for (const cell of table.querySelectorAll<HTMLTableCellElement>('tbody td')) {
		const content = (cell.textContent ?? '').trim();
		// The row of dots of a table that is cut, and what is missing, say nothing on the column.
		const isText =
			!/^(\.\.\.|…|nan|nat|none|<na>)$/i.test(content) && Number.isNaN(Number(content.replace(/[\s,%]/g, '')));
		if (!isText) continue;
		cell.className = 'text';
		table.tHead?.rows[table.tHead.rows.length - 1]?.cells[cell.cellIndex]?.classList.add('text');
	}
	const box = document.createElement('div');
	box.className = 'frame';
	box.tabIndex = 0;
	box.setAttribute('role', 'region');
	box.setAttribute('aria-label', strings.run.table(table.tBodies[0]?.rows.length ?? 0));
	table.replaceWith(box);
	box.append(table);
}
