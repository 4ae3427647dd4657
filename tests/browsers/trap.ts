/**
 * What stands where the network would be. The browser under test has it for a proxy, so a request for another host
 * comes here whatever thread it is from and however it was made; hostile code is also told its address, so that a
 * connection straight to it, by TCP or UDP, is noticed too. It answers nothing.
 */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Hosts that the browsers ask on their own account: updates, settings, autofill. */
const BROWSERS_OWN = /(^|\.)(google|googleapis|gstatic|gvt1|mozilla|firefox|mozgcp|webkitgtk)\.(com|org|net)(:\d+)?$/;

/** The trap; see the head of this file. */
export interface Trap {
	readonly port: number;
	/** What was asked for so far, one line a request. The browsers' own requests are left out. */
	readonly caught: string[];
	close(): void;
}

/** Opens the trap on a free port, the same one for TCP and UDP. */
export async function openTrap(): Promise<Trap> {
	const caught: string[] = [];
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', (bytes) => {
			const line = bytes.toString('latin1').split('\r\n')[0] ?? '';
			if (!isOfBrowser(line)) caught.push(`TCP ${line.slice(0, 200)}`);
			socket.destroy();
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The trap has no port');
	const datagrams = createSocket('udp4', (bytes) => caught.push(`UDP ${String(bytes.length)} bytes`));
	await new Promise<void>((done) => datagrams.bind(address.port, '127.0.0.1', done));
	return {
		port: address.port,
		caught,
		close: () => {
			server.close();
			datagrams.close();
		},
	};
}

/** True for the first line of a request to a proxy (`CONNECT host:443 …`, `GET http://host/ …`) that is the browser's own. */
function isOfBrowser(line: string): boolean {
	const target = line.split(' ')[1] ?? '';
	const host = /^[a-z]+:\/\/([^/?#]+)/.exec(target)?.[1] ?? target;
	return BROWSERS_OWN.test(host);
}
