import { afterEach, describe, expect, test } from 'vitest';
import * as torch from '../src/index.js';

afterEach(() => {
  torch.useDeterministicAlgorithms(false);
  torch.setFloat32MatmulPrecision('highest');
});

describe('settings', () => {
  test('deterministic algorithms are asked for, or only warned about', () => {
    torch.useDeterministicAlgorithms(true, { warnOnly: true });
    expect([torch.areDeterministicAlgorithmsEnabled(), torch.isDeterministicAlgorithmsWarnOnlyEnabled()]).toEqual([
      true,
      true,
    ]);
    torch.useDeterministicAlgorithms(true);
    expect(torch.isDeterministicAlgorithmsWarnOnlyEnabled()).toBe(false);
    expect(() => torch.useDeterministicAlgorithms(1 as never)).toThrow(/'mode' must be boolean/);
  });

  test('the precision of products is kept', () => {
    torch.setFloat32MatmulPrecision('high');
    expect(torch.getFloat32MatmulPrecision()).toBe('high');
    expect(() => torch.setFloat32MatmulPrecision('low' as never)).toThrow(/'highest', 'high' or 'medium'/);
  });

  test('a random seed is the seed of every generator', () => {
    const seed = torch.seed();
    const first = torch.rand(3);
    torch.manualSeed(seed);
    expect(torch.rand(3).equal(first)).toBe(true);
  });
});

describe('finfo and iinfo', () => {
  // As Python 2.13.0 prints them.
  test.each([
    ['float64', 64, 2.220446049250313e-16, 1.7976931348623157e308, 2.2250738585072014e-308],
    ['float32', 32, 1.1920928955078125e-7, 3.4028234663852886e38, 1.1754943508222875e-38],
    ['float16', 16, 0.0009765625, 65504, 6.103515625e-5],
    ['bfloat16', 16, 0.0078125, 3.3895313892515355e38, 1.1754943508222875e-38],
    ['float8_e4m3fn', 8, 0.125, 448, 0.015625],
    ['float8_e5m2', 8, 0.25, 57344, 6.103515625e-5],
  ] as const)('finfo of %s', (dtype, bits, eps, max, tiny) => {
    expect(torch.finfo(dtype)).toEqual({ bits, eps, max, min: -max, tiny, smallestNormal: tiny, dtype });
  });

  test('complex dtypes are their parts; other kinds are refused', () => {
    expect(torch.finfo('complex64')).toEqual(torch.finfo('float32'));
    expect(() => torch.finfo('int8')).toThrow(/floating point or complex/);
    expect(() => torch.iinfo('float32')).toThrow(/an integer dtype/);
    expect(torch.iinfo('uint8')).toEqual({ bits: 8, max: 255, min: 0, dtype: 'uint8' });
    expect(torch.iinfo('int64').min).toBe(-(2n ** 63n));
  });
});

describe('asTensor, asarray and frombuffer', () => {
  test('share where they can and copy where they must', () => {
    const array = new Float32Array([1, 2, 3]);
    const shared = torch.asTensor(array);
    array[0] = 9;
    expect(shared.tolist()).toEqual([9, 2, 3]);
    expect(torch.asTensor(array, { dtype: 'float64' }).dtype).toBe('float64');
    expect(torch.asTensor(shared) === shared).toBe(true);
    expect(torch.asarray(shared, { copy: true }) === shared).toBe(false);
    expect(() => torch.asarray([1, 2], { copy: false })).toThrow(/cannot be shared/);
    expect(() => torch.asarray(array, { dtype: 'int64', copy: false })).toThrow(/cannot be shared/);
  });

  test('a buffer is read from any byte on, within its bounds', () => {
    const bytes = Buffer.alloc(24);
    bytes.writeDoubleLE(1.5, 8);
    expect(torch.frombuffer(bytes.buffer, { dtype: 'uint8', count: 0 }).shape).toEqual([0]);
    const own = new Uint8Array(bytes).buffer;
    expect(torch.frombuffer(own, { dtype: 'float64', offset: 8 }).tolist()).toEqual([1.5, 0]);
    expect(() => torch.frombuffer(own, { dtype: 'float64', count: 4 })).toThrow(/beyond the buffer's 24 bytes/);
    expect(() => torch.frombuffer(own, { dtype: 'float64', offset: 25 })).toThrow(/'offset' must be/);
    expect(() => torch.frombuffer(own, { dtype: 'float64', offset: 4 })).toThrow(/aligned/);
    expect(() => torch.frombuffer(3 as never, { dtype: 'float64' })).toThrow(/'buffer' must be/);
  });

  test('flat indices become indices of each dimension', () => {
    const found = torch.unravelIndex(
      torch.tensor([
        [0, 7],
        [23, 12],
      ]),
      [2, 3, 4],
    );
    expect(found.map((x) => x.tolist())).toEqual([
      [
        [0, 0],
        [1, 1],
      ],
      [
        [0, 1],
        [2, 0],
      ],
      [
        [0, 3],
        [3, 0],
      ],
    ]);
    expect(() => torch.unravelIndex(torch.ones(2), [2])).toThrow(/Tensor of integers/);
  });
});

describe('setDefaultDevice', () => {
  test('refuses what is no device, and keeps the one before', () => {
    expect(() => torch.setDefaultDevice(1 as never)).toThrow("argument 'device' must be the name of a device, or null");
    expect(() => torch.setDefaultDevice('nowhere' as never)).toThrow(/nowhere/);
    expect(torch.getDefaultDevice()).toBe('cpu');
  });

  test('tensors are made there, unless a device is said for or one is made like another', () => {
    const x = torch.ones(2);
    torch.setDefaultDevice('meta');
    try {
      const made = [
        torch.ones(2, 3),
        torch.zeros([2], { dtype: 'int64' }),
        torch.arange(3),
        torch.randn(2),
        torch.full([2], 1),
        torch.empty(1),
        torch.eye(2),
        torch.linspace(0, 1, 3),
        torch.tensor([1, 2]),
        torch.asTensor([1]),
        new torch.nn.Linear(2, 2).weight,
      ];
      expect(made.map(({ device }) => device)).toEqual(made.map(() => 'meta'));
      expect(
        [torch.ones(2, { device: 'cpu' }), torch.onesLike(x), x.newZeros([2]), torch.tensor(x)].map((t) => t.device),
      ).toEqual(['cpu', 'cpu', 'cpu', 'cpu']);
    } finally {
      torch.setDefaultDevice(null);
    }
    expect(torch.ones(1).device).toBe('cpu');
  });
});
