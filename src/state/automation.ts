/**
 * `window.playground`: the page driven from outside (the terminal command, tests). Only data goes in and out, and it
 * drives the same session that the page shows.
 */
import { PlaygroundError, type WireError } from '../core/errors';
import type { ModelCard } from '../core/model-card';
import type { Engine } from '../core/ports';
import type { AgentEvent, Limits, Trajectory } from '../core/trajectory';
import type { Playground } from './playground.svelte';

/** What a run from outside may say. */
export interface AutomationOptions {
	readonly task: string;
	/** Catalogue id; left out: the model that is loaded. A model that is not here is downloaded: asking is granting. */
	readonly model?: string;
	/** Assistant messages, one a turn, in place of a model. */
	readonly script?: readonly string[];
	readonly maxSteps?: number;
	/** Wall time after which the run pauses, in milliseconds. */
	readonly timeoutMs?: number;
	/** Lets micropip ask the package index. */
	readonly allowPackages?: boolean;
	/** Addresses of Simple-API package indexes, for a mirror; they take effect when Python is started. */
	readonly indexUrls?: readonly string[];
}

/** What `main.ts` brings for it. */
export interface AutomationPorts {
	readonly version: string;
	readonly playground: Playground;
	/** Settles when the model that loads by itself and Python are up, or have failed. */
	readonly started: Promise<unknown>;
	/** The card of a catalogue id; throws `unknown_model`. */
	readonly cardFor: (id: string) => ModelCard | Promise<ModelCard>;
	readonly scriptCard: ModelCard;
	readonly scriptEngine: (messages: readonly string[]) => Engine;
	readonly setIndexUrls: (urls: readonly string[]) => void;
}

/** The object at `window.playground`. */
export interface Automation {
	readonly version: string;
	/** Resolves when the page has settled: model and Python are up, or have failed. */
	ready(): Promise<void>;
	/** Runs a task in the session on the page. Rejects with `code: sentence` where no run could begin. */
	run(options: AutomationOptions): Promise<Trajectory>;
	/** Events since the last call; waits for the next one while a run is at work. Empty: there is no more. */
	nextEvents(): Promise<readonly AgentEvent[]>;
	/** Stops generation and Python; what was done is kept. */
	stop(): void;
}

/** Makes the object; see the head of this file. */
export function automate(ports: AutomationPorts): Automation {
	const { playground } = ports;
	const { session, engine, network } = playground;
	let events: AgentEvent[] = [];
	let running = 0;
	let wake: () => void = () => undefined;
	session.listen((batch) => {
		events.push(...batch);
		wake();
	});

	async function takeModel({ model, script }: AutomationOptions): Promise<void> {
		if (script !== undefined) return engine.use(ports.scriptCard, ports.scriptEngine(script));
		if (model !== undefined) await engine.load(await ports.cardFor(model));
	}

	async function run(options: AutomationOptions): Promise<Trajectory> {
		const limits: Partial<Limits> = {
			...(options.maxSteps === undefined ? {} : { steps: options.maxSteps }),
			...(options.timeoutMs === undefined ? {} : { timeMs: options.timeoutMs }),
		};
		if (options.indexUrls !== undefined) ports.setIndexUrls(options.indexUrls);
		if (options.allowPackages !== undefined) network.policy = options.allowPackages ? 'packageIndex' : 'onBoard';
		await takeModel(options);
		const outcome = await session.submit(options.task, limits);
		if (outcome.ok) return outcome.trajectory;
		throw new Error(outcome.error === null ? 'Stopped before the run began.' : sentence(outcome.error));
	}

	return {
		version: ports.version,
		ready: () => ports.started.then(() => undefined),
		run(options) {
			running += 1;
			return run(options)
				.catch((thrown: unknown) => {
					// An error's class and code are lost on the way out of the page, so they go into its sentence.
					throw thrown instanceof PlaygroundError ? new Error(sentence(thrown.toWire())) : thrown;
				})
				.finally(() => {
					running -= 1;
					wake();
				});
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
		stop: () => session.stop(),
	};
}

function sentence({ code, message, next, detail }: WireError): string {
	return [`${code}: ${message}`, ...(detail === null ? [] : [`(${detail})`]), next].join(' ');
}
