import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { readData } from '../../../src/serve/codec/json.js';
import { textOf } from './text.js';

const words = new BigUint64Array(1);
const wide = new Float64Array(words.buffer);
const ints = new Uint32Array(1);
const narrow = new Float32Array(ints.buffer);

/** The same bits each time. */
function bits(count: number): BigUint64Array {
  let state = 88172645463325252n;
  return BigUint64Array.from({ length: count }, () => {
    state ^= BigInt.asUintN(64, state << 13n);
    state ^= state >> 7n;
    return (state ^= BigInt.asUintN(64, state << 17n));
  });
}
const doubles = (count: number): number[] => [...new Float64Array(bits(count).buffer)].filter(Number.isFinite);
const floats = (count: number): number[] => [...new Float32Array(bits(count / 2).buffer)].filter(Number.isFinite);

/** A value with its neighbour of a larger magnitude, in the same dtype. */
function behind(value: number, double: boolean): number {
  if (double) {
    wide[0] = value;
    words[0]!++;
    return wide[0];
  }
  narrow[0] = value;
  ints[0]!++;
  return narrow[0];
}

/** The sign of a decimal above zero less a double, exactly. */
function compare(text: string, value: number): number {
  const [, whole, fraction = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:e(.+))?$/.exec(text)!;
  let [a, b] = [BigInt(whole! + fraction), 1n];
  const ten = Number(exponent) - fraction.length;
  if (ten >= 0) a *= 10n ** BigInt(ten);
  else b *= 10n ** BigInt(-ten);
  wide[0] = value;
  const stored = Number(words[0]! >> 52n);
  const significand = (words[0]! & ((1n << 52n) - 1n)) | (stored ? 1n << 52n : 0n);
  const two = (stored || 1) - 1075;
  if (two >= 0) b *= significand << BigInt(two);
  else [a, b] = [a << BigInt(-two), b * significand];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The float next to a decimal. To round it to a double first is wrong where that is halfway between two floats. */
function nearestFloat(text: string): number {
  if (text.startsWith('-')) return -nearestFloat(text.slice(1));
  const double = Number(text);
  let low = Math.fround(double);
  if (low > double) {
    narrow[0] = low;
    ints[0]!--;
    low = narrow[0];
  }
  const high = behind(low, false);
  if (double - low !== high - double) return Math.fround(double);
  const side = compare(text, double);
  return side === 0 ? Math.fround(double) : side < 0 ? low : high;
}

async function expectRead(texts: readonly string[], datatype: 'FP32' | 'FP64'): Promise<void> {
  const text = Buffer.from(`[${texts.join(', ')}]`);
  const read = await readData(text, { start: 0, end: text.length }, [texts.length], datatype);
  const got = [...(read.toTypedArray() as Float32Array)];
  const truth = datatype === 'FP32' ? nearestFloat : Number;
  const wrong = texts.filter((one, i) => !Object.is(got[i], truth(one))).slice(0, 5);
  expect(wrong).toEqual([]);
}

/** A value in words: fixed, or with an exponent, of 6 to 25 digits. */
const said = (value: number, i: number): string =>
  i % 2 ? value.toExponential(5 + (i % 20)) : value.toPrecision(6 + (i % 20));
/** A decimal, and what comes right before and after it in the same digits. */
const around = (digits: bigint, rest: string): string[] => [-1n, 0n, 1n].map((by) => `${digits + by}${rest}`);

/** A whole number with a point before its last digits. */
const pointed = (whole: string, places: number): string => {
  const digits = whole.replace('-', '').padStart(places + 1, '0');
  return `${whole.startsWith('-') ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
};

describe('readData', () => {
  test('gives the float next to any decimal', async () => {
    const fits = floats(100_000).filter((value) => Math.abs(value) < 3.4e38);
    await expectRead(fits.map(said), 'FP32');
    await expectRead(fits.map(String), 'FP32');
  });

  test('gives the float next to what has one digit before its point', async () => {
    const usual = floats(60_000).map((value, i) =>
      Math.fround(value / 2 ** Math.floor(Math.log2(Math.abs(value)) - 3 + (i % 25))),
    );
    const fits = usual.filter((value) => Math.abs(value) < 10);
    expect(fits.length).toBeGreaterThan(50_000);
    await expectRead(
      fits.map((value, i) => value.toFixed(1 + (i % 35))),
      'FP32',
    );
    await expectRead(fits.map(String), 'FP32');
    const middles = fits.map((value) => value / 2 + behind(value, false) / 2).filter((value) => Math.abs(value) < 10);
    await expectRead(
      middles.flatMap((value, i) =>
        around(BigInt(value.toFixed(12 + (i % 18)).replace('.', '')), '').map((digits) =>
          pointed(digits, 12 + (i % 18)),
        ),
      ),
      'FP32',
    );
  });

  test('gives the double next to any decimal', async () => {
    const fits = doubles(100_000).filter((value) => Math.abs(value) < 1.79e308);
    await expectRead(fits.map(said), 'FP64');
    await expectRead(fits.map(String), 'FP64');
    await expectRead(
      fits.map((_, i) => `0.${String(i * 7919).padStart(i % 30, '0')}`),
      'FP64',
    );
  });

  test('rounds what is halfway, and next to it, as it must', async () => {
    const [single, double]: [string[], string[]] = [[], []];
    for (const random of bits(5_000)) {
      const odd = (1n << 24n) | (random & 0xffffffn) | 1n;
      const shift = (random >> 24n) % 39n;
      single.push(...around(odd << shift, ''), ...around((odd << shift) * 1000n, 'e-3'));
      // Halfway between floats with a fraction: odd / 2^n is odd * 5^n / 10^n.
      const places = shift % 20n;
      single.push(...around(odd * 5n ** places, `e-${places}`));
      const large = (1n << 53n) | (random & ((1n << 53n) - 1n)) | 1n;
      double.push(...around(large << (shift % 9n), ''), ...around(large * 5n ** places, `e-${places}`));
    }
    // Halfway between floats as doubles have it, in too few digits to say so.
    for (const low of floats(20_000).filter((value) => value > 0 && value < 3e38)) {
      const middle = low / 2 + behind(low, false) / 2;
      single.push(
        middle.toExponential(16),
        middle.toExponential(17),
        middle.toExponential(18),
        middle.toExponential(60),
      );
    }
    await expectRead(single, 'FP32');
    await expectRead(double, 'FP64');
  });

  test('reads what is very small, very large or long', async () => {
    const texts = [
      '0',
      '-0',
      '0.0',
      '-0.0e5',
      '0e9999',
      '1E+2',
      '1e-7',
      '9'.repeat(19),
      '9'.repeat(25),
      `1${'0'.repeat(30)}`,
    ];
    const more = [
      `0.${'0'.repeat(30)}1`,
      `1.${'0'.repeat(40)}1`,
      `0.${'0'.repeat(1200)}1`,
      '1e-9999',
      '1.17549435e-38',
      '1e-45',
    ];
    await expectRead([...texts, ...more, '1.1754942e-38', '3.4028234e38', '3.4028235e38', '7e-46', '7.1e-46'], 'FP32');
    await expectRead(
      [...texts, ...more, '2.2250738585072014e-308', '2.225073858507201e-308', '5e-324', '1.7976931348623157e308'],
      'FP64',
    );
  });

  test('reads whole numbers of every length', async () => {
    const values = Array.from({ length: 19 }, (_, i) => [
      10n ** BigInt(i) - 1n,
      10n ** BigInt(i),
      -(10n ** BigInt(i)) + 1n,
    ]).flat();
    const text = Buffer.from(`[${values.join()}]`);
    const x = await readData(text, { start: 0, end: text.length }, [values.length], 'INT64');
    expect((x.tolist() as number[]).map(BigInt)).toEqual(values);
    expect(await textOf(x)).toBe(`[${values.join()}]`);
  });
});

describe('dataText', () => {
  test('writes doubles as JSON.stringify does', async () => {
    const values = [
      ...doubles(100_000),
      ...doubles(20_000).map((_, i) => i / 8),
      ...doubles(20_000).map((_, i) => i / 1000),
    ];
    for (let e = -330; e < 309; e++) values.push(Number(`1e${e}`), Number(`9.5e${e}`), Number(`-123456789e${e - 8}`));
    for (let e = -1074; e < 1024; e++) values.push(2 ** e, behind(2 ** e, true));
    const finite = values.filter((value) => Number.isFinite(value) && !Object.is(value, -0));
    const text = await textOf(torch.tensor(finite, { dtype: 'float64' }));
    const [got, wanted] = [text, JSON.stringify(finite)].map((whole) => whole.slice(1, -1).split(','));
    expect(got!.filter((one, i) => one !== wanted![i]).slice(0, 5)).toEqual([]);
    expect(got!.length).toBe(wanted!.length);
  });

  test('writes floats in as few digits as read back, and the nearest of those', async () => {
    const values = [...floats(100_000), ...Array.from({ length: 20_000 }, (_, i) => Math.fround(i / 255))];
    for (let e = -149; e < 128; e++) values.push(2 ** e, behind(2 ** e, false));
    for (let e = -45; e < 39; e++) values.push(...[1, -1.5, 1.23456789].map((value) => Math.fround(value * 10 ** e)));
    const text = await textOf(torch.tensor(values, { dtype: 'float32' }));
    const wrong = text
      .slice(1, -1)
      .split(',')
      .filter((one, i) => {
        const value = values[i]!;
        if (nearestFloat(one) !== value) return true;
        const digits = one
          .replace(/e.*|[-.]/g, '')
          .replace(/^0+/, '')
          .replace(/0+$/, '').length;
        // At a power of two the nearest shorter decimal may be too far on the near side.
        if (digits < 2 || Number.isInteger(Math.log2(Math.abs(value)))) return false;
        if (nearestFloat(value.toPrecision(digits - 1)) === value) return true;
        // Of two that are as near, toPrecision takes the larger.
        const far = (decimal: string): number => Math.abs(Number(decimal) - value);
        return far(one) > far(value.toPrecision(digits)) * (1 + 1e-6);
      });
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test('writes a float alike wherever it stands', async () => {
    const values = [
      0,
      -0,
      1,
      -1.5,
      0.1,
      123.25,
      1e-5,
      2e-6,
      1e-7,
      8388608,
      123456789,
      1e9,
      1e10,
      1e21,
      1e22,
      1e-40,
      NaN,
      Infinity,
    ];
    const alone = await Promise.all(
      values.map(async (value) => (await textOf(torch.tensor([value], { dtype: 'float32' }))).slice(1, -1)),
    );
    expect(alone.slice(0, 9)).toEqual(['0', '-0', '1', '-1.5', '0.1', '123.25', '0.00001', '0.000002', '1e-7']);
    expect(alone.slice(9)).toEqual([
      '8388608',
      '123456790',
      '1000000000',
      '10000000000',
      '1e+21',
      '1e+22',
      '1e-40',
      'null',
      'null',
    ]);
    for (const length of [2, 7, 8, 9, 63, 64, 65, 200]) {
      const all = Array.from({ length: length * values.length }, (_, i) => i % values.length);
      const x = torch
        .tensor(
          all.map((i) => values[i]!),
          { dtype: 'float32' },
        )
        .reshape([-1, length]);
      const rows = Array.from({ length: values.length }, (_, r) =>
        all.slice(r * length, (r + 1) * length).map((i) => alone[i]),
      );
      expect(await textOf(x, { nested: true })).toBe(`[${rows.map((row) => `[${row.join()}]`).join()}]`);
    }
  });

  test('keeps the sign of zero', async () => {
    expect(await textOf(torch.tensor([-0, 0]))).toBe('[-0,0]');
  });

  test('writes whole numbers of every length and dtype', async () => {
    for (const dtype of ['int8', 'int16', 'int32', 'int64', 'uint8'] as const) {
      const size = BigInt({ int8: 7, int16: 15, int32: 31, int64: 63, uint8: 8 }[dtype]);
      const values = Array.from({ length: 20 }, (_, i) => 10n ** BigInt(i)).flatMap((one) => [one - 1n, one]);
      values.push((1n << size) - 1n, ...(dtype === 'uint8' ? [] : [-(1n << size), -1n, -99n]));
      const fit = values.filter((one) => one < 1n << size);
      const text = `[${fit.join()}]`;
      const x = torch.tensor(dtype === 'int64' ? fit : fit.map(Number), { dtype });
      expect(await textOf(x)).toBe(text);
    }
  });
});
