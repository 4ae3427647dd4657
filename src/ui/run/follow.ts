import type { Attachment } from 'svelte/attachments';

/** How near to the end counts as being there, in pixels. */
const NEAR_PX = 48;

/** Keeps a scrolling box at its end while things are added, as long as the person is at the end. */
export const follow: Attachment<HTMLElement> = (node) => {
	let isAtEnd = true;
	const note = (): void => {
		isAtEnd = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_PX;
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
