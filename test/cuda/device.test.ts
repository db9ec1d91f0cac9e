import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeCuda, unavailable } from '../devices.js';

const without = unavailable('cuda') === undefined ? describe.skip : describe;

without('without a GPU', () => {
  test('torch.cuda says so, and counts none', () => {
    expect(torch.cuda.isAvailable()).toBe(false);
    expect(torch.cuda.deviceCount()).toBe(0);
    expect(() => torch.cuda.emptyCache()).not.toThrow();
  });

  test.each(['currentDevice', 'getDeviceName', 'synchronize', 'memoryAllocated', 'resetPeakMemoryStats'] as const)(
    '%s() names itself and what to do',
    (name) => {
      const message = `cuda.${name}(): CUDA is not available; \`npx flambeau doctor\` says what is missing`;
      expect(() => torch.cuda[name]()).toThrow(message);
    },
  );

  test.each([
    ['to', () => torch.ones(1).to('cuda')],
    ['a factory', () => torch.ones(1, { device: 'cuda:0' })],
    ['a module', () => new torch.nn.Linear(1, 1).to('cuda')],
    ['a generator', () => new torch.Generator('cuda')],
  ])('%s says that the device is not available', (_, use) => {
    expect(use).toThrow(/device 'cuda(:0)?' is not available.*no accelerator beside 'cpu'.*flambeau doctor/);
    expect(use).toThrow(expect.objectContaining({ code: 'DEVICE_UNAVAILABLE' }));
  });

  test("'auto' is the CPU", () => {
    expect(torch.ones(1, { device: 'auto' }).device).toBe('cpu');
    expect(torch.ones(1).to('auto').device).toBe('cpu');
  });
});

describeCuda('torch.cuda', () => {
  const { cuda } = torch;

  test('counts and names the devices', () => {
    expect(cuda.isAvailable()).toBe(true);
    expect(cuda.deviceCount()).toBeGreaterThan(0);
    expect(cuda.getDeviceName()).toMatch(/\w/);
    expect(cuda.getDeviceName('cuda:0')).toBe(cuda.getDeviceName(0));
  });

  test('sets the current device', () => {
    const last = cuda.deviceCount() - 1;
    cuda.setDevice(last);
    expect(cuda.currentDevice()).toBe(last);
    expect(torch.ones(1, { device: 'cuda' }).device).toBe(`cuda:${last}`);
    cuda.setDevice('cuda:0');
    expect(cuda.currentDevice()).toBe(0);
  });

  test('refuses a device that does not exist, with the number of those that do', () => {
    const count = cuda.deviceCount();
    expect(() => cuda.setDevice(count)).toThrow(`device ${count} does not exist: there are ${count}`);
    expect(() => torch.ones(1).to(`cuda:${count}`)).toThrow(`there are ${count}`);
    expect(() => cuda.setDevice('gpu' as never)).toThrow("argument 'device'");
  });

  test('waits for the device, also without blocking', async () => {
    const x = torch.ones(2048, 2048, { device: 'cuda' });
    const y = x.matmul(x);
    cuda.synchronize();
    await cuda.synchronizeAsync(0);
    expect(y.at(0, 0).item()).toBe(2048);
  });
});

describeCuda('tensors', () => {
  test('go there and back with to(), cuda() and cpu()', () => {
    const x = torch.arange(6).view(2, 3);
    const there = x.to('cuda:0');
    expect(there.device).toBe('cuda:0');
    expect([there.isCuda, there.getDevice(), x.isCuda, x.getDevice()]).toEqual([true, 0, false, -1]);
    expect(there.cpu().tolist()).toEqual(x.tolist());
    expect(x.cuda().add(1).tolist()).toEqual(x.add(1).tolist());
    expect(there.to('cuda').dataPtr()).toBe(there.dataPtr());
    expect(x.to('cuda', { dtype: 'float64' }).dtype).toBe('float64');
  });

  test('are made there by factories, and by modules', () => {
    const device = 'cuda';
    const made = [
      torch.tensor([1, 2], { device }),
      torch.zeros(2, { device }),
      torch.rand(2, { device }),
      torch.arange(2, { device }),
      torch.zerosLike(torch.ones(2, { device })),
      torch.ones(2).to(torch.ones(1, { device })),
      new torch.nn.Linear(2, 2, { device }).weight,
      new torch.nn.Linear(2, 2).cuda().bias!,
    ];
    expect(new Set(made.map((x) => x.device))).toEqual(new Set(['cuda:0']));
  });

  test("are made on the best device for 'auto'", () => {
    expect(torch.ones(1, { device: 'auto' }).device).toBe('cuda:0');
  });

  test('of two devices are refused with both names', () => {
    const [here, there] = [torch.ones(2, 2), torch.ones(2, 2, { device: 'cuda' })];
    for (const use of [() => here.add(there), () => there.matmul(here), () => torch.cat([here, there])]) {
      expect(use).toThrow(/cuda:0/);
      expect(use).toThrow(/cpu/);
    }
    // A number in a tensor may live anywhere.
    expect(there.add(torch.tensor(1)).sum().item()).toBe(8);
  });

  test('print with their device', () => {
    expect(String(torch.ones(2, { device: 'cuda' }))).toBe("tensor([1., 1.], device='cuda:0')");
  });

  test('are indexed, and written by index', () => {
    const x = torch.zeros(2, 3, { device: 'cuda' });
    x.set([0, torch.slice(1)], torch.ones(2, { device: 'cuda' })).set(['...', 0], 5);
    expect(x.at(torch.tensor([1, 0])).tolist()).toEqual([
      [5, 0, 0],
      [5, 1, 1],
    ]);
    expect(x.at(x.gt(4)).tolist()).toEqual([5, 5]);
  });
});
