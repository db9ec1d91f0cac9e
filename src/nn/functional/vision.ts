import { FlambeauError, wrongArgument } from '../../errors.js';
import { invoke, Operator } from '../../ops/call.js';
import * as native from '../../ops/neural/functional/index.js';
import * as ops from '../../ops/neural/torch/index.js';
import type { Extent, Size } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

/** How {@link interpolate} computes elements between the given ones. */
export type InterpolateMode =
  'nearest' | 'nearest-exact' | 'linear' | 'bilinear' | 'bicubic' | 'trilinear' | 'area' | 'lanczos';

/** What {@link interpolate} takes by name: the size of the output, or its ratio to the input's. */
export interface InterpolateOptions {
  /** The size of the spatial dimensions of the output. */
  size?: Extent | null;
  /** The size as a multiple of the input's. */
  scaleFactor?: Extent | null;
  /** How elements in between are computed; `'nearest'` unless given. */
  mode?: InterpolateMode;
  /** Whether the outermost elements keep their places, rather than the edges; false unless given. */
  alignCorners?: boolean | null;
  /** Whether the ratio is computed anew from the output's size; false unless given. */
  recomputeScaleFactor?: boolean | null;
  /** Whether a smaller output is smoothed, in the modes `'bilinear'` and `'bicubic'`; false unless given. */
  antialias?: boolean;
}

// For each mode, the operators for inputs of 3, 4 and 5 dimensions, and whether they ask for alignCorners.
const operators: Record<Exclude<InterpolateMode, 'area'>, [(string | null)[], boolean]> = {
  nearest: [['upsample_nearest1d', 'upsample_nearest2d', 'upsample_nearest3d'], false],
  'nearest-exact': [['_upsample_nearest_exact1d', '_upsample_nearest_exact2d', '_upsample_nearest_exact3d'], false],
  linear: [['upsample_linear1d', null, null], true],
  bilinear: [[null, 'upsample_bilinear2d', null], true],
  bicubic: [[null, 'upsample_bicubic2d', null], true],
  trilinear: [[null, null, 'upsample_trilinear3d'], true],
  lanczos: [[null, '_upsample_lanczos2d_aa', null], true],
};
const smoothed: Partial<Record<InterpolateMode, string>> = {
  bilinear: '_upsample_bilinear2d_aa',
  bicubic: '_upsample_bicubic2d_aa',
  lanczos: '_upsample_lanczos2d_aa',
};
const doors = new Map<string, Operator>();

function refuse(message: string): never {
  throw new FlambeauError('INVALID_VALUE', `interpolate(): ${message}`);
}

/**
 * Makes sequences, images or volumes larger or smaller.
 *
 * @param input - of shape `(N, C, L)`, `(N, C, H, W)` or `(N, C, D, H, W)`
 * @throws unless one of `size` and `scaleFactor` is given, and when the mode does not take the input's dimensions
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.interpolate.html
 * @example
 * F.interpolate(torch.tensor([[[1, 2]]]).float(), { scaleFactor: 2 }) // tensor([[[1., 1., 2., 2.]]])
 */
export function interpolate(input: Tensor, options: InterpolateOptions = {}): Tensor {
  const { mode = 'nearest', alignCorners = null, antialias = false } = options;
  const { shape } = input;
  const dims = shape.length - 2;
  if (dims < 1 || dims > 3) refuse(`argument 'input' must have 3, 4 or 5 dimensions, not ${shape.length}`);
  if (mode !== 'area' && !(mode in operators))
    throw wrongArgument('interpolate', 'mode', `one of ${Object.keys(operators).join(', ')}, area`, mode);
  let [size, scales] = target(options, dims);
  if (scales && (mode === 'area' || options.recomputeScaleFactor)) {
    const factors = scales;
    [size, scales] = [shape.slice(2).map((length, i) => Math.floor(length * factors[i]!)), null];
  }
  if (mode === 'area') {
    if (alignCorners !== null) refuse("'alignCorners' is not for the mode 'area'");
    return [ops.adaptiveAvgPool1d, native.adaptiveAvgPool2d, native.adaptiveAvgPool3d][dims - 1]!(input, size!);
  }
  const [names, asks] = operators[mode];
  if (!asks && alignCorners !== null) refuse(`'alignCorners' is not for the mode '${mode}'`);
  const name = antialias ? (dims === 2 ? smoothed[mode] : undefined) : names[dims - 1];
  if (antialias && name === undefined)
    refuse("'antialias' needs an image, and the mode 'bilinear', 'bicubic' or 'lanczos'");
  if (!name) refuse(`the mode '${mode}' takes no input of ${shape.length} dimensions`);
  if (mode === 'lanczos' && !antialias) refuse("the mode 'lanczos' needs 'antialias'");
  if (mode === 'lanczos' && alignCorners) refuse("the mode 'lanczos' takes no 'alignCorners'");
  let door = doors.get(name);
  if (!door) doors.set(name, (door = new Operator(`aten::${name}`, false)));
  return invoke(door, asks ? [input, size, alignCorners ?? false, scales] : [input, size, scales]) as Tensor;
}

function target(options: InterpolateOptions, dims: number): [number[] | null, number[] | null] {
  const { size = null, scaleFactor = null } = options;
  if ((size === null) === (scaleFactor === null)) refuse("give one of 'size' and 'scaleFactor'");
  if (size !== null && options.recomputeScaleFactor) refuse("'recomputeScaleFactor' means nothing beside 'size'");
  const spread = (value: Extent, name: string): number[] => {
    const list = typeof value === 'number' ? Array.from({ length: dims }, () => value) : [...value];
    if (list.length !== dims) throw wrongArgument('interpolate', name, `number or array of ${dims} numbers`, value);
    return list;
  };
  return size === null ? [null, spread(scaleFactor!, 'scaleFactor')] : [spread(size, 'size'), null];
}

/** What {@link gridSample} takes by name. */
export interface GridSampleOptions {
  /** How elements in between are computed; `'bilinear'` unless given. */
  mode?: 'bilinear' | 'nearest' | 'bicubic';
  /** What lies outside of the input; `'zeros'` unless given. */
  paddingMode?: 'zeros' | 'border' | 'reflection';
  /** Whether -1 and 1 are the centres of the outermost elements, rather than the edges; false unless given. */
  alignCorners?: boolean;
}

/**
 * Takes elements of images or volumes from places between -1 and 1 (Jaderberg et al., 2015).
 *
 * @param input - of shape `(N, C, H, W)` or `(N, C, D, H, W)`
 * @param grid - the places, of shape `(N, H_out, W_out, 2)` or `(N, D_out, H_out, W_out, 3)`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.grid_sample.html
 * @example
 * const image = torch.arange(4).view(1, 1, 2, 2).float()
 * F.gridSample(image, torch.zeros(1, 1, 1, 2)) // tensor([[[[1.5000]]]])
 */
export function gridSample(input: Tensor, grid: Tensor, options: GridSampleOptions = {}): Tensor {
  const { mode = 'bilinear', paddingMode = 'zeros', alignCorners = false } = options;
  const modes = ['bilinear', 'nearest', 'bicubic'];
  const paddings = ['zeros', 'border', 'reflection'];
  if (!modes.includes(mode)) throw wrongArgument('gridSample', 'mode', `one of ${modes.join(', ')}`, mode);
  if (!paddings.includes(paddingMode))
    throw wrongArgument('gridSample', 'paddingMode', `one of ${paddings.join(', ')}`, paddingMode);
  return ops.gridSampler(input, grid, modes.indexOf(mode), paddings.indexOf(paddingMode), alignCorners);
}

/**
 * The places that an affine map takes, for {@link gridSample}.
 *
 * @param theta - matrices of shape `(N, 2, 3)` or `(N, 3, 4)`
 * @param size - that of the output of `gridSample`: `[N, C, H, W]` or `[N, C, D, H, W]`
 * @param alignCorners - as `gridSample` is given it
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.affine_grid.html
 * @example
 * F.affineGrid(torch.eye(2, 3).unsqueeze(0), [1, 1, 1, 2], true) // tensor([[[[-1., 0.], [ 1., 0.]]]])
 */
export function affineGrid(theta: Tensor, size: Size, alignCorners = false): Tensor {
  return ops.affineGridGenerator(theta, size, alignCorners);
}

/** What {@link unfold} and {@link fold} take by name. */
export interface FoldOptions {
  /** The distance between elements of the window; 1 unless given. */
  dilation?: Extent;
  /** Elements added on both sides; none unless given. */
  padding?: Extent;
  /** The step of the window; 1 unless given. */
  stride?: Extent;
}

/**
 * The windows of images, each as a column.
 *
 * @param input - of shape `(N, C, H, W)` or `(C, H, W)`
 * @returns of shape `(N, C * kernel elements, windows)`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.unfold.html
 * @example
 * F.unfold(torch.ones(1, 3, 4, 4), 2).shape // [ 1, 12, 9 ]
 */
export function unfold(input: Tensor, kernelSize: Extent, options: FoldOptions = {}): Tensor {
  const { dilation = 1, padding = 0, stride = 1 } = options;
  return native.im2col(input, kernelSize, dilation, padding, stride);
}

/**
 * Puts the windows of {@link unfold} back into images, adding where they overlap.
 *
 * @param input - of shape `(N, C * kernel elements, windows)`
 * @param outputSize - `[H, W]`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.functional.fold.html
 * @example
 * F.fold(torch.ones(1, 4, 9), 4, 2).shape // [ 1, 1, 4, 4 ]
 */
export function fold(input: Tensor, outputSize: Extent, kernelSize: Extent, options: FoldOptions = {}): Tensor {
  const { dilation = 1, padding = 0, stride = 1 } = options;
  return native.col2im(input, outputSize, kernelSize, dilation, padding, stride);
}
