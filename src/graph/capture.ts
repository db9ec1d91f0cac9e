import { splitSignal, type AbortOptions } from '../abort.js';
import { binding } from '../binding.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { handleOf } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { Graph } from './graph.js';
import { difference, flatten, unflatten } from './tree.js';

/** A function that was captured: it runs its graph. */
export interface Captured<A extends unknown[], R> {
  /** Runs the graph on this thread. */
  (...args: A): R;
  /**
   * Runs the graph on a thread of the addon's own: the event loop goes on. A `signal` in an object behind the arguments drops
   * a run that has not begun.
   */
  runAsync(...args: [...A] | [...A, AbortOptions]): Promise<R>;
  /** The graph itself. */
  readonly graph: Graph;
}

/** Whether a graph is being captured on this thread. */
let capturing = false;

/** @internal Whether what runs now becomes part of a graph. */
export function isCapturing(): boolean {
  return capturing;
}

/** @internal Runs `fn` outside of the graph that is being captured: what it makes is there before the graph runs. */
export function uncaptured<T>(fn: () => T): T {
  if (!capturing) return fn();
  binding.captureSuspend(true);
  capturing = false;
  try {
    return fn();
  } finally {
    capturing = true;
    binding.captureSuspend(false);
  }
}

/**
 * Runs a function once and records what it does as a native graph: the forward pass, and where they are called, the
 * backward pass, clipping and the optimizer's step. The result does the same in one native call, without JavaScript in
 * between, and by `runAsync` without keeping the event loop.
 *
 * The function really runs: a training step that is captured is taken. Tensors from outside, such as parameters, stay
 * those tensors. Whatever else it computes from is a constant: numbers, and so branches, shapes and learning rates.
 * Random numbers are drawn anew in every run. Optimizers make what they remember before the first run.
 *
 * @param fn - takes and gives tensors, in arrays and plain objects as it likes; it must not be asynchronous
 * @param examples - arguments to run it with; later ones must have their shapes, dtypes and devices
 * @throws when the function reads the value of a tensor, starts work on another thread, or adds to gradients that it does
 * not clear; a later call throws where its arguments do not fit
 * @see https://docs.pytorch.org/docs/2.13/torch.compiler.html
 * @example
 * const model = new nn.Linear(2, 1)
 * const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 })
 * const step = torch.capture((x, y) => {
 *   optimizer.zeroGrad()
 *   const loss = F.mseLoss(model.call(x), y)
 *   loss.backward()
 *   optimizer.step()
 *   return loss
 * }, [torch.ones(4, 2), torch.zeros(4, 1)])
 * const first = step(torch.ones(4, 2), torch.zeros(4, 1)).item()
 * const second = (await step.runAsync(torch.ones(4, 2), torch.zeros(4, 1))).item()
 * second < first // true
 */
export function capture<A extends unknown[], R>(fn: (...args: A) => R, examples: readonly [...A]): Captured<A, R> {
  if (typeof fn !== 'function') throw wrongArgument('capture', 'fn', 'function', fn);
  if (!Array.isArray(examples)) throw wrongArgument('capture', 'examples', 'array of arguments', examples);
  const given = flatten(examples);
  binding.captureBegin(given.tensors.map(handleOf), given.paths);
  capturing = true;
  let graph: Graph;
  let result: unknown;
  try {
    const value = fn(...(examples as unknown as A));
    if (typeof (value as PromiseLike<unknown> | null)?.then === 'function')
      throw new FlambeauError('CAPTURE', 'capture(): the function is asynchronous; what it awaits cannot be recorded');
    const flat = flatten(value);
    result = flat.rest;
    graph = new Graph({ _handle: binding.captureEnd(flat.tensors.map(handleOf)) });
  } finally {
    capturing = false;
    binding.captureAbandon();
  }
  const inputs = (args: A): Tensor[] => {
    const flat = flatten(args);
    const place = difference(flat.rest, given.rest);
    if (place !== undefined) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `the captured function's argument ${place || 'list'} differs from the one that it was captured with, which is a ` +
          'constant of the graph: capture it again',
      );
    }
    return flat.tensors;
  };
  const run = (...args: A): R => unflatten(result, graph.run(inputs(args)) as Tensor[]) as R;
  return Object.assign(run, {
    runAsync: async (...args: [...A] | [...A, AbortOptions]): Promise<R> => {
      const { values, signal } = splitSignal(args);
      return unflatten(result, (await graph.runAsync(inputs(values as A), signal ? { signal } : {})) as Tensor[]) as R;
    },
    graph,
  });
}
