import { method } from '../../op.js';
import type { OutOptions } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/**
 * In place of {@link digamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.digamma_.html
 * @example
 * torch.tensor([0.5, 1]).digamma_() // tensor([-1.9635, -0.5772])
 */
export const digamma_ = method<(input: Tensor) => Tensor>('aten::digamma_');

/**
 * In place of {@link erfinv}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.erfinv_.html
 * @example
 * torch.tensor([0.5]).erfinv_() // tensor([0.4769])
 */
export const erfinv_ = method<(input: Tensor) => Tensor>('aten::erfinv_');

/**
 * In place of {@link igamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.igamma_.html
 * @example
 * torch.tensor([1.5, 2]).igamma_(torch.tensor([0.5, 3])) // tensor([0.1987, 0.8009])
 */
export const igamma_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::igamma_');

/**
 * In place of {@link igammac}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.igammac_.html
 * @example
 * torch.tensor([1.5, 2]).igammac_(torch.tensor([0.5, 3])) // tensor([0.8013, 0.1991])
 */
export const igammac_ = method<(input: Tensor, other: Tensor) => Tensor>('aten::igammac_');

/**
 * In place of {@link lgamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.lgamma_.html
 * @example
 * torch.tensor([0.5, 1]).lgamma_() // tensor([0.5724, 0.0000])
 */
export const lgamma_ = method<(input: Tensor) => Tensor>('aten::lgamma_');

/**
 * In place of {@link mvlgamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.mvlgamma_.html
 * @example
 * torch.tensor([2.5]).mvlgamma_(2) // tensor([0.8570])
 */
export const mvlgamma_ = method<(input: Tensor, p: number) => Tensor>('aten::mvlgamma_');

/**
 * The derivative of order `n` of the digamma function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.polygamma.html
 * @example
 * torch.polygamma(1, torch.tensor([1.5])) // tensor([0.9348])
 */
export const polygamma = method<[(input: Tensor, n: number, options?: OutOptions) => Tensor]>('aten::polygamma');

/**
 * In place of {@link polygamma}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.polygamma_.html
 * @example
 * torch.tensor([1.5]).polygamma_(1) // tensor([0.9348])
 */
export const polygamma_ = method<(input: Tensor, n: number) => Tensor>('aten::polygamma_');
