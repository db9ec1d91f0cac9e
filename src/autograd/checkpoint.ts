import { FlambeauError, wrongArgument } from '../errors.js';
import { isCapturing } from '../graph/capture.js';
import { current, within } from '../ops/context.js';
import type { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';
import { defaultGenerator } from '../generator.js';
import * as cuda from '../cuda.js';
import { enableGrad } from './modes.js';
import { savedTensorsHooks } from './saved-tensors.js';

/** What {@link checkpoint} takes beside its function. */
export interface CheckpointOptions {
  /** Whether random operators draw again what they drew at first; true unless given. */
  preserveRngState?: boolean;
}

class Enough extends Error {}

/** Takes the states of the generators; gives a function that goes back to them. */
function rngStates(): () => void {
  const generators = [defaultGenerator()];
  if (cuda.isAvailable()) generators.push(defaultGenerator(`cuda:${cuda.currentDevice()}`));
  const states = generators.map((generator) => keep(generator.getState()));
  return () => generators.forEach((generator, i) => generator.setState(states[i]!));
}

/**
 * Runs `fn` without keeping what its backward pass needs: that pass runs it once more. Memory for time.
 *
 * @param fn - gives the same for the same arguments; it must not be asynchronous
 * @returns what `fn` returns
 * @throws in the backward pass, when `fn` then keeps other tensors than at first
 * @see https://docs.pytorch.org/docs/2.13/checkpoint.html
 * @example
 * const x = torch.ones(2, { requiresGrad: true })
 * torch.utils.checkpoint((x) => x.exp().sin(), [x]).sum().backward()
 * x.grad.equal(x.exp().cos().mul(x.exp())) // true
 */
export function checkpoint<A extends unknown[], R>(
  fn: (...args: A) => R,
  args: readonly [...A],
  { preserveRngState = true }: CheckpointOptions = {},
): R {
  if (typeof fn !== 'function') throw wrongArgument('checkpoint', 'fn', 'function', fn);
  if (!Array.isArray(args)) throw wrongArgument('checkpoint', 'args', 'array of arguments', args);
  // The state of a generator would be a constant of the graph.
  const restore = preserveRngState && !isCapturing() ? rngStates() : null;
  const { autocast } = current();
  let count = 0;
  let again: Tensor[] | null = null;

  const recompute = (): Tensor[] => {
    const before = restore ? rngStates() : null;
    const found: Tensor[] = [];
    restore?.();
    try {
      enableGrad(() =>
        within({ autocast, scope: null }, () =>
          savedTensorsHooks(
            (tensor) => {
              found.push(tensor.detach());
              // What follows the last tensor is not needed.
              if (found.length === count) throw new Enough();
              return tensor;
            },
            (tensor) => tensor,
            () => fn(...(args as unknown as A)),
          ),
        ),
      );
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
    } finally {
      before?.();
    }
    if (found.length !== count) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `checkpoint(): the function kept ${count} tensors at first and ${found.length} when it ran again; it must do the same both times`,
      );
    }
    return found;
  };

  return savedTensorsHooks(
    (tensor) => ({ index: count++, shape: tensor.shape.join(), dtype: tensor.dtype }),
    ({ index, shape, dtype }) => {
      again ??= recompute();
      const tensor = again[index]!;
      if (tensor.shape.join() !== shape || tensor.dtype !== dtype) {
        throw new FlambeauError(
          'INVALID_VALUE',
          `checkpoint(): tensor ${index} was ${dtype} of shape [${shape}] at first, and ${tensor.dtype} of shape [${tensor.shape.join()}] when the function ran again`,
        );
      }
      return tensor;
    },
    () => {
      const result = fn(...(args as unknown as A));
      if (typeof (result as PromiseLike<unknown> | null)?.then === 'function')
        throw new FlambeauError('INVALID_ARGUMENT', 'checkpoint(): the function must not be asynchronous');
      return result;
    },
  );
}

/**
 * {@link checkpoint} of a chain of functions, in so many parts.
 *
 * @param functions - modules or functions; each takes what the one before gave
 * @param segments - how many parts keep nothing of their inside; what is behind the last is run as it is
 * @see https://docs.pytorch.org/docs/2.13/checkpoint.html#torch.utils.checkpoint.checkpoint_sequential
 * @example
 * const model = new nn.Sequential(new nn.Linear(2, 4), new nn.ReLU(), new nn.Linear(4, 1))
 * const layers = [...model.children()].map((layer) => (x) => layer.call(x))
 * torch.utils.checkpointSequential(layers, 2, torch.ones(1, 2)).shape // [ 1, 1 ]
 */
export function checkpointSequential<T>(
  functions: readonly ((input: T) => T)[],
  segments: number,
  input: T,
  options: CheckpointOptions = {},
): T {
  if (!Array.isArray(functions) || functions.length === 0)
    throw wrongArgument('checkpointSequential', 'functions', 'array of functions', functions);
  if (!Number.isInteger(segments) || segments < 1 || segments > functions.length)
    throw wrongArgument('checkpointSequential', 'segments', `integer from 1 to ${functions.length}`, segments);
  const size = Math.floor(functions.length / segments);
  const run = (from: number, to: number) => (value: T) =>
    functions.slice(from, to).reduce((x: T, fn: (input: T) => T) => fn(x), value);
  let value = input;
  let start = 0;
  for (; start < size * (segments - 1); start += size) value = checkpoint(run(start, start + size), [value], options);
  return run(start, functions.length)(value);
}
