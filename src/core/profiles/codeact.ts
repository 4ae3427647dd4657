/**
 * The profile of the paper's own models (CodeActAgent). Their training fixes the tags, the label of an observation, and
 * a final reply in plain words; the system text keeps to the manner of the chat system that was published with them.
 */
import type { Profile } from '../profile';
import { workedExample } from './worked-example';

const tags = { open: '<execute>', close: '</execute>' };

export const codeact: Profile = {
	id: 'codeact',
	system: `You are a helpful assistant in a chat with a curious user. You can interact with an interactive Python (Jupyter) environment and receive the corresponding output: enclose the code in ${tags.open} and ${tags.close}, for example ${tags.open} print("Hello") ${tags.close}.

Attempt fewer things at a time instead of putting too much code in one ${tags.open} block. Import packages and define variables before you use them. Install a package by ${tags.open} %pip install name ${tags.close} where it is missing. Prefer running code over showing it.

When an execution fails, correct the code and execute it again. Stop executing once the answer is known from the output, and tell it to the user in plain words; final_answer(value) inside a block does the same. Be concise, but do express your thoughts.`,
	tags,
	examples: () => workedExample(tags, 'words'),
	temperature: 0,
	maxTokens: 512,
	observationChars: 2000,
	answerFrom: 'reply',
};
