/** The file system in memory as data, and the files that are open. */
import type { FsNode } from '../time-travel/internals';
import type { ImageFiles, ImageNode, ImageStream } from './heap-image';
import type { ImageFs } from './inside';

/** The first descriptor that is not stdin, stdout or stderr. */
const FIRST_FD = 3;
/** Those that make or empty a file when it is opened: O_CREAT, O_EXCL, O_TRUNC of Emscripten. */
const MAKING_FLAGS = 0o100 | 0o200 | 0o1000;

/** Takes the files; null where one that is open has no name any more, or is no file (a pipe). */
export function saveFiles(fs: ImageFs): ImageFiles | null {
	const nodes: ImageNode[] = [];
	const contents: Uint8Array[] = [];
	let length = 0;
	const { dir, file, link } = fs.filesystems.MEMFS.ops_table;
	const visit = (node: FsNode, path: string): void => {
		const entry = { path, mode: node.mode, timestamp: node.timestamp, start: length, length: 0, link: '' };
		if (node.node_ops === dir.node) {
			nodes.push(entry);
			for (const [name, child] of Object.entries(node.contents as Record<string, FsNode>))
				visit(child, `${path}/${name}`);
		} else if (node.node_ops === link.node) nodes.push({ ...entry, link: node.link });
		else if (node.node_ops === file.node) {
			const bytes = bytesOf(node);
			nodes.push({ ...entry, length: bytes.length });
			contents.push(bytes);
			length += bytes.length;
		}
	};
	visit(fs.root, '');
	const known = new Set(nodes.map(({ path }) => path));
	const streams: ImageStream[] = [];
	for (const stream of fs.streams.slice(FIRST_FD)) {
		if (stream === null || stream === undefined || stream.fd === null) continue;
		const path = fs.getPath(stream.node);
		if (!known.has(path) || fs.lookupPath(path).node !== stream.node) return null;
		streams.push({ fd: stream.fd, path, flags: stream.shared.flags, position: stream.shared.position });
	}
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const each of contents) {
		bytes.set(each, at);
		at += each.length;
	}
	return { nodes, bytes: bytes.buffer, streams, currentPath: fs.currentPath };
}

/** Puts files in place of those that are there; what is there beyond them stays. */
export function loadFiles(fs: ImageFs, files: ImageFiles): void {
	for (const { path, mode, link, start, length } of files.nodes) {
		if (path === '') continue;
		if (fs.isDir(mode)) fs.mkdirTree(path);
		else if (fs.isLink(mode)) {
			if (!fs.analyzePath(path).exists) fs.symlink(link, path);
		} else {
			fs.writeFile(path, new Uint8Array(files.bytes, start, length), { canOwn: true });
			fs.chmod(path, mode);
		}
	}
	// Last, since each file that is written changes the time of its folder, by which Python knows what it has looked at.
	for (const { path, timestamp } of files.nodes)
		fs.lookupPath(path || '/', { follow: false }).node.timestamp = timestamp;
	for (const { fd, path, flags, position } of files.streams) {
		const stream = fs.open(path, flags & ~MAKING_FLAGS);
		if (stream.fd !== null) fs.streams[stream.fd] = null;
		stream.fd = fd;
		stream.shared.flags = flags;
		stream.shared.position = position;
		fs.streams[fd] = stream;
	}
	fs.currentPath = files.currentPath;
}

function bytesOf({ contents, usedBytes }: FsNode): Uint8Array {
	if (!ArrayBuffer.isView(contents)) return new Uint8Array(0);
	return new Uint8Array(contents.buffer, contents.byteOffset, usedBytes);
}
