/**
 * The tree of checkpoints. Each knows the delta from its parent; one that is dropped is taken out, and its delta goes
 * into its child's. One with several children stays as a fork that nobody can reach until only one is left.
 */
import { deltaBytes, mergeDeltas, type Delta } from './delta';

/** A node of the tree. `State`: what a checkpoint holds besides memory. */
export interface TreeNode<State> {
	readonly id: number;
	parent: TreeNode<State> | null;
	readonly children: Set<TreeNode<State>>;
	/** From the parent's memory to this one's; null at the root. */
	delta: Delta | null;
	/** Null once the checkpoint is dropped. */
	state: State | null;
}

/** See the head of this file. */
export class CheckpointTree<State> {
	/** The node that the mirror holds; it stays even when its checkpoint is dropped. */
	current: TreeNode<State> | null = null;
	readonly #nodes = new Map<number, TreeNode<State>>();
	#lastId = 0;

	/** The checkpoints that can be reached, oldest first. */
	get kept(): TreeNode<State>[] {
		return [...this.#nodes.values()].filter(({ state }) => state !== null);
	}

	/** Bytes of all deltas. */
	get deltaBytes(): number {
		let bytes = 0;
		for (const { delta } of this.#nodes.values()) bytes += delta === null ? 0 : deltaBytes(delta);
		return bytes;
	}

	/** The checkpoint with this id, or undefined where it was dropped or never was. */
	find(id: number): TreeNode<State> | undefined {
		const node = this.#nodes.get(id);
		return node?.state === null ? undefined : node;
	}

	/** Adds a child of the current node (the first one: with no delta) and makes it the current one. */
	add(delta: Delta | null, state: State): TreeNode<State> {
		const parent = this.current;
		const node = { id: ++this.#lastId, parent, children: new Set<never>(), delta, state };
		parent?.children.add(node);
		this.#nodes.set(node.id, node);
		this.current = node;
		return node;
	}

	/** Makes `node` the current one; returns the deltas that lead to it. */
	moveTo(node: TreeNode<State>): Delta[] {
		const ancestors = (each: TreeNode<State> | null): TreeNode<State>[] =>
			each === null ? [] : [each, ...ancestors(each.parent)];
		const up = ancestors(this.current);
		const down = ancestors(node);
		while (up.length > 0 && up.at(-1) === down.at(-1)) {
			up.pop();
			down.pop();
		}
		const before = this.current;
		this.current = node;
		const deltas = [...up, ...down.reverse()].map(({ delta }) => delta as Delta);
		if (before !== null) this.#prune(before);
		return deltas;
	}

	/** Drops a checkpoint; `forget` gets its state. */
	drop(node: TreeNode<State>): void {
		node.state = null;
		this.#prune(node);
	}

	/** Takes a dropped node out of the tree where it is no fork. */
	#prune(node: TreeNode<State>): void {
		const { parent, children } = node;
		if (node.state !== null || node === this.current || children.size > 1) return;
		const [child] = children;
		this.#nodes.delete(node.id);
		parent?.children.delete(node);
		if (child !== undefined) {
			child.delta = parent && mergeDeltas(node.delta as Delta, child.delta as Delta);
			child.parent = parent;
			parent?.children.add(child);
		} else if (parent !== null) {
			this.#prune(parent);
		}
	}
}
