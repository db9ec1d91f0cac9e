import { totalmem } from 'node:os';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

const { glibcVersionRuntime } = (process.report.getReport() as { header: { glibcVersionRuntime?: string } }).header;
// A sanitizer is told of all that is freed, so nothing is kept then.
const isKept = glibcVersionRuntime !== undefined && !process.env['FLAMBEAU_SANITIZED'];
const isLarge = Math.min(totalmem(), process.constrainedMemory() || Infinity) >= 4 * 2 ** 30;
const mb = 2 ** 20;

/** How many pages of new memory were touched meanwhile. */
function faultsOf(work: () => void): number {
  const before = process.resourceUsage().minorPageFault;
  work();
  return process.resourceUsage().minorPageFault - before;
}

/** Makes a tensor of so many bytes, writes all of it, and lets go of it. */
const touch = (bytes: number): void => torch.ones([bytes], { dtype: 'uint8' }).dispose();

describe.runIf(isKept && isLarge)('memory that tensors let go of', () => {
  test('is taken again by others of about the size', () => {
    // So large that malloc gives it back to the system at once.
    touch(40 * mb);
    const faults = faultsOf(() => {
      for (let i = 0; i < 20; i++) touch((40 - (i % 4)) * mb);
    });
    // In pages of 4 KiB, 2,000 of which are a fifth of one tensor.
    expect(faults).toBeLessThan(2_000);
  });

  test('is given back where there is too much of it', () => {
    const tensors = Array.from({ length: 10 }, () => torch.ones([64 * mb], { dtype: 'uint8' }));
    const full = process.memoryUsage.rss();
    for (const x of tensors) x.dispose();
    expect(full - process.memoryUsage.rss()).toBeGreaterThan(300 * mb);
  });
});
