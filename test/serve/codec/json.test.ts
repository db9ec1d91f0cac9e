import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { dataText, readData, splitJson } from '../../../src/serve/codec/json.js';
import { datatypes, type Datatype } from '../../../src/serve/datatypes.js';
import { textOf } from './text.js';

const bytes = (text: string): Buffer => Buffer.from(text);
const read = async (text: string, shape: number[], datatype: Exclude<Datatype, 'BYTES'> = 'FP32'): Promise<unknown> =>
  (await readData(bytes(text), { start: 0, end: text.length }, shape, datatype)).tolist();

describe('splitJson', () => {
  test.each([
    ['{"inputs": [{"data": [1, 2}', 'has no end'],
    ['{"inputs": [{"data": [1, "2]}]}', 'a string has no end'],
    ['{"a": 1', 'it has no end'],
    ['{"a": ]}', 'brackets do not fit'],
    [']', 'brackets do not fit'],
    ['{"a": tru}', 'the JSON is wrong'],
    ['', 'the JSON is wrong'],
    ['['.repeat(101) + ']'.repeat(101), 'nested deeper than 100'],
    [`{"inputs": [{"data": ${'['.repeat(98)}${']'.repeat(98)}}]}`, 'nested deeper than 100'],
  ])('refuses %s', async (text, message) => {
    await expect(splitJson(bytes(text))).rejects.toThrow(
      expect.objectContaining({ code: 'INVALID_VALUE', message: expect.stringContaining(message) as string }),
    );
  });

  test('refuses a large text beside the numbers', async () => {
    const text = JSON.stringify({ id: 'x'.repeat(1 << 20), inputs: [] });
    await expect(splitJson(bytes(text))).rejects.toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
  });

  test('cuts out the data of inputs, and nothing else', async () => {
    const text =
      '{"id": "data", "inputs": [{"name": "a]\\"", "data": [[1, 2], [3, 4]]}, {"data": "x"}, {"data": ["]"], "more": [5]}], "outputs": [{"data": [6]}]}';
    const { document, data } = await splitJson(bytes(text));
    expect(document).toEqual({
      id: 'data',
      inputs: [{ name: 'a]"', data: null }, { data: 'x' }, { data: null, more: [5] }],
      outputs: [{ data: [6] }],
    });
    expect([...data].map(([i, { start, end }]) => [i, text.slice(start, end)])).toEqual([
      [0, '[[1, 2], [3, 4]]'],
      [2, '["]"]'],
    ]);
  });

  test('of two members with one name the last counts, as in JSON.parse', async () => {
    const { data } = await splitJson(bytes('{"inputs": [{"data": [1]}, {"data": [2]}], "inputs": [{"data": [3]}]}'));
    expect([...data.keys()]).toEqual([0]);
  });

  test('agrees with JSON.parse on any document', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), fc.array(fc.double()), async (value, numbers) => {
        const whole = { before: value, inputs: [{ data: numbers, value }, value], after: value };
        const text = JSON.stringify(whole);
        const { document, data } = await splitJson(bytes(text));
        const mended = structuredClone(document) as typeof whole;
        for (const [i, { start, end }] of data) {
          (mended.inputs[i] as { data: unknown }).data = JSON.parse(bytes(text).subarray(start, end).toString());
        }
        expect(mended).toEqual(JSON.parse(text));
      }),
    );
  });

  test('never does worse than refuse, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...'{}[]",:\\0a', '"inputs":', '"data":')), async (parts) => {
        const text = parts.join('');
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const split = await splitJson(bytes(text)).catch(() => undefined);
        if (valid) expect(split).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe('readData', () => {
  test.each<[string, number[], Exclude<Datatype, 'BYTES'>, string]>([
    ['[1, 2]', [3], 'FP32', 'an array has 2 elements, and its shape says 3'],
    ['[1, 2, 3]', [2], 'FP32', 'more than the 2 elements'],
    ['[1, x]', [2], 'FP32', "element 1 is 'x', no number"],
    ['[1, null]', [2], 'FP32', "element 1 is 'null', no number"],
    ['[NaN]', [1], 'FP32', "element 0 is 'NaN', no number"],
    ['[-inf]', [1], 'FP32', "element 0 is '-inf', no number"],
    ['[01]', [1], 'FP32', 'no number'],
    ['[1.]', [1], 'FP32', 'no number'],
    ['[.5]', [1], 'FP32', 'no number'],
    ['[+1]', [1], 'INT32', 'no number'],
    ['["1"]', [1], 'FP32', 'no number'],
    ['[1e39]', [1], 'FP32', '1e39, does not fit float32'],
    ['[256]', [1], 'UINT8', '256, does not fit uint8'],
    ['[-1]', [1], 'UINT8', '-1, does not fit uint8'],
    ['[-129]', [1], 'INT8', 'does not fit int8'],
    ['[1.5]', [1], 'INT32', '1.5, does not fit int32'],
    ['[1e10]', [1], 'INT32', 'does not fit int32'],
    ['[18446744073709551616]', [1], 'UINT64', 'does not fit uint64'],
    ['[2]', [1], 'BOOL', "element 0 is '2', no boolean"],
    ['[[1, 2], [3]]', [2, 2], 'FP32', 'an array has 1 elements, and its shape says 2'],
    ['[[1, 2]]', [2, 2], 'FP32', 'level 0 has 1 elements, not 2'],
    ['[[1], [2], [3]]', [2, 1], 'FP32', 'more than 2 elements'],
    ['[[1, 2], 3, 4]', [2, 2], 'FP32', 'there must be an array'],
    ['[[[1]]]', [1, 1], 'FP32', 'no number'],
    ['[1, 2] 3', [2], 'FP32', 'more behind the array'],
    ['[1,]', [2], 'FP32', 'an array has 1 elements, and its shape says 2'],
    ['[1 2]', [2], 'FP32', "has 1 elements|element 1 is '2'"],
    ['[]', [1 << 30, 1 << 30], 'FP32', 'fewer elements than its shape says'],
    ['[1]', [2 ** 40], 'FP32', 'fewer elements than its shape says'],
    ['[1]', [-1], 'FP32', 'negative'],
    ['[1]', [1], 'FP16', 'JSON has no form for elements of float16'],
  ])('refuses %s as %j of %s', async (text, shape, datatype, message) => {
    await expect(async () => read(text, shape, datatype)).rejects.toThrow(new RegExp(message.replaceAll('.', '\\.')));
  });

  test('reads arrays flat or nested as the shape is', async () => {
    expect(await read('[1, 2, 3, 4]', [2, 2])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(await read(' [ [1,2] , [3,4] ] ', [2, 2])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(await read('[7]', [])).toBe(7);
    expect(await read('[]', [0, 3])).toEqual([]);
    expect(await read('[[], []]', [2, 0])).toEqual([[], []]);
  });

  test('reads the edges of each datatype exactly', async () => {
    expect(await read('[true, false, 1, 0]', [4], 'BOOL')).toEqual([true, false, true, false]);
    expect(await read('[9007199254740993, -9223372036854775808]', [2], 'INT64')).toEqual([
      9007199254740993n,
      -9223372036854775808n,
    ]);
    expect(await read('[18446744073709551615]', [1], 'UINT64')).toEqual([18446744073709551615n]);
    expect(await read('[3.0, 1e2, -0]', [3], 'INT16')).toEqual([3, 100, 0]);
    expect(await read('[-0]', [1], 'UINT8')).toEqual([0]);
    expect(await read('[1e-50, 1e-45, 16777217]', [3])).toEqual([0, 1.401298464324817e-45, 16777216]);
    expect(await read('[1e-400, 1e308]', [2], 'FP64')).toEqual([0, 1e308]);
  });

  test('a large array comes from another thread', async () => {
    const values = Array.from({ length: 20_000 }, (_, i) => i / 8);
    const text = JSON.stringify(values);
    const placed = readData(bytes(text), { start: 0, end: text.length }, [20_000], 'FP32');
    expect(placed).toBeInstanceOf(Promise);
    expect((await placed).tolist()).toEqual(values);
  });
});

describe('dataText', () => {
  test('refuses dtypes that JSON has no form for', async () => {
    for (const dtype of ['float16', 'bfloat16', 'complex64'] as const) {
      await expect(async () => dataText(torch.ones(2, { dtype }))).rejects.toThrow(
        `JSON has no form for elements of ${dtype}`,
      );
    }
  });

  test('writes row by row, whatever the strides, and null for what JSON cannot say', async () => {
    const x = torch.tensor([
      [1.5, -2],
      [NaN, Infinity],
    ]);
    expect(await textOf(x.t())).toBe('[1.5,null,-2,null]');
    expect(await textOf(torch.tensor([true, false]))).toBe('[true,false]');
    expect(await textOf(torch.zeros(0))).toBe('[]');
    expect(await textOf(torch.tensor(2 ** 24))).toBe('[16777216]');
  });

  test('nests arrays as the shape is, where it is asked to', async () => {
    for (const x of [torch.arange(6).reshape([1, 2, 3]), torch.zeros(2, 0), torch.zeros(0, 2), torch.tensor(3)]) {
      expect(JSON.parse(await textOf(x, { nested: true }))).toEqual(x.tolist());
    }
  });

  test('what is written is read back, bit by bit', async () => {
    const kinds = (Object.keys(datatypes) as Datatype[]).filter((d) => !['BYTES', 'FP16', 'BF16', 'BOOL'].includes(d));
    for (const kind of kinds as Exclude<Datatype, 'BYTES'>[]) {
      const raw = torch.randint(0, 256, [4096], { dtype: 'uint8' });
      const { dtype } = datatypes[kind];
      let x = raw.view(dtype);
      if (x.isFloatingPoint()) x = x.nanToNum(0, 1, -1);
      const text = await textOf(x);
      const back = await readData(Buffer.from(text), { start: 0, end: text.length }, x.shape, kind);
      expect(torch.equal(back.view('uint8'), x.view('uint8')), kind).toBe(true);
    }
  });
});
