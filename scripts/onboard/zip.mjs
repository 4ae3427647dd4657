/**
 * Reads a zip file (a wheel is one) without tools from outside: central directory, stored and deflated entries.
 * Format: PKWARE's APPNOTE. Not read: encryption, ZIP64 and spanned archives, which wheels of this size do not use.
 */
import { inflateRawSync } from 'node:zlib';
import { SetupError } from '../setup-error.mjs';

const END = 0x06054b50;
const END_BYTES = 22;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** @param {string} what */
function broken(what) {
	return new SetupError('zip_unreadable', `The zip file cannot be read: ${what}.`, 'Delete it and start again.');
}

/** Where the end record begins; it is last, before a comment of at most 65,535 bytes. @param {Buffer} file */
function findEnd(file) {
	const first = Math.max(0, file.length - END_BYTES - 0xffff);
	for (let at = file.length - END_BYTES; at >= first; at--) if (file.readUInt32LE(at) === END) return at;
	throw broken('it has no end record; it may be cut short');
}

/**
 * The entries of a zip file by name; each is unpacked when it is called for.
 * @param {Buffer} file
 * @returns {Map<string, () => Buffer>}
 * @throws {SetupError} `zip_unreadable`, here or when an entry is unpacked
 */
export function readZip(file) {
	const end = findEnd(file);
	const count = file.readUInt16LE(end + 10);
	let at = file.readUInt32LE(end + 16);
	if (count === 0xffff || at === 0xffffffff) throw broken('it is in the ZIP64 format');
	/** @type {Map<string, () => Buffer>} */
	const entries = new Map();
	for (let index = 0; index < count; index++) {
		if (at + 46 > end || file.readUInt32LE(at) !== CENTRAL) throw broken('its directory is damaged');
		const entry = {
			method: file.readUInt16LE(at + 10),
			packedBytes: file.readUInt32LE(at + 20),
			bytes: file.readUInt32LE(at + 24),
			offset: file.readUInt32LE(at + 42),
		};
		const nameBytes = file.readUInt16LE(at + 28);
		const name = file.toString('utf8', at + 46, at + 46 + nameBytes);
		entries.set(name, () => unpack(file, name, entry));
		at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
	}
	return entries;
}

/**
 * @param {Buffer} file
 * @param {string} name
 * @param {{ method: number, packedBytes: number, bytes: number, offset: number }} entry
 */
function unpack(file, name, { method, packedBytes, bytes, offset }) {
	if (offset + 30 > file.length || file.readUInt32LE(offset) !== LOCAL)
		throw broken(`${name} is not where it should be`);
	const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
	const packed = file.subarray(start, start + packedBytes);
	if (method === 0) return packed;
	if (method !== 8) throw broken(`${name} is packed by method ${String(method)}`);
	try {
		return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
	} catch (error) {
		throw broken(`${name} does not unpack (${error instanceof Error ? error.message : String(error)})`);
	}
}
