import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { run } from '../run.js';
import { Pickler } from '../../src/serialization/pickler.js';
import { collectSync } from '../../src/serialization/target.js';
import { zip } from '../../src/serialization/zip-writer.js';

const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
const invalid = expect.objectContaining({ code: 'INVALID_FILE' }) as Error;
const python = path.join(import.meta.dirname, 'python');

type Code = string | number | Buffer;
const bytesOf = (codes: readonly Code[]): Buffer =>
  Buffer.concat(
    codes.map((code) =>
      typeof code === 'string' ? Buffer.from(code, 'latin1') : typeof code === 'number' ? Buffer.from([code]) : code,
    ),
  );

function archive(pickle: Buffer, storages: Record<string, Uint8Array> = {}): Buffer {
  const data = Object.entries(storages).map(([key, data]) => ({ name: `archive/data/${key}`, data }));
  return collectSync(zip([{ name: 'archive/data.pkl', data: pickle }, ...data]));
}
const load = (...codes: Code[]): unknown => torch.loadSync(archive(bytesOf(codes), { 0: new Uint8Array(64) }));

/** A tensor over storage 0, of 16 floats. */
function tensor(
  p: Pickler,
  offset: number,
  shape: number[],
  strides: number[],
  count = 16,
  name = 'FloatStorage',
): void {
  p.global('torch._utils._rebuild_tensor_v2').tuple(() => {
    p.tuple(() => p.text('storage').global(`torch.${name}`).text('0').text('cpu').integer(count));
    p.persistent().integer(offset).counts(shape).counts(strides).boolean(false).ordered();
  });
  p.reduce();
}
function built(write: (p: Pickler) => void): unknown {
  const pickler = new Pickler();
  write(pickler);
  return torch.loadSync(archive(pickler.finish(), { 0: new Uint8Array(64) }));
}

describe('a pickle', () => {
  test.each([
    ['cos\nsystem\n(X\x02\0\0\0lstR.', /asks for os.system/],
    ['c__builtin__\neval\n.', /asks for builtins.eval/],
    ['cposix\nsystem\n.', /asks for posix.system/],
    ['ctorch.hub\nload\n.', /asks for torch.hub.load/],
    ['ctorch._utils\n_rebuild_tensor_v2.__globals__\n.', /asks for torch._utils._rebuild_tensor_v2.__globals__/],
    ['c__builtin__\ngetattr\n.', /builtins.getattr/],
  ])('that asks for more than it may is refused by name: %j', (text, message) => {
    expect(() => load(text)).toThrow(invalid);
    expect(() => load(text)).toThrow(message);
  });

  test.each([
    '',
    '.',
    '(.',
    'u.',
    'e.',
    't.',
    'a.',
    'R.',
    ')R.',
    'b.',
    'NNb.',
    'N)R.',
    'Q.',
    'NQ.',
    'h\0.',
    'j\xff\xff\xff\xff.',
    'X\xff\xff\xff\xff.',
    'X\x01\0\0\0\xff.',
    '\x8b\xff\xff\xff\x7f.',
    '\x8e\xff\xff\xff\xff\xff\xff\xff\xff.',
    '\x80\x09N.',
    'c\n',
    'ctorch\nFloatTensor\n)R.',
    'ctorch\nTensor\n)\x81.',
    'ctorch\nFloatStorage\n.',
    'ctorch\nFloatStorage\n)R.',
    '(K\x01K\x02K\x03u.',
    '}(K\x01u.',
    '}]N}s.',
    '}]Ns.',
    'c__builtin__\nset\n(K\x05tR.',
    'c__builtin__\ncomplex\n(NtR.',
    'c_codecs\nencode\n(X\x01\0\0\0aX\x05\0\0\0rot13tR.',
    'c__builtin__\nbytearray\n(J\xff\xff\xff\x7ftR.',
    'ctorch\nSize\n(K\x05tR.',
    'ccollections\nOrderedDict\n(](K\x01etR.',
    'ctorch._tensor\n_rebuild_from_type_v2\n(c__builtin__\nset\nN)NtR.',
    'I1\n.',
    'i',
  ])('that makes no sense is refused: %j', (text) => {
    expect(() => load(text)).toThrow(invalid);
  });

  test('in which a value contains itself is refused', () => {
    expect(() => load(']q\0h\0a.')).toThrow(/contains itself/);
    expect(() => load('}q\0K\x01h\0s.')).toThrow(/contains itself/);
  });

  test('that nests without end is refused', () => {
    expect(() => load(']'.repeat(100_000), 'a'.repeat(99_999), '.')).toThrow(invalid);
    expect(() => load('('.repeat(100_000), 't'.repeat(100_000), '.')).toThrow(invalid);
  });

  test('that refers to one list again and again gives one list', () => {
    const levels = Array.from({ length: 60 }, (_, i) => ['](h', i, 'h', i, 'eq', i + 1]).flat();
    const [first, second] = load(']q', 0, ...levels, '.') as unknown[];
    expect(first).toBeInstanceOf(Array);
    expect(first === second).toBe(true);
  });

  test('that copies one large list again and again is refused', () => {
    const copies = ['ctorch\nSize\n(h', 0, 'tR'].map((code) =>
      typeof code === 'string' ? Buffer.from(code) : Buffer.from([code]),
    );
    const list = Buffer.concat([Buffer.from(']q\0('), Buffer.alloc(100_000, 'N'), Buffer.from('e')]);
    expect(() => load('(', list, ...Array.from({ length: 1000 }, () => copies).flat(), 't.')).toThrow(/more memory/);
  });

  test('that asks for more values than the heap can hold is refused', () => {
    expect(() => load('(', ']'.repeat(5_000_000), 't.')).toThrow(/more than 4000000 values/);
    expect(() => load('('.repeat(5_000_000), '.')).toThrow(/more than 4000000 values/);
  });

  test('with keys like those of every object changes no object', () => {
    const found = load('}(X\x09\0\0\0__proto__X\x01\0\0\0aX\x0b\0\0\0constructorNu.') as Record<string, unknown>;
    expect(Object.keys(found)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(found)).toBeNull();
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });
});

describe('a tensor of a file', () => {
  const wide = 2 ** 40;
  test.each([
    ['begins beyond its storage', 17, [1], [1]],
    ['ends beyond its storage', 0, [17], [1]],
    ['steps beyond its storage', 0, [2, 2], [15, 2]],
    ['is larger than a number can say', 0, [wide, wide], [1, 1]],
    ['is larger than a number can say without steps', 0, [wide, wide], [0, 0]],
    ['has fewer strides than sizes', 0, [1, 1], [1]],
    ['has a negative size', 0, [-1], [1]],
    ['has a negative stride', 8, [2], [-1]],
    ['has a negative offset', -1, [1], [1]],
    ['has too many dimensions', 0, new Array<number>(65).fill(1), new Array<number>(65).fill(1)],
  ])('that %s is refused', (_, offset, shape, strides) => {
    expect(() => built((p) => tensor(p, offset, shape, strides))).toThrow(invalid);
  });

  test('whose storage is smaller than it says is refused', () => {
    expect(() => built((p) => tensor(p, 0, [1], [1], 17))).toThrow(/made for 68/);
    expect(() => built((p) => tensor(p, 0, [1], [1], 2 ** 50))).toThrow(invalid);
  });

  test('may be expanded', () => {
    expect((built((p) => tensor(p, 3, [1000, 1000], [0, 0])) as torch.Tensor).shape).toEqual([1000, 1000]);
  });

  test('that is quantized and has channels that do not fit is refused', () => {
    const quantized = (axis: number, scales: number, shape: number[], zero = 0) =>
      built((p) => {
        p.global('torch._utils._rebuild_qtensor').tuple(() => {
          p.tuple(() => p.text('storage').global('torch.QInt8Storage').text('0').text('cpu').integer(64));
          p.persistent()
            .integer(0)
            .counts(shape)
            .counts(shape.map(() => 0));
          p.tuple(() => {
            p.global('torch.per_channel_affine');
            p.list(() => Array.from({ length: scales }, () => p.float(1)));
            p.list(() => Array.from({ length: scales }, () => p.integer(zero)));
            p.integer(axis);
          });
          p.boolean(false).ordered();
        });
        p.reduce();
      });
    expect((quantized(0, 2, [2, 2 ** 30]) as torch.Tensor).shape).toEqual([2, 2 ** 30]);
    expect(() => quantized(2, 2, [2, 2])).toThrow(/do not fit/);
    expect(() => quantized(0, 3, [2, 2])).toThrow(/do not fit/);
    expect(() => quantized(0, 2, [2, 2], 200)).toThrow(/zero point 200/);
  });

  test('that is sparse and has indices beyond its size is refused', () => {
    const sparse = (index: number[], size: number[]) =>
      built((p) => {
        p.global('torch._utils._rebuild_sparse_tensor').tuple(() => {
          p.global('torch.serialization._get_layout')
            .tuple(() => p.text('torch.sparse_coo'))
            .reduce();
          p.tuple(() => {
            tensor(
              p,
              0,
              index,
              index.map(() => 0),
              8,
              'LongStorage',
            );
            tensor(p, 0, [index[1]!], [0], 8, 'LongStorage');
            p.counts(size).boolean(false);
          });
        });
        p.reduce();
      });
    expect((sparse([1, 1], [3]) as torch.Tensor).toDense().tolist()).toEqual([0, 0, 0]);
    expect(() => sparse([1, 1], [0])).toThrow(invalid);
    expect(() => sparse([1, 2 ** 40], [3])).toThrow(/more memory/);
  });
});

describe('an archive', () => {
  const whole = archive(bytesOf(['N.']), { 0: new Uint8Array(8) });
  const directory = whole.readUInt32LE(whole.length - 6);
  const changed = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.from(whole);
    change(bytes);
    return bytes;
  };

  test('is what is changed here', () => {
    expect(torch.loadSync(whole)).toBe(null);
  });

  test.each([
    [
      'one file over another',
      (bytes: Buffer) => bytes.writeUInt32LE(0, bytes.indexOf('archive/data/0', directory) - 4),
    ],
    ['a file beyond the end', (bytes: Buffer) => bytes.writeUInt32LE(1e9, directory + 42)],
    ['a size beyond the end', (bytes: Buffer) => bytes.fill(0x7f, directory + 20, directory + 28)],
    ['two sizes', (bytes: Buffer) => bytes.writeUInt32LE(1, directory + 24)],
    ['a count that is too large', (bytes: Buffer) => bytes.writeUInt16LE(60_000, bytes.length - 12)],
    ['a directory elsewhere', (bytes: Buffer) => bytes.writeUInt32LE(5, bytes.length - 6)],
    ['a compressed pickle', (bytes: Buffer) => bytes.writeUInt16LE(8, directory + 10)],
    ['an encrypted pickle', (bytes: Buffer) => bytes.writeUInt16LE(1, directory + 8)],
    ['a wrong checksum', (bytes: Buffer) => bytes.writeUInt32LE(1, directory + 16)],
  ])('with %s is refused', (_, change) => {
    expect(() => torch.loadSync(changed(change))).toThrow(invalid);
  });

  test('with a name that stands twice is refused', () => {
    const entry = { name: 'archive/data.pkl', data: Buffer.from('N.') };
    expect(() => torch.loadSync(collectSync(zip([entry, entry])))).toThrow(/twice/);
  });

  test('of something else is refused, and told apart', () => {
    expect(() => torch.loadSync(collectSync(zip([{ name: 'x/y', data: Buffer.from('N.') }])))).toThrow(/no data.pkl/);
    const script = ['data.pkl', 'constants.pkl'].map((name) => ({ name: `x/${name}`, data: Buffer.from('N.') }));
    expect(() => torch.loadSync(collectSync(zip(script)))).toThrow(/TorchScript/);
  });
});

describe('a file that is no checkpoint', () => {
  test.each([
    ['empty', Buffer.alloc(0), /empty/],
    ['short', Buffer.from('P'), /cut off|cannot be read/],
    ['a text', Buffer.from('hello, world\n'), /pickle cannot be read/],
    ['a tar', Buffer.concat([Buffer.alloc(257), Buffer.from('ustar'), Buffer.alloc(250)]), /tar archives/],
  ])('is refused: %s', async (_, bytes, message) => {
    expect(() => torch.loadSync(bytes)).toThrow(invalid);
    await expect(torch.load(bytes)).rejects.toThrow(message);
  });

  test('is refused where it is a folder', async () => {
    await expect(torch.load(folder)).rejects.toThrow(/no regular file/);
    expect(() => torch.loadSync(folder)).toThrow(invalid);
  });
});

describe.each(['views.pt', 'legacy-views.pt'])('%s, damaged', (name) => {
  const whole = readFileSync(path.join(python, name));

  test('is refused wherever it is cut off', () => {
    for (let i = 0; i < whole.length; i += 3) expect(() => torch.loadSync(whole.subarray(0, i))).toThrow(invalid);
  });

  test('is refused, or loaded, whichever bit is turned', () => {
    const file = path.join(folder, name);
    for (let i = 0; i < whole.length; i += 5) {
      const bytes = Buffer.from(whole);
      bytes[i]! ^= 1 << (i % 8);
      for (const mmap of [false, true]) {
        try {
          if (mmap) writeFileSync(file, bytes);
          torch.loadSync(mmap ? file : bytes, { mmap, mapLocation: 'cpu' });
        } catch (error) {
          expect((error as torch.FlambeauError).code).toBe('INVALID_FILE');
        }
      }
    }
  });
});

test('files that are changed at random end no process', async () => {
  const { stdout } = await run(['scripts/fuzz-load.mjs', '--files', '1500', '--seed', '7']);
  expect(stdout).toContain('1500 files of seed 7');
  expect(stdout).toContain('; 0 wrong');
}, 120_000);
