/**
 * The newest image of Python's memory: taken a moment after each action, so that a new Python can go on from there when
 * the worker had to be ended, and after a reload.
 */
import type { HeapImage } from '../../../workers/contracts';
import type { SandboxFrame } from './sandbox-frame';
import type { States } from './states';

/** How long Python has to be left alone before an image of it is taken. */
const QUIET_MS = 1_000;

/** An image, and the state that it holds. */
interface KeptImage {
	readonly state: number;
	readonly image: HeapImage;
}

/** Keeps the newest image of the session that is on the page across a reload. */
export interface ImageStore {
	/** The image of that state; null where another one is kept, or none. */
	open(state: number): Promise<HeapImage | null>;
	/** May reject: an image is only a shortcut. */
	save(state: number, image: HeapImage): Promise<void>;
}

/** See the head of this file. */
export class Images {
	#newest: KeptImage | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** `isBusy`: true while a call is under way, whose end asks for an image again. */
	constructor(
		private readonly states: States,
		private readonly isBusy: () => boolean,
		private readonly store: ImageStore | null,
	) {}

	/** Takes an image of the state that `frame`'s Python is in, once it has been left alone for a moment. */
	takeSoon(frame: SandboxFrame): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#take(frame), QUIET_MS);
	}

	/** The image that lies on the way to the present state; null where there is none. */
	onTheWay(): KeptImage | null {
		return this.#newest !== null && this.states.leadsFrom(this.#newest.state) ? this.#newest : null;
	}

	/** The stored image, where it holds the state `state`; `onTheWay` finds it from then on. */
	async recall(state: number): Promise<boolean> {
		const image = (await this.store?.open(state)) ?? null;
		if (image === null) return false;
		this.#newest = { state, image };
		return true;
	}

	/** Forgets the newest image: a new Python does not take it, or its states are gone. */
	forget(): void {
		clearTimeout(this.#timer);
		this.#newest = null;
	}

	async #take(frame: SandboxFrame): Promise<void> {
		if (this.isBusy()) return;
		const state = this.states.at;
		const taken = await Promise.race([frame.python.saveImage(), frame.ended.then(() => null)]);
		if (taken === null || !taken.ok || taken.value === null) return;
		// Going back or a new Python may have come between.
		if (this.states.at !== state) return;
		this.#newest = { state, image: taken.value };
		await this.store?.save(state, taken.value).catch(() => undefined);
	}
}
