import { method } from '../../op.js';
import type { Tensor } from '../../../tensor.js';
import type { Generator } from '../../../generator.js';

/** What {@link bernoulli_} takes by name. */
export interface BernoulliInPlaceOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
  /** The exponent, or probability. */
  p?: number;
}

/**
 * Fills with zeros and ones.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.bernoulli_.html
 * @example
 * torch.zeros(2).bernoulli_(1) // tensor([1., 1.])
 */
export const bernoulli_ =
  method<
    [
      (input: Tensor, p: Tensor, options?: BernoulliInPlaceOptions) => Tensor,
      (input: Tensor, p?: number | BernoulliInPlaceOptions, options?: BernoulliInPlaceOptions) => Tensor,
    ]
  >('aten::bernoulli_');

/** What {@link cauchy_} takes by name. */
export interface CauchyInPlaceOptions {
  median?: number;
  sigma?: number;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Fills with random numbers of the Cauchy distribution.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.cauchy_.html
 * @example
 * torch.zeros(3).cauchy_().shape // [ 3 ]
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

/** What {@link exponential_} takes by name. */
export interface ExponentialInPlaceOptions {
  lambd?: number;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Fills with random numbers of the exponential distribution of rate `lambd`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.exponential_.html
 * @example
 * torch.zeros(3).exponential_().shape // [ 3 ]
 */
export const exponential_ =
  method<(input: Tensor, lambd?: number | ExponentialInPlaceOptions, options?: ExponentialInPlaceOptions) => Tensor>(
    'aten::exponential_',
  );

/** What {@link geometric_} takes by name. */
export interface GeometricInPlaceOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Fills with random numbers of trials up to the first success of probability `p`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.geometric_.html
 * @example
 * torch.zeros(3).geometric_(0.5).shape // [ 3 ]
 */
export const geometric_ =
  method<(input: Tensor, p: number, options?: GeometricInPlaceOptions) => Tensor>('aten::geometric_');

/** What {@link logNormal_} takes by name. */
export interface LogNormalInPlaceOptions {
  mean?: number;
  std?: number;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Fills with numbers whose logarithm is normally distributed.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.log_normal_.html
 * @example
 * torch.zeros(3).logNormal_().shape // [ 3 ]
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

/** What {@link normal_} takes by name. */
export interface NormalInPlaceOptions {
  mean?: number;
  std?: number;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Fills with random numbers of a normal distribution.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.normal_.html
 * @example
 * torch.zeros(3).normal_().shape // [ 3 ]
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

/** What {@link random_} takes by name. */
export interface RandomInPlaceOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Fills with random whole numbers from `from` to before `to`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.random_.html
 * @example
 * torch.zeros(3).random_(0, 5).shape // [ 3 ]
 */
export const random_ =
  method<
    [
      (input: Tensor, from: number, to: number | null, options?: RandomInPlaceOptions) => Tensor,
      (input: Tensor, to: number, options?: RandomInPlaceOptions) => Tensor,
      (input: Tensor, options?: RandomInPlaceOptions) => Tensor,
    ]
  >('aten::random_');

/** What {@link uniform_} takes by name. */
export interface UniformInPlaceOptions {
  from?: number;
  to?: number;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Fills with random numbers spread evenly over `[from, to)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.uniform_.html
 * @example
 * torch.zeros(3).uniform_(0, 1).shape // [ 3 ]
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
