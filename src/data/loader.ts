import { FlambeauError, wrongArgument } from '../errors.js';
import { randperm } from '../ops/random/index.js';
import { stack } from '../ops/shape/index.js';
import { Generator } from '../generator.js';
import { Tensor, tensor } from '../tensor.js';
import { Subset, type Dataset } from './dataset.js';

/** Options of {@link DataLoader}. */
export interface DataLoaderOptions<T, B> {
  /** The number of samples in a batch. */
  batchSize?: number;
  /** Whether the order is drawn anew for each pass. */
  shuffle?: boolean;
  /** Whether a last batch that is not full is left out. */
  dropLast?: boolean;
  /** The seed of the order. */
  seed?: number | bigint;
  /** The source of the order, instead of a seed. */
  generator?: Generator;
  /** Makes a batch of samples; {@link collate} unless given. */
  collate?: (samples: T[]) => B;
}

/**
 * Stacks samples to a batch: tensors along a new first dimension, numbers to a tensor, and the same inside of arrays and
 * objects.
 *
 * @see https://docs.pytorch.org/docs/2.13/data.html#torch.utils.data.default_collate
 * @example
 * data.collate([[torch.zeros(2), 1], [torch.ones(2), 0]]) // [ tensor([[0., 0.], [1., 1.]]), tensor([1, 0]) ]
 */
export function collate(samples: readonly unknown[]): unknown {
  const [first] = samples;
  if (first instanceof Tensor) return stack(samples as Tensor[]);
  if (typeof first === 'number' || typeof first === 'bigint' || typeof first === 'boolean')
    return tensor(samples as number[]);
  if (typeof first === 'string') return samples;
  if (Array.isArray(first)) return first.map((_, i) => collate(samples.map((sample) => (sample as unknown[])[i])));
  if (typeof first === 'object' && first !== null) {
    return Object.fromEntries(
      Object.keys(first).map((key) => [
        key,
        collate(samples.map((sample) => (sample as Record<string, unknown>)[key])),
      ]),
    );
  }
  throw wrongArgument('collate', 'samples', 'tensors, numbers, strings, arrays or objects', first);
}

/**
 * Goes through a data set in batches.
 *
 * @see https://docs.pytorch.org/docs/2.13/data.html#torch.utils.data.DataLoader
 * @example
 * const set = new data.TensorDataset(torch.arange(5))
 * for (const [x] of new data.DataLoader(set, { batchSize: 2 })) x.shape
 * new data.DataLoader(set, { batchSize: 2 }).length // 3
 */
export class DataLoader<T, B = T> implements Iterable<B>, AsyncIterable<B> {
  /** The number of samples in a batch. */
  readonly batchSize: number;
  /** Whether the order is drawn anew for each pass. */
  readonly shuffle: boolean;
  /** Whether a last batch that is not full is left out. */
  readonly dropLast: boolean;
  private readonly generator: Generator | undefined;
  private readonly collate: (samples: T[]) => B;

  constructor(
    /** Where the samples come from. */
    readonly dataset: Dataset<T>,
    options: DataLoaderOptions<T, B> = {},
  ) {
    const { batchSize = 1, shuffle = false, dropLast = false, seed, generator } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1)
      throw wrongArgument('DataLoader', 'batchSize', 'integer from 1 on', batchSize);
    if (typeof dataset?.get !== 'function' || typeof dataset.length !== 'number') {
      throw wrongArgument('DataLoader', 'dataset', 'something with length and get(index)', dataset);
    }
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.dropLast = dropLast;
    this.generator = generator ?? (seed === undefined ? undefined : new Generator().manualSeed(seed));
    this.collate = options.collate ?? (collate as (samples: T[]) => B);
  }

  /** The number of batches. */
  get length(): number {
    const batches = this.dataset.length / this.batchSize;
    return this.dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  private *batches(): Iterable<number[]> {
    const count = this.dataset.length;
    const order = this.shuffle
      ? randperm(count, { generator: this.generator }).tolist<number[]>()
      : Array.from({ length: count }, (_, i) => i);
    for (let i = 0; i < this.length; i++) yield order.slice(i * this.batchSize, (i + 1) * this.batchSize);
  }

  /** A batch in one step where the data set can, through any number of subsets. */
  private direct(indices: number[]): B | undefined {
    let set: Dataset<unknown> = this.dataset;
    let at = indices;
    while (set instanceof Subset) {
      const { indices: inner } = set as Subset<unknown>;
      at = at.map((i) => inner[i]!);
      set = (set as Subset<unknown>).dataset;
    }
    if (this.collate !== (collate as unknown)) return undefined;
    return set.getBatch?.(at) as B | undefined;
  }

  /**
   * The batches, in the order of this pass.
   *
   * @throws when the data set gives promises
   * @example
   * const set = new data.TensorDataset(torch.arange(3))
   * Array.from(new data.DataLoader(set, { batchSize: 2 }), ([x]) => x) // [ tensor([0, 1]), tensor([2]) ]
   */
  *[Symbol.iterator](): Iterator<B> {
    for (const indices of this.batches()) {
      const direct = this.direct(indices);
      if (direct !== undefined) {
        yield direct;
        continue;
      }
      const samples = indices.map((index) => this.dataset.get(index));
      if (samples.some((sample) => sample instanceof Promise)) {
        throw new FlambeauError(
          'INVALID_VALUE',
          'DataLoader: the data set is asynchronous; go through it by `for await`',
        );
      }
      yield this.collate(samples as T[]);
    }
  }

  /**
   * The batches of a data set that may give promises.
   *
   * @example
   * const squares = { length: 3, get: async (index) => index * index }
   * const batches = []
   * for await (const batch of new data.DataLoader(squares, { batchSize: 2 })) batches.push(batch)
   * batches // [ tensor([0, 1]), tensor([4]) ]
   */
  async *[Symbol.asyncIterator](): AsyncIterator<B> {
    for (const indices of this.batches()) {
      const direct = this.direct(indices);
      yield direct ?? this.collate(await Promise.all(indices.map((index) => this.dataset.get(index))));
    }
  }
}
