import { FlambeauError } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import * as F from '../functional/index.js';
import { Module } from './module.js';
import { plain } from './options.js';

/**
 * Elements along a dimension as probabilities that add up to 1.
 *
 * `softmax(x_i) = exp(x_i) / sum_j exp(x_j)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Softmax.html
 * @example
 * new nn.Softmax(0).call(torch.zeros(4)) // tensor([0.2500, 0.2500, 0.2500, 0.2500])
 */
export class Softmax extends Module<[Tensor], Tensor> {
  constructor(
    /** The dimension; null for the first of inputs with 1 or 3 dimensions, and the second of others, as PyTorch once chose. */
    readonly dim: number | null = null,
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return F.softmax(input, this.dim ?? implicitDim(input));
  }

  override extraRepr(): string {
    return `dim=${plain(this.dim)}`;
  }
}

/**
 * The logarithm of {@link Softmax}.
 *
 * `log_softmax(x_i) = log(exp(x_i) / sum_j exp(x_j))`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.LogSoftmax.html
 * @example
 * new nn.LogSoftmax(0).call(torch.zeros(2)) // tensor([-0.6931, -0.6931])
 */
export class LogSoftmax extends Module<[Tensor], Tensor> {
  constructor(
    /** The dimension; null for the first of inputs with 1 or 3 dimensions, and the second of others, as PyTorch once chose. */
    readonly dim: number | null = null,
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return F.logSoftmax(input, this.dim ?? implicitDim(input));
  }

  override extraRepr(): string {
    return `dim=${plain(this.dim)}`;
  }
}

/**
 * {@link Softmax} of the negated input: the least element is the most likely.
 *
 * `softmin(x_i) = exp(-x_i) / sum_j exp(-x_j)`
 *
 * Shape: any; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Softmin.html
 * @example
 * new nn.Softmin(0).call(torch.tensor([0, 50]).float()) // tensor([1.0000e+00, 1.9287e-22])
 */
export class Softmin extends Module<[Tensor], Tensor> {
  constructor(
    /** The dimension; null for the first of inputs with 1 or 3 dimensions, and the second of others, as PyTorch once chose. */
    readonly dim: number | null = null,
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return F.softmin(input, this.dim ?? implicitDim(input));
  }

  override extraRepr(): string {
    return `dim=${plain(this.dim)}`;
  }
}

/**
 * {@link Softmax} over the channels at each place of an image.
 *
 * Shape: input `(N, C, H, W)` or `(C, H, W)`; the output is of the input's shape.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Softmax2d.html
 * @example
 * new nn.Softmax2d().call(torch.zeros(2, 1, 1)).flatten() // tensor([0.5000, 0.5000])
 */
export class Softmax2d extends Module<[Tensor], Tensor> {
  override forward(input: Tensor): Tensor {
    if (input.ndim !== 3 && input.ndim !== 4)
      throw new FlambeauError(
        'INVALID_VALUE',
        `Softmax2d(): argument 'input' must have 3 or 4 dimensions, not ${input.ndim}`,
      );
    return F.softmax(input, -3);
  }
}

/**
 * The first half of a dimension, let through by the sigmoid of the second (Dauphin et al., 2016).
 *
 * `GLU(a, b) = a * sigmoid(b)`
 *
 * Shape: input `(*, 2 N, *)`, output `(*, N, *)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.GLU.html
 * @example
 * new nn.GLU().call(torch.tensor([3, 0]).float()) // tensor([1.5000])
 */
export class GLU extends Module<[Tensor], Tensor> {
  constructor(
    /** The dimension to halve. */
    readonly dim = -1,
  ) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return F.glu(input, this.dim);
  }

  override extraRepr(): string {
    return `dim=${this.dim}`;
  }
}

function implicitDim(input: Tensor): number {
  return [0, 1, 3].includes(input.ndim) ? 0 : 1;
}
