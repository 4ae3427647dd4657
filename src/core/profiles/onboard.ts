/**
 * The profile of the model on board (SmolLM2-135M-Instruct). A model of this size copies: it writes code where
 * it has just seen the like, so six worked examples chosen by similarity stand before each task as real turns.
 * Measured by `tests/bench/onboard-profile.mjs`.
 */
import { renderAction } from '../action';
import type { ChatMessage } from '../ports';
import type { Profile } from '../profile';
import { POOL } from './pool';
import { chooserOver } from './similarity';

const EXAMPLES = 6;
const EXAMPLES_PER_FAMILY = 2;
const tags = { open: '<execute>', close: '</execute>' };
const choose = chooserOver(POOL, EXAMPLES, EXAMPLES_PER_FAMILY);

export const onboard: Profile = {
	id: 'onboard',
	system: 'You solve tasks with Python. Reply with code between <execute> and </execute> that prints the answer.',
	tags,
	examples: (task) =>
		choose(task).flatMap((example): ChatMessage[] => [
			{ role: 'user', content: example.task },
			{ role: 'assistant', content: renderAction(example.code, tags) },
		]),
	temperature: 0,
	maxTokens: 64,
	observationChars: 300,
	answerFrom: 'output',
};
