/** How much memory Python may take on this device. */

const GIBIBYTE = 2 ** 30;

/** At most this much: one tab of a browser does not get much more for everything in it. */
const MOST_BYTES = 2 * GIBIBYTE;

/** At least this much: pandas and matplotlib with some data need a quarter of it. */
const LEAST_BYTES = GIBIBYTE / 2;

/**
 * A quarter of the device's memory, between half a gibibyte and two. Chromium tells the memory, rounded and 8 GiB at
 * most (`navigator.deviceMemory`); Firefox 153 and WebKitGTK 2.50 tell nothing, which counts as 8.
 */
export function memoryLimitBytes(told = (navigator as { deviceMemory?: number }).deviceMemory): number {
	return Math.min(MOST_BYTES, Math.max(LEAST_BYTES, ((told ?? 8) * GIBIBYTE) / 4));
}
