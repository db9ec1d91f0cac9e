/**
 * `torch.nn.utils.rnn`: sequences of different lengths, padded or packed.
 *
 * @packageDocumentation
 */
import type { Device } from '../../device.js';
import type { Dtype } from '../../dtype.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { invoke, Operator } from '../../ops/call.js';
import { arange } from '../../ops/creation/index.js';
import { Tensor, tensor, type ToOptions } from '../../tensor.js';
import { slice } from '../../tensor/index.js';
import { padSequence } from '../functional/index.js';

export { padSequence };

const pack = new Operator('aten::_pack_padded_sequence', true);
const padPacked = new Operator('aten::_pad_packed_sequence', true);

/**
 * The permutation that undoes another one; null for null.
 *
 * @example
 * nn.utils.rnn.invertPermutation(torch.tensor([2, 0, 1])) // tensor([1, 2, 0])
 */
export function invertPermutation(permutation: Tensor): Tensor;
export function invertPermutation(permutation: Tensor | null): Tensor | null;
export function invertPermutation(permutation: Tensor | null): Tensor | null {
  if (permutation === null) return null;
  const places = arange(permutation.numel(), { device: permutation.device });
  return permutation.clone().scatter_(0, permutation, places);
}

/**
 * Sequences of different lengths without padding: the first elements of all, then the second of those that have one, and
 * so on. {@link packPaddedSequence} and {@link packSequence} make it; recurrent layers take it.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.rnn.PackedSequence.html
 * @example
 * const packed = nn.utils.rnn.packSequence([torch.tensor([1, 2, 3]), torch.tensor([4, 5])])
 * packed.data // tensor([1, 4, 2, 5, 3])
 * packed.batchSizes // tensor([2, 2, 1])
 */
export class PackedSequence implements Iterable<Tensor | null> {
  /** How each sequence is found again after sorting; null where nothing was sorted. */
  readonly unsortedIndices: Tensor | null;

  constructor(
    /** The elements, `(sum of lengths, *)`. */
    readonly data: Tensor,
    /** How many sequences reach each step: int64, on the CPU. */
    readonly batchSizes: Tensor,
    /** Which sequence stands at each place, sorted by falling length; null where nothing was sorted. */
    readonly sortedIndices: Tensor | null = null,
    unsortedIndices: Tensor | null = null,
  ) {
    if (!(data instanceof Tensor)) throw wrongArgument('PackedSequence', 'data', 'Tensor', data);
    if (!(batchSizes instanceof Tensor)) throw wrongArgument('PackedSequence', 'batchSizes', 'Tensor', batchSizes);
    if (batchSizes.device !== 'cpu') {
      throw new FlambeauError(
        'INVALID_VALUE',
        `PackedSequence(): argument 'batchSizes' must be on the CPU, not ${batchSizes.device}`,
      );
    }
    this.unsortedIndices = unsortedIndices ?? invertPermutation(sortedIndices);
  }

  /**
   * Its parts, as Python unpacks them.
   *
   * @example
   * const [data, batchSizes] = nn.utils.rnn.packSequence([torch.tensor([1, 2])])
   * batchSizes // tensor([1, 1])
   */
  *[Symbol.iterator](): Iterator<Tensor | null> {
    yield* [this.data, this.batchSizes, this.sortedIndices, this.unsortedIndices];
  }

  private map(change: (tensor: Tensor) => Tensor, changeIndices = change): PackedSequence {
    const data = change(this.data);
    if (data === this.data) return this;
    const indices = (value: Tensor | null): Tensor | null => (value === null ? null : changeIndices(value));
    return new PackedSequence(data, this.batchSizes, indices(this.sortedIndices), indices(this.unsortedIndices));
  }

  /**
   * The same with its data of another dtype or on another device; itself where nothing changes. `batchSizes` stay.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.rnn.PackedSequence.html#torch.nn.utils.rnn.PackedSequence.to
   * @example
   * nn.utils.rnn.packSequence([torch.ones(2)]).to('float64').data.dtype // 'float64'
   */
  to(target: Dtype | Device | ToOptions, options?: ToOptions): PackedSequence {
    const data = this.data.to(target, options);
    return this.map(
      () => data,
      (indices) => indices.to(data.device as Device),
    );
  }

  /**
   * {@link to} a GPU.
   *
   * @example
   * if (torch.cuda.isAvailable()) nn.utils.rnn.packSequence([torch.ones(2)]).cuda()
   */
  cuda(index?: number): PackedSequence {
    return this.to(index === undefined ? 'cuda' : `cuda:${index}`);
  }

  /**
   * {@link to} the CPU.
   *
   * @example
   * nn.utils.rnn.packSequence([torch.ones(2)]).cpu().isCuda // false
   */
  cpu(): PackedSequence {
    return this.to('cpu');
  }

  /**
   * {@link to} float32.
   *
   * @example
   * nn.utils.rnn.packSequence([torch.tensor([1, 2])]).float().data // tensor([1., 2.])
   */
  float(): PackedSequence {
    return this.to('float32');
  }

  /**
   * {@link to} float64.
   *
   * @example
   * nn.utils.rnn.packSequence([torch.ones(2)]).double().data.dtype // 'float64'
   */
  double(): PackedSequence {
    return this.to('float64');
  }

  /**
   * {@link to} float16.
   *
   * @example
   * nn.utils.rnn.packSequence([torch.ones(2)]).half().data.dtype // 'float16'
   */
  half(): PackedSequence {
    return this.to('float16');
  }

  /**
   * The same in page-locked memory, from which GPUs copy faster.
   *
   * @example
   * if (torch.cuda.isAvailable()) nn.utils.rnn.packSequence([torch.ones(2)]).pinMemory()
   */
  pinMemory(): PackedSequence {
    return this.map((tensor) => tensor.pinMemory());
  }

  /** Whether the data is on a GPU. */
  get isCuda(): boolean {
    return this.data.device.startsWith('cuda');
  }
}

/** Options of {@link packPaddedSequence}. */
export interface PackPaddedSequenceOptions {
  /** Whether the input is `(B, T, *)` rather than `(T, B, *)`. */
  batchFirst?: boolean;
  /** Whether the sequences must come by falling length; they are sorted here otherwise. True unless given. */
  enforceSorted?: boolean;
}

/**
 * Packs padded sequences.
 *
 * @param input - `(T, B, *)`, `T` the longest length; `(B, T, *)` with `batchFirst`
 * @param lengths - of each sequence; a tensor must be on the CPU
 * @throws when a length is not positive, or they do not fall and `enforceSorted` is not false
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.rnn.pack_padded_sequence.html
 * @example
 * const padded = torch.tensor([[1, 2, 0], [3, 4, 5]])
 * nn.utils.rnn.packPaddedSequence(padded, [2, 3], { batchFirst: true, enforceSorted: false }).data // tensor([3, 1, 4, 2, 5])
 */
export function packPaddedSequence(
  input: Tensor,
  lengths: Tensor | readonly number[],
  { batchFirst = false, enforceSorted = true }: PackPaddedSequenceOptions = {},
): PackedSequence {
  if (!(input instanceof Tensor)) throw wrongArgument('packPaddedSequence', 'input', 'Tensor', input);
  if (!(lengths instanceof Tensor) && !Array.isArray(lengths))
    throw wrongArgument('packPaddedSequence', 'lengths', 'Tensor or array of integers', lengths);
  let sizes = lengths instanceof Tensor ? lengths.to('int64') : tensor(lengths as number[], { dtype: 'int64' });
  let padded = input;
  let sortedIndices: Tensor | null = null;
  if (!enforceSorted) {
    const sorted = sizes.sort({ descending: true });
    sizes = sorted.values;
    sortedIndices = sorted.indices.to(input.device as Device);
    padded = input.indexSelect(batchFirst ? 0 : 1, sortedIndices);
  }
  const [data, batchSizes] = invoke(pack, [padded, sizes, batchFirst]) as [Tensor, Tensor];
  return new PackedSequence(data, batchSizes, sortedIndices);
}

/** Options of {@link padPackedSequence}. */
export interface PadPackedSequenceOptions {
  /** Whether the output is `(B, T, *)` rather than `(T, B, *)`. */
  batchFirst?: boolean;
  /** What stands behind the end of each sequence; 0 unless given. */
  paddingValue?: number;
  /** The length of the output; that of the longest sequence unless given. */
  totalLength?: number | null;
}

/**
 * Undoes {@link packPaddedSequence}.
 *
 * @returns the padded sequences, and their lengths on the CPU
 * @throws when `totalLength` is less than the longest length
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.rnn.pad_packed_sequence.html
 * @example
 * const packed = nn.utils.rnn.packSequence([torch.tensor([1, 2, 3]), torch.tensor([4])])
 * const [padded, lengths] = nn.utils.rnn.padPackedSequence(packed, { batchFirst: true })
 * padded // tensor([[1, 2, 3], [4, 0, 0]])
 * lengths // tensor([3, 1])
 */
export function padPackedSequence(
  sequence: PackedSequence,
  { batchFirst = false, paddingValue = 0, totalLength = null }: PadPackedSequenceOptions = {},
): [Tensor, Tensor] {
  if (!(sequence instanceof PackedSequence))
    throw wrongArgument('padPackedSequence', 'sequence', 'PackedSequence', sequence);
  const longest = sequence.batchSizes.shape[0]!;
  if (totalLength !== null && totalLength < longest) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `padPackedSequence(): argument 'totalLength' must be at least the longest length, ${longest}, not ${totalLength}`,
    );
  }
  const { data, batchSizes, unsortedIndices } = sequence;
  const args = [data, batchSizes, batchFirst, paddingValue, totalLength ?? longest];
  const [padded, lengths] = invoke(padPacked, args) as [Tensor, Tensor];
  if (unsortedIndices === null) return [padded, lengths];
  return [padded.indexSelect(batchFirst ? 0 : 1, unsortedIndices), lengths.at(unsortedIndices.cpu())];
}

/**
 * Padded sequences as a list, each of its own length: undoes {@link padSequence}.
 *
 * @param lengths - of each sequence
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.rnn.unpad_sequence.html
 * @example
 * const padded = torch.tensor([[1, 2, 3], [4, 0, 0]])
 * nn.utils.rnn.unpadSequence(padded, [3, 1], { batchFirst: true }) // [ tensor([1, 2, 3]), tensor([4]) ]
 */
export function unpadSequence(
  paddedSequences: Tensor,
  lengths: Tensor | readonly number[],
  { batchFirst = false }: { batchFirst?: boolean } = {},
): Tensor[] {
  if (!(paddedSequences instanceof Tensor))
    throw wrongArgument('unpadSequence', 'paddedSequences', 'Tensor', paddedSequences);
  const sizes = lengths instanceof Tensor ? lengths.tolist<number[]>() : lengths;
  const rows = batchFirst ? paddedSequences : paddedSequences.transpose(0, 1);
  if (!Array.isArray(sizes) || sizes.length !== rows.shape[0])
    throw wrongArgument('unpadSequence', 'lengths', `${rows.shape[0]} integers`, lengths);
  return sizes.map((length: number, i) => rows.at(i, slice(0, length)));
}

/**
 * Packs sequences of different lengths.
 *
 * @param sequences - `(L, *)` each
 * @throws when they do not come by falling length and `enforceSorted` is not false
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.rnn.pack_sequence.html
 * @example
 * nn.utils.rnn.packSequence([torch.tensor([1]), torch.tensor([2, 3])], { enforceSorted: false }).data // tensor([2, 1, 3])
 */
export function packSequence(
  sequences: readonly Tensor[],
  { enforceSorted = true }: { enforceSorted?: boolean } = {},
): PackedSequence {
  if (!Array.isArray(sequences) || !sequences.every((sequence) => sequence instanceof Tensor))
    throw wrongArgument('packSequence', 'sequences', 'array of Tensors', sequences);
  const lengths = (sequences as readonly Tensor[]).map(({ shape }) => shape[0] ?? 0);
  return packPaddedSequence(padSequence(sequences as readonly Tensor[]), lengths, { enforceSorted });
}

/**
 * Undoes {@link packSequence}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.rnn.unpack_sequence.html
 * @example
 * const packed = nn.utils.rnn.packSequence([torch.tensor([1, 2]), torch.tensor([3])])
 * nn.utils.rnn.unpackSequence(packed) // [ tensor([1, 2]), tensor([3]) ]
 */
export function unpackSequence(packedSequences: PackedSequence): Tensor[] {
  const [padded, lengths] = padPackedSequence(packedSequences, { batchFirst: true });
  return unpadSequence(padded, lengths, { batchFirst: true });
}
