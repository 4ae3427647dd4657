/** Python with colours, as tokens: the view draws them as elements, so no HTML is put together from code. */
import hljs from 'highlight.js/lib/core';
import python from 'highlight.js/lib/languages/python';

hljs.registerLanguage('python', python);

/** A piece of source; `kind` is the class that colours it. */
export interface Token {
	readonly kind: string | null;
	readonly text: string;
}

/** highlight.js scopes that are coloured; the rest stays ink. */
const KINDS: Readonly<Record<string, string>> = {
	'hljs-keyword': 'k',
	'hljs-literal': 'k',
	'hljs-string': 's',
	'hljs-number': 'n',
	'hljs-comment': 'c',
	'hljs-title function_': 'f',
	'hljs-title class_': 'f',
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

/** The tokens of `code`; joined they are `code`. */
export function highlight(code: string): readonly Token[] {
	const { value } = hljs.highlight(code, { language: 'python', ignoreIllegals: true });
	// What highlight.js gives is escaped text, `<span class="…">` and `</span>`, and nothing else.
	const kinds: (string | null)[] = [];
	const tokens: Token[] = [];
	for (const [piece, opened] of value.matchAll(/<span class="([^"]*)">|<\/span>|[^<]+/g)) {
		if (opened !== undefined) kinds.push(opened === 'hljs-subst' ? null : (KINDS[opened] ?? kinds.at(-1) ?? null));
		else if (piece === '</span>') kinds.pop();
		else tokens.push({ kind: kinds.at(-1) ?? null, text: unescape(piece) });
	}
	return tokens;
}

/** The tokens of code that is still being written: a line is coloured when it is complete. */
export function highlightLive(code: string): readonly Token[] {
	const end = code.lastIndexOf('\n') + 1;
	return [...highlight(code.slice(0, end)), { kind: null, text: code.slice(end) }];
}

function unescape(text: string): string {
	return text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => ENTITIES[name] ?? '');
}
