/** What the displays of Python say. */

export const displays = {
	scripted: 'Interactive display',
	scripts: (size: string) => `An interactive display (${size}).`,
	scriptsWhere: 'Its scripts run in a frame of their own, without a network, this page or its storage.',
	runScripts: 'Run its scripts',
	scriptFailed: (detail: string) => `A script of this display failed: ${detail}`,
	save: (name: string) => `Save ${name}`,
	larger: 'Open larger',
	copyTable: 'Copy as TSV',
	saveTable: 'Save as CSV',
	chart: 'This chart is drawn by a JavaScript library that is not here; matplotlib draws without one.',
	json: 'JSON',
	more: (left: number) => `… ${left.toLocaleString('en')} more`,
	formula: 'Formula',
};
