/** What grants and the Network dialog say. */
import type { PackagePolicy, RequestRecord } from '../../core/network';

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
	list: 'What Python asked for',
	empty: 'Python has asked for nothing yet.',
	outcomes: {
		pending: 'under way',
		local: 'from this device',
		left: 'left the device',
		refused: 'Refused',
		failed: 'Failed',
	} satisfies Record<RequestRecord['outcome'], string>,
};
