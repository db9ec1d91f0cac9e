import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';

const { nn } = torch;
const { cached, isParametrized, registerParametrization, removeParametrizations } = nn.utils.parametrize;
const { orthogonal, spectralNorm, weightNorm } = nn.utils.parametrizations;

class Symmetric extends nn.Module<[torch.Tensor], torch.Tensor> {
  calls = 0;
  forward(x: torch.Tensor): torch.Tensor {
    this.calls++;
    return x.triu().add(x.triu(1).t());
  }
}
class Double extends nn.Module<[torch.Tensor], torch.Tensor> {
  forward(x: torch.Tensor): torch.Tensor {
    return x.mul(2);
  }
  rightInverse(x: torch.Tensor): torch.Tensor {
    return x.div(2);
  }
}
class Row extends nn.Module<[torch.Tensor], torch.Tensor> {
  forward(x: torch.Tensor): torch.Tensor {
    return x.at(0);
  }
}

describe('nn.utils.parametrize', () => {
  test('what cannot be parametrized is refused', () => {
    const layer = new nn.Linear(2, 2);
    expect(() => registerParametrization(layer, 'other', new Double())).toThrow(
      /Linear has no parameter or buffer 'other'/,
    );
    expect(() => registerParametrization(layer, 'weight', new Row())).toThrow(
      /makes float32 \[2\] of float32 \[2, 2\]/,
    );
    expect(() => registerParametrization({}, 'weight', new Row())).toThrow(/'module' must be Module/);
    expect(() => registerParametrization(layer, 'weight', 3 as never)).toThrow(/'parametrization' must be Module/);
    expect(() => removeParametrizations(layer, 'weight')).toThrow(/'weight' of Linear is not parametrized/);
    expect(layer.constructor.name).toBe('Linear');
    registerParametrization(layer, 'weight', new Symmetric());
    expect(() => (layer.weight = new nn.Parameter(torch.ones(2, 2)))).toThrow(/Symmetric has no rightInverse/);
    expect(() => registerParametrization(layer, 'weight', new Row())).toThrow(/must have shape \[2, 2\], not \[2\]/);
  });

  test('several parametrizations apply in order, and learn', () => {
    const layer = new nn.Linear(2, 2, { bias: false });
    registerParametrization(layer, 'weight', new Double());
    const made = registerParametrization(layer, 'weight', new Symmetric());
    const { original } = made.parametrizations['weight'] as unknown as { original: torch.nn.Parameter };
    const expected = original.detach().mul(2).triu();
    expect(layer.weight.equal(expected.add(expected.triu(1).t()))).toBe(true);
    layer.call(torch.ones(1, 2)).sum().backward();
    expect(original.grad!.tolist()).toEqual([[2, 4], [0, 2]]); // prettier-ignore
    expect([...layer.namedParameters()].map(([name]) => name)).toEqual(['parametrizations.weight.original']);
    expect(isParametrized(layer)).toBe(true);
    expect(isParametrized(layer, 'bias')).toBe(false);
    expect(layer).toBeInstanceOf(nn.Linear);
  });

  test('a value is set through rightInverse, and removal leaves it or what was learned', () => {
    const layer = new nn.Linear(2, 1, { bias: false });
    const { weight } = layer;
    registerParametrization(layer, 'weight', new Double());
    layer.weight = torch.tensor([[4, 6]]).float() as torch.nn.Parameter;
    expect(layer.weight.tolist()).toEqual([[4, 6]]);
    expect(weight.tolist()).toEqual([[2, 3]]);
    removeParametrizations(layer, 'weight', { leaveParametrized: false });
    expect(layer.weight).toBe(weight);
    expect(layer.weight.tolist()).toEqual([[2, 3]]);
    registerParametrization(layer, 'weight', new Double());
    removeParametrizations(layer, 'weight');
    expect(layer.weight.tolist()).toEqual([[2, 3]]);
    expect(layer.call(torch.ones(2)).item()).toBe(5);
  });

  test('clones, moves and states of parametrized modules are as those of others', () => {
    const layer = weightNorm(new nn.Linear(2, 3));
    const copy = layer.clone();
    removeParametrizations(copy, 'weight');
    expect(copy.constructor.name).toBe('Linear');
    expect(copy.weight.allclose(layer.weight)).toBe(true);
    expect(layer.constructor.name).toBe('ParametrizedLinear');
    expect(layer.double().weight.dtype).toBe('float64');
    const other = weightNorm(new nn.Linear(2, 3)).double();
    const { bias, ...state } = layer.stateDict();
    const [g, v] = Object.values(state);
    other.loadStateDict({ bias: bias!, weight_g: g!, weight_v: v! });
    expect(other.weight.equal(layer.weight)).toBe(true);
  });

  test('a cached parameter is computed once', async () => {
    const symmetric = new Symmetric();
    const layer = registerParametrization(new nn.Linear(2, 2), 'weight', symmetric);
    const before = symmetric.calls;
    cached(() => layer.weight.add(layer.weight));
    expect(symmetric.calls).toBe(before + 1);
    await cached(async () => {
      layer.weight.add(1);
      await Promise.resolve();
      layer.weight.add(1);
    });
    expect(symmetric.calls).toBe(before + 2);
    expect(() =>
      cached(() => {
        throw new RangeError('mine');
      }),
    ).toThrow(RangeError);
    layer.weight.add(layer.weight);
    expect(symmetric.calls).toBe(before + 4);
  });
});

describe('nn.utils.parametrizations', () => {
  test('options that do not fit are refused by name', () => {
    expect(() => weightNorm(new nn.ReLU())).toThrow(/ReLU has no parameter or buffer 'weight'/);
    expect(() => spectralNorm(new nn.Linear(2, 2), 'weight', { dim: 2 })).toThrow(/'dim' must be integer from -2 to 1/);
    expect(() => spectralNorm(new nn.Linear(2, 2), 'weight', { nPowerIterations: 0 })).toThrow(/'nPowerIterations'/);
    expect(() => orthogonal(new nn.Linear(2, 2), 'bias')).toThrow(/'bias' must have at least 2 dimensions, not 1/);
    expect(() => orthogonal(new nn.Linear(2, 2), 'weight', { orthogonalMap: 'qr' as never })).toThrow(
      /'orthogonalMap'/,
    );
    const layer = orthogonal(new nn.Linear(2, 2), 'weight', { useTrivialization: false });
    expect(() => (layer.weight = layer.weight.clone() as never)).toThrow(/only with useTrivialization/);
    expect(() => (orthogonal(new nn.Linear(2, 2)).weight = torch.ones(3) as never)).toThrow(/must have shape \[2, 2\]/);
  });

  test('outputs stand in the second dimension of transposed convolutions', () => {
    const layer = spectralNorm(new nn.ConvTranspose1d(2, 3, 4));
    expect(layer.getBuffer('parametrizations.weight.0._u').shape).toEqual([3]);
    expect(spectralNorm(new nn.Conv1d(2, 3, 4)).getBuffer('parametrizations.weight.0._v').shape).toEqual([8]);
  });

  test('an orthogonal weight can be set', () => {
    for (const options of [{}, { orthogonalMap: 'householder', useTrivialization: false }] as const) {
      const layer = orthogonal(new nn.Linear(2, 3), 'weight', options);
      const value = torch.linalg.qr(torch.randn(3, 2))[0]!;
      layer.weight = value as never;
      expect(layer.weight.allclose(value, { atol: 1e-5 })).toBe(true);
    }
  });

  test('a captured step moves the vectors of spectral norm', () => {
    const layer = spectralNorm(new nn.Linear(3, 4));
    const run = torch.capture((x) => layer.call(x), [torch.ones(1, 3)]);
    torch.noGrad(() => layer.getBuffer('parametrizations.weight.0._u').fill_(0.5));
    const before = layer.getBuffer('parametrizations.weight.0._u').clone();
    run(torch.ones(1, 3));
    expect(layer.getBuffer('parametrizations.weight.0._u').equal(before)).toBe(false);
  });
});

describe('nn.utils.parametrize.transferParametrizationsAndParams', () => {
  test('both modules share what is learned, of several tensors too', () => {
    const source = weightNorm(new nn.Linear(2, 3));
    const { transferParametrizationsAndParams, typeBeforeParametrizations } = nn.utils.parametrize;
    const target = transferParametrizationsAndParams(source, new nn.Linear(2, 3));
    const list = (module: object): Record<string, unknown> =>
      (module as torch.nn.utils.parametrize.Parametrized).parametrizations['weight'] as never;
    expect(list(target)['original0']).toBe(list(source)['original0']);
    expect(target.weight.equal(source.weight)).toBe(true);
    expect(typeBeforeParametrizations(target)).toBe(nn.Linear);
    expect(typeBeforeParametrizations(new nn.ReLU())).toBe(nn.ReLU);
    const plain = new nn.Linear(2, 3);
    expect(transferParametrizationsAndParams(new nn.Linear(2, 3), plain)).toBe(plain);
    expect(isParametrized(plain)).toBe(false);
  });
});

describe('nn.utils.skipInit', () => {
  test('draws no random numbers', () => {
    torch.manualSeed(0);
    const before = torch.getRngState();
    const layer = nn.utils.skipInit(nn.Linear, 3, 2, { dtype: 'float64' });
    expect(torch.getRngState().equal(before)).toBe(true);
    expect([layer.weight.device, layer.weight.dtype]).toEqual(['cpu', 'float64']);
    expect(() => nn.utils.skipInit(3 as never)).toThrow(/'moduleClass' must be a class of modules/);
  });
});
