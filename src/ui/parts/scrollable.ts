import type { Attachment } from 'svelte/attachments';

/** Makes a box that scrolls by itself reachable by keyboard, with a name, as long as there is something to scroll. */
export function scrollable(label: string): Attachment<HTMLElement> {
	return (node) => {
		function check(): void {
			const isOver = node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
			for (const [name, value] of Object.entries({ tabindex: '0', role: 'region', 'aria-label': label })) {
				if (isOver) node.setAttribute(name, value);
				else node.removeAttribute(name);
			}
		}
		const resizes = new ResizeObserver(check);
		const changes = new MutationObserver(check);
		resizes.observe(node);
		changes.observe(node, { childList: true, subtree: true, characterData: true });
		check();
		return () => {
			resizes.disconnect();
			changes.disconnect();
		};
	};
}
