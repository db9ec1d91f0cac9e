import { fn, op } from '../op.js';
import type { MemoryFormat } from '../../device.js';
import type { Dtype } from '../../dtype.js';
import type { OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link clone} takes by name. */
export interface CloneOptions {
  /** The order of dimensions in memory; the input's unless given. */
  memoryFormat?: MemoryFormat | null;
}

/** What {@link copy} takes by name. */
export interface CopyOptions {
  /** Whether a copy between page-locked memory and a GPU may run beside other work. `false` unless given. */
  nonBlocking?: boolean;
}

/**
 * A copy with memory of its own, through which gradients flow back to the input. `x.detach().clone()` cuts the graph.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.clone.html
 * @example
 * const x = torch.tensor([1, 2])
 * x.clone().add_(5) // tensor([6, 7])
 * x // tensor([1, 2])
 */
export const clone = op<(input: Tensor, options?: CloneOptions) => Tensor>('aten::clone');

/**
 * `src`, broadcast to the shape of the input and converted to its dtype and device. The input's own values are not
 * read; the method {@link Tensor.copy_} writes to it.
 *
 * @throws when `src` does not broadcast to the input's shape
 * @example
 * torch.copy(torch.zeros(2, 2), torch.tensor([1, 2])) // tensor([[1., 2.], [1., 2.]])
 */
export const copy =
  fn<(input: Tensor, src: Tensor, nonBlocking?: boolean | CopyOptions, options?: CopyOptions) => Tensor>('aten::copy');

/**
 * A complex tensor of its real and imaginary parts, with broadcasting: complex64 of float32, complex128 of float64.
 *
 * `out_i = real_i + imag_i * j`
 *
 * @throws when the parts are not floating point, or differ in dtype
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.complex.html
 * @example
 * torch.complex(torch.tensor([1.5, 2]), torch.tensor([3.5, 4])) // tensor([1.5000+3.5000j, 2.0000+4.0000j])
 */
export const complex = fn<(real: Tensor, imag: Tensor, options?: OutOptions) => Tensor>('aten::complex');

/**
 * A complex tensor of its distances from zero and its angles in radians, with broadcasting.
 *
 * `out_i = abs_i * (cos(angle_i) + sin(angle_i) * j)`
 *
 * @throws when the parts are not float32 or float64, or differ in dtype
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.polar.html
 * @example
 * torch.polar(torch.ones(2).mul(2), torch.zeros(2)) // tensor([2.+0.j, 2.+0.j])
 */
export const polar = fn<(abs: Tensor, angle: Tensor, options?: OutOptions) => Tensor>('aten::polar');

/**
 * Wraps a tensor for the function transforms that are active, such as functionalization; outside of them, the input
 * itself.
 *
 * @example
 * torch.lift(torch.tensor([1, 2])) // tensor([1, 2])
 */
export const lift = fn<(input: Tensor) => Tensor>('aten::lift');

/**
 * As {@link lift}, for a tensor that was just made and that nothing else refers to, so that no copy is needed.
 *
 * @example
 * torch.liftFresh(torch.tensor([1, 2])) // tensor([1, 2])
 */
export const liftFresh = fn<(input: Tensor) => Tensor>('aten::lift_fresh');

/**
 * As {@link liftFresh}, with memory of its own.
 *
 * @example
 * torch.liftFreshCopy(torch.tensor([1, 2])) // tensor([1, 2])
 */
export const liftFreshCopy = fn<(input: Tensor) => Tensor>('aten::lift_fresh_copy');

/**
 * Whether a value of one dtype may be stored as another: not from floating point to whole numbers, from complex to
 * real ones, or from anything else to bool.
 *
 * @param from_ - the dtype that the value has
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.can_cast.html
 * @example
 * torch.canCast('int64', 'float16') // true
 * torch.canCast('float32', 'int32') // false
 */
export const canCast = fn<(from_: Dtype, to: Dtype) => boolean>('aten::can_cast');

/**
 * The smallest dtype that holds what both do, as arithmetic between tensors of the two would give.
 *
 * @throws when the two do not promote: those of 8 bit floating point, say
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.promote_types.html
 * @example
 * torch.promoteTypes('int32', 'float16') // 'float16'
 * torch.promoteTypes('uint8', 'int8') // 'int16'
 */
export const promoteTypes = fn<(type1: Dtype, type2: Dtype) => Dtype>('aten::promote_types');

/**
 * The dtype that arithmetic between two operands gives.
 *
 * A number, or a tensor without dimensions, counts only where it is of a higher kind (bool, whole, floating point,
 * complex) than a tensor with dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.result_type.html
 * @example
 * torch.resultType(torch.tensor([1, 2]), 1.5) // 'float32'
 * torch.resultType(torch.ones(2, { dtype: 'float16' }), torch.tensor(1.5)) // 'float16'
 */
export const resultType =
  fn<
    [
      (tensor: Tensor, other: Tensor | Scalar) => Dtype,
      (scalar: Scalar, tensor: Tensor) => Dtype,
      (scalar1: Scalar, scalar2: Scalar) => Dtype,
    ]
  >('aten::result_type');
