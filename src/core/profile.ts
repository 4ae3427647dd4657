/**
 * A profile: how one class of models is prompted. The model on board and larger models get different ones
 * (`src/core/profiles/`); which model uses which is said in the catalogue (`src/adapters/catalogue.ts`).
 */
import type { ChatMessage } from './ports';

/** A worked example for the prompt: a task and the code that solves it. */
export interface WorkedExample {
	/** Kind of task, such as `power`; at most a few examples of one family go into a prompt. */
	readonly family: string;
	readonly task: string;
	readonly code: string;
}

/** The marks around an action. */
export interface Tags {
	readonly open: string;
	readonly close: string;
}

/** How one class of models is prompted, sampled and read. */
export interface Profile {
	readonly id: string;
	readonly system: string;
	readonly tags: Tags;
	/** The turns between the system text and the task: worked examples, chosen for the task or fixed. */
	readonly examples: (task: string) => readonly ChatMessage[];
	readonly temperature: number;
	/** New tokens per reply. */
	readonly maxTokens: number;
	/** Characters of an observation that the model is told. */
	readonly observationChars: number;
	/**
	 * What ends a run besides `final_answer`: `reply`: a reply without action is the answer. `output`: for models
	 * too small to hold a second turn, the last line printed by the first clean action is the answer too.
	 */
	readonly answerFrom: 'reply' | 'output';
}
