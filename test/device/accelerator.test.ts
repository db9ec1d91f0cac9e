import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { binding } from '../../src/binding.js';
import * as torch from '../../src/index.js';
import { findLibtorch } from '../../src/libtorch/find.js';
import { collectGarbage } from '../../src/collector.js';
import { callbackTests } from './callbacks.js';

// accelerator.cc registers it; src/device.ts does not know its name.
const device = 'fake' as torch.Device;
const MIB = 2 ** 20;
const libtorch = findLibtorch();
const reason = process.platform !== 'linux' ? 'Linux only' : libtorch.include ? '' : `${libtorch.root} has no headers`;

/** Compiles the device, unless that was done before. */
function compile(): string {
  const source = path.resolve('test/device/accelerator.cc');
  const hash = createHash('sha256').update(readFileSync(source)).update(libtorch.root).update(libtorch.version);
  const file = path.resolve('build/device', `${hash.digest('hex').slice(0, 16)}.so`);
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(file), { recursive: true });
  const include = libtorch.include!;
  const headers = [include, path.join(include, 'torch/csrc/api/include')].flatMap((folder) => ['-isystem', folder]);
  const libraries = [`-L${libtorch.lib}`, '-lc10', '-ltorch_cpu', '-Wl,--allow-shlib-undefined'];
  const draft = `${file}.${process.pid}`;
  execFileSync('c++', ['-std=c++20', '-shared', '-fPIC', '-w', ...headers, source, '-o', draft, ...libraries]);
  renameSync(draft, file);
  return file;
}

const allocated = (): number => binding.deviceMemory().allocated;
/** How often the device's cache was emptied; it tells that as reserved bytes. */
const emptied = (): number => binding.deviceMemory().reserved;

function settled(): number {
  collectGarbage();
  torch.ones(1).dispose();
  return allocated();
}

const mebibytes = (count: number): torch.Tensor => torch.empty(count * MIB, { dtype: 'uint8', device });

describe.skipIf(reason)(`a device of its own threads and memory${reason && ` (skipped: ${reason})`}`, () => {
  beforeAll(() => torch.ops.loadLibrary(compile()), 120_000);

  test('answers before anything was allocated', () => {
    expect(binding.acceleratorType()).toBe('fake');
    expect(binding.deviceMemory()).toEqual({ allocated: 0, reserved: 0, peakAllocated: 0, peakReserved: 0 });
    expect(() => binding.resetPeakMemory()).not.toThrow();
    binding.emptyCache();
    expect(emptied()).toBe(0);
  });

  describe('functions that autograd calls', () => callbackTests(device));

  test("is what 'auto' stands for, and is printed", () => {
    expect(torch.ones(2, { device: 'auto' }).device).toBe('fake:0');
    expect(String(torch.ones(2, { device }))).toBe("tensor([1., 1.], device='fake:0')");
  });

  test('is the only one of its kind', () => {
    expect(() => torch.ones(1).to('fake:1' as torch.Device)).toThrow("device 'fake:1' does not exist: there are 1");
    expect(() => torch.ones(1).to('cuda')).toThrow(
      "device 'cuda' is not available: this LibTorch on this machine has fake",
    );
  });

  test('is read, also without blocking', async () => {
    const x = torch.arange(6).view(2, 3).t();
    const there = x.to(device);
    expect(there.tolist()).toEqual(x.tolist());
    expect(await there.toTypedArrayAsync()).toEqual(x.toTypedArray());
    expect(await there.sum().itemAsync()).toBe(15);
  });

  test.each(['SGD', 'Adam'] as const)('takes the steps of the CPU with %s', (name) => {
    const train = (where: torch.Device): number[][] => {
      const model = new torch.nn.Linear(3, 2).to(where);
      torch.noGrad(() => {
        for (const p of model.parameters()) p.copy_(torch.linspace(-1, 1, p.numel()).view(p.shape));
      });
      const optimizer = new torch.optim[name](model.parameters(), { lr: 0.1 });
      const x = torch.ones(4, 3).to(where);
      for (let i = 0; i < 3; i++) {
        optimizer.zeroGrad();
        model.call(x).square().mean().backward();
        optimizer.step();
      }
      return model.weight.tolist<number[][]>();
    };
    const [here, there] = [train('cpu'), train(device)];
    here.flat().forEach((value, i) => expect(there.flat()[i]).toBeCloseTo(value, 6));
  });

  test('gets its memory back from dispose(), scopes and the collector', () => {
    const before = settled();
    const x = mebibytes(1);
    expect(allocated() - before).toBe(MIB);
    x.dispose();
    expect(allocated()).toBe(before);
    torch.scope(() => void mebibytes(2));
    expect(allocated()).toBe(before);
    (() => void mebibytes(3))();
    // What earlier tests left may go as well.
    expect(settled()).toBeLessThanOrEqual(before);
  });

  test('that is full is emptied by the collector, and asked once more', () => {
    const before = emptied();
    // Old by the time that nobody holds them: what is young is collected without being full.
    const held = [mebibytes(20), mebibytes(20)];
    collectGarbage();
    collectGarbage();
    held.length = 0;
    mebibytes(40).dispose();
    expect(emptied() - before).toBe(1);
  });

  test('that stays full is an OutOfMemoryError with the sizes', () => {
    const held = mebibytes(30);
    let error: unknown;
    try {
      mebibytes(40);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(torch.OutOfMemoryError);
    expect((error as Error).message).toMatch(/Tried to allocate 41943040 bytes; \d+ of 67108864 are free/);
    held.dispose();
    expect(mebibytes(40).shape).toEqual([40 * MIB]);
  });
});
