import type { Settings } from '../../core/storage';

const PREFIX = 'codeact.';

/** Small settings in localStorage, which is written at once and so survives a tab that is closed on the next frame. */
export class LocalSettings implements Settings {
	read(name: string): string | null {
		try {
			return localStorage.getItem(PREFIX + name);
		} catch {
			// Storage is off in this browser: the app goes on without it.
			return null;
		}
	}

	write(name: string, value: string | null): void {
		try {
			if (value === null) localStorage.removeItem(PREFIX + name);
			else localStorage.setItem(PREFIX + name, value);
		} catch {
			// As above; what cannot be kept is not an error of what the person does.
		}
	}

	/** Removes every setting of this app. */
	clear(): void {
		try {
			for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
		} catch {
			// As above: there is nothing to clear.
		}
	}
}
