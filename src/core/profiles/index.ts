import { PlaygroundError } from '../errors';
import type { Profile } from '../profile';
import { codeact } from './codeact';
import { coder } from './coder';
import { general } from './general';
import { onboard } from './onboard';

/** All profiles, by id. Which model uses which is said in the catalogue. */
export const PROFILES: Record<string, Profile> = { onboard, coder, codeact, general };

/** The profile of that id. An unknown id is a mistake in the catalogue: throws `internal`. */
export function profileFor(id: string): Profile {
	const profile = Object.hasOwn(PROFILES, id) ? PROFILES[id] : undefined;
	if (profile === undefined) throw new PlaygroundError('internal', { detail: `There is no profile "${id}".` });
	return profile;
}
