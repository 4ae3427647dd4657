/** What grants and the Network dialog say. */
import type { GrantDecision, PackagePolicy, RequestRecord } from '../../core/network';
import { count } from '../format';

export const grant = {
	index: 'Let Python have packages from the index?',
	host: (host: string) => `Let Python reach ${host}?`,
	off: 'not on this device',
	text: 'The page would fetch this address and hand the bytes to the sandbox; Python itself gets no network. Nothing is fetched unless you allow it.',
	address: 'Address',
	leaves: 'Leaves the device',
	leavesText: (host: string) => `the request, to ${host}. The Network gauge will count it.`,
	once: 'Allow once',
	session: 'Allow this session',
	deny: 'Deny',
	denied: 'Denied, the model is told and may do without.',
};

export const network = {
	title: 'Network',
	left: (left: number) => `${left === 1 ? 'request' : 'requests'} left this device`,
	policy: 'Where packages may come from',
	policies: {
		onBoard: ['On board only', 'wheels that came with the app; anything else asks you'],
		packageIndex: ['The package index too', 'micropip may ask the index; each request is listed'],
	} satisfies Record<PackagePolicy, readonly [string, string]>,
	hosts: 'Hosts that Python may reach without asking',
	hostsText: 'Kept on this device. Python reaches them through the page, and each request is listed.',
	hostName: 'Host',
	hostExample: 'api.example.org',
	addHost: 'Add',
	dropHost: (host: string) => `Take ${host} off the list`,
	hostRefused: 'This names no host. Write it like api.example.org, or paste an address on it.',
	grants: 'What you allowed',
	index: 'the package index',
	decisions: {
		once: 'for the action at work',
		session: 'until you close the page',
		deny: 'denied',
	} satisfies Record<GrantDecision, string>,
	revoke: 'Revoke',
	revokeNamed: (name: string) => `Revoke ${name}`,
	list: 'What Python asked for',
	totals: (requests: number, size: string) => `${count(requests, 'request')}, ${size}`,
	onlyLeft: 'only what left the device',
	noneLeft: 'None of them left this device.',
	empty: 'Python has asked for nothing yet.',
	outcomes: {
		pending: 'under way',
		local: 'from this device',
		left: 'left the device',
		refused: 'Refused',
		failed: 'Failed',
	} satisfies Record<RequestRecord['outcome'], string>,
};
