/**
 * The styles of HTML that Python shows, as far as they are harmless: colours, type and boxes, written onto the elements
 * one by one. No address, no position, no animation; what is left cannot reach out of its box (`.rich--styled`).
 */

const KEPT = [
	...['color', 'background-color', 'background-image', 'opacity'],
	...['font-weight', 'font-style', 'font-size', 'font-family', 'text-align', 'vertical-align', 'text-decoration-line'],
	...['white-space', 'line-height', 'display', 'flex-direction', 'flex-wrap', 'flex-grow', 'align-items'],
	...['justify-content', 'column-gap', 'row-gap', 'grid-template-columns', 'box-sizing'],
	...['width', 'height', 'min-width', 'min-height', 'max-width', 'max-height'],
	...['top', 'right', 'bottom', 'left'].flatMap((side) => [
		`padding-${side}`,
		`margin-${side}`,
		...['width', 'style', 'color'].map((part) => `border-${side}-${part}`),
	]),
	...['top-left', 'top-right', 'bottom-left', 'bottom-right'].map((corner) => `border-${corner}-radius`),
];

/** Values that name something outside of themselves. */
const REACHING = /\b(url|image|image-set|cross-fade|src|element|paint|var|attr|env)\s*\(/i;

/** Rules that are looked at; a table of pandas has one for each cell that is coloured. */
const MAX_RULES = 4000;

/** Properties that make a display a thing on paper: its colours were chosen for white. */
const PAINT = ['color', 'background-color', 'background-image'];

/**
 * Writes the styles that are kept onto the elements of `fragment`: those of the style elements of `given`, then its
 * own. Says whether a colour is among them.
 */
export function keepStyles(fragment: DocumentFragment, given: Document): boolean {
	const wanted = new Map<HTMLElement, CSSStyleDeclaration[]>();
	const add = (element: Element, style: CSSStyleDeclaration): void => {
		if (!(element instanceof HTMLElement)) return;
		wanted.set(element, [...(wanted.get(element) ?? []), style]);
	};
	for (const { selectorText, style } of rulesOf(given)) {
		for (const element of matches(fragment, selectorText)) add(element, style);
	}
	for (const element of fragment.querySelectorAll<HTMLElement>('[style]')) add(element, element.style);
	let isPainted = false;
	for (const [element, styles] of wanted) {
		const kept = styles.flatMap(harmless);
		element.removeAttribute('style');
		for (const [name, value] of kept) element.style.setProperty(name, value);
		isPainted ||= kept.some(([name]) => PAINT.includes(name));
	}
	return isPainted;
}

function harmless(style: CSSStyleDeclaration): [string, string][] {
	return KEPT.flatMap((name): [string, string][] => {
		const value = style.getPropertyValue(name);
		return value === '' || REACHING.test(value) ? [] : [[name, value]];
	});
}

/** The plain rules of the style elements; the one that pandas gives every table (`scoped`) is ours to say. */
function rulesOf(given: Document): CSSStyleRule[] {
	const sheets = given.querySelectorAll('style:not([scoped])');
	const rules: CSSStyleRule[] = [];
	for (const { textContent } of sheets) {
		// A sheet that no document adopts loads nothing, whatever addresses it names.
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(textContent);
		for (const rule of sheet.cssRules) if (rule instanceof CSSStyleRule && rules.length < MAX_RULES) rules.push(rule);
	}
	return rules;
}

function matches(fragment: DocumentFragment, selector: string): Iterable<Element> {
	try {
		return fragment.querySelectorAll(selector);
	} catch {
		return [];
	}
}
