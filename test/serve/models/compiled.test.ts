import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { Client } from '../../../src/serve/client/client.js';
import { grpc } from '../../../src/serve/grpc/listener.js';
import { isolate } from '../../../src/serve/isolation/index.js';
import { loadServable } from '../../../src/serve/models/load.js';
import { Registry } from '../../../src/serve/registry/registry.js';
import { createServer } from '../../../src/serve/server.js';
import { ModelStore } from '../../../src/serve/store/store.js';
import type { ModelInfo, TensorSpec } from '../../../src/serve/types.js';
import { python, runPython, withPython } from '../../python.js';
import { rejection, temporaryFolder } from '../servable.js';

const spec = (name: string, shape: number[], datatype: TensorSpec['datatype'] = 'FP32'): TensorSpec => ({
  name,
  datatype,
  shape,
});
const inputs = [spec('x', [-1, 4]), spec('shift', [-1, 3])];
const outputs = [spec('y', [-1, 3]), spec('twice', [-1, 3])];

describe.skipIf(!python)(`An AOTInductor package in a server ${withPython}`, () => {
  let folder: string;
  let file: string;

  beforeAll(() => {
    folder = temporaryFolder((remove) => process.once('exit', remove));
    file = path.join(folder, 'compiled.pt2');
    runPython(
      `
import sys, torch
class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(4, 3)
        torch.nn.init.constant_(self.linear.weight, 0.5)
        torch.nn.init.constant_(self.linear.bias, 1.0)
    def forward(self, x, shift):
        y = self.linear(x) + shift
        return {"y": y, "twice": y * 2}
batch = torch.export.Dim("batch", max=16)
program = torch.export.export(Model(), (torch.randn(2, 4), torch.randn(2, 3)), dynamic_shapes={"x": {0: batch}, "shift": {0: batch}})
torch._inductor.aoti_compile_and_package(program, package_path=sys.argv[1])
`,
      file,
    );
  }, 300_000);

  const load = (more: Partial<ModelInfo>, device?: string) =>
    loadServable(
      { info: { name: 'aoti', version: '1', platform: 'pytorch_aoti', inputs, outputs, ...more }, file },
      device === undefined ? {} : { device },
    );
  const refusal = async (...args: Parameters<typeof load>): Promise<string> => {
    const error = await rejection(load(...args));
    expect(error.code).toBe('INVALID_VALUE');
    return error.message;
  };

  test('is not loaded where it is described as something else', async () => {
    expect(await refusal({ inputs: inputs.slice(1) })).toBe('the package takes 2 tensors, and is described with 1');
    expect(await refusal({ inputs: [...inputs].reverse() })).toBe(
      "input 'shift' is described with the shape [-1, 3], and the package takes [-1, 4]",
    );
    expect(await refusal({ inputs: [inputs[0]!, spec('shift', [3])] })).toContain('and the package takes [-1, 3]');
    expect(await refusal({ inputs: [inputs[0]!, spec('shift', [-1, 3], 'FP64')] })).toBe(
      "input 'shift' is described as FP64, and the package takes float32",
    );
    expect(await refusal({ batching: { maxBatchRows: 17 } })).toBe(
      "the batches of input 'x' have 1 to 17 rows, and the package is compiled for 0 to 16",
    );
    expect(await refusal({}, 'cuda:0')).toBe('the package is compiled for cpu, and cannot run on cuda:0');
  });

  test('runs nothing that it was not compiled for, though it is described too widely', async () => {
    const servable = await load({ inputs: [spec('x', [-1, -1]), inputs[1]!] });
    const ask = (x: number[], shift: number[]) =>
      servable.infer({
        inputs: [
          { name: 'x', datatype: 'FP32', shape: x, data: torch.ones(x) },
          { name: 'shift', datatype: 'FP32', shape: shift, data: torch.zeros(shift) },
        ],
      });
    expect(await rejection(ask([2, 5], [2, 3]))).toMatchObject({
      code: 'INVALID_VALUE',
      message: "aoti(): argument 'x' must have size 1 of 4, not 5",
    });
    expect((await rejection(ask([17, 4], [17, 3]))).message).toContain('between 0 and 16, not 17');
    expect((await rejection(ask([2, 4], [3, 3]))).message).toContain("argument 'shift' must have size 0 of 2");
    const { outputs } = await ask([1, 4], [1, 3]);
    expect((outputs[0]!.data as torch.Tensor).tolist()).toEqual([[3, 3, 3]]);
    await servable.close();
  });

  test('runs in a process of its own as it does in this one', async () => {
    const isolation = await isolate({ threads: 1 });
    onTestFinished(() => isolation.close());
    const info: ModelInfo = { name: 'aoti', version: '1', platform: 'pytorch_aoti', inputs, outputs };
    expect(await rejection(isolation.load({ info, file }, { batching: { maxBatchRows: 17 } }))).toMatchObject({
      code: 'INVALID_VALUE',
      message: "the batches of input 'x' have 1 to 17 rows, and the package is compiled for 0 to 16",
    });
    const servable = await isolation.load({ info, file }, { maxRunMs: 60_000 });
    const [x, shift] = [torch.ones(2, 4), torch.zeros(2, 3)];
    const result = await servable.infer({
      inputs: [
        { ...spec('x', [2, 4]), data: x },
        { ...spec('shift', [2, 3]), data: shift },
      ],
    });
    expect((result.outputs[1]!.data as torch.Tensor).tolist()).toEqual([
      [6, 6, 6],
      [6, 6, 6],
    ]);
    await servable.close();
  });

  test('is archived, served and asked over REST and gRPC, alone and in batches', async () => {
    const store = await ModelStore.open(path.join(folder, 'store'), { create: true });
    const example = { x: torch.ones(2, 4), shift: torch.tensor([[0, 1, 2.5]]).expand(2, 3) };
    expect((await rejection(store.add({ name: 'aoti', model: file }))).message).toContain('`trusted`');
    const batching = { maxBatchRows: 16, maxQueueDelayMs: 20 };
    // What it takes and gives is seen by running it, or said.
    await store.add({ name: 'seen', model: file, examples: [example], trusted: true, batching });
    await store.add({ name: 'said', model: file, inputs, outputs, instances: 2 });
    const models = await Registry.open({ store, load: loadServable });
    await Promise.all([models.load('seen'), models.load('said')]);
    const server = await createServer({ models, listeners: [grpc()] }).listen();
    onTestFinished(async () => {
      await server.close();
      await models.close();
    });
    expect(models.get('seen').info).toMatchObject({ platform: 'pytorch_aoti', inputs, outputs });

    for (const url of [server.url, `grpc://127.0.0.1:${server.addresses.grpc!.port}`]) {
      using client = new Client(url);
      for (const model of ['seen', 'said']) {
        expect(await client.metadata(model)).toMatchObject({ platform: 'pytorch_aoti', inputs, outputs });
        const answers = await Promise.all(
          Array.from({ length: 40 }, (_, i) => {
            const rows = 1 + (i % 3);
            return client.predict(model, {
              x: torch.full([rows, 4], i, { dtype: 'float32' }),
              shift: torch.full([rows, 3], 0.5),
            });
          }),
        );
        answers.forEach(({ y, twice }, i) => {
          const rows = Array.from({ length: 1 + (i % 3) }, () => Array(3).fill(2 * i + 1.5) as number[]);
          expect(y!.tolist()).toEqual(rows);
          expect(twice!.equal(y!.mul(2))).toBe(true);
        });
        const wrong = client.predict(model, { x: torch.ones(2, 4), shift: torch.ones(1, 3) });
        expect(await rejection(wrong)).toMatchObject({ code: 'INVALID_VALUE' });
      }
    }
    const request = {
      inputs: inputs.map(({ name, shape: [, width] }) => ({ ...spec(name, [8, width!]), data: torch.ones(8, width!) })),
    };
    const both = await Promise.all([models.get('seen').infer(request), models.get('seen').infer(request)]);
    expect(both.map(({ timing }) => timing.batchRows)).toEqual([16, 16]);
    const body = JSON.stringify({
      inputs: [
        { name: 'x', datatype: 'FP32', shape: [1, 4], data: [1, 1, 1, 1] },
        { name: 'shift', datatype: 'FP32', shape: [1, 3], data: [0, 1, 2.5] },
      ],
      outputs: [{ name: 'y' }],
    });
    const answer = await fetch(`${server.url}/v2/models/seen/infer`, { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ outputs: [{ name: 'y', shape: [1, 3], data: [3, 4, 5.5] }] });
  });
});
