/**
 * `torch.nn.init`: values that parameters start from. Each function fills a tensor in place and returns it.
 *
 * @packageDocumentation
 */
import { noGrad } from '../autograd/modes.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import type { Generator } from '../generator.js';
import { emptyLike, eye } from '../ops/creation/index.js';
import { qr } from '../ops/linalg/index.js';
import { erf } from '../ops/special/index.js';
import { randperm } from '../ops/random/index.js';
import { warn } from '../warnings.js';
import { tensor as tensorOf, type Tensor } from '../tensor.js';

/** The non-linear functions that {@link calculateGain} knows. */
export type Nonlinearity =
  | 'linear'
  | 'conv1d'
  | 'conv2d'
  | 'conv3d'
  | 'conv_transpose1d'
  | 'conv_transpose2d'
  | 'conv_transpose3d'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leaky_relu'
  | 'selu';

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
    case 'conv_transpose1d':
    case 'conv_transpose2d':
    case 'conv_transpose3d':
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
  if (tensor.shape.includes(0)) return tensor;
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
  if (tensor.shape.includes(0)) return tensor;
  return normal_(tensor, 0, kaimingStd(tensor, options), options.generator);
}

function dimensions(func: string, tensor: Tensor, least: number, most = Infinity): void {
  const { ndim } = tensor;
  if (ndim >= least && ndim <= most) return;
  const wanted = least === most ? String(least) : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  throw new FlambeauError('INVALID_VALUE', `${func}(): argument 'tensor' must have ${wanted} dimensions, not ${ndim}`);
}

/**
 * Fills a matrix with the identity.
 *
 * @throws when the tensor is no matrix
 * @see https://docs.pytorch.org/docs/2.13/nn.init.html#torch.nn.init.eye_
 * @example
 * nn.init.eye_(torch.empty(2, 3)) // tensor([[1., 0., 0.], [0., 1., 0.]])
 */
export function eye_(tensor: Tensor): Tensor {
  dimensions('eye_', tensor, 2, 2);
  const [rows, columns] = tensor.shape as [number, number];
  return noGrad(() => tensor.copy_(eye(rows, columns, { device: tensor.device })));
}

/**
 * Fills the weight of a convolution so that it keeps as many channels as it can as they are.
 *
 * @param groups - those of the convolution
 * @throws when the tensor has not 3, 4 or 5 dimensions, or its first cannot be split
 * @see https://docs.pytorch.org/docs/2.13/nn.init.html#torch.nn.init.dirac_
 * @example
 * nn.init.dirac_(torch.empty(1, 1, 3)) // tensor([[[0., 1., 0.]]])
 */
export function dirac_(tensor: Tensor, groups = 1): Tensor {
  dimensions('dirac_', tensor, 3, 5);
  const [channels, inputs, ...window] = tensor.shape as [number, number, ...number[]];
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0)
    throw wrongArgument('dirac_', 'groups', `number that divides ${channels}`, groups);
  const each = channels / groups;
  return noGrad(() => {
    tensor.zero_();
    let centre = tensor;
    for (const size of window) centre = centre.select(2, Math.floor(size / 2));
    for (let group = 0; group < groups; group++)
      for (let d = 0; d < Math.min(each, inputs); d++)
        centre
          .select(0, group * each + d)
          .select(0, d)
          .fill_(1);
    return tensor;
  });
}

/**
 * Fills with an orthogonal matrix (Saxe et al., 2013); what is behind the first dimension counts as one.
 *
 * @param gain - what the matrix is multiplied with
 * @throws when the tensor has fewer than two dimensions
 * @see https://docs.pytorch.org/docs/2.13/nn.init.html#torch.nn.init.orthogonal_
 * @example
 * const w = nn.init.orthogonal_(torch.empty(3, 5))
 * w.matmul(w.T).allclose(torch.eye(3), { atol: 1e-6 }) // true
 */
export function orthogonal_(tensor: Tensor, gain = 1, generator?: Generator): Tensor {
  dimensions('orthogonal_', tensor, 2);
  if (tensor.numel() === 0) return tensor;
  const rows = tensor.shape[0]!;
  const columns = tensor.numel() / rows;
  return noGrad(() => {
    const drawn = tensor.newEmpty([rows, columns]).normal_(0, 1, { generator });
    const { Q, R } = qr(rows < columns ? drawn.t() : drawn);
    const signed = Q.mul(R.diagonal().sign());
    return tensor.copy_((rows < columns ? signed.t() : signed).reshape(tensor.shape)).mul_(gain);
  });
}

/**
 * Fills a matrix with a normal distribution, with a share of zeros in each column (Martens, 2010).
 *
 * @param sparsity - the share of zeros, from 0 to 1
 * @throws when the tensor is no matrix
 * @see https://docs.pytorch.org/docs/2.13/nn.init.html#torch.nn.init.sparse_
 * @example
 * nn.init.sparse_(torch.empty(4, 2), 0.5).eq(0).sum(0) // tensor([2, 2])
 */
export function sparse_(tensor: Tensor, sparsity: number, std = 0.01, generator?: Generator): Tensor {
  dimensions('sparse_', tensor, 2, 2);
  if (!(sparsity >= 0 && sparsity <= 1)) throw wrongArgument('sparse_', 'sparsity', 'number from 0 to 1', sparsity);
  const [rows, columns] = tensor.shape as [number, number];
  const zeros = Math.ceil(sparsity * rows);
  return noGrad(() => {
    tensor.normal_(0, std, { generator });
    for (let column = 0; column < columns; column++) {
      const indices = randperm(rows).slice(0, 0, zeros).to({ device: tensor.device });
      tensor.select(1, column).indexFill_(0, indices, 0);
    }
    return tensor;
  });
}

/** What {@link truncNormal_} takes by name. */
export interface TruncNormalOptions {
  /** The mean before values are refused; 0 unless given. */
  mean?: number;
  /** The standard deviation before values are refused; 1 unless given. */
  std?: number;
  /** The least value; -2 unless given. */
  a?: number;
  /** The greatest value; 2 unless given. */
  b?: number;
  /** The source of random numbers. */
  generator?: Generator;
}

function below(x: number): number {
  return (1 + Number(erf(tensorOf(x / Math.SQRT2, { dtype: 'float64' })).item())) / 2;
}

/**
 * Fills with a normal distribution, of which values outside of `[a, b]` are drawn again. It reads which are, so it waits
 * for the device and cannot be captured.
 *
 * @see https://docs.pytorch.org/docs/2.13/nn.init.html#torch.nn.init.trunc_normal_
 * @example
 * nn.init.truncNormal_(torch.empty(100), { std: 0.02, a: -0.04, b: 0.04 }).abs().max().item() <= 0.04 // true
 */
export function truncNormal_(tensor: Tensor, options: TruncNormalOptions = {}): Tensor {
  const { mean = 0, std = 1, a = -2, b = 2, generator } = options;
  if (!(a < b)) throw wrongArgument('truncNormal_', 'a', `number below b, ${b}`, a);
  if (mean < a - 2 * std || mean > b + 2 * std)
    warn(
      'truncNormal_(): the mean is more than two standard deviations outside of [a, b]; the distribution may be wrong',
    );
  const likely = below((b - mean) / std) - below((a - mean) / std) > 0.3;
  return noGrad(() =>
    likely ? redrawn(tensor, mean, std, a, b, generator) : accepted(tensor, mean, std, a, b, generator),
  );
}

/** Where most values are inside: draws those anew that are not. */
function redrawn(tensor: Tensor, mean: number, std: number, a: number, b: number, generator?: Generator): Tensor {
  const [low, high] = [a, b].map((bound) => Number(tensorOf(bound, { dtype: tensor.dtype }).item())) as [
    number,
    number,
  ];
  let result = tensor.normal_(mean, std, { generator });
  for (;;) {
    const outside = result.lt(low).logicalOr(result.gt(high));
    if (!outside.any().item()) return result === tensor ? tensor : tensor.copy_(result);
    result = emptyLike(result).normal_(mean, std, { generator }).where(outside, result);
  }
}

/** Where few are: draws evenly over the bounds, and takes each value as often as its density says. */
function accepted(tensor: Tensor, mean: number, std: number, a: number, b: number, generator?: Generator): Tensor {
  const peak = -0.5 * ((Math.max(a, Math.min(mean, b)) - mean) / std) ** 2;
  const candidates = emptyLike(tensor);
  const chance = emptyLike(tensor);
  const refused = (): Tensor => {
    candidates.sub_(mean).div_(std).pow_(2).mul_(-0.5).sub_(peak);
    return chance.uniform_(0, 1, { generator }).log_().gt(candidates);
  };
  tensor.uniform_(a, b, { generator });
  candidates.copy_(tensor);
  let pending = refused();
  let result = tensor;
  while (pending.any().item()) {
    candidates.uniform_(a, b, { generator });
    result = candidates.where(pending, result);
    pending = pending.logicalAnd(refused());
  }
  return result === tensor ? tensor : tensor.copy_(result);
}
