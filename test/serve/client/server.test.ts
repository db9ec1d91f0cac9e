import { describe, expect, test } from 'vitest';
import type { FlambeauError } from '../../../src/errors.js';
import * as torch from '../../../src/index.js';
import { Client, createServer, grpc, type Outcome } from '../../../src/serve/index.js';
import { contextOf, double, echo, failing, slow } from '../grpc/server.js';
import { call, stock } from '../grpc/stock.js';

const caught = (promise: Promise<unknown>): Promise<FlambeauError> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: FlambeauError) => error,
  );

async function started() {
  const outcomes: Outcome[] = [];
  const { models } = contextOf(double, echo, failing, slow);
  const record = (outcome: Outcome) => void outcomes.push(outcome);
  const server = await createServer({ models, record, listeners: [grpc()] }).listen();
  const addresses = { http: server.url, grpc: `grpc://127.0.0.1:${server.addresses.grpc!.port}` };
  return { server, outcomes, addresses, [Symbol.asyncDispose]: () => server.close() };
}

describe.each(['http', 'grpc'] as const)('Client and createServer() over %s', (protocol) => {
  test.each(['UNKNOWN_MODEL', 'NOT_READY', 'QUEUE_FULL', 'FORBIDDEN', 'CONFLICT', 'INVALID_VALUE', 'EXPIRED'])(
    '%s of the server is that of the client',
    async (code) => {
      await using at = await started();
      using client = new Client(at.addresses[protocol], { retries: 0 });
      expect((await caught(client.predict('failing', { x: torch.ones(1, 3) }, { parameters: { code } }))).code).toBe(
        code,
      );
    },
  );

  test('what a model throws stays inside', async () => {
    await using at = await started();
    using client = new Client(at.addresses[protocol]);
    const error = await caught(client.predict('failing', { x: torch.ones(1, 3) }, { parameters: { code: 'bug' } }));
    expect([error.code, error.message.includes('secret')]).toEqual(['INTERNAL', false]);
  });

  test('tensors of all dtypes come back as they were', async () => {
    await using at = await started();
    using client = new Client(at.addresses[protocol]);
    const x = torch.arange(24).reshape(4, 6).remainder(2);
    for (const dtype of ['float32', 'float64', 'float16', 'bfloat16', 'int8', 'int64', 'uint8', 'bool'] as const) {
      const inputs = { whole: x.to(dtype), turned: x.to(dtype).t(), none: x.to(dtype).slice(0, 0, 0) };
      const outputs = await client.predict('echo', inputs);
      for (const [name, tensor] of Object.entries(inputs)) {
        expect([name, outputs[name]!.dtype, outputs[name]!.shape]).toEqual([name, dtype, tensor.shape]);
        expect(torch.equal(outputs[name]!, tensor)).toBe(true);
      }
    }
    expect((await client.predict('double', torch.ones(1, 3))).tolist()).toEqual([[2, 2, 2]]);
    const text = { name: 'x', datatype: 'BYTES' as const, shape: [1], data: [Buffer.from('é')] };
    expect(await client.infer('echo', [text])).toEqual([text]);
  });

  test('health, metadata and a request that is taken back', async () => {
    await using at = await started();
    using client = new Client(at.addresses[protocol]);
    expect([await client.live(), await client.ready(), await client.ready('echo')]).toEqual([true, true, true]);
    expect(await client.ready('nobody')).toBe(false);
    expect((await client.metadata('double')).inputs).toEqual([{ name: 'x', datatype: 'FP32', shape: [-1, 3] }]);
    expect((await client.metadata()).extensions).toContain('statistics');
    const controller = new AbortController();
    const asked = caught(client.predict('slow', { x: torch.ones(1, 3) }, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 20);
    expect((await asked).code).toBe('CANCELLED');
  });
});

describe('grpc()', () => {
  test('shares the counts of the server, and drains with it', async () => {
    await using at = await started();
    using http = new Client(at.addresses.http);
    await http.predict('double', torch.ones(1, 3));
    const client = stock(at.addresses.grpc.slice('grpc://'.length));
    const statistics = await call<{ model_stats: object[] }>(client, 'ModelStatistics', { name: 'double' });
    expect(statistics.model_stats).toMatchObject([{ name: 'double', inference_stats: { success: { count: '1' } } }]);
    const drained = at.server.drain({ preDrainMs: 100 });
    expect(await call(client, 'ServerReady', {})).toEqual({ ready: false });
    expect(await call(client, 'ServerLive', {})).toEqual({ live: true });
    await drained;
    client.close();
  });
});
