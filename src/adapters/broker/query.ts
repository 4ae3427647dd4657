/** Reads what came out of the sandbox as a query: Python may have written the message itself, so it may be anything. */
import * as v from 'valibot';
import type { Query } from '../../../workers/contracts';

/** The longest prompt that is shown to the person. */
const PROMPT_CHARS = 2000;

const QUERY = v.variant('kind', [
	v.object({
		kind: v.literal('fetch'),
		request: v.object({
			// As the browser writes it: urllib3 names the default port.
			url: v.pipe(
				v.string(),
				v.transform((url) => URL.parse(url)?.href ?? url),
			),
			method: v.string(),
			headers: v.array(v.tuple([v.string(), v.string()])),
			body: v.nullable(v.instance(ArrayBuffer)),
			timeoutMs: v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(0))),
		}),
	}),
	v.object({
		kind: v.literal('input'),
		request: v.object({
			prompt: v.pipe(
				v.string(),
				v.transform((prompt) => prompt.slice(0, PROMPT_CHARS)),
			),
			isMasked: v.boolean(),
		}),
	}),
]);

/** The query, or null where it is none. */
export function readQuery(data: unknown): Query | null {
	const read = v.safeParse(QUERY, data);
	return read.success ? read.output : null;
}
