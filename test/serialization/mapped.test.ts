import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { withArchive, withArchiveSync } from '../../src/serialization/mapped.js';
import { collectSync } from '../../src/serialization/target.js';
import { zip } from '../../src/serialization/zip-writer.js';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'flambeau-')), 'mapped.zip');
const floats = new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer);
writeFileSync(file, collectSync(zip([{ name: 'a/weights', data: floats }])));

describe('withArchive', () => {
  test('a tensor that reaches beyond its file is refused', async () => {
    const wrong = withArchive(file, true, (archive) => archive.tensor('a/weights', 'float32', [5]));
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_FILE' });
    await expect(wrong).rejects.toThrow(/reaches beyond/);
  });

  test('a file that is not there is named', () => {
    expect(() => withArchiveSync(file, true, (archive) => archive.bytes('a/none'))).toThrow(/no file 'a\/none'/);
  });

  test.each([true, false])('tensors of one file share its memory, mapped: %s', async (mmap) => {
    const [rows, row] = await withArchive(file, mmap, function* (archive) {
      const whole = yield* archive.tensor('a/weights', 'float32', [2, 2]);
      return [whole, yield* archive.tensor('a/weights', 'float32', [2], [1], 2)] as const;
    });
    rows.fill_(7);
    expect(row.tolist()).toEqual([7, 7]);
    // The file keeps what it had: the mapping is private.
    expect(withArchiveSync(file, mmap, (archive) => archive.tensor('a/weights', 'float32', [4])).tolist()).toEqual([
      1, 2, 3, 4,
    ]);
  });

  test('tensors live on when nothing else of the archive does', () => {
    const part = withArchiveSync(file, true, (archive) => archive.tensor('a/weights', 'float32', [2], [1], 1));
    expect(part.add(1).tolist()).toEqual([3, 4]);
    expect(part.storageBytes()).toBe(16);
    expect(torch.memoryStats().tensors).toBeGreaterThan(0);
  });
});
