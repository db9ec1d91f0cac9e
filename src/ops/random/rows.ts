import { fn, op } from '../op.js';
import type { LikeOptions, Size, SizesThen, TensorOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { Generator } from '../../generator.js';

/** What {@link bernoulli} takes by name. */
export interface BernoulliOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Zeros and ones; the input holds the probability of a one.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bernoulli.html
 * @example
 * torch.bernoulli(torch.ones(2)) // tensor([1., 1.])
 */
export const bernoulli =
  op<
    [
      (input: Tensor, options?: BernoulliOptions) => Tensor,
      (input: Tensor, p: number, options?: BernoulliOptions) => Tensor,
    ]
  >('aten::bernoulli');

/** What {@link binomial} takes by name. */
export interface BinomialOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Random counts of successes in `count` trials, each with probability `prob`.
 *
 * @example
 * torch.binomial(torch.tensor([10.5]).floor(), torch.ones(1)) // tensor([10.])
 */
export const binomial =
  fn<
    (count: Tensor, prob: Tensor, generator?: Generator | null | BinomialOptions, options?: BinomialOptions) => Tensor
  >('aten::binomial');

/** What {@link multinomial} takes by name. */
export interface MultinomialOptions {
  /** Whether an element may be drawn again. */
  replacement?: boolean;
  /** The source of random numbers. */
  generator?: Generator | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Indices drawn with the weights of each row.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.multinomial.html
 * @example
 * torch.multinomial(torch.tensor([0.5, 0.5]), 1).shape // [ 1 ]
 */
export const multinomial =
  op<
    (
      input: Tensor,
      numSamples: number,
      replacement?: boolean | MultinomialOptions,
      options?: MultinomialOptions,
    ) => Tensor
  >('aten::multinomial');

/** What {@link normal} takes by name. */
export interface NormalOptions extends TensorOptions {
  std?: number;
  /** The source of random numbers. */
  generator?: Generator | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Random numbers of normal distributions, with means and standard deviations given as tensors or numbers.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.normal.html
 * @example
 * torch.normal(torch.zeros(3), 1).shape // [ 3 ]
 */
export const normal =
  fn<
    [
      (mean: Tensor, std?: number | NormalOptions, options?: NormalOptions) => Tensor,
      (mean: number | Tensor, std: Tensor, options?: NormalOptions) => Tensor,
      (mean: number, std: number, size: Size, options?: NormalOptions) => Tensor,
    ]
  >('aten::normal');

/** What {@link normalFunctional} takes by name. */
export interface NormalFunctionalOptions {
  mean?: number;
  std?: number;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Random numbers of a normal distribution, of the input's shape.
 *
 * @example
 * torch.normalFunctional(torch.zeros(2)).shape // [ 2 ]
 */
export const normalFunctional =
  fn<
    (
      input: Tensor,
      mean?: number | NormalFunctionalOptions,
      std?: number | NormalFunctionalOptions,
      options?: NormalFunctionalOptions,
    ) => Tensor
  >('aten::normal_functional');

/** What {@link poisson} takes by name. */
export interface PoissonOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Random counts of Poisson distributions; the input holds their rates.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.poisson.html
 * @example
 * torch.poisson(torch.ones(3)).shape // [ 3 ]
 */
export const poisson =
  fn<(input: Tensor, generator?: Generator | null | PoissonOptions, options?: PoissonOptions) => Tensor>(
    'aten::poisson',
  );

/** What {@link rand} takes by name. */
export interface RandOptions extends TensorOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Random numbers spread evenly over `[0, 1)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rand.html
 * @example
 * torch.rand(2, 3).shape // [ 2, 3 ]
 */
export const rand = fn<(...size: SizesThen<RandOptions>) => Tensor>('aten::rand');

/** What {@link randLike} takes by name. */
export interface RandLikeOptions extends LikeOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * As {@link rand}, of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rand_like.html
 * @example
 * torch.randLike(torch.zeros(2)).shape // [ 2 ]
 */
export const randLike = fn<(input: Tensor, options?: RandLikeOptions) => Tensor>('aten::rand_like');

/** What {@link randint} takes by name. */
export interface RandintOptions extends TensorOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Random whole numbers from `low` to before `high`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.randint.html
 * @example
 * torch.randint(0, 10, [3]).shape // [ 3 ]
 */
export const randint =
  fn<
    [
      (high: number, size: Size, options?: RandintOptions) => Tensor,
      (low: number, high: number, size: Size, options?: RandintOptions) => Tensor,
    ]
  >('aten::randint');

/** What {@link randintLike} takes by name. */
export interface RandintLikeOptions extends LikeOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * As {@link randint}, of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.randint_like.html
 * @example
 * torch.randintLike(torch.zeros(2), 10).shape // [ 2 ]
 */
export const randintLike =
  fn<
    [
      (input: Tensor, high: number | Tensor, options?: RandintLikeOptions) => Tensor,
      (input: Tensor, low: number, high: number, options?: RandintLikeOptions) => Tensor,
    ]
  >('aten::randint_like');

/** What {@link randn} takes by name. */
export interface RandnOptions extends TensorOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Random numbers of the standard normal distribution.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.randn.html
 * @example
 * torch.randn(2, 3).shape // [ 2, 3 ]
 */
export const randn = fn<(...size: SizesThen<RandnOptions>) => Tensor>('aten::randn');

/** What {@link randnLike} takes by name. */
export interface RandnLikeOptions extends LikeOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * As {@link randn}, of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.randn_like.html
 * @example
 * torch.randnLike(torch.zeros(2)).shape // [ 2 ]
 */
export const randnLike = fn<(input: Tensor, options?: RandnLikeOptions) => Tensor>('aten::randn_like');

/** What {@link randperm} takes by name. */
export interface RandpermOptions extends TensorOptions {
  /** The source of random numbers. */
  generator?: Generator | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The whole numbers from 0 to before `n`, in random order.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.randperm.html
 * @example
 * torch.randperm(4).shape // [ 4 ]
 */
export const randperm = fn<(n: number, options?: RandpermOptions) => Tensor>('aten::randperm');
