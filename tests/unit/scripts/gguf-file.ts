/** Makes small GGUF files for tests, and reads their blocks back in the plainest way, as the measure of the conversion. */

export interface TensorSpec {
	readonly name: string;
	readonly type: 'F32' | 'Q4_1' | 'Q8_0';
	readonly rows: number;
	readonly columns: number;
	readonly data: Buffer;
}

const TYPE_IDS = { F32: 0, Q4_1: 3, Q8_0: 8 };
const ALIGNMENT = 64;

function u32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

function u64(value: number): Buffer {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(BigInt(value));
	return bytes;
}

function text(value: string): Buffer {
	return Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
}

/** A GGUF file of version 3 with metadata of several types, an alignment of its own and the given tensors. */
export function ggufFile(tensors: readonly TensorSpec[], version = 3): Buffer {
	const metadata = [
		Buffer.concat([text('general.architecture'), u32(8), text('llama')]),
		Buffer.concat([text('general.alignment'), u32(4), u32(ALIGNMENT)]),
		Buffer.concat([text('tokenizer.ggml.tokens'), u32(9), u32(8), u64(2), text('one'), text('zwölf')]),
		Buffer.concat([text('tokenizer.ggml.token_type'), u32(9), u32(5), u64(2), u32(1), u32(3)]),
		Buffer.concat([text('flag'), u32(7), Buffer.from([1])]),
	];
	const heads: Buffer[] = [];
	const bodies: Buffer[] = [];
	let offset = 0;
	for (const { name, type, rows, columns, data } of tensors) {
		const dimensions = rows === 1 ? [columns] : [columns, rows];
		heads.push(text(name), u32(dimensions.length), ...dimensions.map(u64), u32(TYPE_IDS[type]), u64(offset));
		const padded = Buffer.alloc(Math.ceil(data.length / ALIGNMENT) * ALIGNMENT);
		data.copy(padded);
		bodies.push(padded);
		offset += padded.length;
	}
	const top = [Buffer.from('GGUF'), u32(version), u64(tensors.length), u64(metadata.length)];
	const head = Buffer.concat([...top, ...metadata, ...heads]);
	const gap = Buffer.alloc(Math.ceil(head.length / ALIGNMENT) * ALIGNMENT - head.length);
	return Buffer.concat([head, gap, ...bodies]);
}

/** Half floats that are written into blocks as scales and minima. */
const HALVES = [
	{ bits: 0x3c00, value: 1 },
	{ bits: 0xb800, value: -0.5 },
	{ bits: 0x0001, value: 2 ** -24 },
	{ bits: 0x4900, value: 10 },
];

/** Repeatable numbers from 0 to 255. */
export function noise(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state >>> 24;
	};
}

function half(random: () => number): { bits: number; value: number } {
	return HALVES[random() % HALVES.length] ?? { bits: 0, value: 0 };
}

/** A quantised tensor of noise, and the values that it stands for, by row. */
export function quantised(
	name: string,
	type: 'Q4_1' | 'Q8_0',
	rows: number,
	columns: number,
	random: () => number,
): { tensor: TensorSpec; values: number[][] } {
	const blocks: Buffer[] = [];
	const values = Array.from({ length: rows }, () =>
		Array.from({ length: columns / 32 }, () => {
			const scale = half(random);
			const minimum = type === 'Q4_1' ? half(random) : { bits: 0, value: 0 };
			const codes = Array.from({ length: 32 }, () => (type === 'Q4_1' ? random() & 15 : random() - 128));
			const head = Buffer.alloc(type === 'Q4_1' ? 4 : 2);
			head.writeUInt16LE(scale.bits, 0);
			if (type === 'Q4_1') head.writeUInt16LE(minimum.bits, 2);
			const body =
				type === 'Q4_1'
					? Buffer.from(codes.slice(0, 16).map((low, index) => low | ((codes[16 + index] ?? 0) << 4)))
					: Buffer.from(Int8Array.from(codes).buffer);
			blocks.push(head, body);
			return codes.map((code) => code * scale.value + minimum.value);
		}).flat(),
	);
	return { tensor: { name, type, rows, columns, data: Buffer.concat(blocks) }, values };
}

/** A row of floats. */
export function floats(name: string, values: readonly number[]): TensorSpec {
	return { name, type: 'F32', rows: 1, columns: values.length, data: Buffer.from(Float32Array.from(values).buffer) };
}
