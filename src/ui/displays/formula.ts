/** LaTeX as MathML. The library comes with the first formula. */
import { sanitiseMath } from './sanitise';

/** A piece of a text in LaTeX: words, or a formula. */
type Piece =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'math'; readonly tex: string; readonly isDisplay: boolean };

/** What one formula may grow to: replacements of macros, and ems. */
const LIMITS = { maxExpand: 200, maxSize: [40, 200] as [number, number] };

/** The elements of `latex`, where formulas stand between dollars. Rejects where a formula cannot be drawn. */
export async function drawLatex(latex: string): Promise<DocumentFragment> {
	const { default: temml } = await import('temml');
	const fragment = document.createDocumentFragment();
	for (const piece of piecesOf(latex)) {
		if (piece.kind === 'text') {
			fragment.append(piece.text);
		} else {
			const { tex, isDisplay: displayMode } = piece;
			fragment.append(
				sanitiseMath(temml.renderToString(tex, { displayMode, throwOnError: true, trust: false, ...LIMITS })),
			);
		}
	}
	return fragment;
}

/** Splits at `$…$`, `$$…$$`, `\(…\)` and `\[…\]`; a text without any that begins with `\begin` is one formula. */
function piecesOf(latex: string): Piece[] {
	const text = latex.trim();
	if (text.startsWith('\\begin{')) return [{ kind: 'math', tex: text, isDisplay: true }];
	const pieces: Piece[] = [];
	let end = 0;
	for (const match of text.matchAll(/\$\$(.+?)\$\$|\\\[(.+?)\\\]|\$((?:\\.|[^$\\])+)\$|\\\((.+?)\\\)/gs)) {
		const [whole, dollars, brackets, dollar, parens] = match;
		if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
		const tex = dollars ?? brackets ?? dollar ?? parens ?? '';
		pieces.push({ kind: 'math', tex, isDisplay: dollars !== undefined || brackets !== undefined });
		end = match.index + whole.length;
	}
	if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
	return pieces;
}
