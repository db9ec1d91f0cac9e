import { fn, op } from '../op.js';
import type { Generator } from '../../generator.js';
import type { OutOptions, Size, TensorOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** Where the random numbers of a function come from. */
export interface GeneratorOptions {
  /** The source of random numbers; the device's default one unless given. */
  generator?: Generator | null;
}

/** What {@link bernoulli} takes by name. */
export interface BernoulliOptions extends GeneratorOptions, OutOptions {}

/** What {@link multinomial} takes by name. */
export interface MultinomialOptions extends GeneratorOptions, OutOptions {
  /** Whether an index may be drawn more than once from a row. `false` unless given. */
  replacement?: boolean;
}

/** What {@link normal} takes by name where a mean or a standard deviation is a tensor. */
export interface NormalOptions extends GeneratorOptions, OutOptions {
  /** The standard deviation. 1 unless given. */
  std?: number;
}

/** What {@link normal} takes by name where both are numbers. */
export interface NormalSizeOptions extends TensorOptions, GeneratorOptions, OutOptions {}

/** What {@link normalFunctional} takes by name. */
export interface NormalFunctionalOptions extends GeneratorOptions {
  /** The mean. 0 unless given. */
  mean?: number;
  /** The standard deviation. 1 unless given. */
  std?: number;
}

/**
 * Zeros and ones at random, of the input's dtype. The probability of a one is the element itself, or `p` for all.
 *
 * `out_i = 1` with probability `input_i`
 *
 * @param p - the probability of a one; the input then gives but shape, dtype and device
 * @throws when a probability is outside `[0, 1]`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.bernoulli.html
 * @example
 * torch.bernoulli(torch.eye(2)) // tensor([[1., 0.], [0., 1.]])
 */
export const bernoulli =
  op<
    [
      (input: Tensor, options?: BernoulliOptions) => Tensor,
      (input: Tensor, p: number, options?: BernoulliOptions) => Tensor,
    ]
  >('aten::bernoulli');

/**
 * Random counts of successes, out of `count` trials that succeed with probability `prob` each.
 *
 * @param count - numbers of trials, of the dtype of `prob`
 * @param prob - probabilities, which broadcast to the shape of `count`
 * @throws when the dtypes differ or are not floating point
 * @example
 * torch.binomial(torch.full([2], 5.5).floor(), torch.ones(2)) // tensor([5., 5.])
 */
export const binomial =
  fn<
    (count: Tensor, prob: Tensor, generator?: Generator | null | GeneratorOptions, options?: GeneratorOptions) => Tensor
  >('aten::binomial');

/**
 * Random indices, drawn from each row in proportion to its weights, which need not sum to one.
 *
 * Input: `(C)` or `(N, C)`. Output: `(numSamples)` or `(N, numSamples)`, int64.
 *
 * @param replacement - whether an index may be drawn more than once from a row; `false` unless given
 * @throws when a weight is negative or not finite, a row sums to zero, or, without replacement, it has fewer than
 *   `numSamples` elements
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.multinomial.html
 * @example
 * torch.multinomial(torch.eye(2), 3, true) // tensor([[0, 0, 0], [1, 1, 1]])
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

/**
 * Random numbers of normal distributions. Means and standard deviations are tensors, for an element each, or numbers.
 *
 * `out_i = mean_i + std_i * z_i`, `z` as {@link randn} makes it
 *
 * @param mean - a tensor or a number
 * @param std - a tensor, which broadcasts with `mean`, or a number
 * @param size - the sizes, where both are numbers
 * @throws when a standard deviation is negative
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.normal.html
 * @example
 * torch.normal(torch.tensor([1.5, 2]), 0) // tensor([1.5000, 2.0000])
 * torch.normal(5, 1, [2, 3]).shape // [ 2, 3 ]
 */
export const normal =
  fn<
    [
      (mean: Tensor, std?: number | NormalOptions, options?: NormalOptions) => Tensor,
      (mean: Tensor | number, std: Tensor, options?: NormalOptions) => Tensor,
      (mean: number, std: number, size: Size, options?: NormalSizeOptions) => Tensor,
    ]
  >('aten::normal');

/**
 * Random numbers of one normal distribution, with the input's shape, dtype and device: {@link Tensor.normal_} without
 * the write to the input.
 *
 * @throws when the standard deviation is negative
 * @example
 * torch.normalFunctional(torch.zeros(2), 3, 0) // tensor([3., 3.])
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

/**
 * Random counts of Poisson distributions, whose rates the input holds.
 *
 * `P(out_i = k) = input_i ** k * exp(-input_i) / k!`
 *
 * @throws when a rate is negative, or the dtype is not floating point
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.poisson.html
 * @example
 * torch.poisson(torch.zeros(2)) // tensor([0., 0.])
 */
export const poisson =
  fn<(input: Tensor, generator?: Generator | null | GeneratorOptions, options?: GeneratorOptions) => Tensor>(
    'aten::poisson',
  );
