import { crc32 } from 'node:zlib';
import type { Bytes } from './memory.js';
import { inChunks, type Writing } from './target.js';

/** A file to be written into an archive: as it is, or deflated by the caller, who then says what it was. */
export interface ZipEntry {
  name: string;
  data: Uint8Array | Bytes;
  deflated?: { size: number; crc: number };
}

const alignment = 64;
const none32 = 0xffffffff;
// Sizes and checksum come after the bytes; names are UTF-8.
const flags = 0x0808;
// The first day that the format knows.
const date = 0x21;

interface Written {
  path: Buffer;
  crc: number;
  size: number;
  stored: number;
  header: number;
  method: number;
}

/** Numbers of 64 bits in an extra field. */
function wide(values: readonly number[]): Buffer {
  if (values.length === 0) return Buffer.alloc(0);
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, i) => field.writeBigUInt64LE(BigInt(value), 4 + 8 * i));
  return field;
}

/** The header of a file, padded so that its bytes begin at a multiple of 64: as PyTorch does it, to the byte. */
function localHeader({ path, size, stored, header: offset, method }: Written): Buffer {
  const isLarge = Math.max(size, stored) >= none32;
  const sizes = [...(isLarge ? [size, stored] : []), ...(offset >= none32 ? [offset] : [])];
  const extra = wide(sizes);
  const start = offset + 30 + path.length + extra.length + 4;
  const padding = (alignment - (start % alignment)) % alignment;
  const header = Buffer.alloc(30 + path.length + extra.length + 4 + padding);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(sizes.length ? 45 : 20, 4);
  header.writeUInt16LE(stored > 0 ? flags : 0x0800, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt16LE(date, 12);
  if (isLarge) {
    header.writeUInt32LE(none32, 18);
    header.writeUInt32LE(none32, 22);
  }
  header.writeUInt16LE(path.length, 26);
  header.writeUInt16LE(extra.length + 4 + padding, 28);
  path.copy(header, 30);
  extra.copy(header, 30 + path.length);
  const pad = 30 + path.length + extra.length;
  header.write('FB', pad, 'latin1');
  header.writeUInt16LE(padding, pad + 2);
  header.fill('Z', pad + 4);
  return header;
}

/** What follows the bytes of a file. */
function descriptor({ crc, size, stored, header }: Written): Buffer {
  const isWide = Math.max(size, stored, header) >= none32;
  const record = Buffer.alloc(isWide ? 24 : 16);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc, 4);
  if (isWide) {
    record.writeBigUInt64LE(BigInt(stored), 8);
    record.writeBigUInt64LE(BigInt(size), 16);
  } else {
    record.writeUInt32LE(stored, 8);
    record.writeUInt32LE(size, 12);
  }
  return record;
}

function directoryEntry({ path, crc, size, stored, header, method }: Written): Buffer {
  const isLarge = Math.max(size, stored) >= none32;
  const extra = wide([...(isLarge ? [size, stored] : []), ...(header >= none32 ? [header] : [])]);
  const entry = Buffer.alloc(46 + path.length + extra.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(extra.length ? 45 : 20, 4);
  entry.writeUInt16LE(extra.length ? 45 : 20, 6);
  entry.writeUInt16LE(stored > 0 ? flags : 0x0800, 8);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt16LE(date, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(isLarge ? none32 : stored, 20);
  entry.writeUInt32LE(isLarge ? none32 : size, 24);
  entry.writeUInt16LE(path.length, 28);
  entry.writeUInt16LE(extra.length, 30);
  entry.writeUInt32LE(Math.min(header, none32), 42);
  path.copy(entry, 46);
  extra.copy(entry, 46 + path.length);
  return entry;
}

function endRecords(count: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(Math.min(bytes, none32), 12);
  end.writeUInt32LE(Math.min(offset, none32), 16);
  if (count < 0xffff && bytes < none32 && offset < none32) return end;
  const wideEnd = Buffer.alloc(56 + 20);
  wideEnd.writeUInt32LE(0x06064b50, 0);
  wideEnd.writeBigUInt64LE(44n, 4);
  wideEnd.writeUInt16LE(45, 12);
  wideEnd.writeUInt16LE(45, 14);
  for (const [at, value] of [
    [24, count],
    [32, count],
    [40, bytes],
    [48, offset],
  ] as const) {
    wideEnd.writeBigUInt64LE(BigInt(value), at);
  }
  wideEnd.writeUInt32LE(0x07064b50, 56);
  wideEnd.writeBigUInt64LE(BigInt(offset + bytes), 64);
  wideEnd.writeUInt32LE(1, 72);
  return Buffer.concat([wideEnd, end]);
}

/** An archive of stored files, each beginning at a multiple of 64 bytes, as PyTorch writes them. */
export function* zip(entries: Iterable<ZipEntry>): Writing {
  const written: Written[] = [];
  let offset = 0;
  for (const { name, data, deflated } of entries) {
    const record: Written = {
      path: Buffer.from(name),
      crc: deflated?.crc ?? 0,
      size: deflated?.size ?? data.length,
      stored: data.length,
      header: offset,
      method: deflated ? 8 : 0,
    };
    const header = localHeader(record);
    yield header;
    for (const part of data instanceof Uint8Array ? inChunks(data) : data.parts()) {
      if (!deflated) record.crc = crc32(part, record.crc);
      yield part;
    }
    offset += header.length + data.length;
    if (data.length > 0) {
      const tail = descriptor(record);
      yield tail;
      offset += tail.length;
    }
    written.push(record);
  }
  let bytes = 0;
  for (const record of written) {
    const entry = directoryEntry(record);
    bytes += entry.length;
    yield entry;
  }
  yield endRecords(written.length, bytes, offset);
}
