import { Agent, request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { HandlerServable } from '../../src/serve/models/handler.js';
import { servableOf } from '../../src/serve/models/load.js';
import { createServer } from '../../src/serve/server.js';
import type { ModelInfo, Servable } from '../../src/serve/types.js';
import { modelsOf } from './models.js';

const requests = 100_000;
const atOnce = 96;

const info = (name: string, more: Partial<ModelInfo>): ModelInfo => ({
  name,
  version: '1',
  platform: 'flambeau_graph',
  inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 1, 1] }],
  outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, 1, 1] }],
  ...more,
});

/** The root of what is positive: a batch fails as a whole where one of its rows is not. */
const roots = (): Servable =>
  servableOf(
    new torch.Graph({
      slots: 2,
      inputs: [0],
      constants: [],
      outputs: [{ value: 1 }],
      nodes: [{ target: 'aten::linalg_cholesky', args: [{ value: 0 }, { constant: false }], outputs: [1] }],
    }),
    info('roots', { batching: { maxBatchRows: 8, sizes: [1, 2, 4, 8] } }),
    { instances: 2, maxQueueRows: 160 },
  );

/** A handler that throws for odd numbers, and is slow and has a short queue. */
const odd = (): Servable =>
  new HandlerServable(
    info('odd', { platform: 'flambeau_handler' }),
    {
      async run(inputs) {
        const x = (inputs as { x: torch.Tensor }).x;
        const value = x.reshape([-1]).at(0).item() as number;
        await new Promise((resolve) => setTimeout(resolve, value % 3));
        if (value % 2 === 1) throw new Error('odd');
        return { y: x.add(1) };
      },
    },
    undefined,
    { instances: 4, maxQueueRows: 8 },
  );

/** A handler with room for one that runs and one that waits, which holds the first until another was refused. */
function narrow(): { model: Servable; refused: () => void } {
  let refused!: () => void;
  const full = new Promise<void>((resolve) => (refused = resolve));
  const model = new HandlerServable(
    info('narrow', { platform: 'flambeau_handler' }),
    {
      async run(inputs) {
        await full;
        return { y: (inputs as { x: torch.Tensor }).x };
      },
    },
    undefined,
    { instances: 1, maxQueueRows: 1 },
  );
  return { model, refused };
}

interface Plan {
  path: string;
  body: string;
  headers: Record<string, string>;
  /** Statuses that may come, and the answer of the first. */
  may: number[];
  answer?: number[];
  leave: boolean;
}

/** What request `i` is, and what may come of it: the same in every run. */
function planOf(i: number): Plan {
  const random = ((Math.imul(i + 1, 2654435761) >>> 0) % 1000) / 1000;
  const k = i % 1000;
  const rows = 1 + (i % 3);
  const ask = (values: number[]): string =>
    JSON.stringify({ inputs: [{ name: 'x', shape: [values.length, 1, 1], datatype: 'FP32', data: values }] });
  const squares = ask(Array.from({ length: rows }, (_, row) => (k + row) ** 2 + 0));
  const path = '/v2/models/roots/infer';
  const right = Array.from({ length: rows }, (_, row) => k + row);
  const good = k > 0;
  const plan: Plan = { path, body: squares, headers: {}, may: [good ? 200 : 400, 503], answer: right, leave: false };
  // Eight in a row, so that they are there at once.
  if (i % 10_000 < 8) return { ...plan, path: '/v2/models/narrow/infer', body: ask([k]), may: [200, 503], answer: [k] };
  if (random < 0.05) return { ...plan, body: ask([-1]), may: [400, 503] };
  if (random < 0.08) return { ...plan, headers: { 'x-request-timeout-ms': '1' }, may: [...plan.may, 504] };
  if (random < 0.12) return { ...plan, leave: true };
  if (random < 0.14) return { ...plan, body: ask(Array<number>(9).fill(1)), may: [400] };
  if (random < 0.15) return { ...plan, path: '/v2/models/none/infer', may: [404] };
  if (random < 0.16) return { ...plan, body: plan.body.slice(0, -3), may: [400] };
  if (random < 0.19)
    return { ...plan, path: '/v2/models/odd/infer', body: ask([k]), may: [k % 2 ? 500 : 200, 503], answer: [k + 1] };
  return plan;
}

test('every request gets one answer, the right one, whatever happens to others', { timeout: 300_000 }, async () => {
  const ends = new Map<string, string[]>();
  const { model, refused } = narrow();
  const server = await createServer({
    models: modelsOf([roots(), odd(), model]),
    record: ({ caller, code }) => {
      if (code === 'QUEUE_FULL') refused();
      const all = ends.get(caller.requestId);
      if (all) all.push(code);
      else ends.set(caller.requestId, [code]);
    },
  }).listen();
  const { port } = server.addresses.http!;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const wrong: string[] = [];
  const seen = new Map<number, number>();
  let left = 0;

  const send = (i: number): Promise<void> =>
    new Promise((resolve) => {
      const { path, body, headers, may, answer, leave } = planOf(i);
      const request = httpRequest({
        ...{ host: '127.0.0.1', port, agent, path, method: 'POST' },
        headers: { 'content-length': Buffer.byteLength(body), 'x-request-id': String(i), ...headers },
      });
      let answers = 0;
      request.on('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const status = response.statusCode!;
          const text = Buffer.concat(parts).toString();
          seen.set(status, (seen.get(status) ?? 0) + 1);
          if (++answers > 1) wrong.push(`${i} was answered twice`);
          if (!leave && !may.includes(status)) wrong.push(`${i}: ${status} ${text}`);
          if (status === 200 && answer) {
            const { outputs } = JSON.parse(text) as { outputs: { data: number[] }[] };
            if (String(outputs[0]!.data) !== String(answer)) wrong.push(`${i}: ${text}, not ${String(answer)}`);
          } else if (typeof (JSON.parse(text) as { error?: unknown }).error !== 'string') wrong.push(`${i}: ${text}`);
          resolve();
        });
      });
      request.on('error', (error) => {
        if (leave) left++;
        else wrong.push(`${i}: ${error.message}`);
        resolve();
      });
      request.end(body);
      // Gone at once, or in the middle of it.
      if (leave) setTimeout(() => request.destroy(new Error('left')), i % 4);
    });

  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < requests) await send(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  agent.destroy();
  await server.drain({ preDrainMs: 0 });

  expect(wrong.slice(0, 5)).toEqual([]);
  // Those that left before the server saw them have no end there; no other is without, and none has two.
  const missing = Array.from({ length: requests }, (_, i) => i).filter((i) => !ends.has(String(i)) && !planOf(i).leave);
  expect(missing).toEqual([]);
  expect([...ends.values()].filter((codes) => codes.length !== 1)).toEqual([]);
  // All that was meant to happen did.
  const codes = new Set([...ends.values()].flat());
  const all = ['OK', 'LINALG', 'INVALID_VALUE', 'UNKNOWN_MODEL', 'EXPIRED', 'CANCELLED', 'QUEUE_FULL', 'INTERNAL'];
  expect(all.filter((code) => !codes.has(code))).toEqual([]);
  expect(left).toBeGreaterThan(0);
  expect(seen.get(200)).toBeGreaterThan(requests / 2);
});
