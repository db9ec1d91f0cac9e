import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';

const { nn } = torch;
const { prune } = nn.utils;

describe('nn.utils.prune', () => {
  test('amounts, dimensions, masks and names that do not fit are refused, and change nothing', () => {
    const layer = new nn.Linear(3, 2);
    expect(() => prune.l1Unstructured(layer, 'weight', 1.5)).toThrow(/'amount' must be a whole number from 0 on/);
    expect(() => prune.l1Unstructured(layer, 'weight', 7)).toThrow(/cannot prune 7 of 6/);
    expect(() => prune.lnStructured(layer, 'weight', 1, 2, 5)).toThrow(/'dim' must be integer from -2 to 1/);
    expect(() => prune.lnStructured(layer, 'bias', 1, 2, 0)).toThrow(/at least 2 dimensions, not 1/);
    expect(() => prune.customFromMask(layer, 'weight', torch.ones(3))).toThrow(
      /mask must have shape \[2, 3\], not \[3\]/,
    );
    expect(() => prune.identity(layer, 'other')).toThrow(/Linear has no parameter 'other'/);
    expect(() => prune.remove(layer, 'weight')).toThrow(/'weight' of Linear is not pruned/);
    expect(() => prune.l1Unstructured(layer, 'weight', 1, { importanceScores: torch.ones(2) })).toThrow(
      /importanceScores/,
    );
    expect(() => prune.globalUnstructured([[layer, 'weight']], prune.LnStructured as never, { amount: 1 })).toThrow(
      /must prune elements, but LnStructured is structured/,
    );
    expect(Object.keys(layer.stateDict())).toEqual(['weight', 'bias']);
    expect(prune.isPruned(layer)).toBe(false);
  });

  test('what is pruned stays zero through steps of an optimizer, and a state can be loaded', () => {
    const layer = prune.l1Unstructured(new nn.Linear(4, 2), 'weight', 0.5);
    const optimizer = new torch.optim.SGD(layer.parameters(), { lr: 0.1, momentum: 0.9 });
    const zeros = layer.weight.eq(0);
    for (let i = 0; i < 3; i++) {
      optimizer.zeroGrad();
      layer.call(torch.randn(3, 4)).square().sum().backward();
      optimizer.step();
    }
    layer.call(torch.ones(4));
    expect(layer.weight.eq(0).equal(zeros)).toBe(true);
    const other = prune.identity(new nn.Linear(4, 2), 'weight');
    other.loadStateDict(layer.stateDict());
    expect(other.call(torch.ones(4)).equal(layer.call(torch.ones(4)))).toBe(true);
    const run = torch.capture((x) => layer.call(x), [torch.ones(4)]);
    expect(run(torch.ones(4)).equal(layer.call(torch.ones(4)))).toBe(true);
  });

  test('a method of one’s own prunes, after others too', () => {
    class Negative extends prune.BasePruningMethod {
      readonly pruningType = 'unstructured';
      computeMask(t: torch.Tensor, defaultMask: torch.Tensor): torch.Tensor {
        return defaultMask.mul(t.ge(0));
      }
    }
    const layer = new nn.Linear(4, 4);
    prune.globalUnstructured([[layer, 'weight']], Negative as never, { amount: 0 });
    prune.l1Unstructured(layer, 'weight', 1);
    expect(layer.weight.ge(0).all().item()).toBe(true);
    expect(prune.isPruned(layer)).toBe(true);
    prune.remove(layer, 'weight');
    expect(prune.isPruned(layer)).toBe(false);
    expect(layer.weight).toBeInstanceOf(nn.Parameter);
  });
});
