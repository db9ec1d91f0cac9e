import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { FlambeauError } from '../../../src/errors.js';
import { datatypes, isDatatype } from '../../../src/serve/datatypes.js';
import * as messages from '../../../src/serve/isolation/messages.js';
import type { NamedTensor } from '../../../src/serve/types.js';

describe('readReply', () => {
  test('refuses what is no message, and what has more in it', () => {
    const { readReply, readRequest } = messages;
    for (const wrong of ['', '1', '{}', '{"type":"no"}', '{"type":"ready","more":1}', '{"type":"failed","id":1}'])
      expect(() => readReply(wrong)).toThrow();
    expect(() => readReply('{"type":"answer","id":1,"outputs":[{"name":"y","datatype":"FP31"}]}')).toThrow();
    expect(() => readRequest('{"type":"scale","model":1,"instances":0}')).toThrow();
    expect(readReply('{"type":"ready"}')).toEqual({ type: 'ready' });
  });
});

describe('decodeTensors', () => {
  test('refuses a body that ends too early, and bytes that are not what the shape says', () => {
    const head = { name: 'x', datatype: 'FP32' as const, shape: [2] };
    expect(() => messages.decodeTensors([{ ...head, bytes: 8 }], Buffer.alloc(4))).toThrow("ends within 'x'");
    expect(() => messages.decodeTensors([{ ...head, bytes: 4 }], Buffer.alloc(4))).toThrow('has 8 bytes, not 4');
  });

  test('gives the tensors of every datatype that were encoded', async () => {
    const elements = [Buffer.from('one'), Buffer.alloc(0), Buffer.alloc(70_000, 1)];
    const tensors = Object.entries(datatypes).map(([name, { dtype }]): NamedTensor => {
      const datatype = isDatatype(name) ? name : 'FP32';
      if (!dtype) return { name, datatype, shape: [3], data: elements };
      const data = torch.tensor([[0, 1, 1]]).to(dtype);
      return { name, datatype, shape: [1, 3], data };
    });
    const empty: NamedTensor = { name: 'empty', datatype: 'FP32', shape: [0, 3], data: torch.zeros(0, 3) };
    const { heads, parts } = await messages.encodeTensors([...tensors, empty]);
    const read = messages.decodeTensors(heads, Buffer.concat(parts));
    expect(read.map(({ name, shape }) => [name, shape])).toEqual(
      [...tensors, empty].map(({ name, shape }) => [name, shape]),
    );
    for (const [i, { data }] of [...tensors, empty].entries()) {
      const got = read[i]!.data;
      if (data instanceof torch.Tensor) expect(torch.equal(got as torch.Tensor, data)).toBe(true);
      else expect((got as Uint8Array[]).map((each) => Buffer.from(each))).toEqual(data);
    }
  });
});

describe('decodeError', () => {
  test('gives the code, the message and the stack that an error had', () => {
    const over = (error: unknown): Error => messages.decodeError(messages.encodeError(error));
    const known = new FlambeauError('QUEUE_FULL', 'too many');
    expect(over(known)).toMatchObject({ code: 'QUEUE_FULL', message: 'too many', stack: known.stack });
    expect(over(known)).toBeInstanceOf(FlambeauError);
    const other = over(new TypeError('odd'));
    expect([other instanceof FlambeauError, other.message]).toEqual([false, 'odd']);
    expect(over('text').message).toBe('text');
    expect(messages.decodeError({ code: 'NO_CODE', message: 'm' })).not.toBeInstanceOf(FlambeauError);
  });
});
