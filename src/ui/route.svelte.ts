/** The two views, by hash: `#/` is the run, `#/models` the models. */
export type RouteName = 'run' | 'models';

/** Follows the hash of the page's address. */
export class Route {
	name = $state<RouteName>('run');

	constructor() {
		this.#read();
		window.addEventListener('hashchange', () => this.#read());
	}

	#read(): void {
		this.name = location.hash === '#/models' ? 'models' : 'run';
	}
}
