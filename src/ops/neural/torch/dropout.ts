import { fn } from '../../op.js';
import type { Tensor } from '../../../tensor.js';

/**
 * Dropout that keeps mean and variance, for networks of {@link selu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.alpha_dropout.html
 * @example
 * torch.alphaDropout(torch.ones(2), 0.5, false) // tensor([1., 1.])
 */
export const alphaDropout = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::alpha_dropout');

/**
 * In place of {@link alphaDropout}.
 *
 * @example
 * torch.alphaDropout_(torch.ones(2), 0.5, false) // tensor([1., 1.])
 */
export const alphaDropout_ = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::alpha_dropout_');

/**
 * Sets elements to zero with probability `p` in training, and scales the others by `1 / (1 - p)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.dropout.html
 * @example
 * torch.dropout(torch.ones(2), 0.5, false) // tensor([1., 1.])
 */
export const dropout = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::dropout');

/**
 * In place of {@link dropout}.
 *
 * @param train - whether to drop at all
 * @example
 * torch.dropout_(torch.ones(2), 0.5, false) // tensor([1., 1.])
 */
export const dropout_ = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::dropout_');

/**
 * As {@link alphaDropout}, for whole channels.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.feature_alpha_dropout.html
 * @example
 * torch.featureAlphaDropout(torch.ones(1, 2), 0.5, false) // tensor([[1., 1.]])
 */
export const featureAlphaDropout =
  fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::feature_alpha_dropout');

/**
 * In place of {@link featureAlphaDropout}.
 *
 * @example
 * torch.featureAlphaDropout_(torch.ones(1, 2), 0.5, false) // tensor([[1., 1.]])
 */
export const featureAlphaDropout_ =
  fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::feature_alpha_dropout_');

/**
 * As {@link dropout}, for whole channels.
 *
 * @example
 * torch.featureDropout(torch.ones(1, 2), 0.5, false) // tensor([[1., 1.]])
 */
export const featureDropout = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::feature_dropout');

/**
 * In place of {@link featureDropout}.
 *
 * @example
 * torch.featureDropout_(torch.ones(1, 2), 0.5, false) // tensor([[1., 1.]])
 */
export const featureDropout_ = fn<(input: Tensor, p: number, train: boolean) => Tensor>('aten::feature_dropout_');

/**
 * As {@link dropout}, with the mask of the elements that stayed.
 *
 * @example
 * torch.nativeDropout(torch.ones(2), 0, true)[0] // tensor([1., 1.])
 */
export const nativeDropout =
  fn<(input: Tensor, p: number, train: boolean | null) => [Tensor, Tensor]>('aten::native_dropout');
