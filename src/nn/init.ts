/**
 * `torch.nn.init`: values that parameters start from. Each function fills a tensor in place and returns it.
 *
 * @packageDocumentation
 */
import { noGrad } from '../autograd/modes.js';
import { FlambeauError } from '../errors.js';
import type { Generator } from '../generator.js';
import type { Tensor } from '../tensor.js';

/** The non-linear functions that {@link calculateGain} knows. */
export type Nonlinearity =
  'linear' | 'conv1d' | 'conv2d' | 'conv3d' | 'sigmoid' | 'tanh' | 'relu' | 'leaky_relu' | 'selu';

/** What the `kaiming` functions take by name. */
export interface KaimingOptions {
  /** The negative slope of the leaky ReLU that follows. */
  a?: number;
  /** Whether the variance is kept going forward or going backward. */
  mode?: 'fan_in' | 'fan_out';
  /** The non-linear function that follows. */
  nonlinearity?: Nonlinearity;
  /** The source of random numbers. */
  generator?: Generator;
}

/**
 * The factor by which a non-linear function asks initial values to be larger.
 *
 * @see https://docs.pytorch.org/docs/2.13/nn.init.html#torch.nn.init.calculate_gain
 * @example
 * nn.init.calculateGain('tanh') // 1.6666666666666667
 */
export function calculateGain(nonlinearity: Nonlinearity, param = 0.01): number {
  switch (nonlinearity) {
    case 'tanh':
      return 5 / 3;
    case 'relu':
      return Math.SQRT2;
    case 'leaky_relu':
      return Math.sqrt(2 / (1 + param ** 2));
    case 'selu':
      return 3 / 4;
    case 'linear':
    case 'conv1d':
    case 'conv2d':
    case 'conv3d':
    case 'sigmoid':
      return 1;
    default:
      throw new FlambeauError('INVALID_VALUE', `calculateGain(): unknown nonlinearity '${String(nonlinearity)}'`);
  }
}

/**
 * The number of inputs and of outputs of one unit.
 *
 * @throws when the tensor has fewer than two dimensions
 * @example
 * nn.init.calculateFanInAndFanOut(torch.empty(8, 3, 5, 5)) // { fanIn: 75, fanOut: 200 }
 */
export function calculateFanInAndFanOut(tensor: Tensor): { fanIn: number; fanOut: number } {
  const { shape } = tensor;
  if (shape.length < 2)
    throw new FlambeauError('INVALID_VALUE', `fan in and fan out need at least 2 dimensions, not ${shape.length}`);
  const field = shape.slice(2).reduce((a, b) => a * b, 1);
  return { fanIn: shape[1]! * field, fanOut: shape[0]! * field };
}

/**
 * Fills with numbers spread evenly over `[a, b)`.
 *
 * @example
 * nn.init.uniform_(torch.empty(2, 3)).shape // [ 2, 3 ]
 */
export function uniform_(tensor: Tensor, a = 0, b = 1, generator?: Generator): Tensor {
  return noGrad(() => tensor.uniform_(a, b, { generator }));
}

/**
 * Fills with numbers of a normal distribution.
 *
 * @example
 * nn.init.normal_(torch.empty(2, 3), 0, 0.02).shape // [ 2, 3 ]
 */
export function normal_(tensor: Tensor, mean = 0, std = 1, generator?: Generator): Tensor {
  return noGrad(() => tensor.normal_(mean, std, { generator }));
}

/**
 * Fills with one value.
 *
 * @example
 * nn.init.constant_(torch.empty(2), 0.5) // tensor([0.5000, 0.5000])
 */
export function constant_(tensor: Tensor, value: number): Tensor {
  return noGrad(() => tensor.fill_(value));
}

/**
 * Fills with ones.
 *
 * @example
 * nn.init.ones_(torch.empty(2)) // tensor([1., 1.])
 */
export function ones_(tensor: Tensor): Tensor {
  return constant_(tensor, 1);
}

/**
 * Fills with zeros.
 *
 * @example
 * nn.init.zeros_(torch.empty(2)) // tensor([0., 0.])
 */
export function zeros_(tensor: Tensor): Tensor {
  return constant_(tensor, 0);
}

/**
 * Fills evenly over `[-bound, bound)`, `bound = gain * sqrt(6 / (fan_in + fan_out))` (Glorot and Bengio, 2010).
 *
 * @example
 * nn.init.xavierUniform_(torch.empty(3, 5)).abs().max().item() <= Math.sqrt(6 / 8) // true
 */
export function xavierUniform_(tensor: Tensor, gain = 1, generator?: Generator): Tensor {
  const { fanIn, fanOut } = calculateFanInAndFanOut(tensor);
  const bound = gain * Math.sqrt(6 / (fanIn + fanOut));
  return uniform_(tensor, -bound, bound, generator);
}

/**
 * Fills with a normal distribution of standard deviation `gain * sqrt(2 / (fan_in + fan_out))` (Glorot and Bengio, 2010).
 *
 * @example
 * nn.init.xavierNormal_(torch.empty(3, 5)).shape // [ 3, 5 ]
 */
export function xavierNormal_(tensor: Tensor, gain = 1, generator?: Generator): Tensor {
  const { fanIn, fanOut } = calculateFanInAndFanOut(tensor);
  return normal_(tensor, 0, gain * Math.sqrt(2 / (fanIn + fanOut)), generator);
}

function kaimingStd(tensor: Tensor, { a = 0, mode = 'fan_in', nonlinearity = 'leaky_relu' }: KaimingOptions): number {
  const { fanIn, fanOut } = calculateFanInAndFanOut(tensor);
  return calculateGain(nonlinearity, a) / Math.sqrt(mode === 'fan_in' ? fanIn : fanOut);
}

/**
 * Fills evenly over `[-bound, bound)`, `bound = gain * sqrt(3 / fan)` (He et al., 2015).
 *
 * @example
 * nn.init.kaimingUniform_(torch.empty(3, 5)).shape // [ 3, 5 ]
 */
export function kaimingUniform_(tensor: Tensor, options: KaimingOptions = {}): Tensor {
  const bound = Math.sqrt(3) * kaimingStd(tensor, options);
  return uniform_(tensor, -bound, bound, options.generator);
}

/**
 * Fills with a normal distribution of standard deviation `gain / sqrt(fan)` (He et al., 2015).
 *
 * @example
 * nn.init.kaimingNormal_(torch.empty(3, 5), { nonlinearity: 'relu' }).shape // [ 3, 5 ]
 */
export function kaimingNormal_(tensor: Tensor, options: KaimingOptions = {}): Tensor {
  return normal_(tensor, 0, kaimingStd(tensor, options), options.generator);
}
