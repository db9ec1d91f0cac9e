import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

const { nn } = torch;

describe('layers', () => {
  test.each([
    [() => new nn.Dropout(2), /Dropout\(\): argument 'p' must be number from 0 to 1/],
    [() => new nn.PReLU(0), /PReLU\(\): argument 'numParameters' must be integer from 1 on/],
    [() => new nn.Softmax2d().call(torch.ones(2)), /must have 3 or 4 dimensions, not 1/],
    [() => new nn.ReflectionPad2d([1, 2, 3]), /ReflectionPad2d\(\): argument 'padding' must be integer or array of 4/],
    [() => new nn.GroupNorm(3, 4), /numChannels 4 cannot be split into 3 groups/],
    [() => new nn.InstanceNorm2d(3).call(torch.ones(2)), /InstanceNorm2d\(\).*3 or 4 dimensions, not 1/],
    [() => new nn.InstanceNorm1d(3, { affine: true }).call(torch.ones(2, 4, 5)), /must have 3 channels, not 4/],
    [() => new nn.SyncBatchNorm(3).call(torch.ones(2)), /2 dimensions or more, not 1/],
    [() => new nn.FractionalMaxPool2d(2, {}), /give one of 'outputSize' and 'outputRatio'/],
    [() => new nn.FractionalMaxPool2d(2, { outputRatio: 1 }), /'outputRatio' must be number between 0 and 1/],
    [() => new nn.MaxUnpool2d([1, 2, 3]), /'kernelSize' must be integer or array of 2 integers/],
    [() => new nn.Embedding(3, 2, { paddingIdx: 3 }), /'paddingIdx' must be integer from -3 to 2/],
    [() => new nn.EmbeddingBag(3, 2, { mode: 'min' as never }), /'mode' must be 'sum', 'mean' or 'max'/],
    [() => nn.Embedding.fromPretrained(torch.ones(3)), /'embeddings' must be Tensor of 2 dimensions/],
    [() => new nn.Embedding(3, 2).call(torch.tensor([3])), /index out of range/],
    [() => new nn.ConvTranspose2d(2, 2, 3, { padding: 'same' as never }), /'padding' must be integer or array of 2/],
    [() => new nn.ConvTranspose1d(1, 1, 2).call(torch.ones(1, 1, 3), [9]), /'outputSize' must be from 4 to 4/],
    [() => new nn.Conv1d(0, 1, 2), /'inChannels' must be integer from 1 on/],
    [() => new nn.LazyConv1d(4, 2, { groups: 2 }).call(torch.ones(1, 3, 5)), /3 channels cannot be split into 2/],
    [() => new nn.Bilinear(0, 1, 1), /'in1Features' must be integer from 1 on/],
    [() => new nn.AdaptiveLogSoftmaxWithLoss(4, 9, [5, 3]), /'cutoffs' must be rising array of integers from 1 to 8/],
    [() => new nn.AdaptiveLogSoftmaxWithLoss(4, 9, [5]).call(torch.ones(1, 4), torch.tensor([9])), /from 0 to 8/],
  ])('refuse what does not fit, %#', (call, message) => {
    expect(call).toThrow(message);
  });

  test('optional arguments come by place, by name, or both', () => {
    for (const layer of [
      new nn.Hardtanh(-2, 3, { inplace: true }),
      new nn.Hardtanh({ minVal: -2, maxVal: 3, inplace: true }),
      new nn.Hardtanh(-2, { maxVal: 3, inplace: true }),
    ])
      expect(String(layer)).toBe('Hardtanh(min_val=-2.0, max_val=3.0, inplace=True)');
    expect(String(new nn.ReLU(true))).toBe('ReLU(inplace=True)');
    expect(new nn.Dropout({ p: 0.25 }).p).toBe(0.25);
  });

  test('in place, the input itself changes', () => {
    for (const layer of [new nn.ReLU(true), new nn.ELU({ inplace: true }), new nn.Threshold(0, 0, { inplace: true })]) {
      const x = torch.tensor([-1.5, 2]);
      expect(layer.call(x)).toBe(x);
      expect(x.eq(-1.5).any().item()).toBe(false);
    }
    const x = torch.ones(4, 5);
    expect(new nn.Dropout1d(1, { inplace: true }).call(x)).toBe(x);
    expect(x.sum().item()).toBe(0);
  });

  test('pooling gives a pair only where it is asked for', () => {
    const x = torch.randn(1, 1, 4, 4);
    const pooled: torch.Tensor = new nn.Sequential(
      new nn.MaxPool2d(2, { stride: 1 }),
      new nn.AdaptiveMaxPool2d(2),
      new nn.FractionalMaxPool2d(1, { outputSize: 1 }),
    ).call(x);
    expect(pooled.shape).toEqual([1, 1, 1, 1]);
    const [values, indices] = new nn.MaxPool2d(2, { returnIndices: true }).call(x);
    expect(values.flatten().equal(x.flatten().gather(0, indices.flatten()))).toBe(true);
  });

  test('drawn tables may be given, and stay as they are unless they are to learn', () => {
    const table = torch.eye(3);
    const frozen = nn.Embedding.fromPretrained(table);
    expect([frozen.weight.requiresGrad, frozen.numEmbeddings]).toEqual([false, 3]);
    expect(nn.EmbeddingBag.fromPretrained(table, { freeze: false, mode: 'sum' }).weight.requiresGrad).toBe(true);
    table.fill_(2);
    expect(frozen.call(torch.tensor(0)).tolist()).toEqual([2, 2, 2]);
  });

  test('SyncBatchNorm takes the place of batch norm, with its parameters', () => {
    const model = new nn.Sequential(new nn.BatchNorm2d(2), new nn.Sequential(new nn.BatchNorm1d(3)));
    const state = model.stateDict();
    const weight = (model.at(0) as torch.nn.BatchNorm2d).weight;
    const converted = nn.SyncBatchNorm.convertSyncBatchnorm(model);
    expect(converted.at(0)).toBeInstanceOf(nn.SyncBatchNorm);
    expect((converted.at(0) as torch.nn.SyncBatchNorm).weight).toBe(weight);
    expect(Object.keys(converted.stateDict())).toEqual(Object.keys(state));
    expect(nn.SyncBatchNorm.convertSyncBatchnorm(new nn.BatchNorm1d(2))).toBeInstanceOf(nn.SyncBatchNorm);
  });

  test('an adaptive softmax adds up to one, and its loss is that of its log-probabilities', () => {
    const layer = new nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10]);
    const x = torch.randn(5, 8);
    const target = torch.tensor([0, 3, 4, 10, 19]);
    const all = layer.logProb(x);
    expect(all.exp().sum(1).allclose(torch.ones(5))).toBe(true);
    const { output, loss } = layer.call(x, target);
    expect(output.allclose(all.gather(1, target.unsqueeze(1)).squeeze(1), { atol: 1e-6 })).toBe(true);
    expect(loss.item()).toBeCloseTo(-(output.mean().item() as number), 5);
    expect(layer.predict(x).equal(all.argmax(1))).toBe(true);
  });
});

describe('lazy modules', () => {
  test('learn with an optimizer that was made before the first call', () => {
    const model = new nn.Sequential(new nn.LazyLinear(3), new nn.ReLU(), new nn.LazyLinear(1));
    const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.1 });
    torch.scope(() => model.call(torch.ones(2, 4)));
    expect(model.at(0)!.constructor).toBe(nn.Linear);
    const bias = [...model.parameters()].at(-1)!;
    const before = bias.detach().clone();
    model.call(torch.ones(2, 4)).sum().backward();
    optimizer.step();
    expect(bias.equal(before)).toBe(false);
  });

  test('take their sizes from a state dict', () => {
    const build = (lazy: boolean): torch.nn.Sequential =>
      lazy
        ? new nn.Sequential(
            new nn.LazyConv2d(4, 3, { groups: 2 }),
            new nn.LazyBatchNorm2d(),
            new nn.LazyConvTranspose2d(3, 2),
            new nn.LazyInstanceNorm2d({ affine: true }),
          )
        : new nn.Sequential(
            new nn.Conv2d(2, 4, 3, { groups: 2 }),
            new nn.BatchNorm2d(4),
            new nn.ConvTranspose2d(4, 3, 2),
            new nn.InstanceNorm2d(3, { affine: true }),
          );
    const [plain, lazy] = [build(false).eval(), build(true).eval()];
    expect(String(lazy)).toContain('LazyConv2d(0, 4');
    lazy.loadStateDict(plain.stateDict());
    expect(String(lazy)).toBe(String(plain));
    const x = torch.randn(2, 2, 5, 5);
    expect(lazy.call(x).equal(plain.call(x))).toBe(true);
  });

  test('keep the dtype that they were made with, or moved to', () => {
    const layer = new nn.LazyLinear(2).double();
    layer.call(torch.ones(1, 3, { dtype: 'float64' }));
    expect([layer.weight.dtype, layer.weight.shape]).toEqual(['float64', [2, 3]]);
    const norm = new nn.LazyBatchNorm1d({ dtype: 'float64' });
    norm.call(torch.randn(4, 3, { dtype: 'float64' }));
    expect(norm.running_mean!.dtype).toBe('float64');
  });
});
