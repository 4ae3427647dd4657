/** The list of what is on board (`onboard.json`, written by `scripts/provision.mjs`), as far as models need it. */
import * as v from 'valibot';
import { PlaygroundError } from '../../core/errors';

const listSchema = v.object({
	version: v.literal(1),
	files: v.array(v.object({ path: v.string(), bytes: v.number(), sha256: v.string(), part: v.string() })),
	missing: v.array(v.object({ part: v.string(), path: v.string(), why: v.string() })),
});

/** One file on board: where it is served (relative to the app), how large it is and what its hash must be. */
export interface OnboardFile {
	readonly path: string;
	readonly bytes: number;
	/** sha256, in hexadecimal. */
	readonly sha256: string;
}

/** Folder in which the files of an on-board model are served, relative to the app. */
function folderOf(modelId: string): string {
	return `models/${modelId}/`;
}

/**
 * The files of an on-board model.
 * @param baseUrl address of the app, with a slash at the end
 * @throws `model_missing` where the list cannot be read, names none, or says that some could not be provisioned;
 * the signal's reason when it fires
 */
export async function onboardFiles(
	modelId: string,
	baseUrl: string,
	signal: AbortSignal,
): Promise<readonly OnboardFile[]> {
	const url = new URL('onboard.json', baseUrl).href;
	const list = await readList(url, signal);
	const folder = folderOf(modelId);
	const files = list.files.filter((file) => file.path.startsWith(folder));
	const missing = list.missing.filter((file) => file.path.startsWith(folder));
	if (files.length === 0 || missing.length > 0) {
		const why = missing.map((file) => `${file.path}: ${file.why}`).join('\n');
		throw new PlaygroundError('model_missing', { detail: why === '' ? `${url} lists nothing in ${folder}` : why });
	}
	return files;
}

async function readList(url: string, signal: AbortSignal): Promise<v.InferOutput<typeof listSchema>> {
	try {
		const response = await fetch(url, { signal });
		if (!response.ok) throw new Error(`HTTP ${response.status}`);
		return v.parse(listSchema, await response.json());
	} catch (thrown) {
		signal.throwIfAborted();
		const words = thrown instanceof Error ? thrown.message : String(thrown);
		throw new PlaygroundError('model_missing', { detail: `${url}: ${words}`, cause: thrown });
	}
}
