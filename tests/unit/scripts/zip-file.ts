/** Makes zip files for tests, entry by entry. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
	readonly name: string;
	readonly bytes: Buffer;
	readonly isStored?: boolean;
}

/** A zip file with `entries`, and a comment at its end if one is given. */
export function zipFile(entries: readonly ZipEntry[], comment = ''): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, bytes, isStored = false } of entries) {
		const packed = isStored ? bytes : deflateRawSync(bytes);
		const nameBytes = Buffer.from(name);
		const local = Buffer.alloc(30);
		local.writeUInt32LE(0x04034b50, 0);
		local.writeUInt16LE(isStored ? 0 : 8, 8);
		local.writeUInt32LE(crc32(bytes), 14);
		local.writeUInt32LE(packed.length, 18);
		local.writeUInt32LE(bytes.length, 22);
		local.writeUInt16LE(nameBytes.length, 26);
		const central = Buffer.alloc(46);
		central.writeUInt32LE(0x02014b50, 0);
		central.writeUInt16LE(isStored ? 0 : 8, 10);
		central.writeUInt32LE(crc32(bytes), 16);
		central.writeUInt32LE(packed.length, 20);
		central.writeUInt32LE(bytes.length, 24);
		central.writeUInt16LE(nameBytes.length, 28);
		central.writeUInt32LE(offset, 42);
		parts.push(local, nameBytes, packed);
		directory.push(central, nameBytes);
		offset += local.length + nameBytes.length + packed.length;
	}
	const directoryBytes = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(directoryBytes.length, 12);
	end.writeUInt32LE(offset, 16);
	end.writeUInt16LE(Buffer.byteLength(comment), 20);
	return Buffer.concat([...parts, directoryBytes, end, Buffer.from(comment)]);
}
