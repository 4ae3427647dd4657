/** How it is told that Python itself broke in an action, rather than the action's code. */
import { ERROR_CATALOGUE } from './errors';
import type { PythonError } from './ports';

/** What an action is told that broke Python. `detail`: the machine's own words. */
export function pythonDied(detail: string): PythonError {
	const isMemory = /out of memory|MemoryError|allocation failed/i.test(detail);
	return {
		type: isMemory ? 'MemoryError' : 'PythonDied',
		message: `${ERROR_CATALOGUE.python_died.says} (${detail.split('\n')[0] ?? ''})`,
		traceback: detail,
		line: null,
	};
}
