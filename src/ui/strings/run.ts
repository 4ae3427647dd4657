/** What the run, its steps and its end say. */
import type { Restored } from '../../core/ports';
import type { StopReason } from '../../core/trajectory';
import { count, seconds, wholeSeconds } from '../format';

/** How Python got back to an earlier state. */
const RESTORED_BY: Readonly<Record<Restored['by'], string>> = {
	memory: 'its memory was put back',
	image: 'from a saved image',
	rerun: 'earlier code was run again',
};

/** What a run that can be continued says of its end, and on its button. */
type Ending = Exclude<StopReason, 'answered' | 'failed'> | 'interrupted';

export const run = {
	score: 'The run as a score: one bar a step, as wide as it took',
	thought: 'Thought',
	code: 'Code',
	observation: 'Observation',
	task: 'Task',
	nextTask: 'Task, in the same session',
	step: (number: number) => `Step ${number}`,
	scoreStep: (number: number, badge: string, ms: number) => `Step ${number}, ${badge}, ${seconds(ms)}`,
	answer: 'Answer',
	facts: (steps: number, errors: number, ms: number, tokens: number) => {
		const mistakes = errors === 0 ? '' : ` · ${count(errors, 'error')}`;
		return `${count(steps, 'step')}${mistakes} · ${seconds(ms)} · ${tokens.toLocaleString('en')} tok`;
	},
	preparing: (name: string | null) => (name === null ? 'Waiting for a model' : `Waiting for ${name}`),
	returns: 'the traceback goes back to the model, which tries again',
	formatReturns: 'the model is shown the expected shape, and tries again',
	output: 'Output of the running code',
	badges: {
		ok: 'OK',
		error: 'Error',
		interrupted: 'Stopped',
		timedOut: 'Timeout',
		format: 'Format error',
		reply: 'Answer',
	},
	reading: (ms: number) => `reading ${wholeSeconds(ms)}`,
	writing: (ms: number) => `writing ${wholeSeconds(ms)}`,
	waits: 'Waits for you',
	running: (ms: number) => `running ${wholeSeconds(ms)}`,
	folded: (frames: number, line: number | null) =>
		`${count(frames, 'frame')} folded${line === null ? '' : `, yours is line ${line}`}`,
	stderr: 'stderr',
	asText: 'the value as text',
	value: 'Value of the last expression',
	lost: 'Python had to be restarted: the variables of earlier steps are gone.',
	restored: (restored: Restored | null) => {
		const how = restored === null ? '' : ` (${RESTORED_BY[restored.by]}, ${seconds(restored.durationMs)})`;
		const differs = restored?.isDifferent === true ? ' Some of it gave other output than the first time.' : '';
		return `Python is as it was before this step${how}.${differs}`;
	},
	packages: (names: readonly string[]) => `loaded ${names.join(', ')}`,
	timedOut: 'The code took too long and was interrupted.',
	interrupted: 'The code was interrupted.',
	nothing: 'ran, and printed nothing',
	told: 'What the model was told',
	copyCode: 'Copy code',
	copyAnswer: 'Copy',
	copied: 'Copied',
	figure: 'Figure',
	table: (rows: number) => `Table, ${count(rows, 'row')}`,
	display: 'What Python showed',
	source: 'Python source',
};

export const footer = {
	tokens: (prompt: number, completion: number) =>
		`${prompt.toLocaleString('en')} → ${completion.toLocaleString('en')} tok`,
	cached: (tokens: number) => `${tokens.toLocaleString('en')} cached`,
	prefill: (rate: number) => `prefill ${rate.toLocaleString('en')} tok/s`,
	decode: (rate: number) => `decode ${rate.toLocaleString('en')} tok/s`,
	python: (ms: number) => `py ${seconds(ms)}`,
};

export const ending = {
	title: {
		stepLimit: 'Paused: step limit',
		timeLimit: 'Paused: time limit',
		tokenLimit: 'Paused: token limit',
		repeated: 'Paused: going in circles',
		formatErrors: 'Paused: no action found',
		stopped: 'Stopped',
		interrupted: 'Interrupted',
	} satisfies Record<Ending, string> as Record<Ending, string>,
	text: {
		stepLimit: 'It used all the steps that it was given, without an answer.',
		timeLimit: 'It used all the time that it was given, without an answer.',
		tokenLimit: 'It used all the tokens that it was given, without an answer.',
		repeated: 'The same action gave the same observation three times. A smaller or clearer task may help.',
		formatErrors:
			'Three replies in a row held neither one action nor an answer. A larger model holds the format better.',
		stopped: 'You stopped it. What was written so far is kept.',
		interrupted: 'The page was left while it was at work. What was written so far is kept.',
	} satisfies Record<Ending, string> as Record<Ending, string>,
	partial: 'What the model was writing',
	leftOutput: 'What the code had printed',
	question: 'Continue?',
	continue: 'Continue',
	detail: 'In the machine’s own words',
	failed: 'The run failed',
};

export const forgotten = {
	title: 'Python was restarted.',
	text: 'The variables of earlier steps are gone.',
	rerun: 'Re-run earlier code',
	dismiss: 'Dismiss',
	progress: (done: number, total: number) => `Re-running action ${done + 1} of ${total}`,
};

export const rewind = {
	back: 'Go back to here',
	backHeld: 'Python goes back to where it was after this step; its memory is kept',
	backRerun: 'Python goes back to where it was after this step, by running the earlier code again',
	forward: 'Go forward again',
	left: 'You went back. The session as it was is kept in the list.',
	restoring: 'Python goes back',
	restored: (restored: Restored) => {
		const differs = restored.isDifferent ? ' Some of it gave other output than the first time.' : '';
		return `Python is as it was after this step (${RESTORED_BY[restored.by]}, ${seconds(restored.durationMs)}).${differs}`;
	},
};
