import { createContext } from 'svelte';
import type { Playground } from '../state/playground.svelte';

/** The state of the page, for every view below `App`. */
export const [getPlayground, setPlayground] = createContext<Playground>();
