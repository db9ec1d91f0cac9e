import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { isolate } from '../../../src/serve/isolation/index.js';
import { createMetrics } from '../../../src/serve/metrics.js';
import { createServer } from '../../../src/serve/server.js';
import type { InferRequest, InferResult } from '../../../src/serve/types.js';
import { loadFilled } from '../../export/fixtures.js';
import { rejection } from '../servable.js';
import { isolated, numbers, type Setting } from './setting.js';

const ask = (x: torch.Tensor, name = 'x'): InferRequest => ({
  inputs: [{ name, datatype: 'FP32', shape: [...x.shape], data: x }],
});
const handler = ({ registry }: Setting, ...values: number[]): Promise<InferResult> =>
  registry.get('handler').infer(ask(torch.tensor(values, { dtype: 'float32' })));
const linear = ({ registry }: Setting, value: number): Promise<InferResult> =>
  registry.get('linear').infer(ask(torch.full([1, 4], value, { dtype: 'float32' }), 'input'));

/** Whether a process is there. */
function isThere(pid: number): boolean {
  try {
    // One that ended and that nobody has asked for yet is not there any more.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('isolate', () => {
  test('refuses options that it does not know', async () => {
    expect(await rejection(isolate({ thread: 1 } as never))).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(await rejection(isolate({ threads: -1 }))).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(await rejection(isolate({ unresponsiveMs: 0 }))).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  test('hands on errors as they are in one process', async () => {
    const setting = await isolated();
    const { registry, isolation, store } = setting;
    await registry.load('handler');
    expect(await rejection(handler(setting, 3))).toMatchObject({ name: 'Error', message: 'the handler says no' });
    const wrong = registry.get('handler').infer(ask(torch.ones(1), 'z'));
    expect(await rejection(wrong)).toMatchObject({
      code: 'INVALID_VALUE',
      message: "input 'x' of model 'handler' is missing",
    });
    const endless = registry.get('handler').infer({ ...ask(torch.ones(1)), parameters: { factor: Infinity } });
    expect(await rejection(endless)).toMatchObject({ code: 'INVALID_VALUE' });
    const load = isolation.load({ info: (await store.read('linear')).info, file: '/no/such/model.pt2' }, {});
    expect((await rejection(load)).message).toContain('/no/such/model.pt2');
    expect(numbers(await handler(setting, 0, 4))).toEqual([0, 8]);
  });

  test('carries parameters, rows of a batch, and tensors of any size', async () => {
    const setting = await isolated();
    await Promise.all([setting.registry.load('handler'), setting.registry.load('linear')]);
    const x = torch.arange(250_001, { dtype: 'float32' });
    const large = await setting.registry.get('handler').infer({ ...ask(x), parameters: { factor: -1 } });
    expect(torch.equal(large.outputs[0]!.data as torch.Tensor, x.neg())).toBe(true);
    const why = await setting.registry.get('handler').infer({ ...ask(torch.tensor([-2.5, 4])), explain: true });
    expect([why.outputs[0]!.name, numbers(why)]).toEqual(['sign', [-1, 1]]);
    expect(await setting.registry.get('handler').describe!()).toEqual({ labels: ['a', 'b'] });
    expect(await setting.registry.get('linear').describe!()).toBeUndefined();
    const transposed = torch.arange(400_000, { dtype: 'float32' }).view(4, 100_000).t();
    const flat = await setting.registry.get('handler').infer(ask(transposed.flatten().narrow(0, 20, 200_000)));
    expect(torch.equal(flat.outputs[0]!.data as torch.Tensor, transposed.flatten().narrow(0, 20, 200_000).mul(2))).toBe(
      true,
    );
    const all = await Promise.all(Array.from({ length: 40 }, (_, i) => linear(setting, i)));
    expect(all.map(numbers)).toEqual(Array.from({ length: 40 }, (_, i) => Array(4).fill(3 * i)));
    expect(all[0]!.timing.batchRows).toBeGreaterThan(0);
  });

  test('takes requests back and gives them up when their time is over', async () => {
    const setting = await isolated();
    await setting.registry.load('handler');
    const abort = new AbortController();
    const request = { ...ask(torch.ones(1)), signal: abort.signal };
    const cancelled = rejection(setting.registry.get('handler').infer(request));
    const deadline = performance.now() + 50;
    const late = rejection(setting.registry.get('handler').infer({ ...ask(torch.ones(1)), deadline }));
    expect(await late).toMatchObject({ code: 'EXPIRED' });
    abort.abort();
    expect(await cancelled).toMatchObject({ code: 'CANCELLED' });
    expect(await rejection(setting.registry.get('handler').infer(request))).toMatchObject({ code: 'CANCELLED' });
    expect(numbers(await handler(setting, 0))).toEqual([0]);
  });

  test('answers every request rightly and once though the process is killed in the middle', async () => {
    const setting = await isolated();
    const { registry, isolation } = setting;
    await registry.load('linear');
    const server = await createServer({ models: registry }).listen();
    onTestFinished(() => server.close());
    const first = isolation.pid!;
    const total = 3000;
    let next = 0;
    let answered = 0;
    let kills = 0;
    const wrong: string[] = [];
    const client = async (): Promise<void> => {
      for (let i = next++; i < total; i = next++) {
        const body = JSON.stringify({
          inputs: [{ name: 'input', datatype: 'FP32', shape: [1, 4], data: [i, 0, 0, i] }],
        });
        const answer = await fetch(`${server.url}/v2/models/linear/infer`, { method: 'POST', body });
        const text = await answer.text();
        answered++;
        const [output] = answer.status === 200 ? (JSON.parse(text) as { outputs: { data: number[] }[] }).outputs : [];
        if (String(output?.data) !== String([3 * i, 0, 0, 3 * i])) wrong.push(`${i}: ${answer.status} ${text}`);
        // While the others' requests are under way.
        if (answered === 1000 || answered === 2000) {
          kills++;
          process.kill(isolation.pid!, 'SIGKILL');
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, client));
    expect(wrong).toEqual([]);
    expect([answered, kills, setting.warnings.length]).toEqual([total, 2, 2]);
    expect(setting.warnings[0]).toMatch(/it ended by SIGKILL; [1-9]\d* requests? of it run again/);
    expect(isolation.pid).not.toBe(first);
    expect(isThere(first)).toBe(false);
  });

  test('answers all but the request that ends the process, which it runs twice and no more', async () => {
    const setting = await isolated();
    await Promise.all([setting.registry.load('handler'), setting.registry.load('linear')]);
    const others = Array.from({ length: 10 }, (_, i) => linear(setting, i));
    for (const each of others) each.catch(() => undefined);
    const poison = rejection(handler(setting, 2));
    const late = Array.from({ length: 10 }, (_, i) => handler(setting, 0, i));
    for (const each of late) each.catch(() => undefined);
    expect(await poison).toMatchObject({ code: 'INTERNAL' });
    expect((await poison).message).toContain(
      'ended twice while it ran this request; the last time, it ended by SIGKILL',
    );
    expect((await Promise.all(others)).map(numbers)).toEqual(others.map((_, i) => Array(4).fill(3 * i)));
    expect((await Promise.all(late)).map(numbers)).toEqual(late.map((_, i) => [0, 2 * i]));
    expect(setting.warnings).toHaveLength(2);
  });

  test('ends a process whose event loop stands still, and answers what else was under way', async () => {
    const setting = await isolated({ unresponsiveMs: 1500 });
    const { registry, isolation } = setting;
    await Promise.all([registry.load('handler'), registry.load('linear')]);
    const metrics = createMetrics(registry, { isolation });
    onTestFinished(() => metrics.close());
    const first = isolation.pid!;
    const stuck = rejection(handler(setting, -1));
    const others = [linear(setting, 1), handler(setting, 0, 4)];
    await setting.warned('its event loop stood still for 1500 ms, and it was ended');
    expect([registry.isReady(), isThere(first)]).toEqual([false, false]);
    expect(await metrics.text()).toContain('flambeau_ready 0\n');
    expect(await stuck).toMatchObject({ code: 'INTERNAL' });
    expect((await stuck).message).toContain('ended twice while it ran this request; the last time, its event loop');
    expect((await Promise.all(others)).map(numbers)).toEqual([
      [3, 3, 3, 3],
      [0, 8],
    ]);
    expect(numbers(await handler(setting, 0, 1))).toEqual([0, 2]);
    expect(setting.warnings).toHaveLength(2);
    const text = await metrics.text();
    expect(text).toContain('flambeau_ready 1\n');
    expect(text).toContain('flambeau_isolation_ends_total{why="crash"} 0\n');
    expect(text).toContain('flambeau_isolation_ends_total{why="hang"} 2\n');
  });

  test('ends a process that runs a batch for longer than its model may', async () => {
    const setting = await isolated();
    const { registry, isolation, store } = setting;
    const x = { name: 'x', datatype: 'FP32' as const, shape: [2, 3] };
    const n = { name: 'n', datatype: 'INT64' as const, shape: [] };
    const model = loadFilled('while_loop');
    await store.add({ name: 'loop', model, maxRunMs: 700 });
    await Promise.all([registry.load('loop'), registry.load('linear'), registry.load('handler', { maxRunMs: 500 })]);
    const loop = (rounds: bigint): Promise<InferResult> =>
      registry.get('loop').infer({
        inputs: [
          { ...x, data: torch.ones(2, 3) },
          { ...n, data: torch.tensor(rounds, { dtype: 'int64' }) },
        ],
      });
    expect((await loop(2n)).outputs).toHaveLength(2);
    // A native call that does not come back.
    const endless = rejection(loop(1n << 62n));
    const others = Array.from({ length: 10 }, (_, i) => linear(setting, i));
    expect((await endless).message).toMatch(/ended twice .* a batch of 'loop' of version 1 ran for \d+ ms, and it was/);
    expect((await Promise.all(others)).map(numbers)).toEqual(others.map((_, i) => Array(4).fill(3 * i)));
    // A handler that never answers, and blocks nothing.
    expect((await rejection(handler(setting, 1))).message).toContain("a batch of 'handler' of version 1 ran for");
    expect((await loop(3n)).outputs).toHaveLength(2);
    expect(isolation.ended).toEqual({ crash: 0, hang: 4 });
  });

  test('is not ready while a process loads, and holds requests until then', async () => {
    const setting = await isolated();
    const { registry, isolation } = setting;
    await registry.load('linear');
    expect([registry.isReady(), registry.isReady('linear'), isolation.isUp]).toEqual([true, true, true]);
    const told: boolean[] = [];
    onTestFinished(registry.onChange(() => void told.push(registry.isReady())));
    process.kill(isolation.pid!, 'SIGABRT');
    await setting.warned('SIGABRT');
    expect([registry.isReady(), registry.isReady('linear'), isolation.isUp]).toEqual([false, false, false]);
    expect(registry.list().find(({ name }) => name === 'linear')!.state).toBe('LOADING');
    const deadline = performance.now() + 1;
    const late = registry.get('linear').infer({ ...ask(torch.ones(1, 4), 'input'), deadline });
    expect(await rejection(late)).toMatchObject({ code: 'EXPIRED' });
    expect(numbers(await linear(setting, 1))).toEqual([3, 3, 3, 3]);
    expect(registry.isReady()).toBe(true);
    await expect.poll(() => told).toEqual([false, true]);
  });

  test('says that processes do not stay up, refuses meanwhile, and is there again', async () => {
    const setting = await isolated();
    const { registry, isolation } = setting;
    await registry.load('linear');
    for (let i = 1; i <= 5; i++) {
      while (isolation.pid === undefined) await new Promise((resolve) => setImmediate(resolve));
      process.kill(isolation.pid, 'SIGSEGV');
      await setting.warned(i === 1 ? 'SIGSEGV' : `for the ${i}th time within a minute`);
    }
    expect(await rejection(linear(setting, 1))).toMatchObject({
      code: 'NOT_READY',
      message:
        'the process of the models does not stay up: 5 ended within a minute; the last time, it ended by SIGSEGV',
    });
    while (!registry.isReady()) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(numbers(await linear(setting, 1))).toEqual([3, 3, 3, 3]);
  });

  test('frees in the process what is unloaded', async () => {
    const setting = await isolated();
    const { registry, store } = setting;
    const big = new torch.nn.Linear(1000, 1000);
    await store.add({ name: 'big', model: big, examples: [{ input: torch.ones(1, 1000) }] });
    await registry.load('handler');
    const mapped = async (): Promise<number> => numbers(await handler(setting, 4))[0]!;
    expect(await mapped()).toBe(0);
    await registry.load('big');
    expect(await mapped()).toBeGreaterThan(0);
    await registry.unload('big');
    expect(await mapped()).toBe(0);
  });

  test('refuses what it has when it is closed, and ends its process', async () => {
    const setting = await isolated();
    await setting.registry.load('handler');
    const { pid } = setting.isolation;
    const open = rejection(handler(setting, 1));
    await handler(setting, 0);
    await setting.isolation.close();
    expect(await open).toMatchObject({ code: 'NOT_READY', message: 'the server is shutting down' });
    expect(await rejection(handler(setting, 0))).toMatchObject({ code: 'NOT_READY' });
    expect(isThere(pid!)).toBe(false);
  });

  test('leaves no process behind when the server is killed', async () => {
    const program = `
      import { isolate } from ${JSON.stringify(new URL('../../../lib/serve/index.js', import.meta.url).href)};
      console.log((await isolate()).pid);
    `;
    const server = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
    expect(isThere(Number(line))).toBe(true);
    server.kill('SIGKILL');
    while (isThere(Number(line))) await new Promise((resolve) => setTimeout(resolve, 10));
  });
});
