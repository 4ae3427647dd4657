/** Observations: what the model is told about an action, short and exact. The person is shown all of it. */
import { mentionFiles } from './files';
import type { Display, FileChange, PythonError, RunResult } from './ports';
import type { Observation } from './trajectory';

/** The paper's words (CodeAct), which models tuned for it know. */
const NO_OUTPUT = '[Code executed successfully with no output]';
const NO_OUTPUT_HINT = 'Use print(...) to see a value.';
const ANSWERED = '[Answer given]';
const STATES: Readonly<Record<RunResult['state'], string | null>> = {
	kept: null,
	restored: '[Python was put back to the state before this action.]',
	restoring: '[Python was put back to the state before this action.]',
	lost: '[Python was restarted: the variables and imports of earlier actions are lost.]',
};
/** Charts that would need a library which is not here (altair). */
const CHART = 'application/vnd.vegalite';
/** Characters of a placeholder, and of the data that it is made from. */
const SHORT = 200;
const LONG_HTML = 5000;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

// The escape character is not written into the pattern, so that it stays readable.
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[ -/]*[@-~]`, 'g');

/** The record of an action: everything that `result` holds, and the text for the model. */
export function observe(result: RunResult, code: string, maxChars: number): Observation {
	const { answer: _answer, durationMs: _durationMs, ...kept } = result;
	return { ...kept, text: renderObservation(result, code, maxChars) };
}

/**
 * The text for the model, at most `maxChars` characters: what was printed, the last value, placeholders for what was
 * shown, then how it ended: `Type: message` with the failing line of `code`. A long output loses its middle; the end
 * of it, where the error stands, is kept.
 */
export function renderObservation(result: RunResult, code: string, maxChars: number): string {
	const output = [
		plain(result.stdout),
		plain(result.stderr),
		plain(result.value ?? ''),
		...placeholders(result.displays),
		...written(result.files),
	].filter((part) => part !== '');
	const ending = endings(result, code);
	if (output.length === 0 && ending.length === 0) {
		return (result.answer === null ? `${NO_OUTPUT} ${NO_OUTPUT_HINT}` : ANSWERED).slice(0, maxChars);
	}
	const last = cutMiddle(ending.join('\n'), output.length === 0 ? maxChars : Math.floor(maxChars / 2));
	const room = maxChars - (last === '' ? 0 : last.length + 1);
	return [cutMiddle(output.join('\n'), room), last].filter((part) => part !== '').join('\n');
}

/** `text` in at most `maxChars` characters: its head and its tail, and a line that says how many were left out. */
export function cutMiddle(text: string, maxChars: number): string {
	if (text.length <= maxChars) return text;
	const mark = (left: number) => `\n[… ${String(left)} characters left out …]\n`;
	const kept = maxChars - mark(text.length).length;
	if (kept <= 0) return text.slice(0, Math.max(0, maxChars));
	let head = Math.ceil(kept / 2);
	let tail = text.length - (kept - head);
	// A character outside the basic plane is two units: it is left out whole.
	if (isHighHalf(text.charCodeAt(head - 1))) head -= 1;
	if (isHighHalf(text.charCodeAt(tail - 1))) tail += 1;
	return text.slice(0, head) + mark(tail - head) + text.slice(tail);
}

/** Printed text without colours, and without what a carriage return has overwritten (progress bars). */
export function plain(text: string): string {
	return text
		.replace(COLOURS, '')
		.replace(/\r\n/g, '\n')
		.split('\n')
		.map((line) => line.slice(line.lastIndexOf('\r', line.length - 2) + 1))
		.join('\n')
		.replace(/^\n+/, '')
		.trimEnd();
}

function endings({ status, error, state, durationMs }: RunResult, code: string): string[] {
	const lines: string[] = [];
	if (status === 'timedOut') {
		lines.push(`[Execution timed out (${String(Math.max(1, Math.round(durationMs / 1000)))} seconds).]`);
	} else if (status === 'interrupted') {
		lines.push('[Execution was interrupted.]');
	} else if (error !== null) {
		lines.push(...shortTraceback(error, code));
	}
	const told = STATES[state];
	if (told !== null) lines.push(told);
	return lines;
}

/** The failing line and the last line of the traceback: what smaller models can use of it. */
function shortTraceback({ type, message, line }: PythonError, code: string): string[] {
	const source = line === null ? '' : (code.split('\n')[line - 1]?.trim() ?? '');
	const where = source === '' ? [] : [`Error in line ${String(line)}: ${source}`];
	return [...where, message === '' ? type : `${type}: ${plain(message)}`];
}

/** What was shown, as the model is told: pictures, tables and charts by name, text as it is. */
function placeholders(displays: readonly Display[]): string[] {
	let figures = 0;
	return displays.map(({ mime, data }) => {
		if (mime.startsWith('image/')) return `[figure ${String((figures += 1))}]`;
		if (mime.startsWith(CHART)) return '[chart: it cannot be drawn here, use matplotlib]';
		if (mime === 'application/json') return `[json: ${shortened(data)}]`;
		if (mime !== 'text/html') return plain(data);
		if (/<script[\s>]/i.test(data)) return '[interactive html]';
		if (/<table[\s>]/i.test(data)) return `[table: ${tableSize(data)}]`;
		const text = shortened(textOf(data.slice(0, LONG_HTML)));
		return text === '' ? '[html]' : `[html: ${text}]`;
	});
}

/** One line of `text`, for a placeholder. */
function shortened(text: string): string {
	const line = text.slice(0, LONG_HTML).replace(/\s+/g, ' ').trim();
	return line.length > SHORT ? `${line.slice(0, SHORT)} …` : line;
}

/** The text of HTML, roughly: what a reader would see of it. */
function textOf(html: string): string {
	return html
		.replace(/<style[\s\S]*?(<\/style>|$)/gi, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&(lt|gt|amp|quot|nbsp);/g, (_, name: string) => ENTITIES[name] ?? ' ');
}

/** Files that the action made or changed, in one line. */
function written(files: readonly FileChange[]): string[] {
	const left = files.filter(({ change }) => change !== 'removed');
	if (left.length === 0) return [];
	return [`[${left.length === 1 ? 'file' : 'files'} written: ${mentionFiles(left)}]`];
}

/** pandas writes the size below a table that it shortened; else the rows of the body are counted. */
function tableSize(html: string): string {
	const stated = /(\d+) rows × (\d+) columns/.exec(html)?.[0];
	if (stated !== undefined) return stated;
	const body = /<tbody[\s\S]*/.exec(html)?.[0] ?? html;
	const rows = body.match(/<tr[\s>]/g)?.length ?? 0;
	return `${String(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

function isHighHalf(unit: number): boolean {
	return unit >= 0xd800 && unit <= 0xdbff;
}
