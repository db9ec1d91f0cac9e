import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { describeDevices } from '../../devices.js';

const { nn } = torch;

describe('nn.Module', () => {
  test('names and values that do not fit are refused', () => {
    const layer = new nn.Linear(2, 1);
    expect(() => layer.registerParameter('a.b', null)).toThrow(/'name' must be a name without dots/);
    expect(() => layer.registerParameter('a', torch.ones(1) as never)).toThrow(/'parameter' must be Parameter or null/);
    expect(() => layer.registerModule('a', 3 as never)).toThrow(/'module' must be Module or null/);
    expect(() => layer.getParameter('x')).toThrow(/getParameter\(\): Linear has no 'x'/);
    expect(() => new nn.BatchNorm1d(2).getParameter('running_mean')).toThrow(/is no parameter/);
    expect(() => layer.getBuffer('weight')).toThrow(/is no buffer/);
    expect(() => layer.registerForwardHook(3 as never)).toThrow(/'hook' must be function/);
  });

  test('a state that does not fit changes nothing, and everything is named', () => {
    const layer = new nn.Linear(2, 1);
    const before = layer.weight.detach().clone();
    const state = { weight: torch.ones(1, 3), other: torch.ones(1) };
    expect(() => layer.loadStateDict(state)).toThrow(/missing: bias[^]*unexpected: other[^]*weight has shape \[1, 3\]/);
    expect(layer.weight.equal(before)).toBe(true);
    const meta = new nn.Linear(2, 1, { device: 'meta' });
    expect(() => meta.loadStateDict(layer.stateDict())).toThrow(/weight is on the meta device/);
    expect(() => meta.to('cpu')).toThrow(/has no values; take toEmpty/);
  });

  test('a module of the meta device takes the tensors of a state, or gets memory for them', () => {
    const source = new nn.Sequential(new nn.Linear(2, 3), new nn.BatchNorm1d(3)).double();
    const make = (): torch.nn.Sequential =>
      new nn.Sequential(new nn.Linear(2, 3, { device: 'meta' }), new nn.BatchNorm1d(3, { device: 'meta' }));
    const x = torch.ones(4, 2, { dtype: 'float64' });
    const assigned = make();
    const weight = assigned.getParameter('0.weight');
    assigned.loadStateDict(source.stateDict(), { assign: true });
    expect(assigned.getParameter('0.weight')).toBe(weight);
    expect(weight.dataPtr()).toBe(source.getParameter('0.weight').dataPtr());
    expect(weight.requiresGrad).toBe(true);
    expect(assigned.eval().call(x).equal(source.eval().call(x))).toBe(true);
    const empty = make().toEmpty({ device: 'cpu' }).double();
    empty.loadStateDict(source.stateDict());
    expect(empty.eval().call(x).equal(source.call(x))).toBe(true);
  });

  test('hooks of states see and change what goes out and in', () => {
    const model = new nn.Sequential(new nn.Linear(2, 1));
    const layer = model.at(0)!;
    const seen: string[] = [];
    const handles = [
      layer.registerStateDictPreHook((_, prefix) => void seen.push(`pre ${prefix}`)),
      layer.registerStateDictPostHook((_, state, prefix) => {
        state[`${prefix}extra`] = state[`${prefix}bias`]!;
      }),
      layer.registerLoadStateDictPreHook((_, state, prefix) => void state.delete(`${prefix}extra`)),
      layer.registerLoadStateDictPostHook(
        (module, { missingKeys }) => void seen.push(`${String(module)} ${missingKeys}`),
      ),
    ];
    const state = model.stateDict();
    expect(Object.keys(state)).toEqual(['0.weight', '0.bias', '0.extra']);
    model.loadStateDict(state);
    expect(Object.keys(state)).toHaveLength(3);
    expect(seen).toEqual(['pre 0.', 'Linear(in_features=2, out_features=1, bias=True) ']);
    handles.forEach((handle) => handle.remove());
    expect(Object.keys(model.stateDict())).toHaveLength(2);
  });

  test('a clone has memory of its own, and shares inside what the module shares', () => {
    class Net extends nn.Module<[torch.Tensor], torch.Tensor> {
      first = new nn.Linear(2, 2);
      second = this.first;
      list = [torch.ones(1)];
      constructor() {
        super();
        this.registerBuffer('offset', torch.ones(2), false);
      }
      forward(x: torch.Tensor): torch.Tensor {
        return this.second.call(this.first.call(x));
      }
    }
    const net = new Net();
    net.registerForwardHook((_, __, output) => (output as torch.Tensor).add(1));
    net.call(torch.ones(2)).sum().backward();
    const copy = net.clone();
    expect(copy).toBeInstanceOf(Net);
    expect(copy.first === net.first).toBe(false);
    expect(copy.second === copy.first).toBe(true);
    expect(copy.list[0]!.dataPtr()).not.toBe(net.list[0]!.dataPtr());
    expect(copy.first.weight.grad!.equal(net.first.weight.grad!)).toBe(true);
    expect(copy.call(torch.ones(2)).equal(net.call(torch.ones(2)))).toBe(true);
    expect([...copy.namedBuffers()].map(([name]) => name)).toEqual(['offset']);
    expect(Object.keys(copy.stateDict())).not.toContain('offset');
    nn.init.zeros_(copy.first.weight);
    expect(net.first.weight.any().item()).toBe(true);
    const lstm = new nn.LSTM(2, 3).clone();
    expect(lstm.call(torch.ones(2, 2))[0].shape).toEqual([2, 3]);
    (net as unknown as { cached: torch.Tensor }).cached = net.first.weight.mul(2);
    expect(() => net.clone()).toThrow(/tensor of a graph cannot be copied/);
  });
});

describeDevices('hooks and memory of modules', (device) => {
  // Expected values: the same hooks in Python.
  test('backward hooks see and replace gradients of inputs and outputs', () => {
    const layer = new nn.Linear(2, 1, { bias: false, device });
    torch.noGrad(() => layer.weight.copy_(torch.tensor([[2, 3]])));
    const seen: unknown[] = [];
    const list = (grads: (torch.Tensor | null)[]): unknown => grads.map((grad) => grad && grad.tolist());
    const pre = layer.registerFullBackwardPreHook((_, [grad]) => [grad!.mul(10)]);
    const post = layer.registerFullBackwardHook((_, gradInput, gradOutput) => {
      seen.push([list(gradInput), list(gradOutput)]);
      return [gradInput[0]!.neg()];
    });
    const x = torch.ones(1, 2, { requiresGrad: true, device });
    layer.call(x).sum().backward();
    expect(seen).toEqual([[[[[20, 30]]], [[[10]]]]]);
    expect(x.grad!.tolist()).toEqual([[-20, -30]]);
    expect(layer.weight.grad!.tolist()).toEqual([[10, 10]]);
    pre.remove();
    post.remove();
    layer.call(x.detach()).sum().backward();
    expect(layer.weight.grad!.tolist()).toEqual([[11, 11]]);
  });

  test('a backward hook runs without an input to wait for, with every output of a list, and throws as itself', () => {
    const layer = new nn.Linear(2, 1, { device });
    const seen: unknown[] = [];
    layer.registerFullBackwardHook((_, gradInput, gradOutput) => void seen.push([gradInput, gradOutput.length]));
    layer
      .call(torch.ones(1, 2, { device }))
      .sum()
      .backward();
    torch.noGrad(() => layer.call(torch.ones(1, 2, { device })));
    expect(seen).toEqual([[[null], 1]]);
    class Two extends nn.Module<[torch.Tensor], torch.Tensor[]> {
      forward(x: torch.Tensor): torch.Tensor[] {
        return [x.mul(2), x.mul(3)];
      }
    }
    const two = new Two();
    two.registerFullBackwardHook((_, gradInput, gradOutput) => void seen.push(gradOutput.map((g) => g?.item())));
    const x = torch.ones(1, { requiresGrad: true, device });
    two.call(x)[1]!.backward();
    expect(seen[1]).toEqual([undefined, 1]);
    expect(x.grad!.item()).toBe(3);
    two.registerFullBackwardHook(() => {
      throw new RangeError('mine');
    });
    expect(() => two.call(x)[0]!.backward()).toThrow(RangeError);
  });

  test('channels_last orders the weights of convolutions, and nothing else', () => {
    const model = new nn.Sequential(new nn.Conv2d(3, 4, 3, { device }), new nn.BatchNorm2d(4, { device }));
    const x = torch.randn(2, 3, 5, 5, { device });
    const before = model.eval().call(x);
    model.to({ memoryFormat: 'channels_last' });
    expect(model.getParameter('0.weight').isContiguous('channels_last')).toBe(true);
    const after = model.call(x.to({ memoryFormat: 'channels_last' }));
    expect(after.isContiguous('channels_last')).toBe(true);
    expect(after.allclose(before, { atol: 1e-5 })).toBe(true);
  });
});
