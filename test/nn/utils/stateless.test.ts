import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';

const { nn } = torch;
const { functionalCall } = nn.utils.stateless;

class Tied extends nn.Module<[torch.Tensor], torch.Tensor> {
  first = new nn.Linear(2, 2, { bias: false });
  second = new nn.Linear(2, 2, { bias: false });
  constructor() {
    super();
    this.second.weight = this.first.weight;
  }
  forward(x: torch.Tensor): torch.Tensor {
    return this.second.call(this.first.call(x));
  }
}

describe('nn.utils.stateless.functionalCall', () => {
  test('names that do not fit are refused, and the module stays as it was', () => {
    const layer = new nn.Linear(2, 1);
    const { weight } = layer;
    const one = torch.ones(1, 2);
    expect(() => functionalCall(layer, { other: one }, one)).toThrow(/unexpected: other/);
    expect(() => functionalCall(layer, { weight: one }, one, { strict: true })).toThrow(/missing: bias/);
    expect(() => functionalCall(layer, { weight: 3 as never }, one)).toThrow(/'weight' must be Tensor/);
    expect(() => functionalCall(layer, { weight: torch.ones(5) }, one)).toThrow();
    expect(layer.weight).toBe(weight);
    const given = { 'first.weight': torch.eye(2), 'second.weight': torch.ones(2, 2) };
    expect(() => functionalCall(new Tied(), given, one)).toThrow(/are one tensor, and were given two/);
  });

  test('gradients reach what is given, and tied parameters stay tied', () => {
    const net = new Tied();
    const weight = torch.eye(2).mul(3).requiresGrad_();
    const y = functionalCall(net, { 'first.weight': weight }, torch.ones(1, 2));
    expect(y.tolist()).toEqual([[9, 9]]);
    y.sum().backward();
    expect(weight.grad!.tolist()).toEqual([[6, 6], [6, 6]]); // prettier-ignore
    expect(net.first.weight.grad).toBeNull();
    const apart = functionalCall(net, { 'first.weight': weight }, [torch.ones(1, 2)], { tieWeights: false });
    expect(apart.allclose(net.second.call(torch.tensor([[3, 3]]).float()))).toBe(true);
  });

  test('buffers that the module writes to are those that were given', () => {
    const norm = new nn.BatchNorm1d(2);
    const state = { running_mean: torch.zeros(2), num_batches_tracked: torch.tensor(5) };
    functionalCall(norm, state, torch.ones(3, 2));
    expect(state.num_batches_tracked.item()).toBe(6);
    expect(norm.num_batches_tracked!.item()).toBe(0);
  });
});

describe('nn.utils.vectorToParameters', () => {
  test('a vector of another length, and what is no list of tensors, are refused', () => {
    const layer = new nn.Linear(2, 1);
    expect(() => nn.utils.vectorToParameters(torch.ones(4), layer.parameters())).toThrow(
      /must have shape \[3\], not \[4\]/,
    );
    expect(() => nn.utils.parametersToVector(layer.weight)).toThrow(/'parameters' must be Tensors, as/);
    expect(() => nn.utils.vectorToParameters(3 as never, layer.parameters())).toThrow(/'vec' must be Tensor/);
  });

  test('parameters become a vector, which gradients reach, and come back', () => {
    const [a, b] = [new nn.Linear(2, 3), new nn.Linear(2, 3)];
    const vector = nn.utils.parametersToVector(a.parameters());
    vector.sum().backward();
    expect(a.weight.grad!.eq(1).all().item()).toBe(true);
    nn.utils.vectorToParameters(vector, b.parameters());
    expect(b.weight.equal(a.weight)).toBe(true);
    expect(b.weight.requiresGrad).toBe(true);
  });
});

describe('nn.utils.fuseConvBnEval', () => {
  test('modules in training, and batch norms without statistics or of another size, are refused', () => {
    const [conv, norm] = [new nn.Conv2d(2, 3, 1), new nn.BatchNorm2d(3)];
    expect(() => nn.utils.fuseConvBnEval(conv, norm)).toThrow(/must be in evaluation mode/);
    const bare = new nn.BatchNorm2d(3, { trackRunningStats: false }).eval();
    expect(() => nn.utils.fuseConvBnEval(conv.eval(), bare)).toThrow(/keeps no running statistics/);
    const other = new nn.BatchNorm1d(2).eval();
    expect(() => nn.utils.fuseLinearBnEval(new nn.Linear(3, 4).eval(), other)).toThrow(
      /must have 4 features or 1, not 2/,
    );
  });
});

test('per-sample gradients: vmap of the gradient of a call with given parameters', () => {
  const layer = new nn.Linear(3, 2);
  const [x, y] = [torch.randn(4, 3), torch.randn(4, 2)];
  const names = [...layer.namedParameters()].map(([name]) => name);
  const values = [...layer.parameters()].map((parameter) => parameter.detach());
  const loss = (weight: torch.Tensor, bias: torch.Tensor, a: torch.Tensor, b: torch.Tensor): torch.Tensor =>
    nn.functional.mseLoss(functionalCall(layer, { [names[0]!]: weight, [names[1]!]: bias }, a), b);
  const each = torch.func.vmap(torch.func.grad(loss), { inDims: [null, null, 0, 0] });
  const grads = each(values[0]!, values[1]!, x, y) as torch.Tensor;
  for (let i = 0; i < 4; i++) {
    layer.zeroGrad();
    nn.functional.mseLoss(layer.call(x.at(i)), y.at(i)).backward();
    expect(grads.at(i).allclose(layer.weight.grad!, { atol: 1e-6 })).toBe(true);
  }
});
