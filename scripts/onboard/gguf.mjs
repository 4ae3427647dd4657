/**
 * Reads the head of a GGUF file (versions 2 and 3, little-endian): where each tensor lies and how it is stored.
 * Format: `docs/gguf.md` of ggml-org/ggml. Metadata is walked over; only the alignment is needed here.
 */
import { SetupError } from '../setup-error.mjs';

/** Tensor types that the model on board uses, with the size of a block. Numbers: `enum ggml_type` of ggml. */
export const TENSOR_TYPES = {
	F32: { id: 0, blockItems: 1, blockBytes: 4 },
	Q4_1: { id: 3, blockItems: 32, blockBytes: 20 },
	Q8_0: { id: 8, blockItems: 32, blockBytes: 34 },
};

/** Bytes of each metadata value type of fixed size, by its number; 8 is a string and 9 an array. */
const VALUE_BYTES = new Map([
	[0, 1],
	[1, 1],
	[2, 2],
	[3, 2],
	[4, 4],
	[5, 4],
	[6, 4],
	[7, 1],
	[10, 8],
	[11, 8],
	[12, 8],
]);

/**
 * One tensor. `columns` is the length of a row (GGUF's first dimension), `rows` the product of the others.
 * @typedef {{ name: string, type: keyof typeof TENSOR_TYPES, columns: number, rows: number, data: DataView }} Tensor
 */

/** A place in the file, moved on by each reading. */
class Cursor {
	/** @param {Buffer} file */
	constructor(file) {
		this.file = file;
		this.offset = 0;
	}
	u32() {
		const value = this.file.readUInt32LE(this.offset);
		this.offset += 4;
		return value;
	}
	u64() {
		const value = Number(this.file.readBigUInt64LE(this.offset));
		this.offset += 8;
		return value;
	}
	text() {
		const length = this.u64();
		const value = this.file.toString('utf8', this.offset, this.offset + length);
		this.offset += length;
		return value;
	}
	/** Walks over a metadata value. @param {number} type */
	skip(type) {
		if (type === 8) this.text();
		else if (type === 9) {
			const itemType = this.u32();
			const count = this.u64();
			const itemBytes = VALUE_BYTES.get(itemType);
			if (itemBytes !== undefined) this.offset += itemBytes * count;
			else for (let index = 0; index < count; index++) this.skip(itemType);
		} else {
			const bytes = VALUE_BYTES.get(type);
			if (bytes === undefined) throw broken(`metadata value of the unknown type ${String(type)}`);
			this.offset += bytes;
		}
	}
}

/** @param {string} what */
function broken(what) {
	return new SetupError('gguf_unreadable', `The GGUF file cannot be read: ${what}.`, 'Delete it and start again.');
}

/**
 * The tensors of a GGUF file by name; their data are views into `file`, not copies.
 * @param {Buffer} file
 * @returns {Map<string, Tensor>}
 * @throws {SetupError} `gguf_unreadable` when it is cut short, of another version, or holds another tensor type
 */
export function readGguf(file) {
	try {
		return readTensors(file);
	} catch (error) {
		if (error instanceof RangeError) throw broken('it ends too early');
		throw error;
	}
}

/** @param {Buffer} file @returns {Map<string, Tensor>} */
function readTensors(file) {
	const cursor = new Cursor(file);
	if (file.toString('latin1', 0, 4) !== 'GGUF') throw broken('it does not begin with "GGUF"');
	cursor.offset = 4;
	const version = cursor.u32();
	if (version !== 2 && version !== 3) throw broken(`version ${String(version)}; 2 and 3 are known`);
	const tensorCount = cursor.u64();
	const valueCount = cursor.u64();
	let alignment = 32;
	for (let index = 0; index < valueCount; index++) {
		const key = cursor.text();
		const type = cursor.u32();
		if (key === 'general.alignment') alignment = file.readUInt32LE(cursor.offset);
		cursor.skip(type);
	}
	const heads = [];
	for (let index = 0; index < tensorCount; index++) {
		const name = cursor.text();
		const dimensions = Array.from({ length: cursor.u32() }, () => cursor.u64());
		heads.push({ name, dimensions, typeId: cursor.u32(), offset: cursor.u64() });
	}
	const start = Math.ceil(cursor.offset / alignment) * alignment;
	return new Map(heads.map((head) => [head.name, tensorOf(file, start, head)]));
}

/**
 * @param {Buffer} file
 * @param {number} start where tensor data begin
 * @param {{ name: string, dimensions: number[], typeId: number, offset: number }} head
 * @returns {Tensor}
 */
function tensorOf(file, start, { name, dimensions, typeId, offset }) {
	const type = /** @type {(keyof typeof TENSOR_TYPES)[]} */ (Object.keys(TENSOR_TYPES)).find(
		(key) => TENSOR_TYPES[key].id === typeId,
	);
	if (type === undefined) throw broken(`tensor ${name} has the unknown type ${String(typeId)}`);
	const [columns = 1, ...others] = dimensions;
	const rows = others.reduce((product, size) => product * size, 1);
	const { blockItems, blockBytes } = TENSOR_TYPES[type];
	const bytes = (rows * columns * blockBytes) / blockItems;
	if (start + offset + bytes > file.length) throw broken(`it ends before the end of tensor ${name}`);
	return { name, type, columns, rows, data: new DataView(file.buffer, file.byteOffset + start + offset, bytes) };
}
