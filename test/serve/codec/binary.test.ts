import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { bytesOf, tensorOf } from '../../../src/serve/codec/binary.js';
import { datatypes, type Datatype } from '../../../src/serve/datatypes.js';

describe('tensorOf', () => {
  test('refuses bytes that are not what the shape says', () => {
    expect(() => tensorOf(new Uint8Array(7), [2], 'FP32')).toThrow('a tensor of FP32 and shape [2] has 8 bytes, not 7');
  });

  test('bytes of booleans are true where they are not 0', () => {
    expect(tensorOf(new Uint8Array([0, 1, 2, 255]), [4], 'BOOL').tolist()).toEqual([false, true, true, true]);
  });

  test('large bytes are not copied where they are aligned, and copied where they are not', () => {
    const memory = new Uint8Array((1 << 17) + 4);
    const view = tensorOf(memory.subarray(0, 1 << 17), [1 << 15], 'FP32');
    const copy = tensorOf(memory.subarray(2, 2 + (1 << 17)), [1 << 15], 'FP32');
    memory.fill(1);
    expect(view.at(0).item()).not.toBe(0);
    expect(copy.at(0).item()).toBe(0);
  });
});

test('bytes of a tensor make the same tensor', async () => {
  for (const kind of Object.keys(datatypes) as Datatype[]) {
    if (kind === 'BYTES') continue;
    const { dtype, size } = datatypes[kind];
    for (const rows of [3, 20_000]) {
      const raw = torch.randint(0, 2, [2, rows * size], { dtype: 'uint8' });
      const x = raw.view(dtype).t();
      for (const each of [x, x.contiguous(), x.contiguous().narrow(0, 1, rows - 1)]) {
        const bytes = await bytesOf(each);
        expect(bytes.length).toBe(each.numel() * size);
        expect(
          torch.equal(tensorOf(bytes, each.shape, kind).view('uint8'), each.contiguous().view('uint8')),
          kind,
        ).toBe(true);
      }
    }
  }
});
