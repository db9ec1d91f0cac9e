import { method } from '../../op.js';
import type { Generator } from '../../../generator.js';
import type { Tensor } from '../../../tensor.js';

/** Where the random numbers of a method come from. */
export interface RandomFillOptions {
  /** The source of random numbers; the device's default one unless given. */
  generator?: Generator | null;
}

/** What {@link bernoulli_} takes by name. */
export interface BernoulliInPlaceOptions extends RandomFillOptions {
  /** The probability of a one. 0.5 unless given. */
  p?: number;
}

/** What {@link cauchy_} takes by name. */
export interface CauchyInPlaceOptions extends RandomFillOptions {
  /** The middle of the peak. 0 unless given. */
  median?: number;
  /** Half the width of the peak at half its height. 1 unless given. */
  sigma?: number;
}

/** What {@link exponential_} takes by name. */
export interface ExponentialInPlaceOptions extends RandomFillOptions {
  /** The rate: one divided by the mean. 1 unless given. */
  lambd?: number;
}

/** What {@link logNormal_} takes by name. */
export interface LogNormalInPlaceOptions extends RandomFillOptions {
  /** The mean of the logarithms. 1 unless given. */
  mean?: number;
  /** The standard deviation of the logarithms. 2 unless given. */
  std?: number;
}

/** What {@link normal_} takes by name. */
export interface NormalInPlaceOptions extends RandomFillOptions {
  /** The mean. 0 unless given. */
  mean?: number;
  /** The standard deviation. 1 unless given. */
  std?: number;
}

/** What {@link uniform_} takes by name. */
export interface UniformInPlaceOptions extends RandomFillOptions {
  /** The least number. 0 unless given. */
  from?: number;
  /** The number before which to stop. 1 unless given. */
  to?: number;
}

/**
 * Fills the tensor with zeros and ones at random.
 *
 * @param p - the probability of a one: a number, or a tensor that broadcasts to the shape; 0.5 unless given
 * @throws when a probability is outside `[0, 1]`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.bernoulli_.html
 * @example
 * torch.zeros(2, 2).bernoulli_(torch.eye(2)) // tensor([[1., 0.], [0., 1.]])
 */
export const bernoulli_ =
  method<
    [
      (input: Tensor, p: Tensor, options?: RandomFillOptions) => Tensor,
      (input: Tensor, p?: number | BernoulliInPlaceOptions, options?: BernoulliInPlaceOptions) => Tensor,
    ]
  >('aten::bernoulli_');

/**
 * Fills the tensor with random numbers of the Cauchy distribution, which has no mean.
 *
 * `f(x) = sigma / (π ((x - median)² + sigma²))`
 *
 * @throws when `sigma` is not greater than zero, or the dtype is not floating point
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.cauchy_.html
 * @example
 * torch.zeros(2, 3).cauchy_().shape // [ 2, 3 ]
 */
export const cauchy_ =
  method<
    (
      input: Tensor,
      median?: number | CauchyInPlaceOptions,
      sigma?: number | CauchyInPlaceOptions,
      options?: CauchyInPlaceOptions,
    ) => Tensor
  >('aten::cauchy_');

/**
 * Fills the tensor with random numbers of the exponential distribution, all greater than zero.
 *
 * `f(x) = lambd * exp(-lambd * x)`
 *
 * @throws when `lambd` is not greater than zero, or the dtype is not floating point
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.exponential_.html
 * @example
 * torch.zeros(3).exponential_(0.5).gt(0) // tensor([True, True, True])
 */
export const exponential_ =
  method<(input: Tensor, lambd?: number | ExponentialInPlaceOptions, options?: ExponentialInPlaceOptions) => Tensor>(
    'aten::exponential_',
  );

/**
 * Fills the tensor with random counts of trials up to the first success, each of probability `p`.
 *
 * `P(x = k) = (1 - p) ** (k - 1) * p`, `k = 1, 2, ...`
 *
 * @throws when `p` is not between 0 and 1
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.geometric_.html
 * @example
 * torch.zeros(3).geometric_(0.5).ge(1) // tensor([True, True, True])
 */
export const geometric_ = method<(input: Tensor, p: number, options?: RandomFillOptions) => Tensor>('aten::geometric_');

/**
 * Fills the tensor with random numbers whose logarithms are of a normal distribution. `mean` and `std` are those of the
 * logarithms.
 *
 * `out_i = exp(mean + std * z_i)`
 *
 * @throws when `std` is not greater than zero, or the dtype is not floating point
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.log_normal_.html
 * @example
 * torch.zeros(3).logNormal_().gt(0) // tensor([True, True, True])
 */
export const logNormal_ =
  method<
    (
      input: Tensor,
      mean?: number | LogNormalInPlaceOptions,
      std?: number | LogNormalInPlaceOptions,
      options?: LogNormalInPlaceOptions,
    ) => Tensor
  >('aten::log_normal_');

/**
 * Fills the tensor with random numbers of a normal distribution.
 *
 * @throws when `std` is negative, or the dtype is neither floating point nor complex
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.normal_.html
 * @example
 * torch.zeros(2).normal_(3, 0) // tensor([3., 3.])
 */
export const normal_ =
  method<
    (
      input: Tensor,
      mean?: number | NormalInPlaceOptions,
      std?: number | NormalInPlaceOptions,
      options?: NormalInPlaceOptions,
    ) => Tensor
  >('aten::normal_');

/**
 * Fills the tensor with random whole numbers from `from` to before `to`.
 *
 * Without bounds they go from 0 to the greatest that the dtype holds, of floating point dtypes to the greatest up to
 * which every whole number is exact: 2 ** 24 for float32.
 *
 * @param from - the least number; 0 unless given
 * @param to - the number after the greatest; null for the dtype's greatest
 * @throws when `from` is not less than `to`, or a bound is outside of the dtype
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.random_.html
 * @example
 * torch.zeros(2).random_(5, 6) // tensor([5., 5.])
 */
export const random_ =
  method<
    [
      (input: Tensor, from: number, to: number | null, options?: RandomFillOptions) => Tensor,
      (input: Tensor, to: number, options?: RandomFillOptions) => Tensor,
      (input: Tensor, options?: RandomFillOptions) => Tensor,
    ]
  >('aten::random_');

/**
 * Fills the tensor with random numbers spread evenly over `[from, to)`.
 *
 * @throws when `from` is greater than `to`, or the dtype is neither floating point nor complex
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.uniform_.html
 * @example
 * torch.zeros(2).uniform_(3, 3) // tensor([3., 3.])
 */
export const uniform_ =
  method<
    (
      input: Tensor,
      from?: number | UniformInPlaceOptions,
      to?: number | UniformInPlaceOptions,
      options?: UniformInPlaceOptions,
    ) => Tensor
  >('aten::uniform_');
