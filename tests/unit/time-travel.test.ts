import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDelta, mergeDeltas, PAGE, takeDelta, type Delta } from '../../workers/python/time-travel/delta';
import { CheckpointTree } from '../../workers/python/time-travel/tree';

const PAGES = 3;
const WORDS = (PAGES * PAGE) / 4;
const ALL = Uint32Array.from({ length: PAGES }, (_, page) => page);

/** `toEqual` of long arrays takes milliseconds. */
const isSame = (one: Int32Array, other: Int32Array): boolean => Buffer.compare(bytes(one), bytes(other)) === 0;
const bytes = ({ buffer }: Int32Array): Buffer => Buffer.from(buffer);

/** Writes to a memory of three pages. */
const writes = fc.array(fc.tuple(fc.nat(WORDS - 1), fc.integer({ min: 0, max: 3 })), { maxLength: 40 });

/** The delta of some writes, of which `memory` and `mirror` are then the result. */
function write(memory: Int32Array, mirror: Int32Array, changes: readonly (readonly [number, number])[]): Delta {
	for (const [at, value] of changes) memory[at] = value;
	return takeDelta(memory, mirror, ALL);
}

test('a delta leads forth and back, and takes only the lines that changed', () => {
	fc.assert(
		fc.property(writes, writes, (first, second) => {
			const [memory, mirror] = [new Int32Array(WORDS), new Int32Array(WORDS)];
			write(memory, mirror, first);
			const before = mirror.slice();
			const delta = write(memory, mirror, second);
			const after = mirror.slice();
			expect(isSame(after, memory)).toBe(true);
			applyDelta(delta, mirror);
			expect(isSame(mirror, before)).toBe(true);
			applyDelta(delta, mirror);
			expect(isSame(mirror, after)).toBe(true);
			const lines = new Set(
				second
					.map(([at]) => at)
					.filter((at) => after[at] !== before[at])
					.map((at) => at >> 4),
			);
			expect(delta.lines.length).toBe(lines.size * 16);
		}),
	);
});

test('two deltas merged do what they do one after the other', () => {
	fc.assert(
		fc.property(writes, writes, writes, (first, second, third) => {
			const [memory, mirror] = [new Int32Array(WORDS), new Int32Array(WORDS)];
			write(memory, mirror, first);
			const before = mirror.slice();
			const merged = mergeDeltas(write(memory, mirror, second), write(memory, mirror, third));
			applyDelta(merged, mirror);
			expect(isSame(mirror, before)).toBe(true);
		}),
	);
});

/** What is done to a tree of checkpoints: a write and a checkpoint, a move to one, or dropping one. */
const deeds = fc.array(
	fc.oneof(
		fc.record({ kind: fc.constant('keep' as const), changes: writes }),
		fc.record({ kind: fc.constantFrom('move' as const, 'drop' as const), which: fc.nat(30) }),
	),
	{ maxLength: 40 },
);

test('whatever is kept, dropped and gone back to, each checkpoint that is left has its memory', () => {
	fc.assert(
		fc.property(deeds, (list) => {
			const tree = new CheckpointTree<Int32Array>();
			const [memory, mirror] = [new Int32Array(WORDS), new Int32Array(WORDS)];
			for (const deed of list) {
				const { kept } = tree;
				if (deed.kind === 'keep') {
					const delta = write(memory, mirror, deed.changes);
					tree.add(tree.current && delta, mirror.slice());
				} else if (kept.length > 0) {
					const node = kept[deed.which % kept.length];
					if (node?.state == null) continue;
					if (deed.kind === 'drop') tree.drop(node);
					else {
						for (const delta of tree.moveTo(node)) applyDelta(delta, mirror);
						memory.set(mirror);
					}
				}
			}
			for (const node of tree.kept) {
				for (const delta of tree.moveTo(node)) applyDelta(delta, mirror);
				expect(node.state !== null && isSame(mirror, node.state)).toBe(true);
			}
		}),
	);
});

test('a chain of which all but the last are dropped takes no bytes', () => {
	const tree = new CheckpointTree<number>();
	const [memory, mirror] = [new Int32Array(WORDS), new Int32Array(WORDS)];
	for (let step = 0; step < 20; step += 1) {
		const delta = write(memory, mirror, [[step, step + 1]]);
		tree.add(tree.current && delta, step);
	}
	expect(tree.deltaBytes).toBeGreaterThan(0);
	for (const node of tree.kept.slice(0, -1)) tree.drop(node);
	expect(tree.kept.map(({ state }) => state)).toEqual([19]);
	expect(tree.deltaBytes).toBe(0);
});
