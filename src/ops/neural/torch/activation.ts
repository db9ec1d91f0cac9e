import { fn, op } from '../../op.js';
import type { Dtype } from '../../../dtype.js';
import type { Generator } from '../../../generator.js';
import type { OutOptions, Scalar } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link celu} takes by name. */
export interface CeluOptions {
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * `max(0, x) + min(0, alpha * (exp(x / alpha) - 1))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.celu.html
 * @example
 * torch.celu(torch.ones(1)) // tensor([1.])
 */
export const celu = fn<(input: Tensor, alpha?: Scalar | CeluOptions, options?: CeluOptions) => Tensor>('aten::celu');

/** What {@link celu_} takes by name. */
export interface CeluInPlaceOptions {
  /** A multiplier. */
  alpha?: Scalar;
}

/**
 * In place of {@link celu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.celu_.html
 * @example
 * torch.celu_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const celu_ =
  fn<(input: Tensor, alpha?: Scalar | CeluInPlaceOptions, options?: CeluInPlaceOptions) => Tensor>('aten::celu_');

/** What {@link hardshrink} takes by name. */
export interface HardshrinkOptions {
  /** Half the width of the range that becomes 0. 0.5 unless given. */
  lambd?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x` where `|x| > lambd`, zero elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.hardshrink.html
 * @example
 * torch.hardshrink(torch.tensor([0.25, 2])) // tensor([0., 2.])
 */
export const hardshrink =
  op<(input: Tensor, lambd?: Scalar | HardshrinkOptions, options?: HardshrinkOptions) => Tensor>('aten::hardshrink');

/** What {@link logSoftmax} takes by name. */
export interface LogSoftmaxOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `log(softmax(x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.log_softmax.html
 * @example
 * torch.logSoftmax(torch.zeros(1), 0) // tensor([0.])
 */
export const logSoftmax =
  op<(input: Tensor, dim: number, dtype?: Dtype | null | LogSoftmaxOptions, options?: LogSoftmaxOptions) => Tensor>(
    'aten::log_softmax',
  );

/**
 * `x` where positive, `weight * x` elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.prelu.html
 * @example
 * torch.prelu(torch.tensor([-2.5, 1]), torch.tensor([0.5])) // tensor([-1.2500, 1.0000])
 */
export const prelu = op<(input: Tensor, weight: Tensor) => Tensor>('aten::prelu');

/**
 * The positive part: `max(0, x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.relu.html
 * @example
 * torch.relu(torch.tensor([-1.5, 2])) // tensor([0., 2.])
 */
export const relu = op<(input: Tensor) => Tensor>('aten::relu');

/**
 * In place of {@link relu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.relu_.html
 * @example
 * torch.relu_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const relu_ = op<(input: Tensor) => Tensor>('aten::relu_');

/** What {@link rrelu} takes by name. */
export interface RreluOptions {
  /** The least slope of negative values. 1/8 unless given. */
  lower?: Scalar;
  /** Whether the upper triangle is meant. */
  upper?: Scalar;
  /** Whether the module is in training mode. */
  training?: boolean;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * Leaky ReLU with a random slope in training.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.rrelu.html
 * @example
 * torch.rrelu(torch.ones(1)) // tensor([1.])
 */
export const rrelu =
  fn<
    (
      input: Tensor,
      lower?: Scalar | RreluOptions,
      upper?: Scalar | RreluOptions,
      training?: boolean | RreluOptions,
      generator?: Generator | null | RreluOptions,
      options?: RreluOptions,
    ) => Tensor
  >('aten::rrelu');

/** What {@link rrelu_} takes by name. */
export interface RreluInPlaceOptions {
  /** The least slope of negative values. 1/8 unless given. */
  lower?: Scalar;
  /** Whether the upper triangle is meant. */
  upper?: Scalar;
  /** Whether the module is in training mode. */
  training?: boolean;
  /** The source of random numbers. */
  generator?: Generator | null;
}

/**
 * In place of {@link rrelu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.rrelu_.html
 * @example
 * torch.rrelu_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const rrelu_ =
  fn<
    (
      input: Tensor,
      lower?: Scalar | RreluInPlaceOptions,
      upper?: Scalar | RreluInPlaceOptions,
      training?: boolean | RreluInPlaceOptions,
      generator?: Generator | null | RreluInPlaceOptions,
      options?: RreluInPlaceOptions,
    ) => Tensor
  >('aten::rrelu_');

/**
 * Scaled exponential linear units (Klambauer et al., 2017).
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.selu.html
 * @example
 * torch.selu(torch.zeros(1)) // tensor([0.])
 */
export const selu = fn<(input: Tensor) => Tensor>('aten::selu');

/**
 * In place of {@link selu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.selu_.html
 * @example
 * torch.selu_(torch.tensor([0.5, 1])) // tensor([0.5254, 1.0507])
 */
export const selu_ = fn<(input: Tensor) => Tensor>('aten::selu_');

/** What {@link softmax} takes by name. */
export interface SoftmaxOptions {
  /** The dtype of the result, or to compute in. */
  dtype?: Dtype | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `exp(x_i) / sum_j exp(x_j)` along a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.softmax.html
 * @example
 * torch.softmax(torch.zeros(2), 0) // tensor([0.5000, 0.5000])
 */
export const softmax =
  op<(input: Tensor, dim: number, dtype?: Dtype | null | SoftmaxOptions, options?: SoftmaxOptions) => Tensor>(
    'aten::softmax',
  );

/**
 * `x` where it is greater than the threshold, `value` elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.threshold.html
 * @example
 * torch.threshold(torch.tensor([0.5, 2]), 1, 0) // tensor([0., 2.])
 */
export const threshold =
  fn<(input: Tensor, threshold: Scalar, value: Scalar, options?: OutOptions) => Tensor>('aten::threshold');

/**
 * In place of {@link threshold}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.threshold_.html
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.threshold_.html
 * @example
 * torch.threshold_(torch.tensor([1, 3]), 2, 0) // tensor([0, 3])
 */
export const threshold_ = fn<(input: Tensor, threshold: Scalar, value: Scalar) => Tensor>('aten::threshold_');
