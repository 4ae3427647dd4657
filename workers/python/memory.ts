/**
 * A cap on Python's memory. Past it, growing fails as it does at the end of a machine's memory: the allocator gets
 * nothing and Python raises MemoryError, instead of the browser ending the tab.
 */

/** Bytes of a page of WebAssembly memory. */
const PAGE = 65_536;

/** Holds every WebAssembly memory of this thread below `limitBytes`; call it before there is one. */
export function capMemory(limitBytes: number): void {
	const { grow } = WebAssembly.Memory.prototype;
	WebAssembly.Memory.prototype.grow = function (pages) {
		const wanted = this.buffer.byteLength + pages * PAGE;
		if (wanted > limitBytes) throw new RangeError(`${wanted} bytes are more than the cap of ${limitBytes}`);
		return grow.call(this, pages);
	};
}
