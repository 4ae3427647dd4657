import type { KeptPackage, PackageFile } from '../core/packages';

/** A package as it is listed. `from`: where its files are; null where they are nowhere but in Python. */
export interface ListedPackage {
	readonly name: string;
	readonly version: string | null;
	readonly bytes: number | null;
	readonly from: 'board' | 'kept' | null;
	/** File name of a kept wheel, by which it can be removed. */
	readonly file: string | null;
	readonly isLoaded: boolean;
}

/** Every package once, by name. `loaded`: names of those that the Python that is up has loaded. */
export function listPackages(
	onBoard: readonly PackageFile[],
	kept: readonly KeptPackage[],
	loaded: readonly string[],
): readonly ListedPackage[] {
	const names = new Map(loaded.map((name) => [canonical(name), name]));
	const isLoaded = ({ name }: PackageFile): boolean => names.has(canonical(name));
	const files: ListedPackage[] = [
		...onBoard.map((one) => ({ ...one, from: 'board' as const, file: null, isLoaded: isLoaded(one) })),
		...kept.map((one) => ({ ...one, from: 'kept' as const, isLoaded: isLoaded(one) })),
	];
	const listed = new Set(files.map(({ name }) => canonical(name)));
	const others: ListedPackage[] = [...names]
		.filter(([name]) => !listed.has(name))
		.map(([, name]) => ({ name, version: null, bytes: null, from: null, file: null, isLoaded: true }));
	return [...files, ...others].sort((one, other) => one.name.localeCompare(other.name));
}

/** The name as indexes write it. */
function canonical(name: string): string {
	return name.replaceAll(/[-_.]+/g, '-').toLowerCase();
}
