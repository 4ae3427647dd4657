/** Makes `window.playground` (`automation.ts`) out of the state of the page. */
import { PlaygroundError, type WireError } from '../core/errors';
import { DEFAULT_LIMITS } from '../core/limits';
import type { ModelCard } from '../core/model-card';
import type { Engine } from '../core/ports';
import type { AgentEvent, Limits, Trajectory } from '../core/trajectory';
import type { Automation, AutomationOptions } from './automation';
import { fromBase64, toBase64 } from './base64';
import { bytesOf } from './bytes-of';
import { hostIn } from './chosen-host';
import type { Playground } from './playground.svelte';

/** What `main.ts` brings for it. */
export interface AutomationPorts {
	readonly version: string;
	readonly playground: Playground;
	/** Settles when the model that loads by itself and Python are up, or have failed. */
	readonly started: Promise<unknown>;
	/** Settles when the session that was open before is back, so that a run does not get in its way. */
	readonly restored: Promise<unknown>;
	/** The card of a catalogue id; throws `unknown_model`. */
	readonly cardFor: (id: string) => ModelCard | Promise<ModelCard>;
	readonly scriptCard: ModelCard;
	readonly scriptEngine: (messages: readonly string[]) => Engine;
	readonly setIndexUrls: (urls: readonly string[]) => Promise<void>;
	/** Called before a run, so that the page can show it. */
	readonly onRun: () => void;
}

/** Makes the object; see the head of this file. */
export function automate(ports: AutomationPorts): Automation {
	const { playground } = ports;
	const { session, engine, network, keyboard, python, files, uploads } = playground;
	let events: AgentEvent[] = [];
	let running = 0;
	/** Stops the `execute` under way. */
	let executing: AbortController | null = null;
	let wake: () => void = () => undefined;
	session.listen((batch) => {
		events.push(...batch);
		wake();
	});

	/** Says whether there is somebody at the page to answer questions. */
	function attend(isAttended: boolean): void {
		network.canAsk = isAttended;
		keyboard.canAsk = isAttended;
		keyboard.lines = [];
	}

	async function takeModel({ model, script }: AutomationOptions): Promise<void> {
		if (script !== undefined) await engine.use(ports.scriptCard, ports.scriptEngine(script));
		else if (model !== undefined) await engine.choose(await ports.cardFor(model), true);
		else return;
		if (engine.refusal !== null) throw PlaygroundError.fromWire(engine.refusal.error);
	}

	async function takeFiles({ files: given = [] }: AutomationOptions): Promise<void> {
		const blobs = given.map(({ path, base64 }) => ({ path, blob: new Blob([fromBase64(base64)]) }));
		await uploads.add(blobs);
		if (files.error !== null) throw PlaygroundError.fromWire(files.error);
	}

	async function run(options: AutomationOptions): Promise<Trajectory> {
		const limits: Partial<Limits> = {
			...(options.maxSteps === undefined ? {} : { steps: options.maxSteps }),
			...(options.timeoutMs === undefined ? {} : { timeMs: options.timeoutMs }),
		};
		await ports.restored;
		if (session.isBusy) throw new PlaygroundError('busy');
		ports.onRun();
		const hasLeft = session.runs.length > 0 || (options.files !== undefined && files.list.length > 0);
		if (hasLeft) await session.newSession();
		if (options.indexUrls !== undefined) await ports.setIndexUrls(options.indexUrls);
		const { allowPackages, allowHosts } = options;
		const isAttended = allowPackages === undefined && allowHosts === undefined;
		if (!isAttended) {
			const hosts = (allowHosts ?? []).map(hostIn).filter((host) => host !== null);
			network.lend({ packages: allowPackages === true ? 'packageIndex' : 'onBoard', hosts });
		}
		network.canAsk = isAttended;
		keyboard.lines = options.inputs ?? [];
		keyboard.canAsk = isAttended && options.inputs === undefined;
		await takeModel(options);
		await takeFiles(options);
		const outcome = await session.submit(options.task, limits);
		if (outcome.ok) return outcome.trajectory;
		throw new Error(outcome.error === null ? 'Stopped before the run began.' : sentence(outcome.error));
	}

	return {
		version: ports.version,
		async ready() {
			await ports.started;
			const error = engine.refusal?.error ?? python.error;
			if (error !== null) throw new Error(sentence(error));
		},
		run(options) {
			running += 1;
			return run(options)
				.catch(rethrow)
				.finally(() => {
					attend(true);
					network.lend(null);
					running -= 1;
					wake();
				});
		},
		async execute(code, { timeoutMs = DEFAULT_LIMITS.actionMs } = {}) {
			if (session.isBusy) return rethrow(new PlaygroundError('busy'));
			executing = new AbortController();
			// The page asks within a run; here nobody would see the question.
			attend(false);
			const running = python.run(code, { timeoutMs, onOutput: () => undefined }, executing.signal);
			return running.catch(rethrow).finally(() => attend(true));
		},
		async restart() {
			if (session.isBusy) return rethrow(new PlaygroundError('busy'));
			return python.restart().catch(rethrow);
		},
		async restore(checkpoint) {
			if (session.isBusy) return rethrow(new PlaygroundError('busy'));
			return python
				.restore(checkpoint)
				.finally(() => files.refresh())
				.catch(rethrow);
		},
		async nextEvents() {
			while (events.length === 0 && running > 0) {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
			const batch = events;
			events = [];
			return batch;
		},
		async files() {
			await files.settled();
			return files.mentions;
		},
		async readFile(path) {
			await files.settled();
			const blob = files.list.find((file) => file.path === path)?.blob ?? null;
			if (blob === null) return rethrow(new PlaygroundError('file_unreadable', { detail: path }));
			return toBase64(await bytesOf(blob));
		},
		trajectory: () => session.runs.at(-1) ?? null,
		stop() {
			executing?.abort();
			session.stop();
		},
	};
}

/** Rejects with it: an error's class and code are lost on the way out of the page, so they go into its sentence. */
function rethrow(thrown: unknown): never {
	throw thrown instanceof PlaygroundError ? new Error(sentence(thrown.toWire())) : thrown;
}

function sentence({ code, message, next, detail }: WireError): string {
	return [`${code}: ${message}`, ...(detail === null ? [] : [`(${detail})`]), next].join(' ');
}
