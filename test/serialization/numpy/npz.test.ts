import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { crc32, deflateRawSync } from 'node:zlib';
import * as torch from '../../../src/index.js';
import { collectSync } from '../../../src/serialization/target.js';
import { zip } from '../../../src/serialization/zip-writer.js';

const { loadNpz, loadNpzSync, loadNpySync, saveNpz, saveNpzSync, saveNpySync } = torch.numpy;
const python = path.join(import.meta.dirname, 'python');
const { npz } = JSON.parse(readFileSync(path.join(python, 'values.json'), 'utf8')) as { npz: string[] };
const file = path.join(mkdtempSync(path.join(tmpdir(), 'flambeau-')), 'x.npz');

describe('loadNpz', () => {
  const packed = (data: Buffer, size = data.length, name = 'x.npy'): Buffer =>
    collectSync(zip([{ name, data: deflateRawSync(data), deflated: { size, crc: crc32(data) } }]));

  test('refuses a bomb before it is unpacked', () => {
    const bytes = packed(Buffer.alloc(1000));
    expect(() => loadNpzSync(packed(Buffer.alloc(1 << 24)), { maxBytes: 1 << 20 })).toThrow(/more than 1048576 bytes/);
    expect(() => loadNpzSync(packed(Buffer.alloc(1000), 2 ** 29))).toThrow(/impossible size/);
    expect(() => loadNpzSync(packed(Buffer.alloc(1 << 20), 1000))).toThrow(
      expect.objectContaining({ code: 'INVALID_FILE' }),
    );
    expect(() => loadNpzSync(bytes)).toThrow(/does not begin as one/);
  });

  test('refuses what is no .npy file in it', () => {
    expect(() => loadNpzSync(packed(saveNpySync(torch.ones(1)), undefined, 'x.txt'))).toThrow(/is no .npy file/);
  });

  test('refuses compressed bytes that were changed', async () => {
    const whole = saveNpzSync({ x: torch.rand([50]) }, undefined, { compress: true });
    for (let i = 64; i < whole.length - 100; i += 3) {
      const bytes = Buffer.from(whole);
      bytes[i]! ^= 0x10;
      await expect(loadNpz(bytes)).rejects.toMatchObject({ code: 'INVALID_FILE' });
    }
  });

  test.each(['stored.npz', 'packed.npz'])('reads %s of NumPy', async (name) => {
    for (const options of [{}, { mmap: true }]) {
      const found = await loadNpz(path.join(python, name), options);
      expect(Object.keys(found)).toEqual(npz);
      for (const key of npz) {
        const alone = loadNpySync(path.join(python, `${key}.npy`));
        expect(found[key]!.tolist()).toEqual(alone.tolist());
        expect(found[key]!.dtype).toBe(alone.dtype);
      }
    }
  });
});

describe('saveNpz', () => {
  test('refuses what is no object of tensors', () => {
    expect(() => saveNpzSync({ x: 3 as unknown as torch.Tensor })).toThrow(/'tensors.x' must be Tensor/);
    expect(() => saveNpzSync(torch.ones(1) as never)).toThrow(/'tensors' must be an object of tensors/);
  });

  test.each([true, false])('writes what is read again, compressed: %s', async (compress) => {
    const tensors = { x: torch.rand([3, 4]), y: torch.zeros(1000) };
    await saveNpz(tensors, file, { compress });
    const size = readFileSync(file).length;
    expect(size > 4000).toBe(!compress);
    const back = await loadNpz(file);
    expect(torch.equal(back.x!, tensors.x)).toBe(true);
    expect(torch.equal(back.y!, tensors.y)).toBe(true);
    writeFileSync(file, saveNpzSync(tensors, undefined, { compress }));
    expect(torch.equal(loadNpzSync(file).x!, tensors.x)).toBe(true);
  });
});
