import { PlaygroundError, type WireError } from '../core/errors';
import type { Capabilities, ModelCard } from '../core/model-card';
import type { Engine, LoadProgress, Phase } from '../core/ports';

/** What the state of the engine needs: the catalogue, and how to make an engine of a card. */
export interface Engines {
	/** The cards that are shown at once: those on board and the recommended ones. */
	readonly catalogue: readonly ModelCard[];
	/** Every card there is; fetches the larger catalogue where it is not here yet. */
	all(): Promise<readonly ModelCard[]>;
	create(card: ModelCard): Engine;
	/** True where the files of this model can be had without another host. */
	isOnDevice(card: ModelCard): Promise<boolean>;
	/** Host that a download would ask. */
	hostOf(card: ModelCard): string;
	/** Deletes what is kept of the model. */
	remove(card: ModelCard): Promise<void>;
}

/** Why a model was not loaded, shown at its card. */
interface Refusal {
	readonly modelId: string;
	readonly error: WireError;
}

/** The current model: which, how far its load is, and what went wrong. Loads one model at a time. */
export class EngineState {
	/** The model that is loaded or being loaded; null where none was chosen. */
	card = $state.raw<ModelCard | null>(null);
	phase = $state<Phase>('idle');
	progress = $state.raw<LoadProgress | null>(null);
	/** The failure of the last load or choice; null once another is begun. */
	refusal = $state.raw<Refusal | null>(null);
	/** A model that the person asked for and that would have to be downloaded: the view asks first. */
	question = $state.raw<ModelCard | null>(null);
	catalogue = $state.raw<readonly ModelCard[]>([]);
	/** What is known of each model's files, by id. */
	onDevice = $state.raw<Readonly<Record<string, boolean>>>({});

	readonly #engines: Engines;
	readonly #capabilities: () => Promise<Capabilities>;
	#engine: Engine | null = null;
	#abort: AbortController | null = null;
	/** Settles when the loads that were asked for are over; never rejects. */
	#queue: Promise<void> = Promise.resolve();
	/** Settles when the model that loads by itself has been picked and loaded, or has failed; never rejects. */
	#started: Promise<void> = Promise.resolve();

	constructor(engines: Engines, capabilities: () => Promise<Capabilities>) {
		this.#engines = engines;
		this.#capabilities = capabilities;
		this.catalogue = engines.catalogue;
		void this.#look(engines.catalogue);
	}

	/** Size of the loaded model's context window in tokens; 0 where none is loaded. */
	get contextTokens(): number {
		return this.phase === 'ready' ? (this.#engine?.contextTokens ?? 0) : 0;
	}

	/** Loaded share, 0 to 1; null where the total is not known. */
	get fraction(): number | null {
		const { progress } = this;
		if (progress === null || progress.totalBytes === 0) return null;
		return Math.min(1, progress.loadedBytes / progress.totalBytes);
	}

	/** Shows the whole catalogue. */
	async showAll(): Promise<void> {
		try {
			this.catalogue = await this.#engines.all();
			await this.#look(this.catalogue);
		} catch (thrown) {
			this.refusal = { modelId: '', error: PlaygroundError.from(thrown, 'internal').toWire() };
		}
	}

	/** Host that a download of `card` would ask. */
	hostOf(card: ModelCard): string {
		return this.#engines.hostOf(card);
	}

	/**
	 * Takes a model: loads it where its files are here, asks first (`question`) where it would have to be downloaded
	 * and that is not granted yet, and refuses it (`refusal`) where this browser cannot run it.
	 */
	async choose(card: ModelCard, isGranted = false): Promise<void> {
		const error = unmetNeed(card, await this.#capabilities());
		this.refusal = error === null ? null : { modelId: card.id, error: error.toWire() };
		if (error !== null) return;
		const isAsked = !isGranted && card.source === 'download' && !(await this.#engines.isOnDevice(card));
		if (isAsked) this.question = card;
		else await this.load(card);
	}

	/** The person's answer to `question`. */
	async answer(isGranted: boolean): Promise<void> {
		const card = this.question;
		this.question = null;
		if (isGranted && card !== null) await this.load(card);
	}

	/** Loads `card` in place of the current model. Never rejects: a failure is `refusal`, and `phase` is `failed`. */
	load(card: ModelCard): Promise<void> {
		const isCurrent = this.card?.id === card.id && (this.phase === 'loading' || this.phase === 'ready');
		return isCurrent ? this.#queue : this.use(card, this.#engines.create(card));
	}

	/** Loads the model that nobody had to ask for, unless another one was taken meanwhile. Never rejects. */
	start(pick: () => Promise<ModelCard>): Promise<void> {
		this.#started = pick().then(
			(card) => (this.card === null ? this.load(card) : undefined),
			(thrown: unknown) => {
				this.refusal = { modelId: '', error: PlaygroundError.from(thrown, 'model_load_failed').toWire() };
			},
		);
		return this.#started;
	}

	/** Loads `engine` as the engine of `card`. Never rejects, as `load`. */
	use(card: ModelCard, engine: Engine): Promise<void> {
		this.cancel();
		const abort = new AbortController();
		this.#abort = abort;
		this.card = card;
		this.phase = 'loading';
		this.progress = null;
		this.refusal = null;
		return this.#enqueue(async () => {
			await this.#engine?.unload();
			this.#engine = engine;
			// Another model may have been taken while this one waited for its turn.
			if (abort.signal.aborted) return this.#settle(abort, 'idle', null);
			try {
				await engine.load((progress) => {
					if (this.#abort === abort) this.progress = progress;
				}, abort.signal);
				this.#settle(abort, 'ready', null);
			} catch (thrown) {
				const error = abort.signal.aborted ? null : PlaygroundError.from(thrown, 'model_load_failed').toWire();
				this.#settle(abort, error === null ? 'idle' : 'failed', error);
			}
			await this.#look([card]);
		});
	}

	/** Ends the load under way; what was downloaded so far stays where the engine keeps it. */
	cancel(): void {
		this.#abort?.abort();
	}

	/** Frees the model's memory. */
	unload(): Promise<void> {
		this.cancel();
		this.#abort = null;
		this.card = null;
		this.phase = 'idle';
		this.progress = null;
		return this.#enqueue(async () => {
			await this.#engine?.unload();
			this.#engine = null;
		});
	}

	/** Deletes the files of a model from this device. */
	async remove(card: ModelCard): Promise<void> {
		if (this.card?.id === card.id) await this.unload();
		try {
			await this.#engines.remove(card);
		} catch (thrown) {
			this.refusal = { modelId: card.id, error: PlaygroundError.from(thrown, 'storage_unavailable').toWire() };
		}
		await this.#look([card]);
	}

	/** The loaded engine and its card. Waits for a load under way; rejects with a `PlaygroundError` where there is none. */
	async whenReady(): Promise<{ engine: Engine; card: ModelCard }> {
		await this.#started;
		await this.#queue;
		if (this.#engine !== null && this.card !== null && this.phase === 'ready') {
			return { engine: this.#engine, card: this.card };
		}
		if (this.refusal !== null) throw PlaygroundError.fromWire(this.refusal.error);
		throw new PlaygroundError('model_not_loaded');
	}

	/** One load or unload at a time, in the order in which they were asked for. */
	#enqueue(work: () => Promise<void>): Promise<void> {
		this.#queue = this.#queue.then(work);
		return this.#queue;
	}

	/** Takes over how the load of `abort` ended, unless another one has taken its place. */
	#settle(abort: AbortController, phase: Phase, error: WireError | null): void {
		if (this.#abort !== abort) return;
		this.phase = phase;
		this.progress = null;
		if (error !== null && this.card !== null) this.refusal = { modelId: this.card.id, error };
		if (phase === 'idle') this.card = null;
	}

	async #look(cards: readonly ModelCard[]): Promise<void> {
		const found = await Promise.all(
			cards.map(async (card) => [card.id, await this.#engines.isOnDevice(card).catch(() => false)] as const),
		);
		this.onDevice = { ...this.onDevice, ...Object.fromEntries(found) };
	}
}

/** The need of `card` that this browser does not meet, as an error; null where it can run. */
export function unmetNeed(card: ModelCard, capabilities: Capabilities): PlaygroundError | null {
	if (card.needs.webgpu && !capabilities.webgpu) return new PlaygroundError('webgpu_unavailable');
	if (card.needs.shaderF16 && !capabilities.shaderF16) return new PlaygroundError('shader_f16_missing');
	return null;
}
