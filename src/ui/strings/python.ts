/** What the Python dialog says. */
export const python = {
	title: 'Python',
	version: 'Version',
	state: 'State',
	stop: 'Stop',
	stopNow: 'interrupts at once, and keeps the variables',
	stopEnds: 'ends Python, and the variables with it (the page is not isolated)',
	packages: 'Packages loaded',
	none: 'none yet',
	restart: 'Restart Python',
	restartNote: 'A fresh namespace: all variables go.',
};
