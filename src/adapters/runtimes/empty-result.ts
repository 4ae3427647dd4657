import type { RunResult } from '../../core/ports';

/** The result of an action that did and said nothing; what an action did is put over it. */
export const EMPTY_RESULT: RunResult = {
	status: 'ok',
	stdout: '',
	stderr: '',
	value: null,
	error: null,
	displays: [],
	answer: null,
	packages: [],
	durationMs: 0,
	state: 'kept',
	restored: null,
	checkpoint: null,
	files: [],
	requests: [],
	grants: [],
};
