import { fn } from '../op.js';
import type { LikeOptions, Scalar, Size, SizesThen, TensorOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What the functions take that make a tensor of given sizes. */
export interface FactoryOptions extends TensorOptions {
  /** A tensor to write the result to; it is resized, and its dtype and device hold. */
  out?: Tensor;
}

/** What {@link empty} takes by name. */
export interface EmptyOptions extends LikeOptions {
  /** A tensor to give the sizes to; its dtype and device hold. */
  out?: Tensor;
}

/** What {@link fromFile} takes by name. */
export interface FromFileOptions extends TensorOptions {
  /** Whether writes to the tensor reach the file, which is made if there is none. `false` unless given. */
  shared?: boolean | null;
  /** The number of elements to map. 0 unless given. */
  size?: number | null;
}

type Factory = (...size: SizesThen<FactoryOptions>) => Tensor;
type Like = (input: Tensor, options?: LikeOptions) => Tensor;

/**
 * A tensor whose elements are whatever the memory held: for results that are about to be written.
 *
 * @param size - the sizes, spread or as an array
 * @throws when a size is negative
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.empty.html
 * @example
 * torch.empty(2, 3).shape // [ 2, 3 ]
 * torch.empty([4, 0], { dtype: 'int64' }) // tensor([], size=(4, 0), dtype=torch.int64)
 */
export const empty = fn<(...size: SizesThen<EmptyOptions>) => Tensor>('aten::empty');

/**
 * A tensor that is not filled, with the shape of another and, unless options say otherwise, its dtype, layout and
 * device. Strides are kept too where the input has no gaps.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.empty_like.html
 * @example
 * torch.emptyLike(torch.ones(2, 3)).shape // [ 2, 3 ]
 */
export const emptyLike = fn<Like>('aten::empty_like');

/**
 * A tensor that is not filled, whose dimensions lie in memory in an order of choice.
 *
 * `physicalLayout` lists the dimensions from the one with the largest stride to the one with the smallest:
 * `[0, 2, 3, 1]` is `channels_last` for `(N, C, H, W)`.
 *
 * @param physicalLayout - every dimension once
 * @throws when `physicalLayout` is no permutation of the dimensions
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.empty_permuted.html
 * @example
 * torch.emptyPermuted([2, 3], [1, 0]).stride() // [ 1, 2 ]
 */
export const emptyPermuted =
  fn<(size: Size, physicalLayout: Size, options?: TensorOptions) => Tensor>('aten::empty_permuted');

/**
 * A quantized tensor that is not filled, with the scale, zero point and dtype of another.
 *
 * @param qtensor - the quantized tensor that has the parameters, per tensor or per channel
 * @throws when `qtensor` is not quantized
 * @example
 * const q = torch.quantizePerTensor(torch.ones(2), 0.5, 0, 'quint8')
 * torch.emptyQuantized([3], q).qScale() // 0.5
 */
export const emptyQuantized =
  fn<(size: Size, qtensor: Tensor, options?: LikeOptions) => Tensor>('aten::empty_quantized');

/**
 * A tensor that is not filled, with strides of choice.
 *
 * Element `[i, j]` is `i * stride[0] + j * stride[1]` elements behind the first. Where strides let two indices meet,
 * a write to one is seen at the other.
 *
 * @throws when `size` and `stride` differ in length, or a stride is negative
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.empty_strided.html
 * @example
 * torch.emptyStrided([2, 3], [1, 2]).stride() // [ 1, 2 ]
 */
export const emptyStrided = fn<(size: Size, stride: Size, options?: TensorOptions) => Tensor>('aten::empty_strided');

/**
 * A copy of the input in which every element is `value`; the method {@link Tensor.fill_} writes to the input itself.
 *
 * @param value - a number, or a tensor without dimensions, through which gradients flow
 * @throws when `value` is a tensor that has dimensions
 * @example
 * torch.fill(torch.zeros(2), 3) // tensor([3., 3.])
 */
export const fill = fn<(input: Tensor, value: Scalar | Tensor) => Tensor>('aten::fill');

/**
 * A tensor on the CPU whose memory is a file, mapped rather than read.
 *
 * Without `shared`, writes to the tensor stay in this process. The file must hold at least `size` elements; with
 * `shared` it is made longer where it does not.
 *
 * @param filename - the path of the file, of plain elements without a header
 * @throws when the file cannot be opened, or is too short
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.from_file.html
 * @example
 * torch.fromFile('package.json', { size: 1, dtype: 'uint8' }) // tensor([123], dtype=torch.uint8)
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

/**
 * A tensor in which every element is `fillValue`.
 *
 * Without `dtype` the value decides: int64 for whole numbers, bool for booleans, the default dtype otherwise.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.full.html
 * @example
 * torch.full([2, 2], 1.5) // tensor([[1.5000, 1.5000], [1.5000, 1.5000]])
 * torch.full([2], 7) // tensor([7, 7])
 */
export const full = fn<(size: Size, fillValue: Scalar, options?: FactoryOptions) => Tensor>('aten::full');

/**
 * A tensor with the shape of another, in which every element is `fillValue`, converted to the input's dtype unless
 * options name one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.full_like.html
 * @example
 * torch.fullLike(torch.zeros(3), 7) // tensor([7., 7., 7.])
 */
export const fullLike = fn<(input: Tensor, fillValue: Scalar, options?: LikeOptions) => Tensor>('aten::full_like');

/**
 * A tensor of ones.
 *
 * @param size - the sizes, spread or as an array; none for a single element
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ones.html
 * @example
 * torch.ones(2, 3) // tensor([[1., 1., 1.], [1., 1., 1.]])
 * torch.ones([2], { dtype: 'int32' }) // tensor([1, 1], dtype=torch.int32)
 */
export const ones = fn<Factory>('aten::ones');

/**
 * A tensor of ones with the shape of another and, unless options say otherwise, its dtype, layout and device.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.ones_like.html
 * @example
 * torch.onesLike(torch.tensor([5, 6])) // tensor([1, 1])
 */
export const onesLike = fn<Like>('aten::ones_like');

/**
 * A tensor without dimensions that holds one number, of the default dtype unless options name another.
 *
 * {@link tensor} takes the dtype from the number instead.
 *
 * @example
 * torch.scalarTensor(3) // tensor(3.)
 */
export const scalarTensor = fn<(s: Scalar, options?: TensorOptions) => Tensor>('aten::scalar_tensor');

/**
 * A tensor of zeros.
 *
 * @param size - the sizes, spread or as an array; none for a single element
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.zeros.html
 * @example
 * torch.zeros(2, 3) // tensor([[0., 0., 0.], [0., 0., 0.]])
 * torch.zeros(2, { requiresGrad: true }) // tensor([0., 0.], requires_grad=True)
 */
export const zeros = fn<Factory>('aten::zeros');

/**
 * A tensor of zeros with the shape of another and, unless options say otherwise, its dtype, layout and device.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.zeros_like.html
 * @example
 * torch.zerosLike(torch.tensor([5, 6])) // tensor([0, 0])
 */
export const zerosLike = fn<Like>('aten::zeros_like');
