/** One start of Python: opens a sandbox frame and boots the worker in it, or gives up. */
import { PlaygroundError } from '../../core/errors';
import type { BootOptions, BootReport } from '../../../workers/contracts';
import { SandboxFrame, type SandboxOptions } from './sandbox-frame';

/** How long Python may take to boot: a slow machine reads 14 MB and compiles 10 MB. */
const BOOT_MS = 120_000;

/** A Python that is up. */
export interface StartedPython {
	readonly frame: SandboxFrame;
	readonly report: BootReport;
	/** From opening the sandbox to ready, in milliseconds. */
	readonly bootMs: number;
}

/** A start under way. */
export class PythonStart {
	/** Rejects with a `PlaygroundError`; by then the frame is closed. */
	readonly started: Promise<StartedPython>;
	#giveUp: (error: PlaygroundError) => void = () => undefined;

	constructor(sandbox: SandboxOptions, boot: BootOptions) {
		const givenUp = new Promise<never>((_, reject) => (this.#giveUp = reject));
		this.started = this.#start(sandbox, boot, givenUp);
		this.started.catch(() => undefined);
	}

	/** Ends the start, which rejects with `python_boot_failed`; does nothing once it is up. */
	giveUp(detail: string): void {
		this.#giveUp(new PlaygroundError('python_boot_failed', { detail }));
	}

	async #start(sandbox: SandboxOptions, boot: BootOptions, givenUp: Promise<never>): Promise<StartedPython> {
		const startedAt = performance.now();
		const timer = setTimeout(() => this.giveUp(`no answer within ${BOOT_MS} ms`), BOOT_MS);
		const opening = SandboxFrame.open(sandbox);
		try {
			const frame = await Promise.race([opening, givenUp]);
			const settled = await Promise.race([frame.python.boot(boot), givenUp]);
			if (!settled.ok) throw PlaygroundError.fromWire(settled.error);
			return { frame, report: settled.value, bootMs: performance.now() - startedAt };
		} catch (thrown) {
			opening.then((frame) => frame.close()).catch(() => undefined);
			throw PlaygroundError.from(thrown, 'python_boot_failed');
		} finally {
			clearTimeout(timer);
		}
	}
}
