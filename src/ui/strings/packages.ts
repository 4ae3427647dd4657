/** What the packages of the Python dialog say. */
import { bytes, count } from '../format';

export const packages = {
	title: 'Packages',
	find: 'Find or install a package',
	install: 'Install',
	stop: 'Stop',
	installing: (name: string) => `Installing ${name} …`,
	installed: (asked: string, names: readonly string[]) =>
		names.length === 0 ? `${asked} was there already.` : `Installed: ${names.join(', ')}.`,
	stopped: (name: string) => `The install of ${name} was stopped.`,
	loaded: 'Loaded',
	kept: 'Kept from the index',
	board: 'On board',
	places: { board: 'on board', kept: 'kept from the index' },
	unkept: 'from the index, not kept',
	notHere: (name: string) =>
		`${name} is not on this device. Install looks for it in the package index, and asks first.`,
	totals: (amount: number, size: number) => `${count(amount, 'package')}, ${bytes(size)}`,
	remove: 'Remove',
	removeNamed: (file: string) => `Remove ${file} from this device`,
};
