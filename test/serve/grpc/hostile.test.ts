import * as grpc from '@grpc/grpc-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { methods } from '../../../src/serve/grpc/proto.js';
import { contextOf, double, echo, serving } from './server.js';
import { call, floats, stock } from './stock.js';

const same = (bytes: Buffer) => bytes;

/** Sends bytes as they are. */
function sender(address: string) {
  const channel = new grpc.Client(address, grpc.credentials.createInsecure());
  return {
    send: (method: string, bytes: Buffer) =>
      new Promise<{ code: grpc.status; details: string }>((resolve) =>
        channel.makeUnaryRequest(`/inference.GRPCInferenceService/${method}`, same, same, bytes, (error) =>
          resolve(error ?? { code: grpc.status.OK, details: '' }),
        ),
      ),
    [Symbol.dispose]: () => channel.close(),
  };
}

const repeated = (piece: number[], bytes: number): Buffer => Buffer.alloc(bytes, Buffer.from(piece));

describe('messages that are made to harm', () => {
  test('few bytes do not become many objects', async () => {
    await using server = await serving(contextOf(echo));
    using channel = sender(server.address);
    const large = await channel.send('ModelInfer', repeated([0x2a, 0], 1 << 20));
    expect(large).toMatchObject({ code: grpc.status.RESOURCE_EXHAUSTED, details: 'a message has at most 8192 fields' });
    const raw = await channel.send('ModelInfer', repeated([0x3a, 0], 1 << 20));
    expect(raw.code).toBe(grpc.status.RESOURCE_EXHAUSTED);
    const typed = methods.ModelInfer.requestSerialize({
      model_name: 'echo',
      inputs: [{ name: 'x', datatype: 'FP64', shape: [1 << 20], contents: { fp64_contents: Array(1 << 20).fill(0) } }],
    });
    expect(await channel.send('ModelInfer', typed)).toMatchObject({
      code: grpc.status.RESOURCE_EXHAUSTED,
      details: expect.stringContaining('send large tensors as raw contents') as string,
    });
    expect(await channel.send('ModelReady', Buffer.alloc(0))).toMatchObject({ code: grpc.status.OK });
  });

  test('the limit of a message is that of what it unpacks to', async () => {
    await using server = await serving(contextOf(echo), { maxReceiveBytes: 64 << 10 });
    const client = stock(server.address, undefined, { 'grpc.default_compression_algorithm': 2 });
    const send = (length: number) =>
      call(client, 'ModelInfer', {
        model_name: 'echo',
        inputs: [{ name: 'x', datatype: 'UINT8', shape: [length] }],
        raw_input_contents: [Buffer.alloc(length)],
      });
    await expect(send(1 << 20)).rejects.toMatchObject({ code: grpc.status.RESOURCE_EXHAUSTED });
    expect(await send(32 << 10)).toMatchObject({ model_name: 'echo' });
    client.close();
  });

  test('whatever comes is answered, and is not the fault of the server', async () => {
    const context = contextOf(double, echo);
    await using server = await serving(context);
    using channel = sender(server.address);
    const whole = methods.ModelInfer.requestSerialize({
      model_name: 'echo',
      model_version: '1',
      parameters: { priority: { int64_param: 3 }, other: { string_param: 'text' } },
      inputs: [
        { name: 'x', datatype: 'FP32', shape: [2] },
        { name: 'y', datatype: 'BYTES', shape: [1] },
      ],
      outputs: [{ name: 'x' }],
      raw_input_contents: [floats(1, 2), Buffer.from([1, 0, 0, 0, 65])],
    });
    expect((await channel.send('ModelInfer', whole)).code).toBe(grpc.status.OK);
    const fair = [
      grpc.status.OK,
      grpc.status.INVALID_ARGUMENT,
      grpc.status.NOT_FOUND,
      grpc.status.RESOURCE_EXHAUSTED,
      grpc.status.DEADLINE_EXCEEDED,
    ];
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 4 });
    const mutated = fc.tuple(changes, fc.nat(whole.length)).map(([edits, length]) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of edits) bytes[at] = value;
      return edits.length === 4 ? bytes.subarray(0, length) : bytes;
    });
    const any = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, mutated, any), async (bytes) => {
        const { code, details } = await channel.send('ModelInfer', bytes);
        expect(fair, `${code} ${details}`).toContain(code);
      }),
      { numRuns: 2000 },
    );
    expect((await channel.send('ModelInfer', whole)).code).toBe(grpc.status.OK);
  });
});
