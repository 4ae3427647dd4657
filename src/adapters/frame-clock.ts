/** Time and frames of the browser. */
import type { Clock } from '../core/ports';

/** A hidden tab gets no frames; what streams in is then committed this often, in milliseconds. */
const HIDDEN_MS = 250;

export const browserClock: Clock = {
	now: () => performance.now(),
	date: () => new Date().toISOString(),
};

/** Calls back once, before the next frame is drawn, or after a quarter of a second where no frame comes. */
export function nextFrame(callback: () => void): void {
	let isCalled = false;
	const call = (): void => {
		if (isCalled) return;
		isCalled = true;
		cancelAnimationFrame(frame);
		clearTimeout(timer);
		callback();
	};
	const frame = requestAnimationFrame(call);
	const timer = setTimeout(call, HIDDEN_MS);
}
