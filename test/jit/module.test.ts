import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';

const load = (name: string): torch.jit.ScriptModule => torch.jit.loadSync(`test/jit/models/${name}.pt`);

describe('ScriptModule.call', () => {
  test('runs the hooks that TorchScript kept, and forward does not', async () => {
    const model = load('hooked');
    const x = torch.ones(1, 2);
    const forward = model.forward(x);
    const doubled = model.forward(x.mul(2)).add(1);
    expect(model.call(x).equal(doubled)).toBe(true);
    expect((await model.callAsync(x)).equal(doubled)).toBe(true);
    expect((await model.forwardAsync(x)).equal(forward)).toBe(true);
    expect(() => model.call(x, x)).toThrow(/takes at most 1/);
  });
});

describe('ScriptModule', () => {
  test('has submodules, parameters and buffers by name, the same ones each time', () => {
    const model = load('resnet18');
    expect(model.getSubmodule('layer1.0.conv1').className).toBe('Conv2d');
    expect(model.getSubmodule('')).toBe(model);
    expect(() => model.getSubmodule('layer1.7')).toThrow("has no submodule '7'");
    expect([...model.children()].length).toBe(10);
    expect([...model.children()][0]).toBe([...model.children()][0]);
    expect([...model.modules()].length).toBe(new Set(model.modules()).size);
    expect([...model.parameters()].length).toBe(62);
    expect([...model.parameters()][0]).toBe([...model.parameters()][0]);
    expect(Array.from(model.namedBuffers(), ([name]) => name).slice(0, 3)).toEqual([
      'bn1.running_mean',
      'bn1.running_var',
      'bn1.num_batches_tracked',
    ]);
    expect(Object.keys(model.stateDict()).length).toBe(122);
    expect(String(model)).toContain('(layer1): Sequential(\n    (0): BasicBlock(\n');
  });

  test('copies states, all or nothing', () => {
    const model = load('linear');
    const layer = new torch.nn.Linear(2, 1);
    expect(() => model.loadStateDict({ weight: torch.ones(3), extra: torch.ones(1) })).toThrow(
      'loadStateDict(): the state does not fit Linear:\n  missing: bias\n  unexpected: extra\n  weight has shape [3]',
    );
    expect(() => model.loadStateDict(5 as never)).toThrow(/a state dict/);
    expect(model.forward(torch.ones(1, 2)).item()).toBe(6);
    expect(model.loadStateDict(layer.stateDict())).toEqual({ missingKeys: [], unexpectedKeys: [] });
    expect(model.forward(torch.ones(1, 2)).equal(layer.call(torch.ones(1, 2)))).toBe(true);
    expect(model.loadStateDict({ bias: torch.ones(1) }, { strict: false }).missingKeys).toEqual(['weight']);
    layer.loadStateDict(model.stateDict());
    expect(layer.bias!.item()).toBe(1);
  });

  test('trains and evaluates, here and below', () => {
    const model = load('resnet18');
    expect(model.train().training).toBe(true);
    expect([...model.modules()].every((each) => each.training)).toBe(true);
    expect([...model.eval().modules()].some((each) => each.training)).toBe(false);
    expect(() => model.train(1 as never)).toThrow(/argument 'mode'/);
  });

  test('gathers gradients and lets them go', () => {
    const model = load('linear');
    const [weight, bias] = [...model.parameters()];
    model.call(torch.ones(3, 2)).sum().backward();
    expect([weight!.grad!.sum().item(), bias!.grad!.item()]).toEqual([6, 3]);
    model.zeroGrad({ setToNone: false });
    expect(bias!.grad!.item()).toBe(0);
    model.zeroGrad();
    expect(bias!.grad).toBe(null);
    model.requiresGrad_(false);
    expect(model.call(torch.ones(3, 2)).requiresGrad).toBe(false);
  });

  test('changes its dtype in place, gradients too, and optimizers go on', () => {
    const model = load('linear');
    const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.5 });
    model.call(torch.ones(1, 2)).backward();
    expect(model.to('float64')).toBe(model);
    const [weight, bias] = [...model.parameters()];
    expect([weight!.dtype, weight!.grad!.dtype]).toEqual(['float64', 'float64']);
    optimizer.step();
    expect(bias!.item()).toBe(0.5);
    expect(model.call(torch.ones(1, 2, { dtype: 'float64' })).item()).toBe(4.5);
    expect(() => model.to('int64')).toThrow(/floating point/);
    expect(() => model.to(5 as never)).toThrow(/argument 'target'/);
    expect(load('resnet18').to('float16').getSubmodule('bn1').getAttr<torch.Tensor>('num_batches_tracked').dtype).toBe(
      'int64',
    );
  });

  test('moves to another device, where optimizers and the module go on with the same tensors', () => {
    const model = load('linear');
    const [weight] = [...model.parameters()];
    model.to('meta');
    expect([...model.parameters()][0]).toBe(weight);
    expect([weight!.device, weight!.requiresGrad]).toEqual(['meta', true]);
    expect(model.call(torch.ones(3, 2, { device: 'meta' })).shape).toEqual([3, 1]);
  });
});

describe('ScriptModule.freeze', () => {
  test('refuses a module in training mode, and attributes that are not there', () => {
    const model = load('linear');
    expect(() => model.freeze()).toThrow('freeze(): the module is in training mode; call eval() first');
    expect(() => model.optimizeForInference()).toThrow('training mode');
    expect(() => model.eval().freeze({ preservedAttrs: ['colour'] })).toThrow(/colour/);
  });

  test('makes constants of parameters, and keeps what it is told to', () => {
    const model = load('values').eval();
    const frozen = model.freeze({ preservedAttrs: ['integer', 'limit'] });
    expect([...frozen.buffers()]).toEqual([]);
    expect(frozen.training).toBe(false);
    expect(frozen.methods.sort()).toEqual(['forward', 'integer']);
    expect([frozen.getAttr('limit'), frozen.run('integer', 1)]).toEqual([3, 2]);
    expect(frozen.forward(torch.ones(2)).sum().item()).toBe(4);
    expect([...model.buffers()].length).toBe(1);
    const again = torch.jit.loadSync(torch.jit.saveSync(frozen));
    expect(again.forward(torch.ones(2)).sum().item()).toBe(4);
  });

  test('and optimizeForInference give the numbers of the module', () => {
    const model = load('dynamic').eval();
    torch.manualSeed(0);
    for (const parameter of model.parameters()) parameter.data = torch.randn(parameter.shape).mul(0.3);
    const x = torch.randn(2, 5, 16);
    const expected = torch.noGrad(() => model.forward(x));
    for (const other of [
      torch.jit.freeze(model),
      torch.jit.optimizeForInference(model),
      model.freeze().optimizeForInference(),
    ]) {
      torch.noGrad(() => {
        for (let run = 0; run < 3; run++) expect(other.forward(x).allclose(expected, 1e-4, 1e-5)).toBe(true);
      });
    }
    expect(() => torch.jit.freeze(5 as never)).toThrow(/ScriptModule/);
    expect(() => torch.jit.optimizeForInference(5 as never)).toThrow(/ScriptModule/);
  });
});

describe('torch.jit.optimizeForInference', () => {
  test('changes convolutions, after which the module cannot be saved', async () => {
    const model = torch.jit.trace(new torch.nn.Conv2d(2, 3, 3).eval(), [torch.ones(1, 2, 8, 8)]);
    const optimized = torch.jit.optimizeForInference(model);
    const x = torch.randn(1, 2, 8, 8);
    torch.noGrad(() => expect(optimized.call(x).allclose(model.call(x), 1e-4, 1e-5)).toBe(true));
    if (!optimized.graph().includes('mkldnn')) return;
    await expect(torch.jit.save(optimized)).rejects.toThrow('optimized for inference cannot be saved');
  });
});

describeDevices('ScriptModule.to', (device) => {
  test('moves the module, and its parameters are the same to the program', () => {
    const model = load('linear');
    const [weight] = [...model.parameters()];
    const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.5 });
    expect(model.to(device)).toBe(model);
    expect([...model.parameters()][0]).toBe(weight);
    model.call(torch.ones(1, 2, { device })).backward();
    optimizer.step();
    expect(weight!.sum().item()).toBe(4);
    expect(model.call(torch.ones(1, 2, { device })).item()).toBe(4.5);
    expect(model.cpu().call(torch.ones(1, 2)).item()).toBe(4.5);
  });

  test('and mapLocation agree', async () => {
    const model = await torch.jit.load('test/jit/models/gpu.pt', { mapLocation: device });
    expect((await model.forwardAsync(torch.ones(1, 2, { device }))).item()).toBe(6);
    expect([...model.parameters()].every((each) => each.device.startsWith(device))).toBe(true);
  });
});

describe('torch.capture', () => {
  test('takes a training step of a loaded module, which then runs without TorchScript', () => {
    const [captured, plain] = [load('linear'), load('linear')];
    const stepOf = (model: torch.jit.ScriptModule) => {
      const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.1 });
      return (x: torch.Tensor): torch.Tensor => {
        optimizer.zeroGrad();
        const loss = model.call(x).square().mean();
        loss.backward();
        optimizer.step();
        return loss;
      };
    };
    const x = torch.tensor([[1, 2]], { dtype: 'float32' });
    const step = torch.capture(stepOf(captured), [x]);
    const other = stepOf(plain);
    other(x);
    for (let i = 0; i < 3; i++) expect(step(x).item()).toBeCloseTo(other(x).item() as number, 3);
  });
});

describe('a module in workers', () => {
  test('is loaded by each, and runs in all at once', async () => {
    const code = `
      const { parentPort } = require('node:worker_threads');
      import(${JSON.stringify(path.resolve('lib/index.js'))}).then(async (torch) => {
        const model = await torch.jit.load('test/jit/models/linear.pt');
        const results = await Promise.all([1, 2, 3].map((i) => model.forwardAsync(torch.ones(i, 2))));
        parentPort.postMessage(results.map((y) => y.sum().item()));
      });`;
    const run = (): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const worker = new Worker(code, { eval: true });
        let result: unknown;
        worker.on('message', (value) => (result = value));
        worker.on('error', reject);
        worker.on('exit', (status) => (status === 0 ? resolve(result) : reject(new Error(`exit ${status}`))));
      });
    expect(await Promise.all([run(), run()])).toEqual([
      [6, 12, 18],
      [6, 12, 18],
    ]);
  });
});
