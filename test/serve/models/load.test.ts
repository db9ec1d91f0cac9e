import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { collectGarbage } from '../../../src/collector.js';
import { loadServable, servableOf } from '../../../src/serve/models/load.js';
import { Registry } from '../../../src/serve/registry/registry.js';
import { ModelStore } from '../../../src/serve/store/store.js';
import type { InferRequest, ModelInfo, NamedTensor } from '../../../src/serve/types.js';

const { nn } = torch;

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'flambeau-models-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const tensor = (name: string, data: torch.Tensor): NamedTensor => ({
  name,
  datatype: 'FP32',
  shape: [...data.shape],
  data,
});
const spec = (name: string, shape: number[]): ModelInfo['inputs'][number] => ({ name, datatype: 'FP32', shape });
const info = (platform: string, more: Partial<ModelInfo> = {}): ModelInfo => ({
  name: 'm',
  version: '1',
  platform,
  inputs: [spec('x', [-1, 2])],
  outputs: [spec('y', [-1, 3])],
  ...more,
});
const store = async (): Promise<ModelStore> => ModelStore.open(folder());
const rejected = (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => Promise.reject(new Error('it was answered')),
    (error: { code: string; message: string }) => error,
  );

describe('loadServable', () => {
  const module = (): torch.nn.Linear => {
    torch.manualSeed(0);
    return new nn.Linear(2, 3);
  };
  const x = torch.tensor([
    [1, 2],
    [-1, 0.5],
  ]);

  test('refuses a platform that has no files, and a handler that is none', async () => {
    await expect(loadServable({ info: info('flambeau_graph'), file: 'x' })).rejects.toThrow(
      "a model of platform 'flambeau_graph' cannot be loaded from a file",
    );
    const file = path.join(folder(), 'model.mjs');
    writeFileSync(file, 'export const run = 1');
    await expect(loadServable({ info: info('flambeau_handler'), file })).rejects.toMatchObject({
      code: 'INVALID_FILE',
      message: 'model.mjs must have a handler as its default export',
    });
  });

  test('runs programs and TorchScript of a store in batches, by the names of the store', async () => {
    const models = await store();
    const script = path.join(folder(), 'linear.pt');
    const traced = torch.jit.trace(module(), [x]);
    await torch.jit.save(traced, script);
    const batching = { maxBatchRows: 4, maxQueueDelayMs: 300 };
    for (const model of [script, module()]) {
      await models.add({
        name: 'm',
        model,
        examples: [{ x }],
        outputs: [spec('y', [-1, 3])],
        ...(model === script && { batching }),
      });
    }
    const registry = await Registry.open({ store: models, load: loadServable });
    const expected = torch.noGrad(() => module().call(x));
    for (const version of ['1', '2']) {
      await registry.load('m', { version });
      const servable = registry.get('m', version);
      const results = await Promise.all([1, 2].map(() => servable.infer({ inputs: [tensor('x', x)] })));
      for (const { outputs, timing } of results) {
        expect(outputs.map(({ name, datatype, shape }) => [name, datatype, shape])).toEqual([['y', 'FP32', [2, 3]]]);
        expect(torch.allclose(outputs[0]!.data as torch.Tensor, expected)).toBe(true);
        expect(timing.batchRows).toBe(version === '1' ? 4 : 1);
      }
    }
    await registry.close();
  });

  test('a request is refused with the input that is wrong', async () => {
    const double = new torch.Graph({
      ...{ slots: 2, inputs: [0], constants: [], outputs: [{ value: 1 }] },
      nodes: [{ target: 'aten::neg', args: [{ value: 0 }], outputs: [1] }],
    });
    const servable = servableOf(double, info('flambeau_graph', { outputs: [spec('y', [-1, 2])] }));
    const refused = async (request: Partial<InferRequest>): Promise<string> =>
      (await rejected(servable.infer({ inputs: [tensor('x', x)], ...request }))).message;
    expect(await refused({ inputs: [] })).toBe("input 'x' of model 'm' is missing");
    expect(await refused({ inputs: [tensor('x', x), tensor('x', x)] })).toBe("input 'x' is given twice");
    expect(await refused({ inputs: [tensor('x', x), tensor('z', x)] })).toBe(
      "model 'm' has no input 'z'; it takes 'x'",
    );
    expect(await refused({ inputs: [tensor('x', torch.ones(2, 3))] })).toContain('have the shape [-1, 2], not [2, 3]');
    expect(await refused({ inputs: [{ ...tensor('x', x), datatype: 'INT64' }] })).toContain('be of FP32, not INT64');
    expect(await refused({ outputs: ['z'] })).toBe("model 'm' has no output 'z'; it gives 'y'");
    expect((await rejected(servable.infer({ inputs: [tensor('x', x)], deadline: performance.now() - 1 }))).code).toBe(
      'EXPIRED',
    );
    const gone = servable.infer({ inputs: [tensor('x', x)], signal: AbortSignal.abort() });
    expect((await rejected(gone)).code).toBe('CANCELLED');
    await servable.close();
    expect((await rejected(servable.infer({ inputs: [tensor('x', x)] }))).code).toBe('NOT_READY');
  });

  test('is not ready while a batch runs for longer than it may', async () => {
    const file = path.join(folder(), 'model.mjs');
    writeFileSync(
      file,
      'export default { run: (_, state, { signal }) => new Promise((_, no) => (signal.onabort = no)) };',
    );
    const handler = await loadServable({ info: info('flambeau_handler'), file }, { maxRunMs: 20 });
    const wave = torch.capture((x) => torch.linalg.eigvalsh(x), [torch.rand(900, 900)]);
    const native = servableOf(
      wave.graph,
      info('flambeau_graph', { inputs: [spec('x', [-1, -1])], outputs: [spec('y', [-1])] }),
      { maxRunMs: 20 },
    );
    for (const [servable, input] of [
      [handler, x],
      [native, torch.rand(900, 900)],
    ] as const) {
      expect(servable.isReady!()).toBe(true);
      const told: boolean[] = [];
      servable.onChange!(() => void told.push(servable.isReady!()));
      const abort = new AbortController();
      const answer = servable.infer({ inputs: [tensor('x', input)], signal: abort.signal });
      await expect.poll(() => told, { interval: 5 }).toEqual([false]);
      expect(servable.longestRunMs!()).toBeGreaterThan(20);
      abort.abort();
      await answer.catch(() => undefined);
      expect([servable.isReady!(), servable.longestRunMs!()]).toEqual([true, 0]);
      await expect.poll(() => told, { interval: 5 }).toEqual([false, true]);
      await servable.close();
    }
  });

  test('a handler decodes, runs and encodes, with what it loaded', async () => {
    const dir = folder();
    mkdirSync(dir, { recursive: true });
    writeFileSync(
      path.join(dir, 'model.mjs'),
      `export default {
        load: ({ folder, info, device }) => ({ seen: [folder, info.name, device], runs: 0 }),
        decode: ({ inputs, parameters }) => inputs.text.map((bytes) => Buffer.from(bytes).toString() + parameters.end),
        run(texts, state, { signal }) {
          if (texts[0] === 'fail!') throw new Error('failed');
          state.runs++;
          return texts.map((text) => text.toUpperCase());
        },
        encode: (texts, state) => ({ out: texts.map((text) => Buffer.from(text + state.runs + state.seen[2])) }),
      }`,
    );
    const bytes = (name: string): ModelInfo['inputs'][number] => ({ name, datatype: 'BYTES', shape: [-1] });
    const servable = await loadServable({
      info: info('flambeau_handler', { inputs: [bytes('text')], outputs: [bytes('out')] }),
      file: path.join(dir, 'model.mjs'),
    });
    const ask = async (text: string): Promise<string> => {
      const input = { ...bytes('text'), shape: [1], data: [Buffer.from(text)] };
      const { outputs } = await servable.infer({ inputs: [input], parameters: { end: '!' } });
      return Buffer.from((outputs[0]!.data as Uint8Array[])[0]!).toString();
    };
    expect(await ask('a')).toBe('A!1cpu');
    await expect(ask('fail')).rejects.toThrow('failed');
    expect(await ask('b')).toBe('B!2cpu');
    await servable.close();
  });
});

test('memory is flat over 200 loads, runs and unloads', { timeout: 120_000 }, async () => {
  const models = await store();
  // Some 4 MB of weights.
  await models.add({ name: 'm', model: new nn.Linear(1024, 1024), examples: [{ x: torch.ones(1, 1024) }] });
  const registry = await Registry.open({ store: models, load: loadServable });
  const once = async (): Promise<void> => {
    await registry.load('m');
    const { outputs } = await registry.get('m').infer({ inputs: [tensor('x', torch.ones(1, 1024))] });
    for (const { data } of outputs) (data as torch.Tensor).dispose();
    await registry.unload('m');
  };
  const settled = (): { rss: number; bytes: number; tensors: number } => {
    collectGarbage();
    const { bytes, tensors } = torch.memoryStats();
    return { rss: process.memoryUsage().rss, bytes, tensors };
  };
  for (let i = 0; i < 40; i++) await once();
  const before = settled();
  for (let i = 0; i < 160; i++) await once();
  const after = settled();
  // 160 times 4 MB would be 640.
  expect(after.rss - before.rss).toBeLessThan(64 << 20);
  expect(after.bytes - before.bytes).toBeLessThan(1 << 20);
  expect(after.tensors - before.tensors).toBeLessThan(8);
  await registry.close();
});
