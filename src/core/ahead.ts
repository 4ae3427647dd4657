/**
 * What an action will load, read while the model is still writing it. All of this is a hint: it is read by lines, not
 * by Python's parser, so an import in a string is taken for one; the action itself is read properly once it is whole.
 */
import type { Tags } from './profile';

/** What code loads: modules that it imports (full names), and requirements that it installs (`name` or `name>=1`). */
export interface Loads {
	readonly modules: readonly string[];
	readonly requirements: readonly string[];
}

/** Marks that begin an action, besides the profile's own (see action.ts). */
const OPENINGS = [/<(?:execute|code|python)>/, /^[ \t]*```(?:python3?|py)?[ \t]*$/im];
const CLOSINGS = [/<\/(?:execute|code|python)>/, /^[ \t]*```[ \t]*$/m];

const IMPORT =
	/^[ \t]*import[ \t]+(?<names>[\w.]+(?:[ \t]+as[ \t]+\w+)?(?:[ \t]*,[ \t]*[\w.]+(?:[ \t]+as[ \t]+\w+)?)*)/gm;
const FROM = /^[ \t]*from[ \t]+(?<name>\w[\w.]*)[ \t]+import\b/gm;
const PIP = /^[ \t]*(?:[%!][ \t]*)?(?:python3?[ \t]+-m[ \t]+)?pip3?[ \t]+install[ \t]+(?<line>[^\n#]+)/gm;
const MICROPIP = /\bmicropip\.install\([ \t\n]*(?<list>\[[^\]]*\]|"[^"\n]*"|'[^'\n]*')/g;

/** The whole lines of the action that an unfinished reply holds so far; empty where none has begun. */
export function codeSoFar(reply: string, tags: Tags): string {
	const thought = reply.lastIndexOf('</think>');
	if (thought === -1 && /^\s*<think>/.test(reply)) return '';
	const rest = thought === -1 ? reply : reply.slice(thought + '</think>'.length);
	const lines = rest.slice(0, rest.lastIndexOf('\n') + 1);
	const own = lines.indexOf(tags.open);
	const start = own === -1 ? firstEnd(lines, OPENINGS) : own + tags.open.length;
	if (start === -1) return '';
	const code = lines.slice(start);
	const closed = code.indexOf(tags.close);
	const end = closed === -1 ? firstStart(code, CLOSINGS) : closed;
	return end === -1 ? code : code.slice(0, end);
}

/** What `code` imports and installs, in order and each once. */
export function loadsOf(code: string): Loads {
	const modules = new Set<string>();
	const requirements = new Set<string>();
	const at = [...code.matchAll(IMPORT), ...code.matchAll(FROM)].sort((one, other) => one.index - other.index);
	for (const { groups } of at) {
		const names = (groups?.['names'] ?? groups?.['name'] ?? '').split(',');
		for (const name of names) modules.add(name.trim().split(/\s/)[0] ?? '');
	}
	for (const { groups } of code.matchAll(PIP)) {
		const words = (groups?.['line'] ?? '').trim().split(/\s+/);
		// What follows a switch may be its value, so nothing after the first one is guessed at.
		for (const word of words.filter((_, index) => !words.slice(0, index).some(isValued))) {
			if (!word.startsWith('-')) requirements.add(word.replaceAll(/["']/g, ''));
		}
	}
	for (const { groups } of code.matchAll(MICROPIP)) {
		for (const [, text = ''] of (groups?.['list'] ?? '').matchAll(/["']([^"'\n]+)["']/g)) requirements.add(text);
	}
	return { modules: [...modules], requirements: [...requirements] };
}

/**
 * Hears an unfinished reply as it grows, and calls `prepare` with the code so far each time that a whole line has come
 * which loads something new.
 */
export function lookAhead(tags: Tags, prepare: (code: string) => void): (reply: string) => void {
	let lines = 0;
	let known = 0;
	return (reply) => {
		const end = reply.lastIndexOf('\n');
		if (end < lines) return;
		lines = end + 1;
		const code = codeSoFar(reply, tags);
		const { modules, requirements } = loadsOf(code);
		if (modules.length + requirements.length <= known) return;
		known = modules.length + requirements.length;
		prepare(code);
	};
}

/** Switches of pip that take a value. */
function isValued(word: string): boolean {
	return /^(?:-r|-c|-i|-f|-t|--(?:requirement|constraint|index-url|extra-index-url|find-links|target))$/.test(word);
}

function firstStart(text: string, marks: readonly RegExp[]): number {
	const found = marks.map((mark) => text.search(mark)).filter((index) => index !== -1);
	return found.length === 0 ? -1 : Math.min(...found);
}

function firstEnd(text: string, marks: readonly RegExp[]): number {
	const [first] = marks
		.map((mark) => mark.exec(text))
		.filter((match) => match !== null)
		.sort((one, other) => one.index - other.index);
	return first === undefined ? -1 : first.index + first[0].length;
}
