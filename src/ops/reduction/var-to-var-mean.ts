import { fn, op } from '../op.js';
import type { Dims, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link var} takes by name. */
export interface VarOptions {
  /** Whether the divisor is one less than the number of elements. */
  unbiased?: boolean;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** What is taken from the number of elements in the divisor. */
  correction?: Scalar | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The variance.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.var.html
 * @example
 * torch.var(torch.tensor([1.5, 2.5])) // tensor(0.5000)
 */
const var_ =
  op<
    [
      (input: Tensor, unbiased?: boolean | VarOptions, options?: VarOptions) => Tensor,
      (
        input: Tensor,
        dim: Dims | null,
        unbiased?: boolean | VarOptions,
        keepdim?: boolean | VarOptions,
        options?: VarOptions,
      ) => Tensor,
      (input: Tensor, dim?: Dims | null | VarOptions, options?: VarOptions) => Tensor,
    ]
  >('aten::var');
export { var_ as var };

/** What {@link varMean} takes by name. */
export interface VarMeanOptions {
  /** Whether the divisor is one less than the number of elements. */
  unbiased?: boolean;
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** The dimension, or dimensions, to work along. */
  dim?: Dims | null;
  /** What is taken from the number of elements in the divisor. */
  correction?: Scalar | null;
}

/**
 * Variance and mean.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.var_mean.html
 * @example
 * torch.varMean(torch.tensor([1.5, 2.5]))[0] // tensor(0.5000)
 */
export const varMean =
  fn<
    [
      (input: Tensor, unbiased?: boolean | VarMeanOptions, options?: VarMeanOptions) => [Tensor, Tensor],
      (
        input: Tensor,
        dim: Dims | null,
        unbiased?: boolean | VarMeanOptions,
        keepdim?: boolean | VarMeanOptions,
        options?: VarMeanOptions,
      ) => [Tensor, Tensor],
      (input: Tensor, dim?: Dims | null | VarMeanOptions, options?: VarMeanOptions) => [Tensor, Tensor],
    ]
  >('aten::var_mean');
