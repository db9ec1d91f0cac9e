import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';

const { nn } = torch;

describe('stackModuleState', () => {
  test('refuses models of two classes, or in two modes', () => {
    expect(() => torch.func.stackModuleState([])).toThrow(/argument 'models'/);
    expect(() => torch.func.stackModuleState([new nn.Linear(1, 1), new nn.Identity()] as never)).toThrow(/one class/);
    const quiet = new nn.Linear(1, 1).eval();
    expect(() => torch.func.stackModuleState([new nn.Linear(1, 1), quiet])).toThrow(/in training/);
  });

  test('runs models as one, with the outputs of each', () => {
    const models = [0, 1, 2].map(() => new nn.Linear(3, 2));
    const [parameters, buffers] = torch.func.stackModuleState(models);
    expect(buffers).toEqual({});
    expect(parameters.weight!.isLeaf && parameters.weight!.requiresGrad).toBe(true);
    const x = torch.randn(4, 3);
    const run = torch.vmap((weight: torch.Tensor, bias: torch.Tensor) =>
      torch.func.functionalCall(models[0]!, { weight, bias }, x),
    );
    const together = run(parameters.weight!, parameters.bias!) as torch.Tensor;
    models.forEach((model, i) => expect(torch.allclose(together.at(i), model.call(x))).toBe(true));
  });
});

describe('replaceAllBatchNormModules_', () => {
  test('leaves no running statistics, and the values of batches stay', () => {
    const model = new nn.Sequential(new nn.BatchNorm1d(2), new nn.Sequential(new nn.InstanceNorm1d(2)));
    const x = torch.randn(4, 2, 3);
    const before = model.call(x);
    expect(torch.func.replaceAllBatchNormModules_(model)).toBe(model);
    expect([...model.buffers()]).toEqual([]);
    expect(torch.allclose(model.call(x) as torch.Tensor, before as torch.Tensor)).toBe(true);
  });
});
