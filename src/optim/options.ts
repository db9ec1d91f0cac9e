import { FlambeauError, wrongArgument } from '../errors.js';
import { Tensor } from '../tensor.js';

/** What every optimizer is given. */
export interface OptimizerOptions {
  /**
   * The learning rate. A tensor of one element may be changed in place between the runs of a captured step, of which a
   * number is a constant.
   */
  lr: number | Tensor;
}

/** What most optimizers are given. */
export interface DenseOptions extends OptimizerOptions {
  /** The factor of the penalty on squared weights. */
  weightDecay: number;
  /** Whether the objective grows rather than shrinks. */
  maximize: boolean;
  /** Whether one operator does the same for all parameters; unless given, true. False takes them one by one, with less memory. */
  foreach: boolean | null;
}

/** What optimizers that can do without reading tensors are given. */
export interface CapturableOptions extends DenseOptions {
  /** Whether the counts of steps stay on the device, unread. A captured step does so in any case. */
  capturable: boolean;
}

/** Options of optimizers with one kernel for the whole step. */
export interface FusedOptions {
  /** Whether one kernel does the whole step; where LibTorch has it, unless given. */
  fused: boolean | null;
}

/** Throws unless a number lies in a range. */
export function inRange(func: string, name: string, value: unknown, least: number, below = Infinity): void {
  if (typeof value === 'number' && value >= least && value < below) return;
  throw wrongArgument(
    func,
    name,
    below === Infinity ? `number from ${least} on` : `number from ${least} to below ${below}`,
    value,
  );
}

/** Throws unless the options of these names are numbers that are not negative. */
export function notNegative<O>(func: string, options: O, ...names: (keyof O & string)[]): void {
  for (const name of names) inRange(func, name, options[name], 0);
}

/** Throws unless it is a learning rate. */
export function checkRate(func: string, lr: unknown): void {
  if (!(lr instanceof Tensor)) inRange(func, 'lr', lr, 0);
  else if (lr.numel() !== 1)
    throw new FlambeauError('INVALID_VALUE', `${func}(): argument 'lr' must be a Tensor of one element`);
}

/** Throws unless these are factors of running averages. */
export function checkBetas(func: string, betas: unknown): void {
  if (!Array.isArray(betas) || betas.length !== 2) throw wrongArgument(func, 'betas', 'array of 2 numbers', betas);
  inRange(func, 'betas[0]', betas[0], 0, 1);
  inRange(func, 'betas[1]', betas[1], 0, 1);
}

/** Throws when two ways to compute are both asked for. */
export function oneWay(func: string, { foreach, fused }: { foreach: boolean | null; fused: boolean | null }): void {
  if (foreach === true && fused === true)
    throw new FlambeauError('INVALID_VALUE', `${func}(): options 'foreach' and 'fused' exclude each other`);
}

/** Throws when there are complex parameters. */
export function mustBeReal(func: string, params: readonly Tensor[]): void {
  if (params.some(({ dtype }) => dtype.startsWith('complex')))
    throw new FlambeauError('INVALID_VALUE', `${func}(): parameters must be real`);
}
