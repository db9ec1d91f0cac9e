import http from 'node:http';
import { credentials } from '@grpc/grpc-js';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { grpc } from '../../../src/serve/grpc/listener.js';
import { servableOf } from '../../../src/serve/models/load.js';
import { createServer } from '../../../src/serve/server.js';
import type { InferRequest, InferResult, Servable } from '../../../src/serve/types.js';
import { stock, type Stock } from '../grpc/stock.js';
import { modelsOf } from '../models.js';
import { rejection } from '../servable.js';

const size = 400;
const places = 4;
torch.manualSeed(0);
const matrix = torch.rand(size, size);

/** One thread, and so many places in its queue: a row takes some tens of milliseconds. */
function slow(): Servable {
  const graph = new torch.Graph({
    slots: 2,
    inputs: [0],
    constants: [],
    outputs: [{ value: 1 }],
    nodes: [{ target: 'aten::linalg_eigvalsh', args: [{ value: 0 }, { constant: 'L' }], outputs: [1] }],
  });
  const servable = servableOf(
    graph,
    {
      ...{ name: 'slow', version: '1', platform: 'flambeau_graph' },
      inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, size, size] }],
      outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, size] }],
    },
    { instances: 1, maxQueueRows: places },
  );
  onTestFinished(() => servable.close());
  return servable;
}

const ask = (rows: number, more: Partial<InferRequest> = {}): InferRequest => ({
  inputs: [{ name: 'x', datatype: 'FP32', shape: [rows, size, size], data: matrix.expand(rows, size, size) }],
  ...more,
});

interface Busy {
  servable: Servable;
  /** What the thread runs. */
  long: Promise<InferResult>;
  isOver(): boolean;
}

/** A thread that is busy for seconds. */
async function busy(): Promise<Busy> {
  const servable = slow();
  let over = false;
  const long = servable.infer(ask(100)).finally(() => (over = true));
  while (servable.load().running === 0) await new Promise(setImmediate);
  return { servable, long, isOver: () => over };
}

describe('A request that nobody waits for any more, while all threads are busy', () => {
  test('is settled at once, and leaves its place, where its signal fires or its deadline passes', async () => {
    const { servable, long, isOver } = await busy();
    const abort = new AbortController();
    const cancelled = [1, 2].map(() => rejection(servable.infer(ask(1, { signal: abort.signal }))));
    const late = [1, 2].map(() => rejection(servable.infer(ask(1, { deadline: performance.now() + 20 }))));
    expect(await rejection(servable.infer(ask(1)))).toMatchObject({ code: 'QUEUE_FULL' });
    abort.abort();
    for (const each of cancelled) expect(await each).toMatchObject({ code: 'CANCELLED' });
    for (const each of late) expect(await each).toMatchObject({ code: 'EXPIRED' });
    // Places for as many as before, and no more.
    const next = Array.from({ length: places }, () => servable.infer(ask(1)));
    expect(await rejection(servable.infer(ask(1)))).toMatchObject({ code: 'QUEUE_FULL' });
    expect(isOver()).toBe(false);
    await Promise.all([long, ...next]);
  });

  test('leaves its place where its client over HTTP goes away, or takes a call of gRPC back', async () => {
    const { servable, long, isOver } = await busy();
    const codes: string[] = [];
    const server = await createServer({
      models: modelsOf([servable]),
      listeners: [grpc()],
      record: ({ code }) => void codes.push(code),
    }).listen();
    onTestFinished(() => server.close());
    const client: Stock = stock(`127.0.0.1:${server.addresses.grpc!.port}`, credentials.createInsecure());
    onTestFinished(() => client.close());

    const head = Buffer.from(
      JSON.stringify({
        inputs: [
          {
            ...{ name: 'x', datatype: 'FP32', shape: [1, size, size] },
            parameters: { binary_data_size: 4 * size * size },
          },
        ],
      }),
    );
    const bytes = Buffer.from(matrix.toTypedArray().buffer as ArrayBuffer);
    const post = (): http.ClientRequest => {
      const headers = { 'inference-header-content-length': head.length };
      const request = http.request(`${server.url}/v2/models/slow/infer`, { method: 'POST', headers });
      request.on('error', () => undefined).end(Buffer.concat([head, bytes]));
      return request;
    };
    const call = (): { cancel(): void } =>
      client['ModelInfer']!(
        {
          model_name: 'slow',
          inputs: [{ name: 'x', datatype: 'FP32', shape: [1, size, size] }],
          raw_input_contents: [bytes],
        },
        () => undefined,
      ) as { cancel(): void };
    const queued = async (count: number): Promise<void> =>
      expect.poll(() => servable.load().queued, { interval: 5 }).toBe(count);

    const [posts, calls] = [
      [post(), post()],
      [call(), call()],
    ];
    await queued(places);
    for (const each of posts) each.destroy();
    for (const each of calls) each.cancel();
    await expect.poll(() => codes, { interval: 5 }).toEqual(Array(places).fill('CANCELLED'));
    const next = Array.from({ length: places }, () => servable.infer(ask(1)));
    expect(await rejection(servable.infer(ask(1)))).toMatchObject({ code: 'QUEUE_FULL' });
    expect(isOver()).toBe(false);
    await Promise.all([long, ...next]);
  });
});
