/**
 * Finds out whether a host is there at all when a granted request to it failed: a page may not read the answer of a host
 * without CORS, and the browser does not say that this is why. A thread of its own, since it needs a header of its own:
 * under the page's `Cross-Origin-Embedder-Policy: require-corp` such an answer is blocked like a host that is not there;
 * under `credentialless` it comes, as something that no script can read.
 */
import { expose } from 'comlink';
import type { ProbeContract } from './contracts';

const contract: ProbeContract = {
	async reaches(url) {
		try {
			await fetch(url, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer' });
			return true;
		} catch {
			return false;
		}
	},
};

expose(contract);
