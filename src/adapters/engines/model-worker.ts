import type { ModelContract, WebLlmEntry } from '../../../workers/contracts';
import { startWorker, type WorkerLink } from './worker-link';

/** Starts the model worker. Throws `model_load_failed` where it does not start. */
export function startModelWorker(signal: AbortSignal): Promise<WorkerLink<ModelContract>> {
	const create = (): Worker =>
		new Worker(new URL('../../../workers/model.worker.ts', import.meta.url), { type: 'module', name: 'model' });
	return startWorker<ModelContract>(create, 'model_load_failed', signal);
}

/**
 * web-llm's own catalogue, asked of the worker, since the package is 6 MB that the page does not need otherwise.
 * Throws `model_load_failed` where the worker does not start.
 */
export async function readWebLlmEntries(): Promise<readonly WebLlmEntry[]> {
	const link = await startModelWorker(new AbortController().signal);
	try {
		return await link.calls.entries();
	} finally {
		link.dispose();
	}
}
