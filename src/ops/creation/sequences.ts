import { fn } from '../op.js';
import type { Scalar, TensorOptions } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { FactoryOptions } from './filled.js';

/** What {@link arange} and {@link range} take by name. */
export interface ArangeOptions extends FactoryOptions {
  /** The distance between two numbers; negative to count down. 1 unless given. */
  step?: Scalar;
}

/** What {@link logspace} takes by name. */
export interface LogspaceOptions extends FactoryOptions {
  /** The base of the powers. 10 unless given. */
  base?: number;
}

/** What {@link trilIndices} and {@link triuIndices} take by name. */
export interface TriangleIndicesOptions extends TensorOptions {
  /** Which diagonal bounds the triangle: 0 the main one, above it when positive, below it when negative. */
  offset?: number;
}

/** What {@link vander} takes by name. */
export interface VanderOptions {
  /** The number of columns; as many as `x` has elements unless given. */
  N?: number | null;
  /** Whether powers rise from left to right. `false` unless given. */
  increasing?: boolean;
}

type TriangleIndices = (
  row: number,
  col: number,
  offset?: number | TriangleIndicesOptions,
  options?: TriangleIndicesOptions,
) => Tensor;

/**
 * The numbers from `start` to before `end`, `step` apart.
 *
 * `out_i = start + i * step`, `ceil((end - start) / step)` of them
 *
 * int64 where all numbers are whole, the default dtype otherwise. With a fractional step, rounding can let `end`
 * itself in: {@link linspace} is exact in the number of elements.
 *
 * @param start - the first number; 0 unless given
 * @param end - the number before which to stop
 * @throws when `step` is 0 or leads away from `end`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.arange.html
 * @example
 * torch.arange(4) // tensor([0, 1, 2, 3])
 * torch.arange(5, 0, -2) // tensor([5, 3, 1])
 * torch.arange(0, 1, 0.25) // tensor([0.0000, 0.2500, 0.5000, 0.7500])
 */
export const arange =
  fn<
    [
      (end: Scalar, options?: FactoryOptions) => Tensor,
      (start: Scalar, end: Scalar, step?: Scalar | ArangeOptions, options?: ArangeOptions) => Tensor,
    ]
  >('aten::arange');

/**
 * The identity matrix: ones on the main diagonal, zeros elsewhere.
 *
 * @param n - the number of rows
 * @param m - the number of columns; `n` unless given
 * @throws when `n` or `m` is negative
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.eye.html
 * @example
 * torch.eye(2) // tensor([[1., 0.], [0., 1.]])
 * torch.eye(2, 3) // tensor([[1., 0., 0.], [0., 1., 0.]])
 */
export const eye =
  fn<[(n: number, options?: FactoryOptions) => Tensor, (n: number, m: number, options?: FactoryOptions) => Tensor]>(
    'aten::eye',
  );

/**
 * `steps` numbers from `start` to `end`, both of them included, the same distance apart.
 *
 * `out_i = start + i * (end - start) / (steps - 1)`
 *
 * @param start - a number, or a tensor without dimensions
 * @param end - a number, or a tensor without dimensions
 * @throws when `steps` is negative
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linspace.html
 * @example
 * torch.linspace(0, 1, 5) // tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
 */
export const linspace =
  fn<
    [
      (start: Scalar | Tensor, end: Scalar, steps: number, options?: FactoryOptions) => Tensor,
      (start: Scalar | Tensor, end: Tensor, steps: number, options?: FactoryOptions) => Tensor,
    ]
  >('aten::linspace');

/**
 * `steps` numbers from `base ** start` to `base ** end`, both of them included, whose exponents are the same distance
 * apart.
 *
 * `out_i = base ** (start + i * (end - start) / (steps - 1))`
 *
 * @param start - the first exponent: a number, or a tensor without dimensions
 * @param end - the last exponent: a number, or a tensor without dimensions
 * @throws when `steps` is negative
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.logspace.html
 * @example
 * torch.logspace(0, 2, 3) // tensor([ 1., 10., 100.])
 * torch.logspace(0, 3, 4, 2) // tensor([1., 2., 4., 8.])
 */
export const logspace =
  fn<
    [
      (
        start: Scalar | Tensor,
        end: Scalar,
        steps: number,
        base?: number | LogspaceOptions,
        options?: LogspaceOptions,
      ) => Tensor,
      (
        start: Scalar | Tensor,
        end: Tensor,
        steps: number,
        base?: number | LogspaceOptions,
        options?: LogspaceOptions,
      ) => Tensor,
    ]
  >('aten::logspace');

/**
 * The numbers from `start` to `end`, which is included, `step` apart: of the default dtype even where all are whole.
 *
 * PyTorch is to drop it; {@link arange}, which stops before `end`, takes its place.
 *
 * @throws when `step` is 0 or leads away from `end`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.range.html
 * @example
 * torch.range(1, 2, 0.5) // tensor([1.0000, 1.5000, 2.0000])
 */
export const range =
  fn<(start: Scalar, end: Scalar, step?: Scalar | ArangeOptions, options?: ArangeOptions) => Tensor>('aten::range');

/**
 * The places of the lower triangle of a `row` by `col` matrix: row numbers above, column numbers below, row by row.
 *
 * Shape: `(2, n)`. int64 unless options name another dtype.
 *
 * @throws when `row` or `col` is negative
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.tril_indices.html
 * @example
 * torch.trilIndices(2, 2) // tensor([[0, 1, 1], [0, 0, 1]])
 */
export const trilIndices = fn<TriangleIndices>('aten::tril_indices');

/**
 * The places of the upper triangle of a `row` by `col` matrix: row numbers above, column numbers below, row by row.
 *
 * Shape: `(2, n)`. int64 unless options name another dtype.
 *
 * @throws when `row` or `col` is negative
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.triu_indices.html
 * @example
 * torch.triuIndices(2, 3, 1) // tensor([[0, 0, 1], [1, 2, 2]])
 */
export const triuIndices = fn<TriangleIndices>('aten::triu_indices');

/**
 * The Vandermonde matrix: a row of powers for each element of a vector.
 *
 * `out_ij = x_i ** (N - 1 - j)`, or `x_i ** j` when `increasing`
 *
 * @param x - a vector
 * @throws when `x` has not exactly one dimension
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.vander.html
 * @example
 * torch.vander(torch.tensor([2, 3])) // tensor([[2, 1], [3, 1]])
 * torch.vander(torch.tensor([2, 3]), 4, true) // tensor([[ 1, 2, 4, 8], [ 1, 3, 9, 27]])
 */
export const vander =
  fn<
    (
      x: Tensor,
      N?: number | null | VanderOptions,
      increasing?: boolean | VanderOptions,
      options?: VanderOptions,
    ) => Tensor
  >('aten::vander');
