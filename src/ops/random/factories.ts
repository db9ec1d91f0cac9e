import { fn } from '../op.js';
import type { Generator } from '../../generator.js';
import type { LikeOptions, Size, SizesThen, TensorOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What the functions take that make a tensor of random numbers. */
export interface RandomOptions extends TensorOptions {
  /** The source of random numbers; the device's default one unless given. */
  generator?: Generator | null;
  /** A tensor to write the result to; it is resized, and its dtype and device hold. */
  out?: Tensor;
}

/** What the functions take that make a tensor of random numbers with the shape of another. */
export interface RandomLikeOptions extends LikeOptions {
  /** The source of random numbers; the device's default one unless given. */
  generator?: Generator | null;
}

/**
 * Random numbers spread evenly over `[0, 1)`.
 *
 * @param size - the sizes, spread or as an array; none for a single element
 * @throws when the dtype is neither floating point nor complex
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rand.html
 * @example
 * torch.rand(2, 3).shape // [ 2, 3 ]
 * torch.rand(4).lt(1).all().item() // true
 */
export const rand = fn<(...size: SizesThen<RandomOptions>) => Tensor>('aten::rand');

/**
 * As {@link rand}, with the shape of another tensor and, unless options say otherwise, its dtype, layout and device.
 *
 * @throws when the dtype is neither floating point nor complex
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rand_like.html
 * @example
 * torch.randLike(torch.zeros(2, 3)).shape // [ 2, 3 ]
 */
export const randLike = fn<(input: Tensor, options?: RandomLikeOptions) => Tensor>('aten::rand_like');

/**
 * Random whole numbers from `low` to before `high`, each as likely as any other. int64 unless options name another
 * dtype.
 *
 * @param low - the least number; 0 unless given
 * @param high - the number after the greatest
 * @throws when `low` is not less than `high`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.randint.html
 * @example
 * torch.randint(10, [2, 3]).shape // [ 2, 3 ]
 * torch.randint(3, 4, [2]) // tensor([3, 3])
 */
export const randint =
  fn<
    [
      (high: number, size: Size, options?: RandomOptions) => Tensor,
      (low: number, high: number, size: Size, options?: RandomOptions) => Tensor,
    ]
  >('aten::randint');

/**
 * As {@link randint}, with the shape of another tensor and, unless options say otherwise, its dtype, layout and device.
 *
 * @param low - the least number; 0 unless given
 * @param high - the number after the greatest; without `low`, a tensor that holds one number goes too
 * @throws when `low` is not less than `high`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.randint_like.html
 * @example
 * torch.randintLike(torch.zeros(2), 7, 8) // tensor([7., 7.])
 */
export const randintLike =
  fn<
    [
      (input: Tensor, high: number | Tensor, options?: RandomLikeOptions) => Tensor,
      (input: Tensor, low: number, high: number, options?: RandomLikeOptions) => Tensor,
    ]
  >('aten::randint_like');

/**
 * Random numbers of the normal distribution with mean 0 and variance 1. Of a complex dtype, real and imaginary parts
 * have variance 1/2 each.
 *
 * @param size - the sizes, spread or as an array; none for a single element
 * @throws when the dtype is neither floating point nor complex
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.randn.html
 * @example
 * torch.randn(2, 3).shape // [ 2, 3 ]
 * const generator = new torch.Generator().manualSeed(1)
 * torch.randn(2, { generator }) // tensor([0.6614, 0.2669])
 */
export const randn = fn<(...size: SizesThen<RandomOptions>) => Tensor>('aten::randn');

/**
 * As {@link randn}, with the shape of another tensor and, unless options say otherwise, its dtype, layout and device.
 *
 * @throws when the dtype is neither floating point nor complex
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.randn_like.html
 * @example
 * torch.randnLike(torch.zeros(2, 3)).shape // [ 2, 3 ]
 */
export const randnLike = fn<(input: Tensor, options?: RandomLikeOptions) => Tensor>('aten::randn_like');

/**
 * The whole numbers from 0 to before `n`, in random order: to shuffle, index with it. int64 unless options name another
 * dtype.
 *
 * @throws when `n` is negative, or too great for the dtype
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.randperm.html
 * @example
 * torch.randperm(4).sort().values // tensor([0, 1, 2, 3])
 */
export const randperm = fn<(n: number, options?: RandomOptions) => Tensor>('aten::randperm');
