/** The whole app on scripted ports, and the words in which the tests speak of it. */
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import App from '../../src/ui/App.svelte';
import '../../src/ui/styles/index.css';
import '../../src/ui/tokens.css';
import type { RunResult } from '../../src/core/ports';
import { makePlayground } from './playground';

/** An image of one pixel, base64. */
export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const KEY_ERROR: Partial<RunResult> = {
	status: 'error',
	error: {
		type: 'KeyError',
		message: "'species'",
		traceback:
			'Traceback (most recent call last):\n  File "<action>", line 1, in <module>\n    df["species"]\nKeyError: \'species\'',
		line: 1,
	},
};

/** Shows the app, with an empty session, at its first view and on a desk screen. */
export async function show(
	scenario: Parameters<typeof makePlayground>[0] = {},
): Promise<Awaited<ReturnType<typeof makePlayground>>> {
	location.hash = '#/';
	document.documentElement.removeAttribute('data-theme');
	const made = await makePlayground(scenario);
	await render(App, { playground: made.playground });
	return made;
}

export const task = () => page.getByRole('textbox', { name: 'Task' });
export const step = (number: number) => page.getByRole('article', { name: `Step ${number}`, exact: true });
export const answer = () => page.getByRole('region', { name: 'Answer' });

/** A reply with an action. */
export const act = (code: string, thought = ''): string => `${thought}\n<execute>\n${code}\n</execute>`;
