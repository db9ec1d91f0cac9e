import { bytesAt, invalidFile, tailSize, type Reading, type Source } from './source.js';

/** A file inside of an archive. */
export interface ZipRecord {
  name: string;
  /** 0: stored, 8: deflated. */
  method: number;
  crc: number;
  /** Its bytes, and how many of them the archive holds. */
  size: number;
  stored: number;
  nameBytes: number;
  /** Where its own header begins, and what its bytes must not reach. */
  header: number;
  limit: number;
}

const end = 0x06054b50;
const end64 = 0x06064b50;
const locator64 = 0x07064b50;
const entry = 0x02014b50;
const local = 0x04034b50;
const none32 = 0xffffffff;

function damaged(reason: string): Error {
  return invalidFile(`the archive is damaged: ${reason}`);
}

function count64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged('a number in it is too large');
  return Number(value);
}

interface Directory {
  count: number;
  bytes: number;
  at: number;
}

function* findDirectory(source: Source): Reading<Directory> {
  const tailAt = Math.max(0, source.size - tailSize);
  const tail = yield* bytesAt(source, tailAt, source.size - tailAt, 'the archive');
  let at = tail.length - 22;
  while (at >= 0 && !(tail.readUInt32LE(at) === end && at + 22 + tail.readUInt16LE(at + 20) === tail.length)) at--;
  if (at < 0) throw damaged('it has no end record');
  const found = {
    count: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    at: tail.readUInt32LE(at + 16),
  };
  let limit = tailAt + at;
  if (at >= 20 && tail.readUInt32LE(at - 20) === locator64) {
    const big = count64(tail, at - 12);
    const record = yield* bytesAt(source, big, 56, 'its end record');
    if (record.readUInt32LE(0) !== end64) throw damaged('its end record is broken');
    found.count = count64(record, 32);
    found.bytes = count64(record, 40);
    found.at = count64(record, 48);
    limit = big;
  } else if (tail.readUInt32LE(at + 4) !== 0) throw damaged('it is one part of several');
  if (found.at + found.bytes > limit) throw damaged('its directory is cut off');
  if (found.count * 46 > found.bytes) throw damaged('its directory is too short');
  return found;
}

/** Sizes of 4 GiB and more stand in an extra field. */
function widen(record: ZipRecord, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let next = 0;
    for (const key of ['size', 'stored', 'header'] as const) {
      if (record[key] !== none32) continue;
      if (next + 8 > field.length) throw damaged(`the sizes of '${record.name}' are cut off`);
      record[key] = count64(field, next);
      next += 8;
    }
    return;
  }
}

/** The files of an archive by name. Names that stand twice and files that overlap are refused. */
export function* readDirectory(source: Source): Reading<Map<string, ZipRecord>> {
  const { count, bytes, at: start } = yield* findDirectory(source);
  const directory = yield* bytesAt(source, start, bytes, 'the directory of the archive');
  const records = new Map<string, ZipRecord>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== entry)
      throw damaged(`entry ${i} of its directory is broken`);
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const next = extraEnd + directory.readUInt16LE(at + 32);
    if (next > directory.length) throw damaged(`entry ${i} of its directory is cut off`);
    const record: ZipRecord = {
      name: directory.toString('utf8', at + 46, nameEnd),
      nameBytes: nameEnd - at - 46,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      stored: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      header: directory.readUInt32LE(at + 42),
      limit: start,
    };
    widen(record, directory.subarray(nameEnd, extraEnd));
    if (directory.readUInt16LE(at + 8) & 1) throw damaged(`'${record.name}' is encrypted`);
    if (record.method === 0 && record.stored !== record.size) throw damaged(`'${record.name}' has two sizes`);
    if (records.has(record.name)) throw damaged(`'${record.name}' stands in it twice`);
    records.set(record.name, record);
    at = next;
  }
  const sorted = [...records.values()].sort((a, b) => a.header - b.header);
  sorted.forEach((record, i) => {
    record.limit = sorted[i + 1]?.header ?? start;
    if (record.header + 30 + record.stored > record.limit) throw damaged(`'${record.name}' overlaps what follows it`);
  });
  return records;
}

/**
 * Where PyTorch's writer puts a file's bytes, where everything around it agrees: at a multiple of 64 behind its header,
 * and with their checksum between them and what follows. It saves a look at the header, which lies far from the others.
 */
function expectedStart({ nameBytes, header, stored, limit }: ZipRecord): number | undefined {
  const start = Math.ceil((header + 30 + nameBytes + 4) / 64) * 64;
  return stored > 0 && limit < none32 && start + stored + 16 === limit ? start : undefined;
}

/** Where the bytes of a file begin. */
export function* locate(source: Source, record: ZipRecord): Reading<number> {
  const expected = expectedStart(record);
  if (expected !== undefined) return expected;
  const { name, header } = record;
  const fixed = yield* bytesAt(source, header, 30, `'${name}'`);
  if (fixed.readUInt32LE(0) !== local) throw damaged(`'${name}' is not where its directory says`);
  const nameLength = fixed.readUInt16LE(26);
  const start = header + 30 + nameLength + fixed.readUInt16LE(28);
  if (start + record.stored > record.limit) throw damaged(`'${name}' overlaps what follows it`);
  const own = yield* bytesAt(source, header + 30, nameLength, `'${name}'`);
  if (own.toString('utf8') !== name) throw damaged(`'${name}' has another name in its own header`);
  return start;
}
