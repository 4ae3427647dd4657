/**
 * Turns the Llama model of a GGUF file (Q4_1, Q8_0, F32) into the weight shards that our WebGPU library reads
 * (models/smollm2-135m-webgpu/README.md). Only the order of the numbers changes, their values are kept exactly:
 * 4-bit codes are packed eight to a 32-bit word, everything is transposed (column block by row), half floats
 * become floats. Block layouts: `block_q4_1` and `block_q8_0` of ggml.
 */
import { SetupError } from '../setup-error.mjs';
import { readGguf, TENSOR_TYPES } from './gguf.mjs';

/** Shards end before this, so that a browser can cache each in one entry. */
const SHARD_LIMIT_BYTES = 32 * 2 ** 20;

/**
 * The part of `model-config.json` that the conversion needs.
 * @typedef {{ num_hidden_layers: number, num_attention_heads: number, num_key_value_heads: number, head_dim: number }} ModelConfig
 */
/** One parameter of `metadata.json`. @typedef {{ name: string, shape: number[], dtype: string }} Param */
/** @typedef {import('./gguf.mjs').Tensor} Tensor */
/** @typedef {Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>} Values */
/** @typedef {{ shape: number[], values: Values }} Packed */

/** @param {string} what */
function unfit(what) {
	return new SetupError(
		'model_unfit',
		`The GGUF file does not fit the WebGPU library: ${what}.`,
		'Use the GGUF of scripts/onboard/manifest.mjs.',
	);
}

/** Half-precision bits to a number (IEEE 754 binary16). @param {number} bits */
export function halfToNumber(bits) {
	const sign = bits & 0x8000 ? -1 : 1;
	const exponent = (bits >> 10) & 31;
	const fraction = bits & 1023;
	if (exponent === 0) return sign * fraction * 2 ** -24;
	if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
	return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Every half float once, since there are five million in the model. */
const HALVES = Float32Array.from({ length: 65536 }, (_, bits) => halfToNumber(bits));

/** The low four bits of each of four bytes, side by side in 16 bits. @param {number} word */
function squeeze(word) {
	return (word & 0xf) | ((word >>> 4) & 0xf0) | ((word >>> 8) & 0xf00) | ((word >>> 12) & 0xf000);
}

/**
 * llama.cpp keeps the rows of q and k interleaved; our RoPE kernel wants the halves of a head one after the other.
 * @param {number} row
 * @param {number} headRows
 */
function unpermuted(row, headRows) {
	const inHead = row % headRows;
	return row - inHead + (inHead & 1) * (headRows / 2) + (inHead >> 1);
}

/** Reads and packs the tensors of one file. */
class Packer {
	/** @param {Map<string, Tensor>} tensors */
	constructor(tensors) {
		this.tensors = tensors;
		/** @type {Map<string, Packed>} */
		this.packed = new Map();
	}

	/** @param {string} name @param {keyof typeof TENSOR_TYPES} type */
	tensor(name, type) {
		const tensor = this.tensors.get(name);
		if (tensor === undefined) throw unfit(`tensor ${name} is missing`);
		if (tensor.type !== type) throw unfit(`tensor ${name} is ${tensor.type}, not ${type}`);
		return tensor;
	}

	/**
	 * Linear layers, one under the other: words `.w`, scales `.s`, minima `.m`.
	 * @param {string} key
	 * @param {{ name: string, headRows?: number }[]} parts `headRows` where the rows are to be unpermuted
	 */
	linear(key, parts) {
		const tensors = parts.map((part) => ({ ...part, tensor: this.tensor(part.name, 'Q4_1') }));
		const columns = tensors[0]?.tensor.columns ?? 0;
		const rows = tensors.reduce((sum, { tensor }) => sum + tensor.rows, 0);
		const blocks = columns / 32;
		const words = new Uint32Array(blocks * 4 * rows);
		const scales = new Float32Array(blocks * rows);
		const minima = new Float32Array(blocks * rows);
		let firstRow = 0;
		for (const { tensor, headRows } of tensors) {
			if (tensor.columns !== columns) throw unfit(`tensor ${tensor.name} has ${String(tensor.columns)} columns`);
			for (let row = 0, at = 0; row < tensor.rows; row++) {
				const to = firstRow + (headRows === undefined ? row : unpermuted(row, headRows));
				for (let block = 0; block < blocks; block++, at += TENSOR_TYPES.Q4_1.blockBytes) {
					scales[block * rows + to] = HALVES[tensor.data.getUint16(at, true)] ?? 0;
					minima[block * rows + to] = HALVES[tensor.data.getUint16(at + 2, true)] ?? 0;
					// The low halves of the 16 bytes are codes 0–15, the high halves 16–31.
					for (let half = 0; half < 2; half++) {
						const first = tensor.data.getUint32(at + 4 + half * 8, true);
						const second = tensor.data.getUint32(at + 8 + half * 8, true);
						words[(block * 4 + half) * rows + to] = squeeze(first) | (squeeze(second) << 16);
						words[(block * 4 + 2 + half) * rows + to] = squeeze(first >>> 4) | (squeeze(second >>> 4) << 16);
					}
				}
			}
			firstRow += tensor.rows;
		}
		this.packed.set(`${key}.w`, { shape: [blocks * 4, rows], values: words });
		this.packed.set(`${key}.s`, { shape: [blocks, rows], values: scales });
		this.packed.set(`${key}.m`, { shape: [blocks, rows], values: minima });
	}

	/** The token embedding: signed bytes moved up by 128, four to a word, and a scale a block. @param {string} name */
	embedding(name) {
		const { data, columns, rows } = this.tensor(name, 'Q8_0');
		const blocks = columns / 32;
		const words = new Uint32Array(blocks * 8 * rows);
		const scales = new Float32Array(blocks * rows);
		for (let row = 0, at = 0; row < rows; row++) {
			for (let block = 0; block < blocks; block++, at += TENSOR_TYPES.Q8_0.blockBytes) {
				scales[block * rows + row] = HALVES[data.getUint16(at, true)] ?? 0;
				for (let word = 0; word < 8; word++) {
					words[(block * 8 + word) * rows + row] = data.getUint32(at + 2 + word * 4, true) ^ 0x80808080;
				}
			}
		}
		this.packed.set('e', { shape: [blocks * 8, rows], values: words });
		this.packed.set('es', { shape: [blocks, rows], values: scales });
	}

	/** @param {string} key @param {string} name */
	floats(key, name) {
		const { data, columns, rows } = this.tensor(name, 'F32');
		const values = Float32Array.from({ length: columns * rows }, (_, index) => data.getFloat32(index * 4, true));
		this.packed.set(key, { shape: [values.length], values });
	}
}

/** @param {Map<string, Tensor>} tensors @param {ModelConfig} config @returns {Map<string, Packed>} */
function packModel(tensors, config) {
	const packer = new Packer(tensors);
	packer.embedding('token_embd.weight');
	for (let layer = 0; layer < config.num_hidden_layers; layer++) {
		const from = `blk.${String(layer)}.`;
		const to = `layers.${String(layer)}.`;
		packer.linear(`${to}qkv`, [
			{ name: `${from}attn_q.weight`, headRows: config.head_dim },
			{ name: `${from}attn_k.weight`, headRows: config.head_dim },
			{ name: `${from}attn_v.weight` },
		]);
		packer.linear(`${to}o`, [{ name: `${from}attn_output.weight` }]);
		packer.linear(`${to}gu`, [{ name: `${from}ffn_gate.weight` }, { name: `${from}ffn_up.weight` }]);
		packer.linear(`${to}down`, [{ name: `${from}ffn_down.weight` }]);
		packer.floats(`${to}ln1.weight`, `${from}attn_norm.weight`);
		packer.floats(`${to}ln2.weight`, `${from}ffn_norm.weight`);
	}
	packer.floats('norm.weight', 'output_norm.weight');
	return packer.packed;
}

/**
 * The shards of a model, in the order of the library's parameters.
 * @param {Buffer} gguf the whole GGUF file
 * @param {ModelConfig} config
 * @param {Param[]} params the library's parameters, in order (`metadata.json`)
 * @returns {{ name: string, bytes: Buffer }[]} `params_shard_0.bin` and so on
 * @throws {SetupError} `gguf_unreadable`, or `model_unfit` when tensor and parameter do not match
 */
export function convertToShards(gguf, config, params) {
	const packed = packModel(readGguf(gguf), config);
	/** @type {Buffer[][]} */
	const shards = [];
	let shardBytes = SHARD_LIMIT_BYTES;
	for (const { name, shape, dtype } of params) {
		const param = packed.get(name);
		const found = param && `${param.values instanceof Uint32Array ? 'uint32' : 'float32'} ${param.shape.join('×')}`;
		const wanted = `${dtype} ${shape.join('×')}`;
		if (param === undefined || found !== wanted)
			throw unfit(`${name} should be ${wanted} and is ${found ?? 'missing'}`);
		const bytes = Buffer.from(param.values.buffer);
		if (shardBytes + bytes.length > SHARD_LIMIT_BYTES) {
			shards.push([]);
			shardBytes = 0;
		}
		shards.at(-1)?.push(bytes);
		shardBytes += bytes.length;
	}
	return shards.map((parts, index) => ({ name: `params_shard_${String(index)}.bin`, bytes: Buffer.concat(parts) }));
}
