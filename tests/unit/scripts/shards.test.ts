import { describe, expect, test } from 'vitest';
import { readGguf } from '../../../scripts/onboard/gguf.mjs';
import { convertToShards, halfToNumber } from '../../../scripts/onboard/shards.mjs';
import { floats, ggufFile, noise, quantised, type TensorSpec } from './gguf-file';

/** A Llama of one layer that is as small as the block size of 32 lets it be. */
const config = { num_hidden_layers: 1, num_attention_heads: 2, num_key_value_heads: 1, head_dim: 16 };
const random = noise(7);
const embedding = quantised('token_embd.weight', 'Q8_0', 3, 32, random);
const q = quantised('blk.0.attn_q.weight', 'Q4_1', 32, 32, random);
const k = quantised('blk.0.attn_k.weight', 'Q4_1', 16, 32, random);
const v = quantised('blk.0.attn_v.weight', 'Q4_1', 16, 32, random);
const o = quantised('blk.0.attn_output.weight', 'Q4_1', 32, 32, random);
const gate = quantised('blk.0.ffn_gate.weight', 'Q4_1', 64, 32, random);
const up = quantised('blk.0.ffn_up.weight', 'Q4_1', 64, 32, random);
const down = quantised('blk.0.ffn_down.weight', 'Q4_1', 32, 64, random);
const norms = ['blk.0.attn_norm.weight', 'blk.0.ffn_norm.weight', 'output_norm.weight'].map((name, index) =>
	floats(
		name,
		Array.from({ length: 32 }, (_, item) => item + index / 4),
	),
);
const tensors: TensorSpec[] = [...[embedding, q, k, v, o, gate, up, down].map(({ tensor }) => tensor), ...norms];

const linear = (name: string, words: number, rows: number) => [
	{ name: `${name}.w`, shape: [words, rows], dtype: 'uint32' },
	{ name: `${name}.s`, shape: [words / 4, rows], dtype: 'float32' },
	{ name: `${name}.m`, shape: [words / 4, rows], dtype: 'float32' },
];
const params = [
	{ name: 'e', shape: [8, 3], dtype: 'uint32' },
	{ name: 'es', shape: [1, 3], dtype: 'float32' },
	{ name: 'layers.0.ln1.weight', shape: [32], dtype: 'float32' },
	...linear('layers.0.qkv', 4, 64),
	...linear('layers.0.o', 4, 32),
	...linear('layers.0.gu', 4, 128),
	...linear('layers.0.down', 8, 32),
	{ name: 'layers.0.ln2.weight', shape: [32], dtype: 'float32' },
	{ name: 'norm.weight', shape: [32], dtype: 'float32' },
];

/** Where each parameter begins in the one shard of the small model. */
function offsetOf(name: string): number {
	let offset = 0;
	for (const param of params) {
		if (param.name === name) return offset;
		offset += param.shape.reduce((product, size) => product * size, 4);
	}
	throw new Error(`no parameter ${name}`);
}

/** Reads the value at a row and column of a linear layer as the WebGPU kernels do. */
function valueIn(shard: Buffer, layer: string, rows: number, row: number, column: number): number {
	const word = shard.readUInt32LE(offsetOf(`${layer}.w`) + 4 * ((column >> 3) * rows + row));
	const at = 4 * ((column >> 5) * rows + row);
	const code = (word >>> (4 * (column & 7))) & 15;
	return code * shard.readFloatLE(offsetOf(`${layer}.s`) + at) + shard.readFloatLE(offsetOf(`${layer}.m`) + at);
}

/** All values of a linear layer, by row. */
function layerIn(shard: Buffer, layer: string, rows: number, columns: number): number[][] {
	return Array.from({ length: rows }, (_, row) =>
		Array.from({ length: columns }, (_, column) => valueIn(shard, layer, rows, row, column)),
	);
}

/** Rows as RoPE wants them: of each head, first the even ones, then the odd ones. */
function unpermuted(rows: readonly number[][], headRows: number): number[][] {
	return rows.flatMap((_, index) => {
		if (index % headRows !== 0) return [];
		const head = rows.slice(index, index + headRows);
		return [...head.filter((_, row) => row % 2 === 0), ...head.filter((_, row) => row % 2 === 1)];
	});
}

describe('convertToShards', () => {
	const shards = convertToShards(ggufFile(tensors), config, params);
	const shard = shards[0]?.bytes ?? Buffer.alloc(0);

	test('puts a small model into one shard of exactly the parameters', () => {
		expect(shards.map(({ name }) => name)).toEqual(['params_shard_0.bin']);
		expect(shard).toHaveLength(offsetOf('norm.weight') + 32 * 4);
	});

	test('keeps every value of the linear layers, with q and k in the order that RoPE wants', () => {
		const qkv = [...unpermuted(q.values, 16), ...unpermuted(k.values, 16), ...v.values];
		expect(layerIn(shard, 'layers.0.qkv', 64, 32)).toEqual(qkv);
		expect(layerIn(shard, 'layers.0.o', 32, 32)).toEqual(o.values);
		expect(layerIn(shard, 'layers.0.gu', 128, 32)).toEqual([...gate.values, ...up.values]);
		expect(layerIn(shard, 'layers.0.down', 32, 64)).toEqual(down.values);
	});

	test('keeps every value of the embedding', () => {
		const values = embedding.values.map((row, token) =>
			row.map((_, column) => {
				const word = shard.readUInt32LE(offsetOf('e') + 4 * ((column >> 2) * 3 + token));
				const code = ((word >>> (8 * (column & 3))) & 255) - 128;
				return code * shard.readFloatLE(offsetOf('es') + 4 * token);
			}),
		);
		expect(values).toEqual(embedding.values);
	});

	test('keeps the norms', () => {
		expect(shard.readFloatLE(offsetOf('layers.0.ln1.weight') + 4 * 5)).toBe(5);
		expect(shard.readFloatLE(offsetOf('layers.0.ln2.weight') + 4 * 5)).toBe(5.25);
		expect(shard.readFloatLE(offsetOf('norm.weight') + 4 * 31)).toBe(31.5);
	});

	test('names the tensor that is missing or of another type', () => {
		const without = tensors.filter(({ name }) => name !== 'blk.0.ffn_up.weight');
		expect(() => convertToShards(ggufFile(without), config, params)).toThrow(/blk\.0\.ffn_up\.weight is missing/);
		const other = [...tensors.filter(({ name }) => name !== o.tensor.name), { ...floats(o.tensor.name, [1]) }];
		expect(() => convertToShards(ggufFile(other), config, params)).toThrow(/attn_output\.weight is F32, not Q4_1/);
	});

	test('names the parameter whose shape is not what the library wants', () => {
		const wanted = [{ name: 'e', shape: [8, 4], dtype: 'uint32' }];
		expect(() => convertToShards(ggufFile(tensors), config, wanted)).toThrow(
			/e should be uint32 8×4 and is uint32 8×3/,
		);
	});
});

describe('readGguf', () => {
	test('refuses what is no GGUF, another version, or cut short', () => {
		expect(() => readGguf(Buffer.from('<!doctype html><title>Sign in</title>'))).toThrow(/does not begin with "GGUF"/);
		expect(() => readGguf(ggufFile(tensors, 1))).toThrow(/version 1/);
		expect(() => readGguf(ggufFile(tensors).subarray(0, 200))).toThrow(/ends too early/);
		expect(() => readGguf(ggufFile(tensors).subarray(0, 5000))).toThrow(/ends before the end of tensor/);
	});
});

test('half floats are read as IEEE 754 has them', () => {
	const cases: [number, number][] = [
		[0x0000, 0],
		[0x3c00, 1],
		[0xc000, -2],
		[0x3555, 0.333251953125],
		[0x7bff, 65504],
		[0x0001, 2 ** -24],
		[0x83ff, -(1023 / 1024) * 2 ** -14],
		[0x7c00, Infinity],
	];
	for (const [bits, value] of cases) expect(halfToNumber(bits)).toBe(value);
	expect(halfToNumber(0x8000)).toBe(-0);
	expect(halfToNumber(0x7e00)).toBeNaN();
});
