/**
 * `torch.nn.utils.parametrizations`: parametrizations that are ready to use.
 *
 * @packageDocumentation
 */
import type { Device } from '../../device.js';
import type { Dtype } from '../../dtype.js';
import { noGrad } from '../../autograd/modes.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { invoke, Operator } from '../../ops/call.js';
import { eye, zerosLike } from '../../ops/creation/index.js';
import { geqrf } from '../../ops/blas/index.js';
import { householderProduct, solve, vectorNorm } from '../../ops/linalg/index.js';
import { normExceptDim } from '../../ops/reduction/index.js';
import { cat } from '../../ops/shape/index.js';
import { Tensor } from '../../tensor.js';
import { Module } from '../modules/module.js';
import { ConvTranspose1d, ConvTranspose2d, ConvTranspose3d } from '../modules/transposed.js';
import { registerParametrization, type Parametrized } from './parametrize.js';

const weightNormOp = new Operator('aten::_weight_norm', true);

function weightOf(func: string, module: object, name: string): Tensor {
  const weight = (module as Record<string, unknown>)[name];
  if (!((module as unknown) instanceof Module)) throw wrongArgument(func, 'module', 'Module', module);
  if (!(weight instanceof Tensor))
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}(): ${module.constructor.name} has no parameter or buffer '${name}'`,
    );
  return weight;
}

class _WeightNorm extends Module<Tensor[], Tensor> {
  constructor(readonly dim: number) {
    super();
  }

  forward(...[g, v]: Tensor[]): Tensor {
    return invoke(weightNormOp, [v, g, this.dim]) as Tensor;
  }

  rightInverse(weight: Tensor): [Tensor, Tensor] {
    return [normExceptDim(weight, 2, this.dim), weight];
  }
}

/**
 * Learns the length of a weight and its direction apart (Salimans and Kingma, 2016).
 *
 * `weight = g * v / |v|`, where `g` is `parametrizations.<name>.original0` and `v` `original1`.
 *
 * @param name - the parameter; `'weight'` unless given
 * @param dim - the dimension along which there is a length for each index; 0 unless given, null for one length
 * @returns the module
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parametrizations.weight_norm.html
 * @example
 * const layer = nn.utils.parametrizations.weightNorm(new nn.Linear(20, 40))
 * layer.parametrizations.weight.original0.shape // [ 40, 1 ]
 */
export function weightNorm<M extends object>(module: M, name = 'weight', dim: number | null = 0): M & Parametrized {
  weightOf('weightNorm', module, name);
  const result = registerParametrization(module, name, new _WeightNorm(dim ?? -1) as never, { unsafe: true });
  // States of the older weight_norm have other names.
  (result as unknown as Module).registerLoadStateDictPreHook((_, state, prefix) => {
    const old = [state.get(`${prefix}${name}_g`), state.get(`${prefix}${name}_v`)];
    if (!old[0] || !old[1]) return;
    old.forEach((value, i) => {
      state.delete(`${prefix}${name}_${'gv'[i]}`);
      state.set(`${prefix}parametrizations.${name}.original${i}`, value!);
    });
  });
  return result;
}

function normalize(vector: Tensor, eps: number): Tensor {
  return vector.div(vectorNorm(vector).clampMin(eps));
}

class _SpectralNorm extends Module<[Tensor], Tensor> {
  declare _u: Tensor;
  declare _v: Tensor;
  private readonly dim: number;

  constructor(
    weight: Tensor,
    readonly nPowerIterations: number,
    dim: number,
    readonly eps: number,
  ) {
    super();
    const { ndim } = weight;
    if (!Number.isInteger(dim) || dim >= ndim || dim < -ndim)
      throw wrongArgument('spectralNorm', 'dim', `integer from ${-ndim} to ${ndim - 1}`, dim);
    if (!Number.isInteger(nPowerIterations) || nPowerIterations <= 0)
      throw wrongArgument('spectralNorm', 'nPowerIterations', 'integer from 1 on', nPowerIterations);
    this.dim = dim < 0 ? dim + ndim : dim;
    if (ndim <= 1) return;
    noGrad(() => {
      const matrix = this.matrixOf(weight);
      const [h, w] = matrix.shape as [number, number];
      const u = matrix.newEmpty([h]).normal_();
      const v = matrix.newEmpty([w]).normal_();
      this.registerBuffer('_u', normalize(u, eps));
      this.registerBuffer('_v', normalize(v, eps));
      this.iterate(matrix, 15);
    });
  }

  private matrixOf(weight: Tensor): Tensor {
    const { dim } = this;
    const others = weight.shape.map((_, i) => i).filter((i) => i !== dim);
    return (dim === 0 ? weight : weight.permute(dim, ...others)).flatten(1);
  }

  private iterate(matrix: Tensor, times: number): void {
    noGrad(() => {
      for (let i = 0; i < times; i++) {
        this._u.copy_(normalize(matrix.mv(this._v), this.eps));
        this._v.copy_(normalize(matrix.adjoint().mv(this._u), this.eps));
      }
    });
  }

  forward(weight: Tensor): Tensor {
    if (weight.ndim === 1) return normalize(weight, this.eps);
    const matrix = this.matrixOf(weight);
    if (this.training) this.iterate(matrix, this.nPowerIterations);
    // Copies: the next pass writes to the buffers, which this one's gradient needs.
    const [u, v] = [this._u.clone(), this._v.clone()];
    return weight.div(u.vdot(matrix.mv(v)));
  }

  rightInverse(value: Tensor): Tensor {
    return value;
  }
}

/** Options of {@link spectralNorm}. */
export interface SpectralNormOptions {
  /** How many steps of the power method each pass in training makes; 1 unless given. */
  nPowerIterations?: number;
  /** What no length is less than; 1e-12 unless given. */
  eps?: number;
  /** The dimension of the outputs; 0 unless given, or 1 for transposed convolutions. */
  dim?: number | null;
}

function isTransposed(module: object): boolean {
  return [ConvTranspose1d, ConvTranspose2d, ConvTranspose3d].some((type) => module instanceof type);
}

/**
 * Divides a weight by its largest singular value (Miyato et al., 2018), which the power method follows.
 *
 * @param name - the parameter; `'weight'` unless given
 * @returns the module
 * @throws when there is no such parameter
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parametrizations.spectral_norm.html
 * @example
 * const layer = nn.utils.parametrizations.spectralNorm(new nn.Linear(20, 40), 'weight', { nPowerIterations: 20 })
 * torch.linalg.matrixNorm(layer.weight, 2).item() < 1.1 // true
 */
export function spectralNorm<M extends object>(
  module: M,
  name = 'weight',
  { nPowerIterations = 1, eps = 1e-12, dim = null }: SpectralNormOptions = {},
): M & Parametrized {
  const weight = weightOf('spectralNorm', module, name);
  const made = new _SpectralNorm(weight, nPowerIterations, dim ?? (isTransposed(module) ? 1 : 0), eps);
  return registerParametrization(module, name, made);
}

/** How {@link orthogonal} makes a matrix orthogonal. */
export type OrthogonalMap = 'matrix_exp' | 'cayley' | 'householder';

const epsilons: Readonly<Record<string, number>> = { float64: 2 ** -52, complex128: 2 ** -52, bfloat16: 2 ** -7 };

function isOrthogonal(q: Tensor): boolean {
  const [n, k] = q.shape.slice(-2) as [number, number];
  const atol = 10 * n * (epsilons[q.dtype] ?? 2 ** -23);
  const one = eye(k, { dtype: q.dtype as Dtype, device: q.device as Device });
  return q
    .adjoint()
    .matmul(q)
    .allclose(one.expandAs(q.adjoint().matmul(q)), { atol });
}

function makeOrthogonal(a: Tensor): Tensor {
  const [x, tau] = geqrf(a) as unknown as [Tensor, Tensor];
  // The diagonal of R is made positive, so that a random matrix gives an even distribution.
  return householderProduct(x, tau).mul(x.diagonal(0, -2, -1).sgn().unsqueeze(-2));
}

class _Orthogonal extends Module<[Tensor], Tensor> {
  declare base: Tensor | null;
  private readonly shape: readonly number[];

  constructor(
    weight: Tensor,
    readonly orthogonalMap: OrthogonalMap,
    readonly useTrivialization: boolean,
  ) {
    super();
    this.shape = weight.shape;
    if (useTrivialization) this.registerBuffer('base', null);
  }

  forward(input: Tensor): Tensor {
    let x = input;
    const [rows, columns] = x.shape.slice(-2) as [number, number];
    const transposed = rows < columns;
    if (transposed) x = x.transpose(-2, -1);
    const [n, k] = transposed ? [columns, rows] : [rows, columns];
    let q: Tensor;
    if (this.orthogonalMap === 'householder') {
      const a = x.tril(-1);
      const tau = a.mul(a).sum(-2).add(1).reciprocal().mul(2);
      q = householderProduct(a, tau).mul(x.diagonal(0, -2, -1).to('int32').unsqueeze(-2));
    } else {
      x = x.tril();
      if (n !== k) x = cat([x, x.newZeros([n, n - k]).expand([...x.shape.slice(0, -2), -1, -1])], -1);
      const a = x.sub(x.adjoint());
      if (this.orthogonalMap === 'matrix_exp') q = a.matrixExp();
      else {
        const one = eye(n, { dtype: a.dtype as Dtype, device: a.device as Device });
        q = solve(one.add(a, { alpha: -0.5 }), one.add(a, { alpha: 0.5 }));
      }
      if (n !== k) q = q.narrow(-1, 0, k);
    }
    if (this.useTrivialization && this.base) q = this.base.matmul(q);
    return transposed ? q.transpose(-2, -1) : q;
  }

  rightInverse(value: Tensor): Tensor {
    return noGrad(() => {
      if (String(value.shape) !== String(this.shape)) {
        throw new FlambeauError(
          'INVALID_VALUE',
          `orthogonal(): a value must have shape [${this.shape.join(', ')}], not [${value.shape.join(', ')}]`,
        );
      }
      const [rows, columns] = value.shape.slice(-2) as [number, number];
      const transposed = rows < columns;
      let q = transposed ? value.transpose(-2, -1) : value;
      const [n, k] = transposed ? [columns, rows] : [rows, columns];
      if (!this.useTrivialization) return this.reflections(q, transposed);
      if (n === k) q = isOrthogonal(q) ? q.clone() : makeOrthogonal(q);
      else {
        const more = q.newEmpty([...q.shape.slice(0, -2), n, n - k]).normal_();
        q = makeOrthogonal(cat([q, more], -1));
      }
      this.base = q;
      const start = zerosLike(value);
      start.diagonal(0, -2, -1).fill_(-1);
      return start;
    });
  }

  private reflections(q: Tensor, transposed: boolean): Tensor {
    if (this.orthogonalMap !== 'householder') {
      throw new FlambeauError(
        'NOT_IMPLEMENTED',
        `orthogonal(): a weight with the map '${this.orthogonalMap}' can be set only with useTrivialization`,
      );
    }
    const [a, tau] = geqrf(q) as unknown as [Tensor, Tensor];
    const diagonal = a.diagonal(0, -2, -1);
    diagonal.sign_();
    diagonal.mul_(
      tau
        .eq(0)
        .to(diagonal.dtype as Dtype)
        .mul(-2)
        .add(1),
    );
    return transposed ? a.transpose(-2, -1) : a;
  }
}

/** Options of {@link orthogonal}. */
export interface OrthogonalOptions {
  /** The map; `'matrix_exp'` for square and complex weights and `'householder'` for others unless given. */
  orthogonalMap?: OrthogonalMap | null;
  /** Whether the map starts from the weight as it is, which a weight can then be set to; true unless given. */
  useTrivialization?: boolean;
}

/**
 * Keeps a weight orthogonal, or its rows or columns orthonormal.
 *
 * @param name - the parameter; `'weight'` unless given
 * @returns the module
 * @throws when the weight has fewer than two dimensions, or is complex where the map is `'householder'`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.parametrizations.orthogonal.html
 * @example
 * const { weight } = nn.utils.parametrizations.orthogonal(new nn.Linear(20, 40))
 * weight.t().mm(weight).allclose(torch.eye(20), { atol: 1e-5 }) // true
 */
export function orthogonal<M extends object>(
  module: M,
  name = 'weight',
  { orthogonalMap = null, useTrivialization = true }: OrthogonalOptions = {},
): M & Parametrized {
  const weight = weightOf('orthogonal', module, name);
  if (weight.ndim < 2) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `orthogonal(): '${name}' must have at least 2 dimensions, not ${weight.ndim}`,
    );
  }
  const square = weight.shape.at(-2) === weight.shape.at(-1);
  const map = orthogonalMap ?? (square || weight.isComplex() ? 'matrix_exp' : 'householder');
  if (!['matrix_exp', 'cayley', 'householder'].includes(map))
    throw wrongArgument('orthogonal', 'orthogonalMap', "'matrix_exp', 'cayley' or 'householder'", map);
  if (weight.isComplex() && map === 'householder')
    throw new FlambeauError('INVALID_VALUE', "orthogonal(): the 'householder' map takes no complex weights");
  return registerParametrization(module, name, new _Orthogonal(weight, map, useTrivialization), { unsafe: true });
}
