import { expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';

const { nn } = torch;

describeDevices('batch norm', (device) => {
  test('an input of other dimensions, and one value per channel in training, are refused', () => {
    expect(() => new nn.BatchNorm2d(3, { device }).call(torch.ones(2, 3, { device }))).toThrow(
      /BatchNorm2d\(\): argument 'input' must have 4 dimensions, not 2/,
    );
    expect(() => new nn.BatchNorm1d(3, { device }).call(torch.ones(1, 3, { device }))).toThrow(
      /more than one value per channel in training, not shape \[1, 3\]/,
    );
    expect(() => new nn.BatchNorm1d(-1)).toThrow(/numFeatures/);
  });

  test.each([0.1, null])('statistics follow the batches with momentum %s', (momentum) => {
    torch.manualSeed(0);
    const norm = new nn.BatchNorm2d(3, { momentum, device });
    const batches = [0, 1, 2].map(() => torch.randn(4, 3, 2, 2, { device }).mul(3).add(1));
    let [mean, variance] = [torch.zeros(3, { device }), torch.ones(3, { device })];
    batches.forEach((batch, i) => {
      const factor = momentum ?? 1 / (i + 1);
      const [own, biased, unbiased] = [
        batch.mean([0, 2, 3]),
        batch.var([0, 2, 3], false),
        batch.var([0, 2, 3]),
      ] as const;
      const expected = batch.sub(own.view(1, 3, 1, 1)).div(biased.view(1, 3, 1, 1).add(1e-5).sqrt());
      expect(norm.call(batch).allclose(expected, { atol: 1e-5 })).toBe(true);
      mean = mean.mul(1 - factor).add(own.mul(factor));
      variance = variance.mul(1 - factor).add(unbiased.mul(factor));
    });
    expect(norm.running_mean!.allclose(mean, { atol: 1e-5 })).toBe(true);
    expect(norm.running_var!.allclose(variance, { atol: 1e-5 })).toBe(true);
    expect(norm.num_batches_tracked!.item()).toBe(3);

    norm.eval();
    const expected = batches[0]!.sub(mean.view(1, 3, 1, 1)).div(variance.view(1, 3, 1, 1).add(1e-5).sqrt());
    expect(norm.call(batches[0]!).allclose(expected, { atol: 1e-5 })).toBe(true);
    expect(norm.num_batches_tracked!.item()).toBe(3);
  });

  test('the state has the names and the order of Python', () => {
    const norm = new nn.BatchNorm1d(2, { device });
    expect(Object.keys(norm.stateDict())).toEqual([
      'weight',
      'bias',
      'running_mean',
      'running_var',
      'num_batches_tracked',
    ]);
    expect(Object.keys(new nn.BatchNorm1d(2, { affine: false, trackRunningStats: false }).stateDict())).toEqual([]);
    expect(String(norm)).toBe(
      'BatchNorm1d(2, eps=1e-05, momentum=0.1, affine=True, bias=True, track_running_stats=True)',
    );
    expect(String(new nn.AdaptiveAvgPool2d([1, null]))).toBe('AdaptiveAvgPool2d(output_size=(1, None))');
  });

  test('a captured step moves the statistics in every run', () => {
    const norm = new nn.BatchNorm1d(2, { device });
    const step = torch.capture((x) => norm.call(x).detach(), [torch.randn(4, 2, { device })]);
    step(torch.randn(4, 2, { device }));
    expect(norm.num_batches_tracked!.item()).toBe(2);
    const average = new nn.BatchNorm1d(2, { momentum: null, device });
    expect(() => torch.capture((x) => average.call(x), [torch.randn(4, 2, { device })])).toThrow(/value of a tensor/);
  });
});

test('clipping limits the norm, or each element', () => {
  const [a, b] = [new nn.Parameter(torch.ones(2)), new nn.Parameter(torch.ones(1))];
  a.mul(torch.tensor([2, 3]))
    .sum()
    .add(b.mul(6).sum())
    .backward();
  expect(nn.utils.clipGradNorm_([a, b], 3.5).item()).toBeCloseTo(7, 5);
  expect(nn.utils.getTotalNorm([a.grad!, b.grad!]).item()).toBeCloseTo(3.5, 5);
  expect(nn.utils.clipGradNorm_([a, b], 100, { normType: Infinity }).item()).toBeCloseTo(3, 5);
  nn.utils.clipGradValue_([a, b], 1.25);
  const clipped = [...a.grad!.tolist<number[]>(), b.grad!.item() as number];
  clipped.forEach((value, i) => expect(value).toBeCloseTo([1, 1.25, 1.25][i]!, 5));
  b.grad = torch.tensor([Infinity]);
  expect(() => nn.utils.clipGradNorm_([b], 1, { errorIfNonfinite: true })).toThrow(/norm of the gradients is Infinity/);
  expect(nn.utils.clipGradNorm_([], 1).item()).toBe(0);
  expect(() => nn.utils.clipGradNorm_(3 as never, 1)).toThrow(/'parameters' must be/);
});
