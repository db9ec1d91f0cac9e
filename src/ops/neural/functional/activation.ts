import { fn } from '../../op.js';
import type { Generator } from '../../../generator.js';
import type { Named, OutOptions, Scalar } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link elu} takes by name. */
export interface EluOptions {
  /** A multiplier. */
  alpha?: Scalar;
  /** A factor of the result. 1 unless given. */
  scale?: Scalar;
  /** A factor of the input in the exponent. 1 unless given. */
  inputScale?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x` where positive, `alpha * (exp(x) - 1)` elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.elu.html
 * @example
 * F.elu(torch.ones(1)) // tensor([1.])
 */
export const elu =
  fn<
    (
      input: Tensor,
      alpha?: Scalar | EluOptions,
      scale?: Scalar | EluOptions,
      inputScale?: Scalar | EluOptions,
      options?: EluOptions,
    ) => Tensor
  >('aten::elu');

/** What {@link elu_} takes by name. */
export interface EluInPlaceOptions {
  /** A multiplier. */
  alpha?: Scalar;
  /** A factor of the result. 1 unless given. */
  scale?: Scalar;
  /** A factor of the input in the exponent. 1 unless given. */
  inputScale?: Scalar;
}

/**
 * In place of {@link elu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.elu_.html
 * @example
 * F.elu_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const elu_ =
  fn<
    (
      input: Tensor,
      alpha?: Scalar | EluInPlaceOptions,
      scale?: Scalar | EluInPlaceOptions,
      inputScale?: Scalar | EluInPlaceOptions,
      options?: EluInPlaceOptions,
    ) => Tensor
  >('aten::elu_');

/** What {@link gelu} takes by name. */
export interface GeluOptions {
  /** `none` for the exact function, `tanh` for the approximation by tanh. `none` unless given. */
  approximate?: string;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x * Phi(x)`, `Phi` being the normal distribution function.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.gelu.html
 * @example
 * F.gelu(torch.zeros(1)) // tensor([0.])
 */
export const gelu = fn<(input: Tensor, options?: GeluOptions) => Tensor>('aten::gelu');

/** What {@link gelu_} takes by name. */
export interface GeluInPlaceOptions {
  /** `none` for the exact function, `tanh` for the approximation by tanh. `none` unless given. */
  approximate?: string;
}

/**
 * In place of {@link gelu}.
 *
 * @example
 * F.gelu_(torch.tensor([0.5, 1])) // tensor([0.3457, 0.8413])
 */
export const gelu_ = fn<(input: Tensor, options?: GeluInPlaceOptions) => Tensor>('aten::gelu_');

/** What {@link glu} takes by name. */
export interface GluOptions {
  /** The dimension, or dimensions, to work along. */
  dim?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `a * sigmoid(b)` for the halves of a dimension.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.glu.html
 * @example
 * F.glu(torch.zeros(2)) // tensor([0.])
 */
export const glu = fn<(input: Tensor, dim?: number | GluOptions, options?: GluOptions) => Tensor>('aten::glu');

/**
 * The forward derivative of {@link glu}.
 *
 * @param glu - the result of {@link glu}
 * @param dx - the tangent of `x`
 * @returns the tangent of the result
 * @example
 * const x = torch.tensor([1, 0])
 * F.gluJvp(F.glu(x.float()), x.float(), torch.ones(2), 0) // tensor([0.7500])
 */
export const gluJvp = fn<(glu: Tensor, x: Tensor, dx: Tensor, dim: number) => Tensor>('aten::glu_jvp');

/**
 * A sigmoid of straight pieces: `min(max(x / 6 + 1 / 2, 0), 1)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hardsigmoid.html
 * @example
 * F.hardsigmoid(torch.zeros(1)) // tensor([0.5000])
 */
export const hardsigmoid = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::hardsigmoid');

/**
 * In place of {@link hardsigmoid}.
 *
 * @example
 * F.hardsigmoid_(torch.tensor([0.5, 1])) // tensor([0.5833, 0.6667])
 */
export const hardsigmoid_ = fn<(input: Tensor) => Tensor>('aten::hardsigmoid_');

/**
 * `x * hardsigmoid(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hardswish.html
 * @example
 * F.hardswish(torch.zeros(1)) // tensor([0.])
 */
export const hardswish = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::hardswish');

/**
 * In place of {@link hardswish}.
 *
 * @example
 * F.hardswish_(torch.tensor([0.5, 1])) // tensor([0.2917, 0.6667])
 */
export const hardswish_ = fn<(input: Tensor) => Tensor>('aten::hardswish_');

/** What {@link hardtanh} takes by name. */
export interface HardtanhOptions {
  /** The least value. -1 unless given. */
  minVal?: Scalar;
  /** The greatest value. 1 unless given. */
  maxVal?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Each element, moved into a range.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hardtanh.html
 * @example
 * F.hardtanh(torch.tensor([-1.5, 0.5])) // tensor([-1.0000, 0.5000])
 */
export const hardtanh =
  fn<
    (
      input: Tensor,
      minVal?: Scalar | HardtanhOptions,
      maxVal?: Scalar | HardtanhOptions,
      options?: HardtanhOptions,
    ) => Tensor
  >('aten::hardtanh');

/** What {@link hardtanh_} takes by name. */
export interface HardtanhInPlaceOptions {
  /** The least value. -1 unless given. */
  minVal?: Scalar;
  /** The greatest value. 1 unless given. */
  maxVal?: Scalar;
}

/**
 * In place of {@link hardtanh}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.hardtanh_.html
 * @example
 * F.hardtanh_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const hardtanh_ =
  fn<
    (
      input: Tensor,
      minVal?: Scalar | HardtanhInPlaceOptions,
      maxVal?: Scalar | HardtanhInPlaceOptions,
      options?: HardtanhInPlaceOptions,
    ) => Tensor
  >('aten::hardtanh_');

/** What {@link leakyRelu} takes by name. */
export interface LeakyReluOptions {
  /** The slope of negative values. 0.01 unless given. */
  negativeSlope?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x` where positive, `negativeSlope * x` elsewhere.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.leaky_relu.html
 * @example
 * F.leakyRelu(torch.tensor([-1.5, 2]), 0.5) // tensor([-0.7500, 2.0000])
 */
export const leakyRelu =
  fn<(input: Tensor, negativeSlope?: Scalar | LeakyReluOptions, options?: LeakyReluOptions) => Tensor>(
    'aten::leaky_relu',
  );

/** What {@link leakyRelu_} takes by name. */
export interface LeakyReluInPlaceOptions {
  /** The slope of negative values. 0.01 unless given. */
  negativeSlope?: Scalar;
}

/**
 * In place of {@link leakyRelu}.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.leaky_relu_.html
 * @example
 * F.leakyRelu_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const leakyRelu_ =
  fn<(input: Tensor, negativeSlope?: Scalar | LeakyReluInPlaceOptions, options?: LeakyReluInPlaceOptions) => Tensor>(
    'aten::leaky_relu_',
  );

/**
 * `log(sigmoid(x))`.
 *
 * @example
 * F.logSigmoid(torch.zeros(1)) // tensor([-0.6931])
 */
export const logSigmoid = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::log_sigmoid');

/** What {@link logSigmoidForward} takes by name. */
export interface LogSigmoidForwardOptions {
  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * As {@link logSigmoid}, with what its gradient needs.
 *
 * @example
 * F.logSigmoidForward(torch.zeros(1))[0] // tensor([-0.6931])
 */
export const logSigmoidForward =
  fn<
    [
      (input: Tensor, options?: LogSigmoidForwardOptions) => [Tensor, Tensor],
      (input: Tensor, options?: LogSigmoidForwardOptions) => Named<{ output: Tensor; buffer: Tensor }>,
    ]
  >('aten::log_sigmoid_forward');

/**
 * `x * tanh(softplus(x))`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.mish.html
 * @example
 * F.mish(torch.zeros(1)) // tensor([0.])
 */
export const mish = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::mish');

/**
 * In place of {@link mish}.
 *
 * @example
 * F.mish_(torch.tensor([0.5, 1])) // tensor([0.3752, 0.8651])
 */
export const mish_ = fn<(input: Tensor) => Tensor>('aten::mish_');

/**
 * `min(max(0, x), 6)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.relu6.html
 * @example
 * F.relu6(torch.tensor([-1.5, 8])) // tensor([0., 6.])
 */
export const relu6 = fn<(input: Tensor) => Tensor>('aten::relu6');

/**
 * In place of {@link relu6}.
 *
 * @example
 * F.relu6_(torch.tensor([0.5, 1])) // tensor([0.5000, 1.0000])
 */
export const relu6_ = fn<(input: Tensor) => Tensor>('aten::relu6_');

/** What {@link rreluWithNoise} takes by name. */
export interface RreluWithNoiseOptions {
  /** The least slope of negative values. 1/8 unless given. */
  lower?: Scalar;
  /** Whether the upper triangle is meant. */
  upper?: Scalar;
  /** Whether the module is in training mode. */
  training?: boolean;
  /** The source of random numbers. */
  generator?: Generator | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * As `rrelu`, with the slopes that it drew.
 *
 * @example
 * F.rreluWithNoise(torch.ones(1), torch.ones(1)) // tensor([1.])
 */
export const rreluWithNoise =
  fn<
    (
      input: Tensor,
      noise: Tensor,
      lower?: Scalar | RreluWithNoiseOptions,
      upper?: Scalar | RreluWithNoiseOptions,
      training?: boolean | RreluWithNoiseOptions,
      generator?: Generator | null | RreluWithNoiseOptions,
      options?: RreluWithNoiseOptions,
    ) => Tensor
  >('aten::rrelu_with_noise');

/** What {@link rreluWithNoise_} takes by name. */
export interface RreluWithNoiseInPlaceOptions {
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
 * In place of {@link rreluWithNoise}.
 *
 * @example
 * F.rreluWithNoise_(torch.tensor([1.5, 2]), torch.tensor([0.5, 3])) // tensor([1.5000, 2.0000])
 */
export const rreluWithNoise_ =
  fn<
    (
      input: Tensor,
      noise: Tensor,
      lower?: Scalar | RreluWithNoiseInPlaceOptions,
      upper?: Scalar | RreluWithNoiseInPlaceOptions,
      training?: boolean | RreluWithNoiseInPlaceOptions,
      generator?: Generator | null | RreluWithNoiseInPlaceOptions,
      options?: RreluWithNoiseInPlaceOptions,
    ) => Tensor
  >('aten::rrelu_with_noise_');

/**
 * `x * sigmoid(x)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.silu.html
 * @example
 * F.silu(torch.zeros(1)) // tensor([0.])
 */
export const silu = fn<(input: Tensor, options?: OutOptions) => Tensor>('aten::silu');

/**
 * In place of {@link silu}.
 *
 * @example
 * F.silu_(torch.tensor([0.5, 1])) // tensor([0.3112, 0.7311])
 */
export const silu_ = fn<(input: Tensor) => Tensor>('aten::silu_');

/** What {@link softplus} takes by name. */
export interface SoftplusOptions {
  /** The multiplier of the input. */
  beta?: Scalar;
  /** Above this value of `beta * input` the function is the identity. 20 unless given. */
  threshold?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `log(1 + exp(beta * x)) / beta`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.softplus.html
 * @example
 * F.softplus(torch.zeros(1)) // tensor([0.6931])
 */
export const softplus =
  fn<
    (
      input: Tensor,
      beta?: Scalar | SoftplusOptions,
      threshold?: Scalar | SoftplusOptions,
      options?: SoftplusOptions,
    ) => Tensor
  >('aten::softplus');

/** What {@link softshrink} takes by name. */
export interface SoftshrinkOptions {
  /** By how much values move towards 0. 0.5 unless given. */
  lambd?: Scalar;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * `x` moved towards zero by `lambd`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.softshrink.html
 * @example
 * F.softshrink(torch.tensor([0.25, 2])) // tensor([0.0000, 1.5000])
 */
export const softshrink =
  fn<(input: Tensor, lambd?: Scalar | SoftshrinkOptions, options?: SoftshrinkOptions) => Tensor>('aten::softshrink');
