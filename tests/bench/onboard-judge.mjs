/** Runs what the model wrote in CPython, and compares what was printed with the answer. */
import { spawn } from 'node:child_process';

const TIMEOUT_MS = 5000;

export class Judge {
	/** @param {string} preload Python that runs before each action */
	constructor(preload) {
		/** @type {string} */
		this.preload = preload;
	}

	/**
	 * Runs one action in a Python process of its own. `error` is '' or the last line of the traceback.
	 * @param {string} code
	 * @returns {Promise<{ printed: string, error: string }>} the last line that was printed
	 */
	run(code) {
		return new Promise((resolve, reject) => {
			const python = spawn('python3', ['-I', '-'], { timeout: TIMEOUT_MS });
			let out = '';
			let err = '';
			python.stdout.on('data', (piece) => (out += String(piece)));
			python.stderr.on('data', (piece) => (err += String(piece)));
			python.on('error', reject);
			python.on('close', (status) => {
				const error = status === 0 ? '' : (err.trim().split('\n').at(-1) ?? '') || 'timed out';
				resolve({ printed: out.trimEnd().split('\n').at(-1) ?? '', error });
			});
			python.stdin.end(`${this.preload}\n${code}\n`);
		});
	}

	/**
	 * Equal text, or equal numbers within a millionth.
	 * @param {string} printed
	 * @param {string} answer
	 */
	isSame(printed, answer) {
		if (printed.trim() === answer.trim()) return true;
		if (printed.trim() === '') return false;
		const [a, b] = [Number(printed), Number(answer)];
		return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
	}
}
