import { op } from '../op.js';
import type { OutOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/**
 * The angle of each element in the complex plane, in radians.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.angle.html
 * @example
 * torch.angle(torch.tensor([0.5, 1])) // tensor([0., 0.])
 */
export const angle = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::angle');

/**
 * A view with complex elements conjugated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conj.html
 * @example
 * torch.conj(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const conj = op<(input: Tensor) => Tensor>('aten::conj');

/**
 * A copy with complex elements conjugated.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.conj_physical.html
 * @example
 * torch.conjPhysical(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const conjPhysical = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::conj_physical');

/**
 * In place of {@link conjPhysical}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.conj_physical_.html
 * @example
 * torch.conjPhysical_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const conjPhysical_ = op<(input: Tensor) => Tensor>('aten::conj_physical_');

/**
 * The tensor with a pending conjugation carried out.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.resolve_conj.html
 * @example
 * torch.resolveConj(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const resolveConj = op<(input: Tensor) => Tensor>('aten::resolve_conj');

/**
 * The tensor with a pending negation carried out.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.resolve_neg.html
 * @example
 * torch.resolveNeg(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const resolveNeg = op<(input: Tensor) => Tensor>('aten::resolve_neg');

/**
 * The sign of each element; for complex numbers `x / |x|`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.sgn.html
 * @example
 * torch.sgn(torch.tensor([0.5, 1])) // tensor([1., 1.])
 */
export const sgn = op<(input: Tensor, options?: OutOptions) => Tensor>('aten::sgn');
