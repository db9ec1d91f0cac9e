import { fn } from '../op.js';
import type { Named, OutOptions, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** What {@link solve} takes by name. */
export interface LinalgSolveOptions {
  /** Whether the matrix stands on the left: `A X = B` rather than `X A = B`. `true` unless given. */
  left?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The solution of `A X = B` for square matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.solve.html
 * @example
 * torch.linalg.solve(torch.eye(2), torch.ones(2)) // tensor([1., 1.])
 */
export const solve = fn<(A: Tensor, B: Tensor, options?: LinalgSolveOptions) => Tensor>('aten::linalg_solve');

/** What {@link solveEx} takes by name. */
export interface LinalgSolveExOptions {
  /** Whether the matrix stands on the left: `A X = B` rather than `X A = B`. `true` unless given. */
  left?: boolean;
  /** Whether failures throw. */
  checkErrors?: boolean;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * As {@link solve}, with where it failed, without throwing.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.solve_ex.html
 * @example
 * torch.linalg.solveEx(torch.eye(1), torch.ones(1, 1)).info // tensor(0, dtype=torch.int32)
 */
export const solveEx =
  fn<(A: Tensor, B: Tensor, options?: LinalgSolveExOptions) => Named<{ result: Tensor; info: Tensor }>>(
    'aten::linalg_solve_ex',
  );

/** What {@link solveTriangular} takes by name. */
export interface LinalgSolveTriangularOptions {
  /** Whether the upper triangle is meant. */
  upper?: boolean;
  /** Whether the matrix stands on the left: `A X = B` rather than `X A = B`. `true` unless given. */
  left?: boolean;
  /** Whether the diagonal of `A` is taken to be 1 and not read. `false` unless given. */
  unitriangular?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Solves `A X = B` for triangular matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.solve_triangular.html
 * @example
 * torch.linalg.solveTriangular(torch.eye(2), torch.ones(2, 1), { upper: true }) // tensor([[1.], [1.]])
 */
export const solveTriangular = fn<(input: Tensor, B: Tensor, options?: LinalgSolveTriangularOptions) => Tensor>(
  'aten::linalg_solve_triangular',
);

/** What {@link luSolve} takes by name. */
export interface LinalgLuSolveOptions {
  /** Whether the matrix stands on the left: `A X = B` rather than `X A = B`. `true` unless given. */
  left?: boolean;
  /** Whether to solve with the conjugate transpose of the matrix. `false` unless given. */
  adjoint?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Solves systems by a packed LU factorisation.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.lu_solve.html
 * @example
 * torch.linalg.luSolve(torch.eye(1), torch.tensor([1], { dtype: 'int32' }), torch.ones(1, 1)) // tensor([[1.]])
 */
export const luSolve =
  fn<(LU: Tensor, pivots: Tensor, B: Tensor, options?: LinalgLuSolveOptions) => Tensor>('aten::linalg_lu_solve');

/** What {@link ldlSolve} takes by name. */
export interface LinalgLdlSolveOptions {
  /** Whether the matrix equals its conjugate transpose. */
  hermitian?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Solves systems by an LDL factorisation.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.ldl_solve.html
 * @example
 * torch.linalg.ldlSolve(torch.eye(1), torch.tensor([1], { dtype: 'int32' }), torch.ones(1, 1)) // tensor([[1.]])
 */
export const ldlSolve =
  fn<(LD: Tensor, pivots: Tensor, B: Tensor, options?: LinalgLdlSolveOptions) => Tensor>('aten::linalg_ldl_solve');

/** What {@link lstsq} takes by name. */
export interface LinalgLstsqOptions {
  /** Singular values below this part of the greatest count as 0; the precision of the dtype times the longer side unless given. */
  rcond?: number | null;
  /** The LAPACK routine: `gels`, `gelsy`, `gelsd` or `gelss`; on a GPU `gels`. `gelsy` on a CPU unless given. */
  driver?: string | null;
  /** A tensor to write the result to. */
  out?: readonly Tensor[];
}

/**
 * The least squares solution of `A X = B`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.lstsq.html
 * @example
 * torch.linalg.lstsq(torch.eye(1), torch.ones(1, 1)).solution // tensor([[1.]])
 */
export const lstsq =
  fn<
    (
      input: Tensor,
      b: Tensor,
      rcond?: number | null | LinalgLstsqOptions,
      options?: LinalgLstsqOptions,
    ) => Named<{ solution: Tensor; residuals: Tensor; rank: Tensor; singularValues: Tensor }>
  >('aten::linalg_lstsq');

/**
 * The inverse of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.inv.html
 * @example
 * torch.linalg.inv(torch.eye(1).mul(2)) // tensor([[0.5000]])
 */
export const inv = fn<(A: Tensor, options?: OutOptions) => Tensor>('aten::linalg_inv');

/** What {@link invEx} takes by name. */
export interface LinalgInvExOptions {
  /** Whether failures throw. */
  checkErrors?: boolean;

  /** Tensors to write the 2 results to, in order. */
  out?: readonly [Tensor, Tensor];
}

/**
 * The inverse, and where it failed, without throwing.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.inv_ex.html
 * @example
 * torch.linalg.invEx(torch.eye(1)).info // tensor(0, dtype=torch.int32)
 */
export const invEx =
  fn<(A: Tensor, options?: LinalgInvExOptions) => Named<{ inverse: Tensor; info: Tensor }>>('aten::linalg_inv_ex');

/** What {@link pinv} takes by name. */
export interface LinalgPinvOptions {
  /** Singular values below this count as 0. 0 unless given. */
  atol?: Tensor | null | number;
  /** Singular values below this part of the greatest count as 0; the precision of the dtype times the longer side unless given. */
  rtol?: Tensor | null | number;
  /** Whether the matrix equals its conjugate transpose. */
  hermitian?: boolean;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The pseudo-inverse of matrices.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.pinv.html
 * @example
 * torch.linalg.pinv(torch.eye(1)) // tensor([[1.]])
 */
export const pinv =
  fn<
    [
      (input: Tensor, options?: LinalgPinvOptions) => Tensor,
      (
        input: Tensor,
        rcond: number | Tensor,
        hermitian?: boolean | LinalgPinvOptions,
        options?: LinalgPinvOptions,
      ) => Tensor,
    ]
  >('aten::linalg_pinv');

/** What {@link tensorinv} takes by name. */
export interface LinalgTensorinvOptions {
  /** How many dimensions of the input belong to the inverse's right side. 2 unless given. */
  ind?: number;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The inverse of a tensor as a map of tensors.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.tensorinv.html
 * @example
 * torch.linalg.tensorinv(torch.eye(1), 1) // tensor([[1.]])
 */
export const tensorinv =
  fn<(input: Tensor, ind?: number | LinalgTensorinvOptions, options?: LinalgTensorinvOptions) => Tensor>(
    'aten::linalg_tensorinv',
  );

/** What {@link tensorsolve} takes by name. */
export interface LinalgTensorsolveOptions {
  /** Dimensions of the input that are moved to the end first. None unless given. */
  dims?: Size | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * The solution of a system whose matrix is a tensor.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.linalg.tensorsolve.html
 * @example
 * torch.linalg.tensorsolve(torch.eye(2), torch.ones(2)) // tensor([1., 1.])
 */
export const tensorsolve =
  fn<
    (
      input: Tensor,
      other: Tensor,
      dims?: Size | null | LinalgTensorsolveOptions,
      options?: LinalgTensorsolveOptions,
    ) => Tensor
  >('aten::linalg_tensorsolve');
