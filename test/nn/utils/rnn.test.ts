import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';

const { packPaddedSequence, packSequence, padPackedSequence, padSequence, unpackSequence, unpadSequence } =
  torch.nn.utils.rnn;
const { PackedSequence } = torch.nn.utils.rnn;

describe('nn.utils.rnn', () => {
  test('lengths that rise, are not positive or too long are refused', () => {
    const padded = torch.ones(3, 2, 1);
    expect(() => packPaddedSequence(padded, [1, 3])).toThrow(/sorted in decreasing order/);
    expect(() => packPaddedSequence(padded, [3, 0])).toThrow(/greater than 0/);
    expect(() => packPaddedSequence(padded, [3])).toThrow(/lengths|batch_size/);
    expect(() => packPaddedSequence(padded, 'x' as never)).toThrow(/'lengths' must be Tensor or array of integers/);
    const packed = packPaddedSequence(padded, [3, 1]);
    expect(() => padPackedSequence(packed, { totalLength: 2 })).toThrow(/at least the longest length, 3, not 2/);
    expect(() => padPackedSequence(padded as never)).toThrow(/'sequence' must be PackedSequence, not Tensor/);
    expect(() => unpadSequence(padded, [1])).toThrow(/'lengths' must be 2 integers/);
    expect(() => packSequence(torch.ones(2) as never)).toThrow(/'sequences' must be array of Tensors/);
  });

  test('what is packed comes back, sorted or not', () => {
    const sequences = [torch.randn(2, 3), torch.randn(4, 3), torch.randn(1, 3)];
    const packed = packSequence(sequences, { enforceSorted: false });
    expect(packed.batchSizes.tolist()).toEqual([3, 2, 1, 1]);
    expect(packed.sortedIndices!.tolist()).toEqual([1, 0, 2]);
    unpackSequence(packed).forEach((sequence, i) => expect(sequence.equal(sequences[i]!)).toBe(true));
    const [padded, lengths] = padPackedSequence(packed, { batchFirst: true, totalLength: 6, paddingValue: 9 });
    expect(padded.shape).toEqual([3, 6, 3]);
    expect(lengths.tolist()).toEqual([2, 4, 1]);
    expect(padded.at(0, 2, 0).item()).toBe(9);
    const again = padSequence(sequences, { batchFirst: true });
    unpadSequence(again, lengths, { batchFirst: true }).forEach((s, i) => expect(s.equal(sequences[i]!)).toBe(true));
  });

  test('gradients go through packing to what was given alone', () => {
    const x = torch.ones(3, 2, 1, { requiresGrad: true });
    packPaddedSequence(x, [3, 1]).data.sum().backward();
    expect(x.grad!.view(3, 2).tolist()).toEqual([[1, 1], [1, 0], [1, 0]]); // prettier-ignore
  });

  test('conversion keeps batch sizes, and the thing itself where nothing changes', () => {
    const packed = packSequence([torch.ones(2), torch.ones(1)]);
    expect(packed.to('float32')).toBe(packed);
    expect(packed.double().data.dtype).toBe('float64');
    expect(packed.double().batchSizes).toBe(packed.batchSizes);
    const scoped = torch.scope(() => packSequence([torch.ones(2)]));
    expect(scoped.data.tolist()).toEqual([1, 1]);
    expect(new PackedSequence(torch.ones(1), torch.tensor([1])).unsortedIndices).toBeNull();
  });
});
