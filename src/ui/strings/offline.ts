/** What the Offline dialog says. */
import { bytes } from '../format';

export const offline = {
	title: 'On this device',
	ready: 'The app, Python, its packages and the small model are kept here: the page opens and runs without a network.',
	part: (kept: number, total: number) =>
		`${bytes(kept)} of ${bytes(total)} are kept so far. Until all of it is, the page needs its server.`,
	none: 'Nothing is kept yet, so the page needs its server.',
	parts: {
		models: 'Models',
		app: 'App, Python and packages',
		sessions: 'Sessions',
		files: 'Files of sessions',
		images: 'States of Python',
		other: 'Other',
	},
	unknown: 'the browser does not tell',
	erase: 'Erase everything',
	confirm: 'Really erase everything?',
	confirmText:
		'Sessions and their files, settings, kept files and downloaded models of this app go. This cannot be undone.',
	keep: 'Keep it',
	kept: 'The browser promised to keep it.',
};
