/**
 * The file system in memory, and what is open in it. A saved tree shares every folder that has not changed with the one
 * before, so a checkpoint costs what changed. The bytes of a file are shared with the live file until it is written to.
 * What was unlinked while open belongs to the state too: it is reached through its descriptor.
 */
import type { Bytes, Fs, FsNode, FsStream, Part, Pipe } from './internals';

/** A node and what is below it, at one moment. */
interface SavedNode {
	readonly node: FsNode;
	readonly fields: Pick<FsNode, 'parent' | 'name' | 'mode' | 'timestamp' | 'usedBytes' | 'link'>;
	/** Of a file: its bytes, frozen. */
	readonly bytes: Bytes | null;
	/** Of a folder: what is in it, in order. */
	readonly children: readonly (readonly [name: string, child: FsNode, saved: SavedNode | null])[] | null;
}

interface SavedStream {
	readonly stream: FsStream;
	readonly node: FsNode;
	readonly position: number;
	readonly flags: number;
	readonly getdents: unknown;
	readonly pipe: Pipe | null;
}

/** A tree and the open files at one moment. */
export interface SavedFiles {
	readonly root: SavedNode;
	readonly unnamed: readonly SavedNode[];
	readonly streams: readonly (SavedStream | null)[];
	readonly currentPath: string;
	readonly nextInode: number;
}

/** See the head of this file. */
export class Files implements Part<SavedFiles> {
	/** The last saved form of each node, for as long as neither it nor anything below it has changed. */
	readonly #unchanged = new WeakMap<FsNode, SavedNode>();
	/** Bytes that a checkpoint has too: they are not written to any more. */
	readonly #frozen = new WeakSet<Bytes>();
	/** How many changes there were, and what `historyBytes` came to at which of them. */
	#changes = 0;
	#counted = { changes: -1, of: new Set<SavedNode>(), bytes: 0 };
	readonly #operations: ReadonlySet<object>;

	constructor(private readonly fs: Fs) {
		const { dir, file, link } = fs.filesystems.MEMFS.ops_table;
		this.#operations = new Set([dir.node, file.node, link.node]);
		for (const name of ['write', 'msync']) before(file.stream, name, (stream: FsStream) => this.#unfreeze(stream.node));
		before(file.stream, 'allocate', (stream: FsStream) => this.#changed(stream.node));
		for (const { node } of [dir, file, link]) before(node, 'setattr', (changed: FsNode) => this.#changed(changed));
		for (const name of ['mknod', 'unlink', 'rmdir', 'symlink']) {
			before(dir.node, name, (folder: FsNode) => this.#changed(folder));
		}
		before(dir.node, 'rename', (moved: FsNode, folder: FsNode, name: string) => {
			this.#changed(moved);
			this.#changed(folder);
			// Emscripten leaves what is overwritten in its table of names, where it would be found after a removal.
			const overwritten = (folder.contents as Record<string, FsNode>)[name];
			if (overwritten !== undefined) fs.hashRemoveNode(overwritten);
		});
	}

	save(): SavedFiles {
		const { fs } = this;
		const streams = fs.streams.map((stream): SavedStream | null => {
			if (stream === null || stream === undefined) return null;
			const { node, getdents, shared } = stream;
			const pipe = node.pipe === undefined ? null : copyPipe(node.pipe);
			return { stream, node, getdents, position: shared.position, flags: shared.flags, pipe };
		});
		return {
			root: this.#saved(fs.root),
			unnamed: this.#unnamed().map((node) => this.#saved(node)),
			streams,
			currentPath: fs.currentPath,
			nextInode: fs.nextInode,
		};
	}

	load({ root, unnamed, streams, currentPath, nextInode }: SavedFiles): void {
		const { fs } = this;
		if (this.#unchanged.get(root.node) !== root) this.#changes += 1;
		const stays = new Set([root.node]);
		this.#removeOthers(root, stays);
		this.#put(root, stays);
		for (const saved of unnamed) this.#assign(saved);
		fs.streams.length = 0;
		streams.forEach((row, fd) => {
			if (row === null) return;
			const { stream, node, position, flags, getdents, pipe } = row;
			Object.assign(stream, { fd, node, getdents });
			Object.assign(stream.shared, { position, flags });
			if (pipe !== null && node.pipe !== undefined) Object.assign(node.pipe, copyPipe(pipe));
			fs.streams[fd] = stream;
		});
		fs.currentPath = currentPath;
		fs.nextInode = nextInode;
	}

	/** Bytes of files that only the `saved` states hold: the live files do not have them any more. */
	historyBytes(saved: readonly SavedFiles[]): number {
		const roots = new Set(saved.flatMap(({ root, unnamed }) => [root, ...unnamed]));
		const { changes, of } = this.#counted;
		if (changes !== this.#changes || of.size !== roots.size || [...roots].some((root) => !of.has(root))) {
			this.#counted = { changes: this.#changes, of: roots, bytes: this.#historyBytes(roots) };
		}
		return this.#counted.bytes;
	}

	#historyBytes(roots: Iterable<SavedNode>): number {
		const live = new Set<unknown>();
		const visitLive = (node: FsNode): void => {
			if (this.#isFolder(node)) for (const child of childrenOf(node)) visitLive(child);
			else live.add(node.contents);
		};
		visitLive(this.fs.root);
		for (const node of this.#unnamed()) live.add(node.contents);
		const seen = new Set<SavedNode>();
		let bytes = 0;
		const visit = (each: SavedNode): void => {
			if (seen.has(each)) return;
			seen.add(each);
			for (const [, , child] of each.children ?? []) if (child !== null) visit(child);
			if (each.bytes === null || live.has(each.bytes)) return;
			live.add(each.bytes);
			bytes += each.bytes.byteLength;
		};
		for (const root of roots) visit(root);
		return bytes;
	}

	/** A node is about to change. */
	#changed(node: FsNode): void {
		this.#changes += 1;
		let each = node;
		this.#unchanged.delete(each);
		while (each.parent !== each) {
			each = each.parent;
			this.#unchanged.delete(each);
		}
	}

	/** The bytes of a node are about to be written to. */
	#unfreeze(node: FsNode): void {
		this.#changed(node);
		const bytes = bytesOf(node);
		if (bytes !== null && this.#frozen.has(bytes)) node.contents = bytes.slice();
	}

	#saved(node: FsNode): SavedNode {
		const known = this.#unchanged.get(node);
		if (known !== undefined) return known;
		const { parent, name, mode, timestamp, usedBytes, link } = node;
		const bytes = bytesOf(node);
		if (bytes !== null) this.#frozen.add(bytes);
		const children = this.#isFolder(node)
			? Object.entries(node.contents as Record<string, FsNode>).map(
					([key, child]) => [key, child, this.#isOurs(child) ? this.#saved(child) : null] as const,
				)
			: null;
		const saved = { node, fields: { parent, name, mode, timestamp, usedBytes, link }, bytes, children };
		this.#unchanged.set(node, saved);
		return saved;
	}

	/** Takes from the table of names what is not where `saved` has it; `stays` gets the nodes that are. */
	#removeOthers(saved: SavedNode, stays: Set<FsNode>): void {
		const { node, children } = saved;
		if (children === null || this.#unchanged.get(node) === saved) return;
		const wanted = new Map(children.map(([name, child, below]) => [name, [child, below] as const]));
		for (const [name, child] of Object.entries(node.contents as Record<string, FsNode>)) {
			const [same, below] = wanted.get(name) ?? [];
			if (same !== child) {
				this.#remove(child);
				continue;
			}
			stays.add(child);
			if (below) this.#removeOthers(below, stays);
		}
	}

	#remove(node: FsNode): void {
		this.fs.hashRemoveNode(node);
		if (this.#isFolder(node)) for (const child of childrenOf(node)) this.#remove(child);
	}

	/** Makes a node, whose name is in the table, and what is below it as `saved` has it. */
	#put(saved: SavedNode, stays: ReadonlySet<FsNode>): void {
		if (stays.has(saved.node) && this.#unchanged.get(saved.node) === saved) return;
		this.#assign(saved);
		for (const [name, child, below] of saved.children ?? []) {
			Object.assign(child, below?.fields ?? { parent: saved.node, name });
			if (!stays.has(child)) this.fs.hashAddNode(child);
			if (below !== null) this.#put(below, stays);
		}
	}

	#assign(saved: SavedNode): void {
		const { node, fields, bytes, children } = saved;
		const folder = children && Object.fromEntries(children.map(([name, child]) => [name, child]));
		Object.assign(node, fields, { contents: folder ?? bytes });
		this.#unchanged.set(node, saved);
	}

	/** Nodes that are open but have no path any more. */
	#unnamed(): FsNode[] {
		const nodes = new Set<FsNode>();
		for (const stream of this.fs.streams) {
			const node = stream?.node;
			if (node === undefined || !this.#operations.has(node.node_ops) || node === this.fs.root) continue;
			if ((node.parent.contents as Record<string, FsNode>)[node.name] !== node) nodes.add(node);
		}
		return [...nodes];
	}

	/** False for devices, and for what is mounted over a folder: they look after themselves. */
	#isOurs(node: FsNode): boolean {
		return this.#operations.has(node.node_ops) && (node.mounted === null || node.mounted.root === node);
	}

	#isFolder(node: FsNode): boolean {
		return this.#isOurs(node) && this.fs.isDir(node.mode);
	}
}

function childrenOf(folder: FsNode): FsNode[] {
	return Object.values(folder.contents as Record<string, FsNode>);
}

function bytesOf({ contents }: FsNode): Bytes | null {
	return ArrayBuffer.isView(contents) ? contents : null;
}

function copyPipe({ refcnt, buckets }: Pipe): Pipe {
	return { refcnt, buckets: buckets?.map((bucket) => ({ ...bucket, buffer: bucket.buffer.slice() })) ?? null };
}

/** Has `look` called with the arguments before each call of `target[name]`. */
function before<T extends unknown[]>(target: Record<string, unknown>, name: string, look: (...args: T) => void): void {
	const original = target[name] as ((this: unknown, ...args: T) => unknown) | undefined;
	if (original === undefined) return;
	target[name] = function (this: unknown, ...args: T) {
		look(...args);
		return original.apply(this, args);
	};
}
