import { fn } from '../../op.js';
import type { Dims, Extent, Size } from '../../../shape.js';
import type { Tensor } from '../../../tensor.js';

/** What {@link upsampleBicubic2d} takes by name. */
export interface UpsampleBicubic2dOptions {
  /** The factor of the height, where the output's size alone does not say it exactly. */
  scalesH?: number | null;
  /** The factor of the width, where the output's size alone does not say it exactly. */
  scalesW?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Enlarges images by bicubic interpolation.
 *
 * @example
 * F.upsampleBicubic2d(torch.ones(1, 1, 2, 2), [4, 4], false).shape // [ 1, 1, 4, 4 ]
 */
export const upsampleBicubic2d =
  fn<
    [
      (
        input: Tensor,
        outputSize: Size | null,
        alignCorners: boolean,
        scaleFactors: readonly number[] | null,
        options?: UpsampleBicubic2dOptions,
      ) => Tensor,
      (
        input: Tensor,
        outputSize: Extent,
        alignCorners: boolean,
        scalesH?: number | null | UpsampleBicubic2dOptions,
        scalesW?: number | null | UpsampleBicubic2dOptions,
        options?: UpsampleBicubic2dOptions,
      ) => Tensor,
    ]
  >('aten::upsample_bicubic2d');

/** What {@link upsampleBilinear2d} takes by name. */
export interface UpsampleBilinear2dOptions {
  /** The factor of the height, where the output's size alone does not say it exactly. */
  scalesH?: number | null;
  /** The factor of the width, where the output's size alone does not say it exactly. */
  scalesW?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Enlarges images by bilinear interpolation.
 *
 * @example
 * F.upsampleBilinear2d(torch.ones(1, 1, 2, 2), [4, 4], false).shape // [ 1, 1, 4, 4 ]
 */
export const upsampleBilinear2d =
  fn<
    [
      (
        input: Tensor,
        outputSize: Size | null,
        alignCorners: boolean,
        scaleFactors: readonly number[] | null,
        options?: UpsampleBilinear2dOptions,
      ) => Tensor,
      (
        input: Tensor,
        outputSize: Extent,
        alignCorners: boolean,
        scalesH?: number | null | UpsampleBilinear2dOptions,
        scalesW?: number | null | UpsampleBilinear2dOptions,
        options?: UpsampleBilinear2dOptions,
      ) => Tensor,
    ]
  >('aten::upsample_bilinear2d');

/** What {@link upsampleLinear1d} takes by name. */
export interface UpsampleLinear1dOptions {
  /** The factor of the length, where the output's size alone does not say it exactly. */
  scales?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Enlarges sequences by linear interpolation.
 *
 * @example
 * F.upsampleLinear1d(torch.ones(1, 1, 2), [4], false).shape // [ 1, 1, 4 ]
 */
export const upsampleLinear1d =
  fn<
    [
      (
        input: Tensor,
        outputSize: Size | null,
        alignCorners: boolean,
        scaleFactors: readonly number[] | null,
        options?: UpsampleLinear1dOptions,
      ) => Tensor,
      (
        input: Tensor,
        outputSize: Dims,
        alignCorners: boolean,
        scales?: number | null | UpsampleLinear1dOptions,
        options?: UpsampleLinear1dOptions,
      ) => Tensor,
    ]
  >('aten::upsample_linear1d');

/** What {@link upsampleNearest1d} takes by name. */
export interface UpsampleNearest1dOptions {
  /** The factor of the length, where the output's size alone does not say it exactly. */
  scales?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Enlarges sequences by repeating elements.
 *
 * @example
 * F.upsampleNearest1d(torch.ones(1, 1, 2), [4]).shape // [ 1, 1, 4 ]
 */
export const upsampleNearest1d =
  fn<
    [
      (
        input: Tensor,
        outputSize: Size | null,
        scaleFactors: readonly number[] | null,
        options?: UpsampleNearest1dOptions,
      ) => Tensor,
      (
        input: Tensor,
        outputSize: Dims,
        scales?: number | null | UpsampleNearest1dOptions,
        options?: UpsampleNearest1dOptions,
      ) => Tensor,
    ]
  >('aten::upsample_nearest1d');

/** What {@link upsampleNearest2d} takes by name. */
export interface UpsampleNearest2dOptions {
  /** The factor of the height, where the output's size alone does not say it exactly. */
  scalesH?: number | null;
  /** The factor of the width, where the output's size alone does not say it exactly. */
  scalesW?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Enlarges images by repeating elements.
 *
 * @example
 * F.upsampleNearest2d(torch.ones(1, 1, 2, 2), [4, 4]).shape // [ 1, 1, 4, 4 ]
 */
export const upsampleNearest2d =
  fn<
    [
      (
        input: Tensor,
        outputSize: Size | null,
        scaleFactors: readonly number[] | null,
        options?: UpsampleNearest2dOptions,
      ) => Tensor,
      (
        input: Tensor,
        outputSize: Extent,
        scalesH?: number | null | UpsampleNearest2dOptions,
        scalesW?: number | null | UpsampleNearest2dOptions,
        options?: UpsampleNearest2dOptions,
      ) => Tensor,
    ]
  >('aten::upsample_nearest2d');

/** What {@link upsampleNearest3d} takes by name. */
export interface UpsampleNearest3dOptions {
  /** The factor of the depth, where the output's size alone does not say it exactly. */
  scalesD?: number | null;
  /** The factor of the height, where the output's size alone does not say it exactly. */
  scalesH?: number | null;
  /** The factor of the width, where the output's size alone does not say it exactly. */
  scalesW?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Enlarges volumes by repeating elements.
 *
 * @example
 * F.upsampleNearest3d(torch.ones(1, 1, 2, 2, 2), [4, 4, 4]).shape // [ 1, 1, 4, 4, 4 ]
 */
export const upsampleNearest3d =
  fn<
    [
      (
        input: Tensor,
        outputSize: Size | null,
        scaleFactors: readonly number[] | null,
        options?: UpsampleNearest3dOptions,
      ) => Tensor,
      (
        input: Tensor,
        outputSize: Extent,
        scalesD?: number | null | UpsampleNearest3dOptions,
        scalesH?: number | null | UpsampleNearest3dOptions,
        scalesW?: number | null | UpsampleNearest3dOptions,
        options?: UpsampleNearest3dOptions,
      ) => Tensor,
    ]
  >('aten::upsample_nearest3d');

/** What {@link upsampleTrilinear3d} takes by name. */
export interface UpsampleTrilinear3dOptions {
  /** The factor of the depth, where the output's size alone does not say it exactly. */
  scalesD?: number | null;
  /** The factor of the height, where the output's size alone does not say it exactly. */
  scalesH?: number | null;
  /** The factor of the width, where the output's size alone does not say it exactly. */
  scalesW?: number | null;
  /** A tensor to write the result to. */
  out?: Tensor;
}

/**
 * Enlarges volumes by trilinear interpolation.
 *
 * @example
 * F.upsampleTrilinear3d(torch.ones(1, 1, 2, 2, 2), [4, 4, 4], false).shape // [ 1, 1, 4, 4, 4 ]
 */
export const upsampleTrilinear3d =
  fn<
    [
      (
        input: Tensor,
        outputSize: Size | null,
        alignCorners: boolean,
        scaleFactors: readonly number[] | null,
        options?: UpsampleTrilinear3dOptions,
      ) => Tensor,
      (
        input: Tensor,
        outputSize: Extent,
        alignCorners: boolean,
        scalesD?: number | null | UpsampleTrilinear3dOptions,
        scalesH?: number | null | UpsampleTrilinear3dOptions,
        scalesW?: number | null | UpsampleTrilinear3dOptions,
        options?: UpsampleTrilinear3dOptions,
      ) => Tensor,
    ]
  >('aten::upsample_trilinear3d');
