/**
 * HTML that Python or a model made, made harmless: no script, no style, no form, no frame, nothing fetched from
 * anywhere. What comes out are elements, put into the page as they are.
 */
import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { strings } from '../strings';

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
// Classes and ids of ours could be borrowed to imitate the page, inline styles to cover it.
const FORBIDDEN_ATTRIBUTES = ['style', 'class', 'id', 'name', 'srcset', 'background', 'action', 'formaction'];

/** The harmless elements of `html`, with its tables in boxes that scroll. */
export function sanitiseHtml(html: string): DocumentFragment {
	const fragment = purifier.sanitize(html, {
		USE_PROFILES: { html: true },
		FORBID_TAGS: FORBIDDEN_TAGS,
		FORBID_ATTR: FORBIDDEN_ATTRIBUTES,
		ALLOW_DATA_ATTR: false,
		RETURN_DOM_FRAGMENT: true,
	});
	for (const table of fragment.querySelectorAll('table')) frame(table);
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

/** Puts a table into a box of its own, and sets words to the left (figures stand to the right). */
function frame(table: HTMLTableElement): void {
	table.removeAttribute('border');
	for (const cell of table.querySelectorAll<HTMLTableCellElement>('tbody td')) {
		const isText = Number.isNaN(Number((cell.textContent ?? '').trim().replace(/[\s,%]/g, '')));
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
