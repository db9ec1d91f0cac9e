import { fn, op } from '../op.js';
import type { LikeOptions, OutOptions, Scalar, Size, SizesThen, TensorOptions } from '../../shape.js';
import type { MemoryFormat } from '../../device.js';
import type { Dtype } from '../../dtype.js';
import type { Tensor } from '../../tensor.js';

/** What {@link arange} takes by name. */
export interface ArangeOptions extends TensorOptions {
  step?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The numbers from `start` to before `end`, `step` apart.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arange.html
 * @example
 * torch.arange(1, 6, 2) // tensor([1, 3, 5])
 */
export const arange =
  fn<
    [
      (end: Scalar, options?: ArangeOptions) => Tensor,
      (start: Scalar, end: Scalar, step?: Scalar | ArangeOptions, options?: ArangeOptions) => Tensor,
    ]
  >('aten::arange');

/**
 * The Bartlett (triangular) window.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bartlett_window.html
 * @example
 * torch.bartlettWindow(4) // tensor([0.0000, 0.5000, 1.0000, 0.5000])
 */
export const bartlettWindow =
  fn<
    [
      (windowLength: number, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, options?: TensorOptions) => Tensor,
    ]
  >('aten::bartlett_window');

/**
 * The Blackman window.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.blackman_window.html
 * @example
 * torch.blackmanWindow(4).shape // [ 4 ]
 */
export const blackmanWindow =
  fn<
    [
      (windowLength: number, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, options?: TensorOptions) => Tensor,
    ]
  >('aten::blackman_window');

/**
 * Whether a dtype may become another one by type promotion.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.can_cast.html
 * @example
 * torch.canCast('int32', 'float32') // true
 */
export const canCast = fn<(from_: Dtype, to: Dtype) => boolean>('aten::can_cast');

/** What {@link clone} takes by name. */
export interface CloneOptions {
  /** The order of dimensions in memory. */
  memoryFormat?: MemoryFormat | null;
}

/**
 * A copy that the graph knows.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.clone.html
 * @example
 * torch.tensor([1, 2]).clone() // tensor([1, 2])
 */
export const clone = op<(input: Tensor, options?: CloneOptions) => Tensor>('aten::clone');

/**
 * A complex tensor of real and imaginary parts.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.complex.html
 * @example
 * torch.complex(torch.tensor([1.5]), torch.tensor([2.5])) // tensor([1.5000+2.5000j])
 */
export const complex = fn<(real: Tensor, imag: Tensor, options?: OutOptions) => Tensor>('aten::complex');

/** What {@link copy} takes by name. */
export interface CopyOptions {
  /** Whether the copy may run beside other work. */
  nonBlocking?: boolean;
}

/**
 * `src`, converted to the input's shape, dtype and device.
 *
 * @example
 * torch.copy(torch.zeros(2), torch.ones(2)) // tensor([1., 1.])
 */
export const copy =
  fn<(input: Tensor, src: Tensor, nonBlocking?: boolean | CopyOptions, options?: CopyOptions) => Tensor>('aten::copy');

/** What {@link empty} takes by name. */
export interface EmptyOptions extends LikeOptions {
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * A tensor whose elements are whatever the memory held.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.empty.html
 * @example
 * torch.empty(2, 3).shape // [ 2, 3 ]
 */
export const empty = fn<(...size: SizesThen<EmptyOptions>) => Tensor>('aten::empty');

/**
 * As {@link empty}, of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.empty_like.html
 * @example
 * torch.emptyLike(torch.zeros(2, 3)).shape // [ 2, 3 ]
 */
export const emptyLike = fn<(input: Tensor, options?: LikeOptions) => Tensor>('aten::empty_like');

/**
 * As {@link empty}, laid out in memory in the order of dimensions that `physicalLayout` gives.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.empty_permuted.html
 * @example
 * torch.emptyPermuted([2, 3], [1, 0]).stride() // [ 1, 2 ]
 */
export const emptyPermuted =
  fn<(size: Size, physicalLayout: Size, options?: TensorOptions) => Tensor>('aten::empty_permuted');

/**
 * An uninitialised quantized tensor with the parameters of `qtensor`.
 *
 * @example
 * torch.emptyQuantized([2], torch.quantizePerTensor(torch.ones(2), 0.5, 0, 'quint8')).shape // [ 2 ]
 */
export const emptyQuantized =
  fn<(size: Size, qtensor: Tensor, options?: LikeOptions) => Tensor>('aten::empty_quantized');

/**
 * As {@link empty}, with the strides given.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.empty_strided.html
 * @example
 * torch.emptyStrided([2, 3], [1, 2]).stride() // [ 1, 2 ]
 */
export const emptyStrided = fn<(size: Size, stride: Size, options?: TensorOptions) => Tensor>('aten::empty_strided');

/** What {@link eye} takes by name. */
export interface EyeOptions extends TensorOptions {
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The identity matrix, of `n` rows and `m` columns.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.eye.html
 * @example
 * torch.eye(2) // tensor([[1., 0.], [0., 1.]])
 */
export const eye =
  fn<[(n: number, options?: EyeOptions) => Tensor, (n: number, m: number, options?: EyeOptions) => Tensor]>(
    'aten::eye',
  );

/**
 * A copy of the input in which every element is `value`.
 *
 * @example
 * torch.fill(torch.zeros(2), 5) // tensor([5., 5.])
 */
export const fill = fn<(input: Tensor, value: Scalar | Tensor) => Tensor>('aten::fill');

/** What {@link fromFile} takes by name. */
export interface FromFileOptions extends TensorOptions {
  shared?: boolean | null;
  /** The sizes. */
  size?: number | null;
}

/**
 * A tensor in the memory of a file that is mapped.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.from_file.html
 */
export const fromFile =
  fn<
    (
      filename: string,
      shared?: boolean | null | FromFileOptions,
      size?: number | null | FromFileOptions,
      options?: FromFileOptions,
    ) => Tensor
  >('aten::from_file');

/** What {@link full} takes by name. */
export interface FullOptions extends TensorOptions {
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * A tensor in which every element is `fillValue`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.full.html
 * @example
 * torch.full([2], 7) // tensor([7, 7])
 */
export const full = fn<(size: Size, fillValue: Scalar, options?: FullOptions) => Tensor>('aten::full');

/**
 * As {@link full}, of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.full_like.html
 * @example
 * torch.fullLike(torch.zeros(2), 7) // tensor([7., 7.])
 */
export const fullLike = fn<(input: Tensor, fillValue: Scalar, options?: LikeOptions) => Tensor>('aten::full_like');

/**
 * The Hamming window.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hamming_window.html
 * @example
 * torch.hammingWindow(4).shape // [ 4 ]
 */
export const hammingWindow =
  fn<
    [
      (windowLength: number, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, alpha: number, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, alpha: number, beta: number, options?: TensorOptions) => Tensor,
    ]
  >('aten::hamming_window');

/**
 * The Hann window: `sin^2(pi n / (N - 1))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hann_window.html
 * @example
 * torch.hannWindow(4) // tensor([0.0000, 0.5000, 1.0000, 0.5000])
 */
export const hannWindow =
  fn<
    [
      (windowLength: number, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, options?: TensorOptions) => Tensor,
    ]
  >('aten::hann_window');

/**
 * The Kaiser window.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.kaiser_window.html
 * @example
 * torch.kaiserWindow(4).shape // [ 4 ]
 */
export const kaiserWindow =
  fn<
    [
      (windowLength: number, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, options?: TensorOptions) => Tensor,
      (windowLength: number, periodic: boolean, beta: number, options?: TensorOptions) => Tensor,
    ]
  >('aten::kaiser_window');

/**
 * Brings a tensor into the function transform that is active; the input itself outside of one.
 *
 * @example
 * torch.lift(torch.ones(1)) // tensor([1.])
 */
export const lift = fn<(input: Tensor) => Tensor>('aten::lift');

/**
 * As {@link lift}, for a tensor that nothing else refers to.
 *
 * @example
 * torch.liftFresh(torch.ones(1)) // tensor([1.])
 */
export const liftFresh = fn<(input: Tensor) => Tensor>('aten::lift_fresh');

/**
 * As {@link liftFresh}, and always a copy.
 *
 * @example
 * torch.liftFreshCopy(torch.ones(1)) // tensor([1.])
 */
export const liftFreshCopy = fn<(input: Tensor) => Tensor>('aten::lift_fresh_copy');

/** What {@link linspace} takes by name. */
export interface LinspaceOptions extends TensorOptions {
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `steps` numbers from `start` to `end`, evenly spread, both ends included.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linspace.html
 * @example
 * torch.linspace(0, 1, 3) // tensor([0.0000, 0.5000, 1.0000])
 */
export const linspace =
  fn<
    [
      (start: Scalar | Tensor, end: Scalar, steps: number, options?: LinspaceOptions) => Tensor,
      (start: Tensor | Scalar, end: Tensor, steps: number, options?: LinspaceOptions) => Tensor,
    ]
  >('aten::linspace');
