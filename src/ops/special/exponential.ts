import { fn } from '../op.js';
import type { Dtype } from '../../dtype.js';
import type { Dims, OutOptions, Scalar } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * `-x * ln(x)`, zero at zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.entr
 * @example
 * torch.special.entr(torch.tensor([0.5, 1])) // tensor([0.3466, -0.0000])
 */
export const entr = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_entr');

/**
 * Two to the power of each element.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.exp2
 * @example
 * torch.special.exp2(torch.tensor([0.5, 1])) // tensor([1.4142, 2.0000])
 */
export const exp2 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_exp2');

/**
 * Alias of `torch.sigmoid`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.expit
 * @example
 * torch.special.expit(torch.tensor([0.5, 1])) // tensor([0.6225, 0.7311])
 */
export const expit = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_expit');

/**
 * `exp(x) - 1`, exact near zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.expm1
 * @example
 * torch.special.expm1(torch.tensor([0.5, 1])) // tensor([0.6487, 1.7183])
 */
export const expm1 = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_expm1');

/**
 * `log(1 + x)`, exact near zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.log1p
 * @example
 * torch.special.log1p(torch.tensor([0.5, 1])) // tensor([0.4055, 0.6931])
 */
export const log1p = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_log1p');

/** What {@link logit} takes by name. */
export interface SpecialLogitOptions {
  /** A small number that keeps divisors away from zero. */
  eps?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `log(x / (1 - x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.logit
 * @example
 * torch.special.logit(torch.tensor([0.5])) // tensor([0.])
 */
export const logit =
  fn<(input: Tensor, eps?: number | null | SpecialLogitOptions, options?: SpecialLogitOptions) => Tensor>(
    'aten::special_logit',
  );

/** What {@link logSoftmax} takes by name. */
export interface SpecialLogSoftmaxOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
}

/**
 * `log(softmax(x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.log_softmax
 * @example
 * torch.special.logSoftmax(torch.zeros(1), 0) // tensor([0.])
 */
export const logSoftmax =
  fn<(input: Tensor, dim: number, options?: SpecialLogSoftmaxOptions) => Tensor>('aten::special_log_softmax');

/** What {@link softmax} takes by name. */
export interface SpecialSoftmaxOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
}

/**
 * `exp(x_i) / sum_j exp(x_j)` along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.softmax
 * @example
 * torch.special.softmax(torch.zeros(2), 0) // tensor([0.5000, 0.5000])
 */
export const softmax =
  fn<
    (
      input: Tensor,
      dim: number,
      dtype?: Dtype | null | SpecialSoftmaxOptions,
      options?: SpecialSoftmaxOptions,
    ) => Tensor
  >('aten::special_softmax');

/** What {@link logsumexp} takes by name. */
export interface SpecialLogsumexpOptions {
  /** Whether the dimension stays, with size one. */
  keepdim?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The logarithm of the sum of exponentials along dimensions.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.logsumexp
 * @example
 * torch.special.logsumexp(torch.zeros(2), 0) // tensor(0.6931)
 */
export const logsumexp =
  fn<
    (input: Tensor, dim: Dims, keepdim?: boolean | SpecialLogsumexpOptions, options?: SpecialLogsumexpOptions) => Tensor
  >('aten::special_logsumexp');

/**
 * `x * log1p(y)`, zero where `x` is zero.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.xlog1py
 * @example
 * torch.special.xlog1py(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([0.6082, 2.7726])
 */
export const xlog1py =
  fn<
    [
      (input: Tensor | Scalar, other: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, other: Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::special_xlog1py');

/**
 * `x * log(y)`, and 0 where `x` is 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.xlogy
 * @example
 * torch.special.xlogy(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([-1.0397, 2.1972])
 */
export const xlogy =
  fn<
    [
      (input: Tensor | Scalar, other: Tensor, options?: OutOptions) => Tensor,
      (input: Tensor, other: Scalar, options?: OutOptions) => Tensor,
    ]
  >('aten::special_xlogy');

/** What {@link round} takes by name. */
export interface SpecialRoundOptions {
  /** Places behind the point to round to; negative ones stand in front of it. 0 unless given. */
  decimals?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The nearest whole number, half to even.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.round
 * @example
 * torch.special.round(torch.tensor([0.5, 1.5])) // tensor([0., 2.])
 */
export const round = fn<(input: Tensor, options?: SpecialRoundOptions) => Tensor>('aten::special_round');

/**
 * `sin(pi x) / (pi x)`, and 1 at 0.
 *
 * @see https://docs.pytorch.org/docs/2.13/special.html#torch.special.sinc
 * @example
 * torch.special.sinc(torch.tensor([0.5, 1])) // tensor([ 6.3662e-01, -2.7828e-08])
 */
export const sinc = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::special_sinc');
