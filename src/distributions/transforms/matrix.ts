import { FlambeauError } from '../../errors.js';
import { cholesky } from '../../ops/linalg/index.js';
import { logSigmoid, pad, softplus } from '../../ops/neural/functional/index.js';
import { eye } from '../../ops/functions.js';
import type { Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import * as constraints from '../constraints.js';
import type { Constraint } from '../constraints.js';
import { complement, finfo, like, trilMatrixToVec, vecToTrilMatrix } from '../utils.js';
import { clippedSigmoid } from './elementwise.js';
import { tooFew, Transform } from './transform.js';

/** All but the last element of the last dimension. */
function butLast(x: Tensor): Tensor {
  return x.narrow(-1, 0, x.shape.at(-1)! - 1);
}

function padded(x: Tensor, sides: readonly [number, number]): Tensor {
  return pad(x, sides, 'constant', 1);
}

/**
 * Vectors of `D (D - 1) / 2` numbers to Cholesky factors of `D x D` correlation matrices (Lewandowski et al., 2009).
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.CorrCholeskyTransform
 * @example
 * new torch.distributions.CorrCholeskyTransform().forward(torch.zeros(1)) // tensor([[1., 0.], [0., 1.]])
 */
export class CorrCholeskyTransform extends Transform {
  override get domain(): Constraint {
    return constraints.realVector;
  }

  override get codomain(): Constraint {
    return constraints.corrCholesky;
  }

  override get bijective(): boolean {
    return true;
  }

  protected override call(x: Tensor): Tensor {
    const { eps } = finfo(x.dtype);
    const r = vecToTrilMatrix(x.tanh().clamp(-1 + eps, 1 - eps), -1);
    // Stick-breaking on the squares.
    const rest = complement(r.pow(2)).sqrt().cumprod(-1);
    return r.add(eye(r.shape.at(-1)!, like(r))).mul(padded(butLast(rest), [1, 0]));
  }

  protected override uncall(y: Tensor): Tensor {
    const rest = padded(butLast(complement(y.mul(y).cumsum(-1))), [1, 0]);
    const t = trilMatrixToVec(y, -1).div(trilMatrixToVec(rest, -1).sqrt());
    return t.log1p().sub(t.neg().log1p()).div(2);
  }

  override logAbsDetJacobian(x: Tensor, y: Tensor): Tensor {
    const rest = trilMatrixToVec(complement(y.mul(y).cumsum(-1)), -2);
    const tanh = x
      .add(softplus(x.mul(-2)))
      .sub(Math.log(2))
      .sum(-1)
      .mul(-2);
    return rest.log().sum(-1).mul(0.5).add(tanh);
  }

  override forwardShape(shape: Size): number[] {
    tooFew(shape, 1);
    const n = shape.at(-1)!;
    const d = Math.round(Math.sqrt(0.25 + 2 * n) + 0.5);
    if ((d * (d - 1)) / 2 !== n)
      throw new FlambeauError(
        'INVALID_VALUE',
        `CorrCholeskyTransform: no square matrix has ${n} elements below its diagonal`,
      );
    return [...shape.slice(0, -1), d, d];
  }

  override inverseShape(shape: Size): number[] {
    tooFew(shape, 2);
    const d = shape.at(-1)!;
    if (shape.at(-2) !== d)
      throw new FlambeauError(
        'INVALID_VALUE',
        `CorrCholeskyTransform: the input is not square, but of shape [${shape.join(', ')}]`,
      );
    return [...shape.slice(0, -2), (d * (d - 1)) / 2];
  }
}

/**
 * `y = softmax(x)` over the last dimension. Not a bijection: constants that are added to `x` are lost.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.SoftmaxTransform
 * @example
 * new torch.distributions.SoftmaxTransform().forward(torch.zeros(2)) // tensor([0.5000, 0.5000])
 */
export class SoftmaxTransform extends Transform {
  override get domain(): Constraint {
    return constraints.realVector;
  }

  override get codomain(): Constraint {
    return constraints.simplex;
  }

  override equals(other: Transform): boolean {
    return other instanceof SoftmaxTransform;
  }

  protected override call(x: Tensor): Tensor {
    const probs = x.sub(x.amax(-1, true)).exp();
    return probs.div(probs.sum(-1, true));
  }

  protected override uncall(y: Tensor): Tensor {
    return y.log();
  }

  override forwardShape(shape: Size): number[] {
    tooFew(shape, 1);
    return [...shape];
  }

  override inverseShape(shape: Size): number[] {
    return this.forwardShape(shape);
  }
}

/**
 * Vectors to vectors with one more element that are not negative and add up to 1: each element breaks its part off what is
 * left of a stick.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.StickBreakingTransform
 * @example
 * new torch.distributions.StickBreakingTransform().forward(torch.zeros(1)) // tensor([0.5000, 0.5000])
 */
export class StickBreakingTransform extends Transform {
  override get domain(): Constraint {
    return constraints.realVector;
  }

  override get codomain(): Constraint {
    return constraints.simplex;
  }

  override get bijective(): boolean {
    return true;
  }

  override equals(other: Transform): boolean {
    return other instanceof StickBreakingTransform;
  }

  protected override call(x: Tensor): Tensor {
    const z = clippedSigmoid(x.sub(offsets(x, x.shape.at(-1)!).log()));
    return padded(z, [0, 1]).mul(padded(complement(z).cumprod(-1), [1, 0]));
  }

  protected override uncall(y: Tensor): Tensor {
    const cropped = butLast(y);
    const left = complement(cropped.cumsum(-1)).clamp(finfo(y.dtype).tiny);
    return cropped
      .log()
      .sub(left.log())
      .add(offsets(y, cropped.shape.at(-1)!).log());
  }

  override logAbsDetJacobian(x: Tensor, y: Tensor): Tensor {
    const shifted = x.sub(offsets(x, x.shape.at(-1)!).log());
    return shifted.neg().add(logSigmoid(shifted)).add(butLast(y).log()).sum(-1);
  }

  override forwardShape(shape: Size): number[] {
    tooFew(shape, 1);
    return [...shape.slice(0, -1), shape.at(-1)! + 1];
  }

  override inverseShape(shape: Size): number[] {
    tooFew(shape, 1);
    return [...shape.slice(0, -1), shape.at(-1)! - 1];
  }
}

/** `n, n - 1, ..., 1` */
function offsets(x: Tensor, n: number): Tensor {
  return x
    .newOnes([n])
    .cumsum(-1)
    .neg()
    .add(n + 1);
}

abstract class MatrixTransform extends Transform {
  override get domain(): Constraint {
    return new constraints.Independent(constraints.real, 2);
  }

  override equals(other: Transform): boolean {
    return other.constructor === this.constructor;
  }
}

function toCholesky(x: Tensor): Tensor {
  return x.tril(-1).add(x.diagonal(0, -2, -1).exp().diagEmbed());
}

function fromCholesky(y: Tensor): Tensor {
  return y.tril(-1).add(y.diagonal(0, -2, -1).log().diagEmbed());
}

/**
 * Square matrices to lower triangular ones with a positive diagonal.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.LowerCholeskyTransform
 * @example
 * new torch.distributions.LowerCholeskyTransform().forward(torch.zeros(2, 2)) // tensor([[1., 0.], [0., 1.]])
 */
export class LowerCholeskyTransform extends MatrixTransform {
  override get codomain(): Constraint {
    return constraints.lowerCholesky;
  }

  protected override call(x: Tensor): Tensor {
    return toCholesky(x);
  }

  protected override uncall(y: Tensor): Tensor {
    return fromCholesky(y);
  }
}

/**
 * Square matrices to positive definite ones.
 *
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.transforms.PositiveDefiniteTransform
 * @example
 * new torch.distributions.PositiveDefiniteTransform().forward(torch.zeros(2, 2)) // tensor([[1., 0.], [0., 1.]])
 */
export class PositiveDefiniteTransform extends MatrixTransform {
  override get codomain(): Constraint {
    return constraints.positiveDefinite;
  }

  protected override call(x: Tensor): Tensor {
    const factor = toCholesky(x);
    return factor.matmul(factor.mT);
  }

  protected override uncall(y: Tensor): Tensor {
    return fromCholesky(cholesky(y));
  }
}
