/** A Python that goes on from an image of the one before: after a forced stop, and in another page. */
import { afterEach, expect, test } from 'vitest';
import { Broker } from '../../src/adapters/broker/broker';
import { PyodideRuntime } from '../../src/adapters/runtimes/pyodide-runtime';
import type { KeptAction, RunResult } from '../../src/core/ports';
import type { HeapImage } from '../../workers/contracts';
import { BASE_URL, run } from './runtime-cases';

/** Images of one session, as the browser keeps them; `saved` resolves with the next. */
function shelf() {
	let kept: { state: number; image: HeapImage } | null = null;
	let onSaved: () => void = () => undefined;
	return {
		open: (state: number) => Promise.resolve(kept?.state === state ? kept.image : null),
		save: async (state: number, image: HeapImage) => {
			kept = { state, image };
			onSaved();
		},
		saved: () => new Promise<void>((resolve) => (onSaved = resolve)),
	};
}

const made: PyodideRuntime[] = [];

function runtimeWith(images: ReturnType<typeof shelf>): PyodideRuntime {
	const runtime = new PyodideRuntime({ broker: new Broker({ baseUrl: BASE_URL }), images });
	made.push(runtime);
	return runtime;
}

afterEach(() => {
	for (const runtime of made.splice(0)) runtime.dispose();
});

const PANDAS = `import numpy as np, pandas as pd
frame = pd.DataFrame({"a": np.arange(5), "b": list("vwxyz")})
def counter():
    seen = []
    return lambda value: seen.append(value) or len(seen)
count = counter()
count("first")
log = open("log.txt", "w")
log.write("one ")`;

const LOOK = `log.write("two")
log.close()
print(frame.a.sum(), count("second"), open("log.txt").read())`;

async function imageAfter(runtime: PyodideRuntime, images: ReturnType<typeof shelf>): Promise<RunResult> {
	const saved = images.saved();
	const result = await run(runtime, PANDAS);
	await saved;
	return result;
}

test('a forced stop costs nothing of what earlier actions made, and nothing is executed again', async () => {
	const images = shelf();
	const runtime = runtimeWith(images);
	await imageAfter(runtime, images);
	const stopper = new AbortController();
	setTimeout(() => stopper.abort(), 200);
	const stopped = await run(runtime, 'frame = None\nsum(range(10**12))', { signal: stopper.signal });
	expect(stopped.state).toMatch(/^restor(ed|ing)$/);
	expect((await run(runtime, LOOK)).stdout).toBe('10 2 one two\n');
	expect(runtime.status.report?.startedFrom).toBe('image');
});

test('a new page goes on from the image where it fits, without executing anything', async () => {
	const images = shelf();
	const before = runtimeWith(images);
	const { checkpoint, ...outcome } = await imageAfter(before, images);
	before.dispose();
	const after = runtimeWith(images);
	const { id, parent } = checkpoint ?? { id: 0, parent: 0 };
	const kept: KeptAction = { id, parent, code: 'raise SystemExit("not again")', outcome };
	after.adopt([kept]);
	expect(await after.recall(id)).toMatchObject({ by: 'image', isDifferent: false });
	expect((await run(after, LOOK)).stdout).toBe('10 2 one two\n');
	// The state of the image is a checkpoint of the new worker.
	expect(await after.restore(id)).toMatchObject({ by: 'memory' });
	expect((await run(after, LOOK)).stdout).toBe('10 2 one two\n');
});

test('without an image of the wanted state Python is fresh, and the caller is told', async () => {
	const runtime = runtimeWith(shelf());
	const outcome = { status: 'ok', stdout: '', value: null, error: null } as const;
	runtime.adopt([{ id: 7, parent: 0, code: 'x = 1', outcome }]);
	expect(await runtime.recall(7)).toBeNull();
	expect((await run(runtime, '"x" in globals()')).value).toBe('False');
});
