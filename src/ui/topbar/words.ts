import type { PythonState } from '../../state/python.svelte';
import { strings } from '../strings';

/** The facts that a gauge leads to, as a dialog. */
export type Panel = 'python' | 'network' | 'offline';

/** What Python is doing, in a word. */
export function pythonWord(python: PythonState, isWaiting: boolean): string {
	const words = strings.gauges;
	switch (python.phase) {
		case 'idle':
			return words.pythonOff;
		case 'failed':
			return words.pythonFailed;
		case 'loading':
			return python.stage === null ? words.booting : (words.stages[python.stage] ?? python.stage);
		case 'ready':
			if (isWaiting) return words.waiting;
			return python.isBusy ? words.running : words.idle;
		default:
			return python.phase satisfies never;
	}
}
