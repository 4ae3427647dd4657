/** WebKitGTK's MiniBrowser on a display of its own, driven over plain WebDriver: no package speaks it without a server. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { findWebKit } from '../../scripts/browser.mjs';
import type { Tab } from './browser';
import type { Trap } from './trap';

/** How long the driver may take to listen. */
const START_MS = 30_000;

/** Opens a tab of WebKit; whatever it asks another host for goes to the trap. */
export async function openWebKit(trap: Trap): Promise<Tab> {
	const { driver, browser, display } = await findWebKit();
	const port = await freePort();
	const program = spawn(display, ['-a', driver, `--port=${String(port)}`], { detached: true, stdio: 'ignore' });
	const end = (): void => {
		if (program.pid !== undefined) process.kill(-program.pid, 'SIGKILL');
	};
	try {
		const call = caller(port);
		await listening(port);
		const proxy = `127.0.0.1:${String(trap.port)}`;
		const { sessionId } = (await call('POST', '/session', {
			capabilities: {
				alwaysMatch: {
					timeouts: { script: 600_000 },
					proxy: { proxyType: 'manual', httpProxy: proxy, sslProxy: proxy, noProxy: ['127.0.0.1'] },
					'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
				},
			},
		})) as { sessionId: string };
		const session = `/session/${sessionId}`;
		return {
			goto: async (url) => void (await call('POST', `${session}/url`, { url })),
			evaluate: async <T>(expression: string) => {
				const script = `const done = arguments[arguments.length - 1];
					(async () => (${expression}))().then((value) => done({ value }), (thrown) => done({ thrown: String(thrown) }));`;
				const outcome = (await call('POST', `${session}/execute/async`, { script, args: [] })) as {
					value?: T;
					thrown?: string;
				};
				if (outcome.thrown !== undefined) throw new Error(outcome.thrown);
				return outcome.value as T;
			},
			tabs: async () => ((await call('GET', `${session}/window/handles`)) as string[]).length,
			close: async () => {
				await call('DELETE', session).catch(() => undefined);
				end();
			},
		};
	} catch (thrown) {
		end();
		throw thrown;
	}
}

type Call = (method: string, path: string, body?: object) => Promise<unknown>;

/** Calls of WebDriver; an error rejects with its words. */
function caller(port: number): Call {
	return async (method, path, body) => {
		const response = await fetch(`http://127.0.0.1:${String(port)}${path}`, {
			method,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const { value } = (await response.json()) as { value: unknown };
		if (!response.ok) throw new Error(`WebDriver: ${JSON.stringify(value)}`);
		return value;
	};
}

async function listening(port: number): Promise<void> {
	for (const end = Date.now() + START_MS; ;) {
		const status = await fetch(`http://127.0.0.1:${String(port)}/status`).catch(() => null);
		if (status?.ok === true) return;
		if (Date.now() > end) throw new Error('WebKitWebDriver does not listen');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
		});
	});
}
