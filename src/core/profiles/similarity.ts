/**
 * Chooses the worked examples that are most like a task: bag of words with inverse document frequency, log term
 * frequency and cosine. What differs between two tasks of one kind (numbers, quoted text, dates) is replaced by a
 * mark first, so that the wording decides. Pure and deterministic: ties keep the order of the pool.
 */
import type { WorkedExample } from '../profile';

/** Marks, in the order in which they are put in: a date is not three numbers, a list is not four. */
const MARKS: readonly (readonly [pattern: RegExp, mark: string])[] = [
	[/\b\d{4}-\d{1,2}-\d{1,2}\b/g, ' #date '],
	[/"[^"]*"|“[^”]*”|(?<!\w)'[^']*'(?!\w)/g, ' #text '],
	[/#text(?:\s*(?:,\s*and|,|and)\s+#text)+/g, ' #texts '],
	[/[a-z]+(?:,\s*[a-z]+){2,}(?:\s+and\s+[a-z]+)?/g, ' #texts '],
	[/\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/g, ' #month '],
	[/\[[^\]]*\]/g, ' #numbers '],
	[/-?\d+(?:\.\d+)?(?:\s*(?:,\s*and|,|and)\s+-?\d+(?:\.\d+)?){2,}/g, ' #numbers '],
	[/\b\d+(?:st|nd|rd|th)\b/g, ' #ordinal '],
	[/\b\d+!/g, ' factorial ! #number '],
	[/\d\s*%/g, '0 percent '],
	[/\d+(?:\.\d+)?/g, ' #number '],
];

const WORD = /#?[a-z]+|[!+*/^()-]+/g;

/** Words that only ask: they stand in tasks of every kind. */
const ASKING = new Set(
	'a an the is are was do does of what give me find show tell compute calculate please get it'.split(' '),
);

/** The words of a task in lower case, with marks for what varies and without a plural `s`. */
export function wordsOf(task: string): readonly string[] {
	const marked = MARKS.reduce((text, [pattern, mark]) => text.replace(pattern, mark), task.toLowerCase());
	const words = (marked.match(WORD) ?? []).filter((word) => !ASKING.has(word));
	return words.map((word) => (/^[a-z]{3,}[^s]s$/.test(word) ? word.slice(0, -1) : word));
}

/** The words and the pairs of neighbours: only the pairs tell "Celsius to Fahrenheit" from the reverse. */
function termsOf(task: string): readonly string[] {
	const words = wordsOf(task);
	return [...words, ...words.slice(1).map((word, index) => `${words[index] ?? ''} ${word}`)];
}

/** Weight of a pair beside a word. */
const PAIR_WEIGHT = 0.3;

type Vector = ReadonlyMap<string, number>;

/** Log term frequency times inverse document frequency, scaled to length 1. */
function vectorOf(task: string, idf: (word: string) => number): Vector {
	const counts = new Map<string, number>();
	for (const word of termsOf(task)) counts.set(word, (counts.get(word) ?? 0) + 1);
	const weights = [...counts].map(([term, count]) => {
		const share = term.includes(' ') ? PAIR_WEIGHT : 1;
		return [term, share * (1 + Math.log(count)) * idf(term)] as const;
	});
	const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
	return new Map(weights.map(([word, weight]) => [word, weight / length]));
}

function cosine(a: Vector, b: Vector): number {
	let sum = 0;
	for (const [word, weight] of a) sum += weight * (b.get(word) ?? 0);
	return sum;
}

/**
 * Makes the choice over one pool. The returned function gives the `count` examples most like a task, at most
 * `perFamily` of one family, those of a family side by side, the most similar last (where a small model looks first).
 */
export function chooserOver(
	pool: readonly WorkedExample[],
	count: number,
	perFamily: number,
): (task: string) => readonly WorkedExample[] {
	const documents = new Map<string, number>();
	for (const example of pool) {
		for (const word of new Set(termsOf(example.task))) documents.set(word, (documents.get(word) ?? 0) + 1);
	}
	const idf = (word: string): number => Math.log((pool.length + 1) / ((documents.get(word) ?? 0) + 1)) + 1;
	const candidates = pool.map((example) => ({ example, vector: vectorOf(example.task, idf) }));

	return (task) => {
		const wanted = vectorOf(task, idf);
		const ranked = candidates
			.map(({ example, vector }) => ({ example, score: cosine(wanted, vector) }))
			.sort((a, b) => b.score - a.score);
		const families = new Map<string, WorkedExample[]>();
		let chosen = 0;
		for (const { example } of ranked) {
			if (chosen === count) break;
			const family = families.get(example.family) ?? [];
			if (family.length === perFamily) continue;
			families.set(example.family, [...family, example]);
			chosen += 1;
		}
		return [...families.values()].flat().reverse();
	};
}
