/** Leads a Python to a state by executing the actions again that made it. */
import type { KeptAction, Restored } from '../../core/ports';
import type { ActionReport } from '../../../workers/contracts';
import { ActionCall } from './action-call';
import { isSame } from './states';
import type { SandboxFrame } from './sandbox-frame';

/** How long one action may take when it is executed again. */
const ACTION_MS = 120_000;

/**
 * Executes `path`, oldest first. `onDone` is told of each. Null: Python did not survive it, or the signal fired. An
 * action that was stopped the first time is left out, since nobody is there to stop it again.
 */
export async function leadTo(
	frame: SandboxFrame,
	path: readonly KeptAction[],
	signal: AbortSignal,
	onDone: (action: KeptAction, report: ActionReport) => void,
): Promise<Restored | null> {
	const startedAt = performance.now();
	let isDifferent = false;
	for (const action of path) {
		if (['interrupted', 'timedOut'].includes(action.outcome.status)) {
			isDifferent = true;
			continue;
		}
		const call = new ActionCall({ frame, code: action.code, timeoutMs: ACTION_MS, askedMs: () => 0, signal });
		const { ending, reason } = await call.ended();
		if (signal.aborted || ending.kind !== 'returned' || ending.report.state !== 'kept') return null;
		if (reason !== null || !isSame(action.outcome, ending.report)) isDifferent = true;
		onDone(action, ending.report);
	}
	return { by: 'rerun', isDifferent, durationMs: performance.now() - startedAt };
}
