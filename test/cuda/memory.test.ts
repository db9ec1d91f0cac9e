import { expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { collectGarbage } from '../../src/collector.js';
import { describeCuda } from '../devices.js';

const device = 'cuda';
const MIB = 2 ** 20;

/** The bytes on the device once everything unreachable is gone. */
function settled(): number {
  collectGarbage();
  // What the collector found is given back with the next operator.
  torch.ones(1).dispose();
  return torch.cuda.memoryAllocated();
}

const mebibyte = (): torch.Tensor => torch.zeros(256, 1024, { device });

describeCuda('memory', () => {
  test('is counted, with its peak', () => {
    const before = settled();
    torch.cuda.resetPeakMemoryStats();
    const x = mebibyte();
    expect(torch.cuda.memoryAllocated('cuda:0') - before).toBe(MIB);
    expect(torch.cuda.memoryReserved()).toBeGreaterThanOrEqual(torch.cuda.memoryAllocated());
    x.dispose();
    expect(torch.cuda.memoryAllocated()).toBe(before);
    expect(torch.cuda.maxMemoryAllocated() - before).toBe(MIB);
    torch.cuda.resetPeakMemoryStats();
    expect(torch.cuda.maxMemoryAllocated()).toBe(before);
  });

  test('is freed by the end of a scope, but for what it returns', () => {
    const before = settled();
    const kept = torch.scope(() => {
      const x = mebibyte();
      return x.add(1).mul(2).sum();
    });
    expect(torch.cuda.memoryAllocated() - before).toBeLessThanOrEqual(512);
    expect(kept.item()).toBe(2 * 256 * 1024);
    kept.dispose();
    expect(torch.cuda.memoryAllocated()).toBe(before);
  });

  test('is freed by the collector', () => {
    const before = settled();
    (() => void [mebibyte(), mebibyte()])();
    expect(settled()).toBe(before);
  });

  test('stays flat over training steps in scopes', () => {
    const w = new torch.nn.Parameter(torch.zeros(256, 1024, { device }));
    const optimizer = new torch.optim.Adam([w], { lr: 0.1 });
    const step = (): void =>
      torch.scope(() => {
        optimizer.zeroGrad();
        w.sub(1).square().sum().backward();
        optimizer.step();
      });
    step();
    const before = settled();
    for (let i = 0; i < 20; i++) step();
    expect(settled()).toBe(before);
  });

  test('goes back to the driver with emptyCache()', () => {
    torch.zeros(64, 1024, 1024, { device }).dispose();
    const before = torch.cuda.memoryReserved();
    torch.cuda.emptyCache();
    expect(before - torch.cuda.memoryReserved()).toBeGreaterThanOrEqual(256 * MIB);
  });
});

/** What an impossible request is told. */
function refused(): torch.OutOfMemoryError {
  try {
    torch.empty(2 ** 40, { dtype: 'uint8', device });
  } catch (error) {
    return error as torch.OutOfMemoryError;
  }
  throw new Error('a tebibyte was found');
}

describeCuda('OutOfMemoryError', () => {
  test('tells the sizes, and the process goes on', () => {
    const error = refused();
    expect(error).toBeInstanceOf(torch.OutOfMemoryError);
    expect(error.code).toBe('OUT_OF_MEMORY');
    expect(error.message).toMatch(/Tried to allocate 1024\.00 GiB[\s\S]*total capacity of [\d.]+ GiB/);
    expect(torch.ones(2, { device }).sum().item()).toBe(2);
  });

  test('comes only after a collection and an emptied cache', () => {
    const capacity = Number(/capacity of ([\d.]+) GiB/.exec(refused().message)![1]) * 2 ** 30;
    const garbage = (part: number): torch.Tensor =>
      torch.empty(Math.floor(capacity * part), { dtype: 'uint8', device });
    // None of these is reachable when the next one needs its place; halves cannot be carved out of thirds.
    for (const part of [0.3, 0.3, 0.5, 0.3, 0.8]) garbage(part);
    settled();
    torch.cuda.emptyCache();
  });
});
