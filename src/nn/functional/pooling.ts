import { FlambeauError, wrongArgument } from '../../errors.js';
import * as native from '../../ops/neural/functional/index.js';
import * as ops from '../../ops/neural/torch/index.js';
import { rand } from '../../ops/random/index.js';
import type { Extent } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

const one = (value: Extent, count: number): number[] =>
  typeof value === 'number' ? Array.from({ length: count }, () => value) : [...value];

/** What the `lpPool` functions take by name. */
export interface LpPoolOptions {
  /** The step of the window; its size unless given. */
  stride?: Extent | null;
  /** Whether the window may reach over the edge; false unless given. */
  ceilMode?: boolean;
}

function lpPool(input: Tensor, p: number, size: number[], options: LpPoolOptions): Tensor {
  const { stride, ceilMode = false } = options;
  const step = stride ?? size;
  const dims = size.length;
  const [max, average] = (
    [
      [ops.maxPool1d, ops.avgPool1d],
      [ops.maxPool2d, native.avgPool2d],
      [ops.maxPool3d, native.avgPool3d],
    ] as const
  )[dims - 1]!;
  if (p === Infinity) return max(input.abs(), size, step, 0, 1, ceilMode);
  if (p === -Infinity) return max(input.abs().neg(), size, step, 0, 1, ceilMode).neg();
  const mean = average(input.pow(p), size, step, 0, ceilMode);
  const count = size.reduce((a, b) => a * b, 1);
  return mean
    .sign()
    .mul(mean.abs().relu())
    .mul(count)
    .pow(1 / p);
}

/**
 * The p-norm of each window of a sequence.
 *
 * `y = (sum x^p)^(1 / p)`
 *
 * @param input - of shape `(N, C, L)`
 * @param normType - the p of the norm
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.lp_pool1d.html
 * @example
 * F.lpPool1d(torch.tensor([[[3, 4]]]).float(), 2, 2) // tensor([[[5.]]])
 */
export function lpPool1d(input: Tensor, normType: number, kernelSize: Extent, options: LpPoolOptions = {}): Tensor {
  return lpPool(input, normType, one(kernelSize, 1), options);
}

/**
 * The p-norm of each window of an image.
 *
 * `y = (sum x^p)^(1 / p)`
 *
 * @param input - of shape `(N, C, H, W)`
 * @param normType - the p of the norm
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.lp_pool2d.html
 * @example
 * F.lpPool2d(torch.ones(1, 1, 2, 2), 2, 2) // tensor([[[[2.]]]])
 */
export function lpPool2d(input: Tensor, normType: number, kernelSize: Extent, options: LpPoolOptions = {}): Tensor {
  return lpPool(input, normType, one(kernelSize, 2), options);
}

/**
 * The p-norm of each window of a volume.
 *
 * `y = (sum x^p)^(1 / p)`
 *
 * @param input - of shape `(N, C, D, H, W)`
 * @param normType - the p of the norm
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.lp_pool3d.html
 * @example
 * F.lpPool3d(torch.ones(1, 1, 2, 2, 1), 2, [2, 2, 1]) // tensor([[[[[2.]]]]])
 */
export function lpPool3d(input: Tensor, normType: number, kernelSize: Extent, options: LpPoolOptions = {}): Tensor {
  return lpPool(input, normType, one(kernelSize, 3), options);
}

/** What the `maxUnpool` functions take by name. */
export interface MaxUnpoolOptions {
  /** The step of the window; its size unless given. */
  stride?: Extent | null;
  /** Elements that were added on both sides; none unless given. */
  padding?: Extent;
  /** The size of the output, where several fit: of the spatial dimensions, or of all. */
  outputSize?: readonly number[] | null;
}

function unpooled(func: string, input: Tensor, kernelSize: Extent, options: MaxUnpoolOptions, dims: number) {
  const kernel = one(kernelSize, dims);
  const stride = one(options.stride ?? kernelSize, dims);
  const padding = one(options.padding ?? 0, dims);
  const own = input.shape.slice(-dims).map((size, i) => (size - 1) * stride[i]! + kernel[i]! - 2 * padding[i]!);
  let size = options.outputSize ?? own;
  if (size.length === dims + 2) size = size.slice(2);
  if (size.length !== dims) throw wrongArgument(func, 'outputSize', `array of ${dims} or ${dims + 2} sizes`, size);
  size.forEach((length, i) => {
    if (length <= own[i]! - stride[i]! || length >= own[i]! + stride[i]!)
      throw new FlambeauError(
        'INVALID_VALUE',
        `${func}(): argument 'outputSize' must be between ${own[i]! - stride[i]!} and ${own[i]! + stride[i]!} in dimension ${i}, not ${length}`,
      );
  });
  return { size, stride, padding };
}

/**
 * Puts the greatest elements of windows back where {@link maxPool1dWithIndices} found them, and zeros elsewhere.
 *
 * @param indices - where they were
 * @throws when the output's size is none that the windows could come from
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_unpool1d.html
 * @example
 * const [y, indices] = F.maxPool1dWithIndices(torch.tensor([[[1, 5, 7, 2]]]).float(), 2)
 * F.maxUnpool1d(y, indices, 2) // tensor([[[0., 5., 7., 0.]]])
 */
export function maxUnpool1d(
  input: Tensor,
  indices: Tensor,
  kernelSize: Extent,
  options: MaxUnpoolOptions = {},
): Tensor {
  const { size } = unpooled('maxUnpool1d', input, kernelSize, options, 1);
  return native.maxUnpool2d(input.unsqueeze(-1), indices.unsqueeze(-1), [...size, 1]).squeeze(-1);
}

/**
 * Puts the greatest elements of windows back where {@link maxPool2dWithIndices} found them, and zeros elsewhere.
 *
 * @param indices - where they were
 * @throws when the output's size is none that the windows could come from
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_unpool2d.html
 * @example
 * const [y, indices] = F.maxPool2dWithIndices(torch.tensor([[[1, 5], [7, 2]]]).float(), 2)
 * F.maxUnpool2d(y, indices, 2) // tensor([[[0., 0.], [7., 0.]]])
 */
export function maxUnpool2d(
  input: Tensor,
  indices: Tensor,
  kernelSize: Extent,
  options: MaxUnpoolOptions = {},
): Tensor {
  const { size } = unpooled('maxUnpool2d', input, kernelSize, options, 2);
  return native.maxUnpool2d(input, indices, size);
}

/**
 * Puts the greatest elements of windows back where {@link maxPool3dWithIndices} found them, and zeros elsewhere.
 *
 * @param indices - where they were
 * @throws when the output's size is none that the windows could come from
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.max_unpool3d.html
 * @example
 * const [y, indices] = F.maxPool3dWithIndices(torch.ones(1, 1, 2, 2, 2), 2)
 * F.maxUnpool3d(y, indices, 2).sum() // tensor(1.)
 */
export function maxUnpool3d(
  input: Tensor,
  indices: Tensor,
  kernelSize: Extent,
  options: MaxUnpoolOptions = {},
): Tensor {
  const { size, stride, padding } = unpooled('maxUnpool3d', input, kernelSize, options, 3);
  return native.maxUnpool3d(input, indices, size, stride, padding);
}

/** What the `fractionalMaxPool` functions take by name: the size of the output, or its ratio to the input's. */
export interface FractionalMaxPoolOptions {
  /** The size of the output. */
  outputSize?: Extent | null;
  /** The size of the output as a share of the input's, between 0 and 1. */
  outputRatio?: Extent | null;
  /** Where the windows begin, from 0 to 1, of shape `(N, C, 2)` or `(N, C, 3)`; random unless given. */
  randomSamples?: Tensor | null;
}

function fractional(func: string, input: Tensor, options: FractionalMaxPoolOptions, dims: number): [number[], Tensor] {
  const { outputSize = null, outputRatio = null, randomSamples = null } = options;
  if ((outputSize === null) === (outputRatio === null))
    throw new FlambeauError('INVALID_ARGUMENT', `${func}(): give one of 'outputSize' and 'outputRatio'`);
  const { shape, dtype, device } = input;
  const ratio = one(outputRatio ?? 1, dims);
  const size = outputSize === null ? ratio.map((r, i) => Math.trunc(shape.at(i - dims)! * r)) : one(outputSize, dims);
  const samples = shape.length === dims + 1 ? 1 : shape[0]!;
  return [size, randomSamples ?? rand([samples, shape.at(-dims - 1)!, dims], { dtype, device })];
}

/**
 * The greatest elements of windows of an image that are placed at random (Graham, 2015).
 *
 * @throws unless one of `outputSize` and `outputRatio` is given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.fractional_max_pool2d.html
 * @example
 * const y = F.fractionalMaxPool2d(torch.ones(1, 1, 4, 4), 2, { outputRatio: 0.5 })
 * y.shape // [ 1, 1, 2, 2 ]
 */
export function fractionalMaxPool2d(input: Tensor, kernelSize: Extent, options: FractionalMaxPoolOptions): Tensor {
  return fractionalMaxPool2dWithIndices(input, kernelSize, options)[0];
}

/**
 * {@link fractionalMaxPool2d}, and where the elements were found.
 *
 * @throws unless one of `outputSize` and `outputRatio` is given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.fractional_max_pool2d.html
 * @example
 * const [y] = F.fractionalMaxPool2dWithIndices(torch.ones(1, 1, 4, 4), 2, { outputRatio: 0.5 })
 * y.shape // [ 1, 1, 2, 2 ]
 */
export function fractionalMaxPool2dWithIndices(
  input: Tensor,
  kernelSize: Extent,
  options: FractionalMaxPoolOptions,
): [Tensor, Tensor] {
  const [size, samples] = fractional('fractionalMaxPool2dWithIndices', input, options, 2);
  return native.fractionalMaxPool2d(input, kernelSize, size, samples);
}

/**
 * The greatest elements of windows of a volume that are placed at random (Graham, 2015).
 *
 * @throws unless one of `outputSize` and `outputRatio` is given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.fractional_max_pool3d.html
 * @example
 * const y = F.fractionalMaxPool3d(torch.ones(1, 1, 4, 4, 4), 2, { outputRatio: 0.5 })
 * y.shape // [ 1, 1, 2, 2, 2 ]
 */
export function fractionalMaxPool3d(input: Tensor, kernelSize: Extent, options: FractionalMaxPoolOptions): Tensor {
  return fractionalMaxPool3dWithIndices(input, kernelSize, options)[0];
}

/**
 * {@link fractionalMaxPool3d}, and where the elements were found.
 *
 * @throws unless one of `outputSize` and `outputRatio` is given
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.fractional_max_pool3d.html
 * @example
 * const [y] = F.fractionalMaxPool3dWithIndices(torch.ones(1, 1, 4, 4, 4), 2, { outputRatio: 0.5 })
 * y.shape // [ 1, 1, 2, 2, 2 ]
 */
export function fractionalMaxPool3dWithIndices(
  input: Tensor,
  kernelSize: Extent,
  options: FractionalMaxPoolOptions,
): [Tensor, Tensor] {
  const [size, samples] = fractional('fractionalMaxPool3dWithIndices', input, options, 3);
  return native.fractionalMaxPool3d(input, kernelSize, size, samples);
}

/** The size of an output: null keeps the input's, of one dimension or of all. */
export type OutputSize = number | null | readonly (number | null)[];

function adapted(input: Tensor, size: OutputSize, dims: number): number[] {
  const list = typeof size === 'object' && size !== null ? size : Array.from({ length: dims }, () => size);
  return list.map((length, i) => length ?? input.shape.at(i - dims)!);
}

/**
 * Means of windows of an image, as many as are asked for.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_avg_pool2d.html
 * @example
 * F.adaptiveAvgPool2d(torch.arange(16).view(1, 4, 4).float(), 1) // tensor([[[7.5000]]])
 */
export function adaptiveAvgPool2d(input: Tensor, outputSize: OutputSize): Tensor {
  return native.adaptiveAvgPool2d(input, adapted(input, outputSize, 2));
}

/**
 * Means of windows of a volume, as many as are asked for.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_avg_pool3d.html
 * @example
 * F.adaptiveAvgPool3d(torch.arange(8).view(1, 2, 2, 2).float(), 1) // tensor([[[[3.5000]]]])
 */
export function adaptiveAvgPool3d(input: Tensor, outputSize: OutputSize): Tensor {
  return native.adaptiveAvgPool3d(input, adapted(input, outputSize, 3));
}

/**
 * The greatest elements of windows of a sequence, as many as are asked for.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_max_pool1d.html
 * @example
 * F.adaptiveMaxPool1d(torch.arange(4).view(1, 4).float(), 1) // tensor([[3.]])
 */
export function adaptiveMaxPool1d(input: Tensor, outputSize: OutputSize): Tensor {
  return adaptiveMaxPool1dWithIndices(input, outputSize)[0];
}

/**
 * {@link adaptiveMaxPool1d}, and where the elements were found.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_max_pool1d.html
 * @example
 * F.adaptiveMaxPool1dWithIndices(torch.arange(4).view(1, 4).float(), 1)[1] // tensor([[3]])
 */
export function adaptiveMaxPool1dWithIndices(input: Tensor, outputSize: OutputSize): [Tensor, Tensor] {
  return ops.adaptiveMaxPool1d(input, adapted(input, outputSize, 1));
}

/**
 * The greatest elements of windows of an image, as many as are asked for.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_max_pool2d.html
 * @example
 * F.adaptiveMaxPool2d(torch.arange(16).view(1, 4, 4).float(), 1) // tensor([[[15.]]])
 */
export function adaptiveMaxPool2d(input: Tensor, outputSize: OutputSize): Tensor {
  return adaptiveMaxPool2dWithIndices(input, outputSize)[0];
}

/**
 * {@link adaptiveMaxPool2d}, and where the elements were found.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_max_pool2d.html
 * @example
 * F.adaptiveMaxPool2dWithIndices(torch.arange(16).view(1, 4, 4).float(), 1)[1] // tensor([[[15]]])
 */
export function adaptiveMaxPool2dWithIndices(input: Tensor, outputSize: OutputSize): [Tensor, Tensor] {
  return native.adaptiveMaxPool2d(input, adapted(input, outputSize, 2));
}

/**
 * The greatest elements of windows of a volume, as many as are asked for.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_max_pool3d.html
 * @example
 * F.adaptiveMaxPool3d(torch.arange(8).view(1, 2, 2, 2).float(), 1) // tensor([[[[7.]]]])
 */
export function adaptiveMaxPool3d(input: Tensor, outputSize: OutputSize): Tensor {
  return adaptiveMaxPool3dWithIndices(input, outputSize)[0];
}

/**
 * {@link adaptiveMaxPool3d}, and where the elements were found.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.adaptive_max_pool3d.html
 * @example
 * F.adaptiveMaxPool3dWithIndices(torch.arange(8).view(1, 2, 2, 2).float(), 1)[1] // tensor([[[[7]]]])
 */
export function adaptiveMaxPool3dWithIndices(input: Tensor, outputSize: OutputSize): [Tensor, Tensor] {
  return native.adaptiveMaxPool3d(input, adapted(input, outputSize, 3));
}
