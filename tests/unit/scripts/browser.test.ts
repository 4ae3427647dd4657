import { describe, expect, test } from 'vitest';
import { installedBrowser } from '../../../scripts/browser.mjs';

function machine(platform: NodeJS.Platform, env: Record<string, string>, ...files: string[]) {
	return { platform, env, exists: (path: string) => files.includes(path) };
}

describe('installedBrowser', () => {
	test('takes BROWSER_PATH before anything else', () => {
		const env = { BROWSER_PATH: '/my/chrome', PATH: '/usr/bin' };
		expect(installedBrowser(machine('linux', env, '/my/chrome', '/usr/bin/chromium'))).toBe('/my/chrome');
	});

	test('refuses a BROWSER_PATH that names nothing, instead of quietly taking another browser', () => {
		const env = { BROWSER_PATH: '/my/chrome', PATH: '/usr/bin' };
		expect(() => installedBrowser(machine('linux', env, '/usr/bin/chromium'))).toThrow(
			'BROWSER_PATH is /my/chrome, and there is no such file.',
		);
	});

	test('takes Chromium before Chrome before Edge, wherever on the PATH they are', () => {
		const env = { PATH: '/usr/local/bin:/usr/bin' };
		const [edge, chrome, chromium] = [
			'/usr/local/bin/microsoft-edge',
			'/usr/local/bin/google-chrome',
			'/usr/bin/chromium',
		] as const;
		expect(installedBrowser(machine('linux', env, edge, chrome, chromium))).toBe(chromium);
		expect(installedBrowser(machine('linux', env, edge, chrome))).toBe(chrome);
		expect(installedBrowser(machine('linux', env, edge))).toBe(edge);
	});

	test('looks where installers put browsers that are on no PATH', () => {
		const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
		expect(installedBrowser(machine('darwin', { HOME: '/Users/me' }, mac))).toBe(mac);
		const windows = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
		const env = { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' };
		expect(installedBrowser(machine('win32', env, windows))).toBe(windows);
	});

	test('finds nothing on a bare machine', () => {
		expect(installedBrowser(machine('linux', {}))).toBeUndefined();
	});
});
