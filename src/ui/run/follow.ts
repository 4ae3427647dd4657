import type { Attachment } from 'svelte/attachments';

/** How near to the end counts as being there, in pixels. */
const NEAR_PX = 48;

/** Keeps a scrolling box at its end while things are added, as long as the person is at the end. */
export const follow: Attachment<HTMLElement> = (node) => {
	let isAtEnd = true;
	let lastTop = 0;
	const note = (): void => {
		const isNear = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_PX;
		// What is added moves the end away without a scroll upwards, which only the person makes.
		if (isNear) isAtEnd = true;
		else if (node.scrollTop < lastTop) isAtEnd = false;
		lastTop = node.scrollTop;
	};
	const keep = (): void => {
		if (isAtEnd) node.scrollTop = node.scrollHeight;
	};
	const sizes = new ResizeObserver(keep);
	sizes.observe(node);
	if (node.firstElementChild !== null) sizes.observe(node.firstElementChild);
	node.addEventListener('scroll', note, { passive: true });
	keep();
	return () => {
		sizes.disconnect();
		node.removeEventListener('scroll', note);
	};
};
