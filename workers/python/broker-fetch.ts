/** `fetch` of the python worker: a question to the page's broker. The browser itself lets nothing out of the sandbox. */
import type { WireError } from '../../src/core/ports';
import type { BrokerAnswer, BrokerRequest, BrokerResponse, PythonEvent } from '../contracts';

/** Statuses that allow no body (Fetch standard, "null body status"). */
const BODILESS = [101, 103, 204, 205, 304];

/** What the broker refused, as a failed fetch is told: a TypeError, whose message begins with the refusal's code. */
export class RefusedFetch extends TypeError {
	constructor(readonly error: WireError) {
		super(`${error.code}: ${error.message} ${error.next}`);
	}
}

/**
 * A `fetch` that asks over `events`. What the broker refuses rejects with a `RefusedFetch`
 * (`workers/python/packages.py` reads its message).
 */
export function brokerFetch(events: MessagePort): typeof fetch {
	const waiting = new Map<number, (response: BrokerResponse) => void>();
	let lastId = 0;
	events.addEventListener('message', ({ data }: MessageEvent<BrokerAnswer>) => {
		waiting.get(data.id)?.(data.response);
		waiting.delete(data.id);
	});
	events.start();
	return async (input, init) => {
		const asked = await toRequest(new Request(input, init));
		const id = ++lastId;
		const answer = new Promise<BrokerResponse>((resolve) => waiting.set(id, resolve));
		const event: PythonEvent = { kind: 'fetch', id, request: asked };
		events.postMessage(event, asked.body === null ? [] : [asked.body]);
		return toResponse(await answer);
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

function toResponse(answer: BrokerResponse): Response {
	if (answer.kind === 'refused') throw new RefusedFetch(answer.error);
	const { status, statusText, url } = answer;
	const headers = answer.headers.map(([name, value]): [string, string] => [name, value]);
	const response = new Response(BODILESS.includes(status) ? null : answer.body, { status, statusText, headers });
	// A Response made by hand has no address; micropip and pyfetch show it.
	return Object.defineProperty(response, 'url', { value: url });
}
