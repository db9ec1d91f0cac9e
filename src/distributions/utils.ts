import type { Device } from '../device.js';
import { dtypes, type Dtype } from '../dtype.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { enableGrad } from '../autograd/modes.js';
import { isTensor } from '../ops/call.js';
import { arange, broadcastTensors, cat, full, randn, zerosLike } from '../ops/functions.js';
import { softmax } from '../ops/neural/torch/index.js';
import type { Size } from '../shape.js';
import { tensor, type Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';

/** A parameter of a distribution: a tensor, or a number for all of its elements. */
export type Parameter = Tensor | number;

export const eulerConstant = 0.5772156649015329;

const limits: Partial<Record<Dtype, { eps: number; tiny: number; min: number }>> = {
  float16: { eps: 2 ** -10, tiny: 2 ** -14, min: -65504 },
  bfloat16: { eps: 2 ** -7, tiny: 2 ** -126, min: -(2 - 2 ** -7) * 2 ** 127 },
  float32: { eps: 2 ** -23, tiny: 2 ** -126, min: -(2 - 2 ** -23) * 2 ** 127 },
  float64: { eps: 2 ** -52, tiny: 2 ** -1022, min: -Number.MAX_VALUE },
};

/** What the numbers of a floating dtype are limited by. */
export function finfo(dtype: Dtype): { eps: number; tiny: number; min: number } {
  const found = limits[dtype];
  if (!found)
    throw new FlambeauError('INVALID_VALUE', `distributions need parameters of a floating dtype, not ${dtype}`);
  return found;
}

/** Where a tensor like another is made. */
export function like(tensor: Tensor): { dtype: Dtype; device: Device } {
  return { dtype: tensor.dtype, device: tensor.device };
}

// By the dtype, since vmap has no rule for LibTorch's own question.
function isFloating(value: Tensor): boolean {
  const { kind } = dtypes[value.dtype];
  return kind === 'float' || kind === 'complex';
}

/**
 * A tensor of integers in a floating dtype: in JavaScript `torch.tensor([0, 1])` cannot say that floating numbers are meant.
 */
export function floating(value: Tensor, dtype?: Dtype): Tensor {
  return isFloating(value) ? value : value.to(dtype ?? full([], 0.5).dtype);
}

/** The parameters as tensors of one shape. Numbers and integers get the dtype of the first floating tensor. */
export function broadcastAll(func: string, parameters: Record<string, Parameter>): Tensor[] {
  const values = Object.entries(parameters);
  for (const [name, value] of values)
    if (typeof value !== 'number' && !isTensor(value)) throw wrongArgument(func, name, 'Tensor or number', value);
  const given = values.flatMap(([, value]) => (isTensor(value) ? [value] : []));
  const dtype = given.find(isFloating)?.dtype ?? full([], 0.5).dtype;
  const device = given[0]?.device;
  const tensors = values.map(([, value]) =>
    typeof value === 'number' ? full([], value, { dtype, device }) : floating(value, dtype),
  );
  return tensors.length === 1 ? tensors : broadcastTensors(tensors);
}

/** Refuses what is no tensor of at least so many dimensions. */
export function needsTensor(func: string, name: string, value: unknown, dims: number): asserts value is Tensor {
  if (!isTensor(value)) throw wrongArgument(func, name, 'Tensor', value);
  if (value.shape.length < dims)
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}(): argument '${name}' must have at least ${dims} dimension${dims > 1 ? 's' : ''}, not shape [${value.shape.join(', ')}]`,
    );
}

export function sumRightmost(value: Tensor, dims: number): Tensor {
  return dims === 0 ? value : value.reshape([...value.shape.slice(0, value.shape.length - dims), -1]).sum(-1);
}

export function sameShape(a: Size, b: Size): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

export function broadcastShapes(...shapes: Size[]): number[] {
  const result: number[] = [];
  for (const shape of shapes)
    shape.toReversed().forEach((size, i) => {
      const other = result[i] ?? 1;
      if (size !== other && size !== 1 && other !== 1)
        throw new FlambeauError(
          'INVALID_VALUE',
          `shapes ${shapes.map((s) => `[${s.join(', ')}]`).join(', ')} do not broadcast`,
        );
      result[i] = size === 1 ? other : size;
    });
  return result.toReversed();
}

export function standardNormal(shape: Size, other: Tensor): Tensor {
  return randn(shape, like(other));
}

export function clampProbs(probs: Tensor): Tensor {
  const { eps } = finfo(probs.dtype);
  return probs.clamp(eps, 1 - eps);
}

/** Vectors of zeros with a 1 at the index. Not `F.oneHot`, which reads the indices to check them. */
export function oneHot(index: Tensor, count: number, other: Tensor): Tensor {
  return index
    .unsqueeze(-1)
    .eq(arange(count, { device: index.device }))
    .to(other.dtype);
}

/** `1 - x`. */
export function complement(x: Tensor): Tensor {
  return x.neg().add(1);
}

/** A probability given as such or as log-odds; the other is computed when it is first asked for. */
export class Odds {
  /** Which of the two was given. */
  readonly given: 'probs' | 'logits';
  /** What was given. */
  readonly param: Tensor;
  private other: Tensor | undefined;

  constructor(
    param: Tensor,
    given: 'probs' | 'logits',
    private readonly binary = true,
    private readonly clamped = false,
  ) {
    this.param = param;
    this.given = given;
  }

  get probs(): Tensor {
    if (this.given === 'probs') return this.param;
    return (this.other ??= keep(
      enableGrad(() => {
        const probs = this.binary ? this.param.sigmoid() : softmax(this.param, -1);
        return this.clamped ? clampProbs(probs) : probs;
      }),
    ));
  }

  get logits(): Tensor {
    if (this.given === 'logits') return this.param;
    return (this.other ??= keep(
      enableGrad(() => {
        const probs = clampProbs(this.param);
        return this.binary ? probs.log().sub(probs.neg().log1p()) : probs.log();
      }),
    ));
  }
}

/** Options of distributions that take probabilities or log-odds. */
export interface OddsOptions {
  /** The probabilities; instead of `logits`. */
  probs?: Parameter;
  /** The log-odds (or logarithms of probabilities, up to a constant); instead of `probs`. */
  logits?: Parameter;
  /** Whether parameters and values are checked. */
  validateArgs?: boolean;
}

/** Which of `probs` and `logits` was given, as an argument or an option. */
export function oddsOf(
  func: string,
  probs: Parameter | OddsOptions | null | undefined,
  options: OddsOptions,
): { name: 'probs' | 'logits'; value: Parameter; options: OddsOptions } {
  let given = options;
  if (probs !== null && typeof probs === 'object' && !isTensor(probs)) given = probs;
  else if (probs !== null && probs !== undefined) given = { ...options, probs };
  if ((given.probs === undefined) === (given.logits === undefined))
    throw new FlambeauError('INVALID_ARGUMENT', `${func}(): exactly one of 'probs' and 'logits' must be given`);
  const name = given.probs === undefined ? 'logits' : 'probs';
  return { name, value: given[name]!, options: given };
}

/** Where the lower triangle of an n x n matrix stands, row by row. */
function trilPlaces(n: number, diag: number): number[] {
  const places: number[] = [];
  for (let i = 0; i < n; i++) for (let j = 0; j <= Math.min(i + diag, n - 1); j++) places.push(i * n + j);
  return places;
}

/** The lower triangle in one dimension, row by row. */
export function trilMatrixToVec(matrix: Tensor, diag = 0): Tensor {
  const n = matrix.shape.at(-1)!;
  return matrix.flatten(-2).indexSelect(-1, tensor(trilPlaces(n, diag), { dtype: 'int64', device: matrix.device }));
}

/** The opposite of {@link trilMatrixToVec}; zeros above. */
export function vecToTrilMatrix(vec: Tensor, diag = 0): Tensor {
  const size = vec.shape.at(-1)!;
  const exact = (-(1 + 2 * diag) + Math.sqrt((1 + 2 * diag) ** 2 + 8 * size + 4 * Math.abs(diag) * (diag + 1))) / 2;
  const n = Math.round(exact);
  if (Math.abs(n - exact) > 1e-9)
    throw new FlambeauError(
      'INVALID_VALUE',
      `the last dimension has size ${size}, which is not that of the lower triangle of a square matrix`,
    );
  // Gathered rather than written in place: each place of the matrix takes its element of the vector, or a zero behind it.
  const places = new Array<number>(n * n).fill(size);
  trilPlaces(n, diag).forEach((place, i) => (places[place] = i));
  const padded = cat([vec, zerosLike(vec.narrow(-1, 0, 1))], -1);
  const index = tensor(places, { dtype: 'int64', device: vec.device });
  return padded.indexSelect(-1, index).reshape([...vec.shape.slice(0, -1), n, n]);
}
