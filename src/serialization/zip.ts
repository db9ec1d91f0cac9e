import { crc32 } from 'node:zlib';
import { FlambeauError } from '../errors.js';

/** A file to be written into an archive. */
export interface ZipEntry {
  name: string;
  data: Uint8Array;
}

const alignment = 64;

/** An archive of stored files, each beginning at a multiple of 64 bytes, as PyTorch writes them. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    if (data.length >= 0xffffffff || offset >= 0xffffffff) {
      throw new FlambeauError('INVALID_VALUE', 'save(): files of 4 GiB and more are not supported yet');
    }
    const path = Buffer.from(name);
    const start = offset + 30 + path.length;
    // The padding is an extra field that readers skip: two bytes of name, two of length, then zeros.
    const extra = ((alignment - ((start + 4) % alignment)) % alignment) + 4;
    const sum = crc32(data);
    const header = Buffer.alloc(30 + path.length + extra);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt32LE(sum, 14);
    header.writeUInt32LE(data.length, 18);
    header.writeUInt32LE(data.length, 22);
    header.writeUInt16LE(path.length, 26);
    header.writeUInt16LE(extra, 28);
    path.copy(header, 30);
    header.write('FB', 30 + path.length, 'latin1');
    header.writeUInt16LE(extra - 4, 32 + path.length);
    const entry = Buffer.alloc(46 + path.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt32LE(sum, 16);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(data.length, 24);
    entry.writeUInt16LE(path.length, 28);
    entry.writeUInt32LE(offset, 42);
    path.copy(entry, 46);
    directory.push(entry);
    parts.push(header, data);
    offset += header.length + data.length;
  }
  const size = directory.reduce((total, entry) => total + entry.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return [...parts, ...directory, end];
}

function damaged(reason: string): FlambeauError {
  return new FlambeauError('INVALID_FILE', `load(): the file is no whole archive: ${reason}`);
}

/** The stored files of an archive, as views of its bytes. */
export function readZip(file: Buffer): Map<string, Buffer> {
  const found = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (found < 0 || found + 22 > file.length) throw damaged('it has no end record');
  const count = file.readUInt16LE(found + 10);
  let at = file.readUInt32LE(found + 16);
  const files = new Map<string, Buffer>();
  for (let i = 0; i < count; i++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50)
      throw damaged(`entry ${i} of its directory is broken`);
    const method = file.readUInt16LE(at + 10);
    const sum = file.readUInt32LE(at + 16);
    const size = file.readUInt32LE(at + 24);
    const nameLength = file.readUInt16LE(at + 28);
    const local = file.readUInt32LE(at + 42);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    if (method !== 0) throw damaged(`'${name}' is compressed`);
    if (local + 30 > file.length || file.readUInt32LE(local) !== 0x04034b50)
      throw damaged(`'${name}' is not where the directory says`);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    if (start + size > file.length) throw damaged(`'${name}' is cut off`);
    const data = file.subarray(start, start + size);
    // PyTorch leaves out the checksum of great files.
    if (sum !== 0 && crc32(data) !== sum) throw damaged(`'${name}' has a wrong checksum`);
    files.set(name, data);
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return files;
}
