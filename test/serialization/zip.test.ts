import { describe, expect, test } from 'vitest';
import { crc32 } from 'node:zlib';
import { recordBytes } from '../../src/serialization/memory.js';
import type { Reading, Source, Wanted } from '../../src/serialization/source.js';
import { collectSync } from '../../src/serialization/target.js';
import { locate, readDirectory } from '../../src/serialization/zip-reader.js';
import { zip, type ZipEntry } from '../../src/serialization/zip-writer.js';

/** An archive of which only what is not zero is kept. */
function sparse(parts: Iterable<Uint8Array>): Source {
  const kept: { at: number; bytes: Buffer }[] = [];
  let size = 0;
  for (const part of parts) {
    if (part.length < 1 << 20 || part.at(0) !== 0) kept.push({ at: size, bytes: Buffer.from(part) });
    size += part.length;
  }
  const readSync = ({ into, at }: Wanted): void => {
    into.fill(0);
    for (const { at: start, bytes } of kept) {
      const [from, to] = [Math.max(at, start), Math.min(at + into.length, start + bytes.length)];
      if (from < to) into.set(bytes.subarray(from - start, to - start), from - at);
    }
  };
  return { size, readSync, read: (wanted) => Promise.resolve(readSync(wanted)) };
}

function run<T>(reading: Reading<T>, source: Source): T {
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    source.readSync(step.value as Wanted);
  }
}

describe('an archive', () => {
  test('of more than 4 GiB has its places and sizes in 64 bits', () => {
    const zeros = Buffer.alloc(1 << 24);
    const length = 2 ** 32 + (1 << 24);
    const parts = function* (): Generator<Uint8Array> {
      for (let at = 0; at < length; at += zeros.length) yield zeros;
    };
    const small = Buffer.from('after');
    const entries: ZipEntry[] = [
      { name: 'a/large', data: { length, parts } },
      { name: 'a/small', data: small },
    ];
    const source = sparse(zip(entries));
    const records = run(readDirectory(source), source);
    const large = records.get('a/large')!;
    expect([large.size, large.stored, large.header]).toEqual([length, length, 0]);
    expect(run(locate(source, large), source) % 64).toBe(0);
    const second = records.get('a/small')!;
    expect(second.header).toBeGreaterThan(length);
    expect(run(recordBytes(source, second), source).toString()).toBe('after');
    expect(second.crc).toBe(crc32(small));
  }, 60_000);

  test('of more than 65,535 files has their number in 64 bits', () => {
    const entries = Array.from({ length: 70_000 }, (_, i) => ({ name: `a/${i}`, data: Buffer.alloc(0) }));
    const source = sparse([collectSync(zip(entries))]);
    expect(run(readDirectory(source), source).size).toBe(70_000);
  });

  test('without files is empty', () => {
    const source = sparse(zip([]));
    expect(run(readDirectory(source), source).size).toBe(0);
  });
});
