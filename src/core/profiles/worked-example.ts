import { renderAction } from '../action';
import type { ChatMessage } from '../ports';
import type { Tags } from '../profile';
import { observationMessage } from '../prompt';

/** The task of the worked example, its two actions, and what Python says of them as the loop renders it (tested). */
const WORKED = {
	task: 'The ferry left at 09:47 and arrived at 13:05. How many minutes was it under way?',
	mistaken: 'from datetime import time\n\nstart, end = time(9, 47), time(13, 5)\nprint(end - start)',
	error:
		'Error in line 4: print(end - start)\n' +
		"TypeError: unsupported operand type(s) for -: 'datetime.time' and 'datetime.time'",
	mended:
		'from datetime import datetime\n\nclock = "%H:%M"\n' +
		'gap = datetime.strptime("13:05", clock) - datetime.strptime("09:47", clock)\nprint(gap.seconds // 60)',
	printed: '198',
};

/** How the worked example ends. */
export type LastReply = 'finalAnswer' | 'words';

/** One worked example as real turns: a first action that fails, the same mended, and the answer. */
export function workedExample(tags: Tags, lastReply: LastReply): ChatMessage[] {
	const assistant = (content: string): ChatMessage => ({ role: 'assistant', content });
	const last =
		lastReply === 'words'
			? assistant('The ferry was under way for 198 minutes.')
			: assistant(`The code printed 198.\n${renderAction('final_answer("198 minutes")', tags)}`);
	return [
		{ role: 'user', content: WORKED.task },
		assistant(`I subtract the two times.\n${renderAction(WORKED.mistaken, tags)}`),
		observationMessage(WORKED.error),
		assistant(`Plain times cannot be subtracted, but moments with a date can.\n${renderAction(WORKED.mended, tags)}`),
		observationMessage(WORKED.printed),
		last,
	];
}
