import { expect, test, vi } from 'vitest';
import { binding } from '../../../src/binding.js';
import type { Tensor } from '../../../src/index.js';
import type { NamedTensor } from '../../../src/serve/types.js';
import { contextOf, double, servable, serving } from './server.js';
import { call, stock } from './stock.js';

interface Answer {
  id: string;
  raw_output_contents: Buffer[];
}

const count = 100_000;
const floats = (from: number): Buffer =>
  Buffer.from(Float32Array.from({ length: count }, (_, i) => from + (i % 1000)).buffer);
const request = (model: string, id: number, datatype: string, shape: number[], ...raw: Buffer[]): object => ({
  model_name: model,
  id: `${id}`,
  inputs: raw.map((_, i) => ({ name: `x${i}`, datatype, shape })),
  raw_input_contents: raw,
});
const right = ({ id, raw_output_contents: [bytes] }: Answer): boolean =>
  bytes!.equals(Buffer.from(Float32Array.from({ length: count }, (_, i) => 2 * (Number(id) + (i % 1000))).buffer));

/** Keeps what comes, as a handler may. */
function keeper() {
  const kept: NamedTensor['data'][] = [];
  const model = servable('keeper', '1', ({ inputs }) => {
    for (const { data } of inputs) kept.push(Array.isArray(data) ? data : (data as Tensor).view(-1));
    return [];
  });
  return { kept, model };
}

test('large messages are whole and right, many at once, though their memory is freed early', async () => {
  await using server = await serving(contextOf(double));
  const client = stock(server.address);
  try {
    const ask = (i: number): Promise<Answer> =>
      call(client, 'ModelInfer', request('double', i, 'FP32', [count], floats(i)));
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => ask(100 * round + i)));
      expect(answers.filter(right).length).toBe(24);
    }

    const stream = client.ModelStreamInfer!() as NodeJS.ReadWriteStream & { write(message: object): boolean };
    const answers: { infer_response: Answer }[] = [];
    stream.on('data', (answer: { infer_response: Answer }) => answers.push(answer));
    const ended = new Promise((resolve, reject) => stream.on('end', resolve).on('error', reject));
    for (let i = 0; i < 40; i++) stream.write(request('double', i, 'FP32', [count], floats(i)));
    stream.end();
    await ended;
    expect(answers.map(({ infer_response: { id } }) => Number(id))).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(answers.every(({ infer_response }) => right(infer_response))).toBe(true);
  } finally {
    client.close();
  }
});

test('messages of calls that are taken back are freed too, whether read, answered or written', async () => {
  const lent: ArrayBuffer[] = [];
  const { lend } = binding;
  vi.spyOn(binding, 'lend').mockImplementation((...args) => {
    const memory = lend(...args);
    lent.push(memory);
    return memory;
  });
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  let taken = 0;
  let begun = 0;
  const model = servable('gated', '1', async ({ inputs, signal }) => {
    begun += 1;
    signal?.addEventListener('abort', () => (taken += 1));
    await gate;
    return inputs.map((input) => ({ ...input, name: 'y', data: (input.data as Tensor).mul(2) }));
  });
  await using server = await serving(contextOf(model));
  const client = stock(server.address);
  try {
    const calls = Array.from(
      { length: 3 },
      (_, i) =>
        client.ModelInfer!(request('gated', i, 'FP32', [count], floats(i)), () => {}) as unknown as {
          cancel(): void;
        },
    );
    const stream = client.ModelStreamInfer!() as NodeJS.ReadWriteStream & {
      write(message: object): boolean;
      cancel(): void;
    };
    stream.on('error', () => {});
    for (let i = 0; i < 5; i++) stream.write(request('gated', i, 'FP32', [count], floats(i)));
    await vi.waitFor(() => expect(begun).toBe(8));
    for (const call of [...calls, stream]) call.cancel();
    await vi.waitFor(() => expect(taken).toBe(8));
    open();
    // For each its request, the tensor of its answer and the answer, and for those of the stream its envelope.
    await vi.waitFor(() => expect(lent.length).toBe(8 * 3 + 5));
    await vi.waitFor(() => expect(lent.filter(({ byteLength }) => byteLength > 0)).toEqual([]));
  } finally {
    vi.restoreAllMocks();
    client.close();
  }
});

test('what a handler keeps of a large message stays as it was', async () => {
  const { kept, model } = keeper();
  await using server = await serving(contextOf(model));
  const client = stock(server.address);
  try {
    const ask = (message: object): Promise<unknown> => call(client, 'ModelInfer', message);
    const text = Buffer.alloc(200_000, 'flambeau');
    const head = Buffer.alloc(4);
    head.writeUInt32LE(text.length);
    await ask(request('keeper', 0, 'FP32', [count], floats(5), floats(6)));
    await ask(request('keeper', 1, 'BYTES', [1], Buffer.concat([head, text])));
    await ask({
      model_name: 'keeper',
      inputs: [{ name: 'x', datatype: 'BYTES', shape: [1], contents: { bytes_contents: [text] } }],
    });
    // Others take the memory that was freed.
    for (let i = 0; i < 8; i++) await ask(request('keeper', 2, 'FP32', [count], floats(9), floats(9)));
    const [five, six, raw, typed] = kept as [Tensor, Tensor, Uint8Array[], Uint8Array[]];
    expect(Buffer.from(five.toTypedArray().buffer).equals(floats(5))).toBe(true);
    expect(Buffer.from(six.toTypedArray().buffer).equals(floats(6))).toBe(true);
    expect(Buffer.from(raw[0]!).equals(text)).toBe(true);
    expect(Buffer.from(typed[0]!).equals(text)).toBe(true);
  } finally {
    client.close();
  }
});
