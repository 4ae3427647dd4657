/** The package indexes: their pages, and the files that those list, which count as the index whatever host they lie on. */
import type { BrokerResponse } from '../../../workers/contracts';
import { verify } from './on-board-files';
import { listedFiles } from './simple-index';

/** The public index of Python packages, micropip's own default; asked only with a grant. */
const PACKAGE_INDEX = 'https://pypi.org/simple';

/** A file that a page lists, with the sha256 (hex) that it names. */
export interface ListedFile {
	readonly page: string;
	readonly sha256: string | null;
}

/** Knows which addresses belong to the indexes at `urls`. */
export class IndexPages {
	/** Addresses of indexes that speak the Simple API, in order. */
	urls: readonly string[];
	readonly #listed = new Map<string, ListedFile>();

	constructor(urls: readonly string[] = [PACKAGE_INDEX]) {
		this.urls = urls;
	}

	/** True for the pages of an index and for the files that they listed. */
	has(url: string): boolean {
		return this.#listed.has(url) || this.urls.some((index) => url.startsWith(`${index.replace(/\/$/, '')}/`));
	}

	/** What is known of a file; undefined for a page. */
	file(url: string): ListedFile | undefined {
		return this.#listed.get(url);
	}

	/** Verifies a file that the index listed, or remembers what a page of it lists. Rejects with `hash_mismatch`. */
	async read(url: string, answer: Extract<BrokerResponse, { kind: 'response' }>): Promise<void> {
		if (answer.status !== 200) return;
		const file = this.#listed.get(url);
		if (file !== undefined) return file.sha256 === null ? undefined : verify(url, answer.body, file.sha256);
		const type = answer.headers.find(([name]) => name === 'content-type')?.[1] ?? '';
		const listed = listedFiles(new TextDecoder().decode(answer.body), type, answer.url);
		for (const [address, sha256] of listed) this.#listed.set(address, { page: url, sha256 });
	}
}
