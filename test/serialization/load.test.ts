import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
const file = path.join(folder, 'x.pt');
torch.saveSync({ x: torch.arange(3), y: torch.ones(2) }, file);

/** The same file as if it had been saved on another device. */
function savedOn(location: string): Buffer {
  const bytes = torch.saveSync({ x: torch.arange(3) });
  // The pickle's checksum is left out, so that it may be changed.
  const directory = bytes.readUInt32LE(bytes.length - 6);
  bytes.writeUInt32LE(0, directory + 16);
  const at = bytes.indexOf('X\x03\0\0\0cpu');
  bytes.write(location, at + 5, 'latin1');
  return bytes;
}

describe('load', () => {
  test('refuses what is no source, and options that it does not know', async () => {
    await expect(torch.load(3 as unknown as string)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(() => torch.loadSync(null as unknown as string)).toThrow(/'source' must be a path or bytes/);
    await expect(torch.load(file, { map_location: 'cpu' } as object)).rejects.toThrow(/unknown option 'map_location'/);
    await expect(torch.load(file, { mmap: 'yes' } as object)).rejects.toThrow(/'mmap' must be boolean/);
    await expect(torch.load(Buffer.alloc(9), { mmap: true })).rejects.toThrow(/needs a path/);
    await expect(torch.load([3] as never)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  test("tells of a missing file with Node's error", async () => {
    await expect(torch.load(path.join(folder, 'none.pt'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('takes URLs and chunks', async () => {
    expect((await torch.load(pathToFileURL(file))).x!.tolist()).toEqual([0, 1, 2]);
    const bytes = torch.saveSync({ x: torch.arange(3) });
    const chunks = async function* () {
      for (let i = 0; i < bytes.length; i += 50) yield await Promise.resolve(bytes.subarray(i, i + 50));
    };
    expect((await torch.load(chunks())).x!.tolist()).toEqual([0, 1, 2]);
  });

  test('lets the event loop go on', async () => {
    const large = path.join(folder, 'large.pt');
    torch.saveSync({ x: torch.zeros(1 << 24) }, large);
    let turns = 0;
    const count = setInterval(() => turns++, 0);
    await torch.load(large);
    clearInterval(count);
    expect(turns).toBeGreaterThan(1);
  });

  test('keeps no memory in a loop that does not wait', () => {
    const large = path.join(folder, 'loop.pt');
    torch.saveSync({ x: torch.zeros(1 << 20) }, large);
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 150; i++) torch.saveSync(torch.loadSync(large).x!.add(1));
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
  }, 60_000);

  test('gives tensors that scopes free', async () => {
    let inside: torch.Tensor | undefined;
    await torch.scope(async () => {
      inside = (await torch.load(file)).x;
    });
    expect(inside!.isDisposed).toBe(true);
  });

  test('keeps a mapped file as it is, and the tensors when it is gone', async () => {
    const own = path.join(folder, 'mapped.pt');
    torch.saveSync({ x: torch.ones(3) }, own);
    const { x } = await torch.load(own, { mmap: true });
    x!.mul_(5);
    expect(torch.loadSync(own).x!.tolist()).toEqual([1, 1, 1]);
    // A file of the same name takes its place; the old one is still mapped.
    torch.saveSync({ x: torch.zeros(3) }, own);
    expect(x!.tolist()).toEqual([5, 5, 5]);
  });
});

describe('mapLocation', () => {
  const there = savedOn('xpu');

  test('is asked for where the device is not there', () => {
    expect(() => torch.loadSync(there)).toThrow(expect.objectContaining({ code: 'DEVICE_UNAVAILABLE' }));
    expect(() => torch.loadSync(there)).toThrow(/'xpu', which is not here; mapLocation: 'cpu'/);
  });

  test('refuses what is no device', () => {
    expect(() => torch.loadSync(file, { mapLocation: 'disk' as 'cpu' })).toThrow(/'mapLocation' must be a device/);
    expect(() => torch.loadSync(file, { mapLocation: 3 as never })).toThrow(
      /a device, an object of devices or a function/,
    );
    expect(() => torch.loadSync(file, { mapLocation: () => 3 as never })).toThrow(/must be a device/);
    expect(() => torch.loadSync(file, { mapLocation: { cpu: 'disk' as 'cpu' } })).toThrow(/must be a device/);
  });

  test('is a device, an object or a function', () => {
    const map = [
      'cpu' as const,
      { xpu: 'cpu' as const },
      (place: string) => (place === 'xpu' ? ('cpu' as const) : undefined),
    ];
    for (const mapLocation of map) expect(torch.loadSync(there, { mapLocation }).x!.tolist()).toEqual([0, 1, 2]);
  });

  test('throws what its function throws', () => {
    const mapLocation = (): never => {
      throw new Error('mine');
    };
    expect(() => torch.loadSync(file, { mapLocation })).toThrow('mine');
  });

  test("'meta' gives shapes and reads nothing", async () => {
    for (const mmap of [true, false]) {
      const { x } = await torch.load(file, { mapLocation: 'meta', mmap });
      expect([x!.device, x!.shape, x!.dtype]).toEqual(['meta', [3], 'int64']);
    }
  });
});
