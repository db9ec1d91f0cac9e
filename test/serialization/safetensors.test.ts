import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

const { loadFile, loadFileSync, saveFile, saveFileSync } = torch.safetensors;
const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
const file = path.join(folder, 'x.safetensors');

function write(header: string, bytes = 0, length = BigInt(Buffer.byteLength(header))): void {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length);
  writeFileSync(file, Buffer.concat([size, Buffer.from(header), Buffer.alloc(bytes)]));
}
const row = (start: number, end: number, shape = [end - start]): string =>
  JSON.stringify({ dtype: 'U8', shape, data_offsets: [start, end] });

describe('safetensors.loadFile', () => {
  test.each([
    ['a header over the limit', '{}', 0, 100_000_001n, /over the limit/],
    ['a header that is cut off', '{}', 0, 50n, /cut off/],
    ['a header that is no object', '[]', 0, undefined, /begin with/],
    ['a header that is no JSON', '{"a":', 0, undefined, /no JSON/],
    ['a name that stands twice', `{"a":${row(0, 1)},"\\u0061":${row(0, 1)}}`, 1, undefined, /'a' twice/],
    ['a hole', `{"a":${row(0, 1)},"b":${row(2, 3)}}`, 3, undefined, /begins at byte 2/],
    ['an overlap', `{"a":${row(0, 2)},"b":${row(1, 3)}}`, 3, undefined, /begins at byte 1/],
    ['data that is cut off', `{"a":${row(0, 4)}}`, 3, undefined, /3 bytes of data/],
    ['data that is left over', `{"a":${row(0, 4)}}`, 5, undefined, /5 bytes of data/],
    ['a shape that does not fit', `{"a":${row(0, 4, [5])}}`, 4, undefined, /needs 5 bytes/],
    ['a shape that is too large', `{"a":${row(0, 4, [2 ** 40, 2 ** 40])}}`, 4, undefined, /needs/],
    ['metadata that is no text', '{"__metadata__":{"a":1}}', 0, undefined, /__metadata__/],
  ] as const)('refuses %s', (_, header, bytes, length, message) => {
    write(header, bytes, length);
    expect(() => loadFileSync(file)).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
    expect(() => loadFileSync(file)).toThrow(message);
  });

  test('reads what saveFile wrote, in every dtype of the format', async () => {
    const list = [
      'float32',
      'float64',
      'float16',
      'bfloat16',
      'int64',
      'uint16',
      'uint8',
      'bool',
      'complex64',
    ] as const;
    const tensors = Object.fromEntries(list.map((dtype) => [dtype, torch.tensor([[1, 0, 1]]).to(dtype)]));
    await saveFile(tensors, file, { format: 'pt' });
    const back = await loadFile(file);
    for (const dtype of list) {
      expect(back[dtype]!.dtype).toBe(dtype);
      expect(torch.equal(back[dtype]!, tensors[dtype]!)).toBe(true);
    }
    expect(readFileSync(file, 'latin1')).toContain('"__metadata__":{"format":"pt"}');
    expect(readdirSync(folder)).toEqual(['x.safetensors']);
  });

  test('every cut of a file is refused', () => {
    saveFileSync({ x: torch.ones(3) }, file);
    const whole = readFileSync(file);
    for (let i = 0; i < whole.length; i++) {
      writeFileSync(file, whole.subarray(0, i));
      expect(() => loadFileSync(file)).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
    }
  });
});

describe('safetensors.saveFile', () => {
  test('refuses a dtype that the format lacks', () => {
    expect(() => saveFileSync({ x: torch.ones(1).to('complex128') }, file)).toThrow(/has no dtype complex128/);
  });
});
