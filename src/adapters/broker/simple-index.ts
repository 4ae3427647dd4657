/**
 * What a page of a package index lists, after the Simple repository API (PEP 503 for HTML, PEP 691 for JSON, PEP 714
 * for the metadata beside a wheel). The broker lets Python fetch the files that the index lists, and no others.
 */

/** Addresses of the files of one page, absolute, with the sha256 (hex) that the page names; null where it names none. */
export type ListedFiles = ReadonlyMap<string, string | null>;

interface JsonPage {
	readonly files?: readonly {
		readonly url: string;
		readonly hashes?: Readonly<Record<string, string>>;
		readonly 'core-metadata'?: boolean | Readonly<Record<string, string>>;
	}[];
}

/** Reads a page of the index that was served from `url`. A page in another format lists nothing. */
export function listedFiles(body: string, contentType: string, url: string): ListedFiles {
	const files = new Map<string, string | null>();
	if (contentType.includes('json')) {
		for (const file of (JSON.parse(body) as JsonPage).files ?? []) {
			const address = new URL(file.url, url);
			files.set(withoutHash(address), file.hashes?.sha256 ?? null);
			const metadata = file['core-metadata'] ?? false;
			if (metadata !== false) files.set(metadataOf(address), metadata === true ? null : (metadata.sha256 ?? null));
		}
	} else if (contentType.includes('html')) {
		for (const link of new DOMParser().parseFromString(body, 'text/html').querySelectorAll('a[href]')) {
			const address = new URL(link.getAttribute('href') ?? '', url);
			files.set(withoutHash(address), sha256In(address.hash));
			const metadata = link.getAttribute('data-core-metadata') ?? link.getAttribute('data-dist-info-metadata');
			if (metadata !== null) files.set(metadataOf(address), sha256In(metadata));
		}
	}
	return files;
}

function withoutHash(address: URL): string {
	const bare = new URL(address);
	bare.hash = '';
	return bare.href;
}

function metadataOf(address: URL): string {
	return `${withoutHash(address)}.metadata`;
}

function sha256In(text: string): string | null {
	return /sha256=([0-9a-f]{64})/.exec(text)?.[1] ?? null;
}
