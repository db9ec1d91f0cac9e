import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';
import { decode, expectRecorded, scored, type Recorded } from './records.js';

const F = torch.nn.functional;
const rows = JSON.parse(readFileSync('test/nn/functional.json', 'utf8')) as {
  name: string;
  args: unknown[];
  seed?: number;
  output: unknown;
  grad?: Recorded;
}[];

describe('nn.functional', () => {
  const x = torch.ones(1, 2, 4, 4);

  test.each([
    [() => F.mseLoss(x, x, { reduction: 'men' as never }), /mseLoss\(\): argument 'reduction' must be 'none', 'mean'/],
    [() => F.l1Loss(x, x, { weight: torch.ones(2) }), /'weight' must have shape \[1, 2, 4, 4\], not \[2\]/],
    [() => F.binaryCrossEntropy(torch.ones(2), torch.ones(3)), /'target' must have the input's shape \[2\], not \[3\]/],
    [() => F.gaussianNllLoss(x, x, torch.ones(7)), /'variance' has shape \[7\], which does not fit/],
    [() => F.gaussianNllLoss(x, x, -1), /'variance' must be number from 0 on/],
    [() => F.smoothL1Loss(x, x, { beta: -1 }), /'beta' must be number from 0 on/],
    [() => F.tripletMarginLoss(x, x, x, { margin: 0 }), /'margin' must be number above 0/],
    [() => F.multiMarginLoss(x, x, { p: 3 as never }), /'p' must be 1 or 2/],
    [() => F.dropout(x, 2), /dropout\(\): argument 'p' must be number from 0 to 1/],
    [() => F.dropout1d(x, 0.5), /dropout1d\(\): argument 'input' must have 2 or 3 dimensions, not 4/],
    [() => F.interpolate(x), /give one of 'size' and 'scaleFactor'/],
    [() => F.interpolate(x, { size: 2, mode: 'linear' }), /the mode 'linear' takes no input of 4 dimensions/],
    [() => F.interpolate(x, { size: 2, alignCorners: true }), /'alignCorners' is not for the mode 'nearest'/],
    [() => F.interpolate(x, { size: 2, mode: 'cubic' as never }), /'mode' must be one of nearest/],
    [() => F.interpolate(x, { size: [2, 2, 2] }), /'size' must be number or array of 2 numbers/],
    [() => F.interpolate(torch.ones(2, 2), { size: 2 }), /must have 3, 4 or 5 dimensions, not 2/],
    [() => F.gridSample(x, x, { mode: 'linear' as never }), /'mode' must be one of bilinear, nearest, bicubic/],
    [() => F.maxUnpool2d(x, x.long(), 2, { outputSize: [20, 8] }), /'outputSize' must be between 6 and 10/],
    [() => F.fractionalMaxPool2d(x, 2, {}), /give one of 'outputSize' and 'outputRatio'/],
    [() => F.instanceNorm(torch.ones(1, 2, 1)), /more than one value per channel and sample/],
    [() => F.localResponseNorm(torch.ones(2, 2), 2), /3 dimensions or more, not 2/],
    [() => F.embedding(torch.tensor([0]), torch.ones(2, 2), { paddingIdx: 2 }), /'paddingIdx' must be integer from -2/],
    [() => F.embeddingBag(torch.tensor([0]), torch.ones(2, 2)), /'offsets' must be a Tensor of 1 dimension/],
    [() => F.gumbelSoftmax(x, { tau: 0 }), /'tau' must be number above 0/],
    [() => F.linearCrossEntropy(x, x, x), /does not fit linearWeight/],
  ])('refuses what does not fit, %#', (call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(torch.FlambeauError);
  });
});

describeDevices('recorded functions', (device) => {
  test.each(rows.map((row, i) => [`${row.name} (${i})`, row] as const))('%s gives what Python gives', (_, row) => {
    if (row.seed !== undefined && device !== 'cpu') return;
    const call = (F as unknown as Record<string, (...args: unknown[]) => torch.Tensor>)[row.name]!;
    const args = row.args.map((arg) =>
      typeof arg === 'object' && arg !== null && !Array.isArray(arg) && !('data' in arg)
        ? Object.fromEntries(Object.entries(arg).map(([k, v]) => [k, decode(v, device)]))
        : decode(arg, device),
    );
    const leaf = args[0] as torch.Tensor;
    if (row.grad) leaf.requiresGrad_();
    if (row.seed !== undefined) torch.manualSeed(row.seed);
    const output = call(...args);
    expectRecorded(output, row.output, row.name);
    if (!row.grad) return;
    scored(output)!.backward();
    expectRecorded(leaf.grad, row.grad, 'gradient', 10);
  });
});
