/**
 * The prompt, as turns in the order in which the model reads them: system text, worked examples, earlier runs of the
 * session, the task, the steps so far. A further step only appends turns, so an engine can re-use its KV cache.
 */
import { renderAction } from './action';
import { type FileMention, mentionFiles } from './files';
import type { ChatMessage } from './ports';
import type { Profile } from './profile';
import type { Step, Trajectory } from './trajectory';

/** One message of the prompt, with what the context window needs to know of it. */
export interface Turn {
	readonly part: 'system' | 'example' | 'task' | 'reply' | 'observation' | 'answer';
	/** Number of the earlier run that it belongs to; null for the present run, the system text and the examples. */
	readonly run: number | null;
	/** Number of the step within its run; null outside of steps. */
	readonly step: number | null;
	readonly message: ChatMessage;
}

/** What a prompt is made of. */
export interface PromptParts {
	readonly profile: Profile;
	/** Earlier runs of the session, oldest first. */
	readonly history: readonly Trajectory[];
	readonly task: string;
	/** The files that were there when the run began. */
	readonly files: readonly FileMention[];
	readonly steps: readonly Step[];
}

/** All turns of a prompt. An earlier run that never came to a step is left out: it is a task that nobody took up. */
export function promptTurns({ profile, history, task, files, steps }: PromptParts): Turn[] {
	const begun = history.filter((earlier) => earlier.steps.length > 0);
	return [
		turn('system', null, null, 'system', profile.system),
		...profile.examples(task).map((message): Turn => ({ part: 'example', run: null, step: null, message })),
		...begun.flatMap((earlier, run) => [
			turn('task', run, null, 'user', taskText(earlier.task, earlier.files)),
			...endedTurns(earlier, run, profile),
		]),
		turn('task', null, null, 'user', taskText(task, files)),
		...stepTurns(steps, null, profile),
	];
}

/** What Python answered, as a message for the model. The label is the one that the CodeAct chat models know. */
export function observationMessage(text: string): ChatMessage {
	return { role: 'user', content: `Execution Output:\n${text}` };
}

/** The task, and the files as they were when it was given: a later list would change the beginning of the prompt. */
function taskText(task: string, files: readonly FileMention[]): string {
	return files.length === 0 ? task : `${task}\nFiles: ${mentionFiles(files)}`;
}

/** Steps and answer of an earlier run. */
function endedTurns({ steps, answer, answerSource }: Trajectory, run: number, profile: Profile): Turn[] {
	const turns = stepTurns(steps, run, profile);
	switch (answerSource) {
		case 'finalAnswer':
			return [...turns, turn('answer', run, null, 'assistant', answer ?? '')];
		case 'output':
			// As in the worked examples of such a profile, the action is the last word.
			return turns.slice(0, -1);
		case 'reply':
		case null:
			return turns;
		default:
			return answerSource satisfies never;
	}
}

function stepTurns(steps: readonly Step[], run: number | null, profile: Profile): Turn[] {
	return steps.flatMap((step, index) => {
		const turns = [turn('reply', run, index, 'assistant', replyText(step, profile))];
		if (step.observation !== null) {
			turns.push({ part: 'observation', run, step: index, message: observationMessage(step.observation.text) });
		} else if (step.formatError !== null) {
			turns.push(turn('observation', run, index, 'user', step.formatError));
		}
		return turns;
	});
}

/**
 * The reply as it was written; but an action found without tags is shown between them, so that the model reads its
 * own turns in the shape that it should keep to.
 */
function replyText({ reply, thought, action }: Step, { tags }: Profile): string {
	if (action === null || action.form === 'tag') return reply;
	return `${thought}\n${renderAction(action.code, tags)}`.trimStart();
}

function turn(
	part: Turn['part'],
	run: number | null,
	step: number | null,
	role: ChatMessage['role'],
	content: string,
): Turn {
	return { part, run, step, message: { role, content } };
}
