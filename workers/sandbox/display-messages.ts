/** What the page and the frame of a display with scripts say to each other. */

/** From the page. */
export interface DisplayRequest {
	readonly kind: 'draw';
	readonly html: string;
}

/** From the frame, which runs scripts of others: the page believes none of it but its kind. */
export type DisplayReply =
	| { readonly kind: 'framed' }
	| { readonly kind: 'size'; readonly height: number }
	| { readonly kind: 'failed'; readonly detail: string };
