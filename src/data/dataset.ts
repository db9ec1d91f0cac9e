import { FlambeauError } from '../errors.js';
import { randperm } from '../ops/random/index.js';
import type { Generator } from '../generator.js';
import type { Tensor } from '../tensor.js';

/** Samples by index. */
export interface Dataset<T> {
  /** The number of samples. */
  readonly length: number;
  /** A sample. */
  get(index: number): T | Promise<T>;
  /** Several samples at once, ready as a batch: a shortcut where the data is one tensor already. */
  getBatch?(indices: number[]): unknown;
}

/**
 * Samples along the first dimension of tensors.
 *
 * @see https://docs.pytorch.org/docs/2.13/data.html#torch.utils.data.TensorDataset
 * @example
 * const set = new data.TensorDataset(torch.arange(6).view(3, 2), torch.tensor([0, 1, 0]))
 * set.length // 3
 * set.get(1) // [ tensor([2, 3]), tensor(1) ]
 */
export class TensorDataset implements Dataset<Tensor[]> {
  /** The tensors, of one length. */
  readonly tensors: readonly Tensor[];
  readonly length: number;

  constructor(...tensors: Tensor[]) {
    const [first] = tensors;
    if (!first) throw new FlambeauError('INVALID_ARGUMENT', 'TensorDataset(): at least one tensor is needed');
    this.length = first.size(0);
    for (const tensor of tensors) {
      if (tensor.size(0) !== this.length) {
        throw new FlambeauError(
          'INVALID_VALUE',
          `TensorDataset(): tensors must be of one length, but there are ${this.length} and ${tensor.size(0)}`,
        );
      }
    }
    this.tensors = tensors;
  }

  /**
   * A sample: a slice of each tensor.
   *
   * @example
   * new data.TensorDataset(torch.arange(6).view(3, 2)).get(1) // [ tensor([2, 3]) ]
   */
  get(index: number): Tensor[] {
    return this.tensors.map((tensor) => tensor.at(index));
  }

  /**
   * Several samples at once: one tensor for each that the set holds.
   *
   * @example
   * new data.TensorDataset(torch.arange(4)).getBatch([3, 0]) // [ tensor([3, 0]) ]
   */
  getBatch(indices: number[]): Tensor[] {
    return this.tensors.map((tensor) => tensor.at(indices));
  }
}

/**
 * Some of the samples of another data set.
 *
 * @example
 * const set = new data.TensorDataset(torch.arange(4))
 * new data.Subset(set, [3, 1]).get(0) // [ tensor(3) ]
 */
export class Subset<T> implements Dataset<T> {
  constructor(
    /** Where the samples come from. */
    readonly dataset: Dataset<T>,
    /** Which of its samples. */
    readonly indices: readonly number[],
  ) {}

  get length(): number {
    return this.indices.length;
  }

  /**
   * A sample.
   *
   * @throws when there are not so many
   * @example
   * const set = new data.TensorDataset(torch.arange(4))
   * new data.Subset(set, [2]).get(0) // [ tensor(2) ]
   */
  get(index: number): T | Promise<T> {
    const at = this.indices[index];
    if (at === undefined)
      throw new FlambeauError('INDEX_OUT_OF_RANGE', `Subset: index ${index} of ${this.length} samples`);
    return this.dataset.get(at);
  }
}

/**
 * Splits a data set into parts that share no sample.
 *
 * @param lengths - the sizes of the parts; together all samples
 * @param generator - the source of the random order
 * @see https://docs.pytorch.org/docs/2.13/data.html#torch.utils.data.random_split
 * @example
 * const set = new data.TensorDataset(torch.arange(10))
 * data.randomSplit(set, [7, 3]).map((part) => part.length) // [ 7, 3 ]
 */
export function randomSplit<T>(dataset: Dataset<T>, lengths: readonly number[], generator?: Generator): Subset<T>[] {
  const total = lengths.reduce((a, b) => a + b, 0);
  if (total !== dataset.length)
    throw new FlambeauError(
      'INVALID_VALUE',
      `randomSplit(): the parts have ${total} samples, the data set ${dataset.length}`,
    );
  const order = randperm(dataset.length, { generator }).tolist<number[]>();
  let start = 0;
  return lengths.map((length) => new Subset(dataset, order.slice(start, (start += length))));
}
