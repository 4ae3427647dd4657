/** Finds a browser for tests and for the terminal, or installs one. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installWithApt } from './apt.mjs';
import { repositoryRoot } from './main.mjs';
import { run } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/** Playwright's download is given up after this: where its host cannot be reached it would hang. */
const DOWNLOAD_LIMIT_MS = 5 * 60_000;

const CHROMIUM_NAMES = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'chrome',
	'microsoft-edge',
	'microsoft-edge-stable',
];
const FIREFOX_NAMES = ['firefox-esr', 'firefox'];

/**
 * The machine that is looked at; another one in tests.
 * @typedef {{ platform: NodeJS.Platform, env: Record<string, string | undefined>, exists: (path: string) => boolean }} Machine
 */

/** @type {Machine} */
const thisMachine = { platform: process.platform, env: process.env, exists: existsSync };

/** Where installers put browsers that are on no PATH. @param {Machine} machine @returns {string[]} */
function usualPlaces({ platform, env }) {
	if (platform === 'darwin') {
		return ['', env.HOME ?? ''].flatMap((home) =>
			['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
				(name) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`,
			),
		);
	}
	if (platform === 'win32') {
		const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
			(folder) => folder !== undefined,
		);
		const programs = [
			'Google\\Chrome\\Application\\chrome.exe',
			'Chromium\\Application\\chrome.exe',
			'Microsoft\\Edge\\Application\\msedge.exe',
		];
		return programs.flatMap((program) => folders.map((folder) => `${folder}\\${program}`));
	}
	return ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium'];
}

/** The first of `names` on the PATH. @param {readonly string[]} names @param {Machine} machine */
function onPath(names, { platform, env, exists }) {
	const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	const suffix = platform === 'win32' ? '.exe' : '';
	return names.flatMap((name) => folders.map((folder) => join(folder, name + suffix))).find(exists);
}

/**
 * An installed Chrome, Chromium or Edge: BROWSER_PATH, then the PATH, then the usual places.
 * @param {Machine} [machine]
 * @returns {string | undefined}
 * @throws {SetupError} `browser_not_found` when BROWSER_PATH names no file
 */
export function installedBrowser(machine = thisMachine) {
	const chosen = machine.env.BROWSER_PATH;
	if (chosen !== undefined && chosen !== '') {
		if (machine.exists(chosen)) return chosen;
		throw new SetupError(
			'browser_not_found',
			`BROWSER_PATH is ${chosen}, and there is no such file.`,
			'Correct it, or unset it.',
		);
	}
	return onPath(CHROMIUM_NAMES, machine) ?? usualPlaces(machine).find(machine.exists);
}

/** The Chromium that Playwright downloads, where it is there. @returns {Promise<string | undefined>} */
async function playwrightBrowser() {
	const { chromium } = await import('@playwright/test');
	const path = chromium.executablePath();
	return existsSync(path) ? path : undefined;
}

/**
 * Flags for a quiet browser: no first-run pages, no requests of its own, no sandbox when root (Chromium refuses it there).
 * @returns {string[]}
 */
function flags() {
	const quiet = [
		'--disable-quic',
		'--no-first-run',
		'--disable-background-networking',
		'--disable-component-update',
		'--disable-sync',
	];
	return process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet;
}

/** Flags that give a Chromium WebGPU on the CPU. */
export const CPU_WEBGPU_FLAGS = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/**
 * A Chromium, Chrome or Edge with the flags that tests run it with.
 * @param {{ install?: boolean, log?: (line: string) => void }} [options] `install`: get one when there is none
 * @returns {Promise<{ path: string, args: string[] }>}
 * @throws {SetupError} `browser_not_found`
 */
export async function findBrowser({ install = false, log = console.error } = {}) {
	const args = flags();
	let path = installedBrowser() ?? (await playwrightBrowser());
	if (path === undefined && install) {
		log("  no Chrome, Chromium or Edge here: trying Playwright's own");
		const cli = join(repositoryRoot, 'node_modules', '@playwright', 'test', 'cli.js');
		await run(process.execPath, [cli, 'install', 'chromium'], { limitMs: DOWNLOAD_LIMIT_MS });
		path = await playwrightBrowser();
		if (path === undefined && (await installWithApt(['chromium'], log))) path = installedBrowser();
	}
	if (path === undefined) {
		throw new SetupError(
			'browser_not_found',
			'There is no Chrome, Chromium or Edge on this machine, and none could be installed.',
			'Install one, or set BROWSER_PATH to its program.',
		);
	}
	return { path, args };
}

/**
 * A Firefox.
 * @param {{ install?: boolean, log?: (line: string) => void }} [options] `install`: get one when there is none
 * @returns {Promise<{ path: string }>}
 * @throws {SetupError} `browser_not_found`
 */
export async function findFirefox({ install = false, log = console.error } = {}) {
	const find = () =>
		onPath(FIREFOX_NAMES, thisMachine) ??
		['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'].find(
			(place) => existsSync(place),
		);
	let path = find();
	if (path === undefined && install && (await installWithApt(['firefox-esr'], log))) path = find();
	if (path === undefined) {
		throw new SetupError(
			'browser_not_found',
			'There is no Firefox on this machine.',
			'Install one and put it on the PATH.',
		);
	}
	return { path };
}

/** MiniBrowser of Debian's WebKitGTK, which no PATH has. */
const MINI_BROWSERS = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map(
	(machine) => `/usr/lib/${machine}/webkit2gtk-4.1/MiniBrowser`,
);

/**
 * WebKitGTK with its driver and a display to run it on.
 * @param {{ install?: boolean, log?: (line: string) => void }} [options] `install`: get them where they are missing
 * @returns {Promise<{ driver: string, browser: string, display: string }>}
 * @throws {SetupError} `browser_not_found`
 */
export async function findWebKit({ install = false, log = console.error } = {}) {
	const find = () => {
		const driver = onPath(['WebKitWebDriver'], thisMachine);
		const display = onPath(['xvfb-run'], thisMachine);
		const browser = MINI_BROWSERS.find((place) => existsSync(place));
		return driver && display && browser ? { driver, browser, display } : undefined;
	};
	let found = find();
	if (found === undefined && install && (await installWithApt(['webkit2gtk-driver', 'xvfb', 'xauth'], log)))
		found = find();
	if (found === undefined) {
		throw new SetupError(
			'browser_not_found',
			'There is no WebKitGTK with its driver on this machine.',
			'On Debian: apt-get install webkit2gtk-driver xvfb xauth',
		);
	}
	return found;
}
