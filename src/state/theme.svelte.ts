import type { Settings } from '../core/storage';

export type ThemeChoice = 'light' | 'dark' | 'system';

const SETTING = 'theme';

/** Light, dark, or as the system says. The choice is kept, and applied to the root element. */
export class ThemeState {
	choice = $state<ThemeChoice>('system');
	readonly #settings: Settings;
	readonly #root: HTMLElement;

	constructor(settings: Settings, root: HTMLElement) {
		this.#settings = settings;
		this.#root = root;
		const kept = settings.read(SETTING);
		this.#apply(kept === 'light' || kept === 'dark' ? kept : 'system');
	}

	choose(choice: ThemeChoice): void {
		this.#apply(choice);
		this.#settings.write(SETTING, choice === 'system' ? null : choice);
	}

	#apply(choice: ThemeChoice): void {
		this.choice = choice;
		if (choice === 'system') delete this.#root.dataset.theme;
		else this.#root.dataset.theme = choice;
	}
}
