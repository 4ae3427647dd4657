/** `fetch` of the python worker: a question to the page's broker. The browser itself lets nothing out of the sandbox. */
import type { WireError } from '../../src/core/ports';
import type { Answer, BrokerRequest } from '../contracts';
import type { Questions } from './questions';

/** Statuses that allow no body (Fetch standard, "null body status"). */
const BODILESS = [101, 103, 204, 205, 304];

/** What the broker refused, as a failed fetch is told: a TypeError, whose message begins with the refusal's code. */
export class RefusedFetch extends TypeError {
	constructor(readonly error: WireError) {
		super(`${error.code}: ${error.message} ${error.next}`);
	}
}

/** A `fetch` that asks the page. What the broker refuses rejects with a `RefusedFetch` (`packages.py` reads its message). */
export function brokerFetch(questions: Questions): typeof fetch {
	return async (input, init) => {
		const request = await toRequest(new Request(input, init));
		return toResponse(await questions.ask({ kind: 'fetch', request }), request.url);
	};
}

async function toRequest(request: Request): Promise<BrokerRequest> {
	const hasBody = !['GET', 'HEAD'].includes(request.method);
	return {
		url: request.url,
		method: request.method,
		headers: [...request.headers],
		body: hasBody ? await request.arrayBuffer() : null,
	};
}

function toResponse(answer: Answer, asked: string): Response {
	if (answer.kind === 'refused') throw new RefusedFetch(answer.error);
	if (answer.kind !== 'response') throw new TypeError(`no response for ${asked}`);
	const { status, statusText, url } = answer;
	const headers = answer.headers.map(([name, value]): [string, string] => [name, value]);
	const response = new Response(BODILESS.includes(status) ? null : answer.body, { status, statusText, headers });
	// A Response made by hand has no address; micropip and pyfetch show it.
	return Object.defineProperty(response, 'url', { value: url });
}
