import { fn } from '../op.js';
import type { Scalar, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link gradient} takes by name. */
export interface GradientOptions {
  /** The distance of the points: one number, one for each dimension, or the coordinates as tensors. 1 unless given. */
  spacing?: Scalar | null | readonly Scalar[] | readonly Tensor[];
  /** The dimension, or dimensions, to work along. */
  dim?: number | null | Size;
  /** The accuracy at the ends: 1 for first, 2 for second order differences. 1 unless given. */
  edgeOrder?: number;
}

/**
 * The slope along dimensions, by central differences.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.gradient.html
 * @example
 * torch.gradient(torch.tensor([1.5, 2, 4]))[0] // tensor([0.5000, 1.2500, 2.0000])
 */
export const gradient = fn<(input: Tensor, options?: GradientOptions) => Tensor[]>('aten::gradient');
