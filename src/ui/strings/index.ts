/**
 * Every word that the interface says, in one place, ready for translation: another language is another object of this
 * shape. What errors say is in `src/core/errors.ts`.
 */
import { count, share } from '../format';
import { files } from './files';
import { displays } from './displays';
import { first, loop, facts } from './first';
import { keyboard } from './keyboard';
import { models } from './models';
import { grant, network } from './network';
import { offline } from './offline';
import { packages } from './packages';
import { python } from './python';
import { ending, footer, forgotten, rewind, run } from './run';

export const strings = {
	app: 'CodeAct playground',
	brand: { name: 'CodeAct', rest: 'playground', home: 'CodeAct playground, new task' },
	skip: 'Skip to the content',
	places: { label: 'Places', run: 'Run', models: 'Models' },
	theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
	sessions: {
		title: 'Sessions',
		open: 'Show sessions',
		create: 'New session',
		none: 'What you run is kept here.',
		remove: (title: string) => `Delete ${title}`,
		removed: (title: string) => `“${title}” is deleted.`,
		undo: 'Undo',
		marks: (steps: number, errors: number) => `${count(steps, 'step')}, ${count(errors, 'error')}`,
	},
	gauges: {
		label: 'Status',
		model: 'Model',
		modelNone: 'none loaded',
		modelNoneShort: 'No model',
		modelFailed: 'could not be loaded',
		loading: (fraction: number | null) => (fraction === null ? 'loading' : share(fraction)),
		python: 'Python',
		idle: 'idle',
		running: 'running',
		waiting: 'waiting for you',
		booting: 'starting',
		pythonFailed: 'failed',
		pythonOff: 'off',
		stages: {
			files: 'fetching files',
			interpreter: 'interpreter',
			harness: 'harness',
			preload: 'imports',
			ready: 'ready',
		} as Readonly<Record<string, string>>,
		offline: 'Offline',
		offlineReady: '-ready',
		offlineNot: ': not yet',
		offlinePart: (fraction: number) => `: ${share(fraction)} kept`,
		network: 'Network',
		requests: (left: number) => (left === 1 ? ' request' : ' requests'),
	},
	first,
	loop,
	facts,
	displays,
	composer: {
		task: 'Task',
		first: 'Write a task, or take one of these',
		next: 'Write the next task',
		start: 'Start',
		send: 'Send',
		stop: 'Stop',
		window: (used: string, all: string) => `${used} of ${all}`,
		windowTitle: 'Context window that the last step used, in tokens',
	},
	run,
	footer,
	ending,
	forgotten,
	rewind,
	grant,
	keyboard,
	packages,
	python,
	network,
	offline,
	models,
	files,
	errors: { dismiss: 'Dismiss' },
	announce: {
		step: (number: number, badge: string, gist: string) =>
			[`Step ${number}`, badge, gist].filter((part) => part !== '').join(', '),
		answer: (answer: string) => `Answer: ${answer}`,
	},
	close: 'Close',
};
