import { binding, type Handle } from '../binding.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { handleOf } from '../ops/call.js';
import { current } from '../ops/context.js';
import type { Tensor } from '../tensor.js';
import { ScriptModule } from './module.js';
import { lift } from './object.js';

/** Options of {@link trace}. */
export interface TraceOptions {
  /** What the arguments of `forward` are called in the module: `input`, `input_1` and so on unless given. */
  argumentNames?: readonly string[];
  /** Whether a dict as result is refused: its keys become those of the example. False unless given. */
  strict?: boolean;
}

/** What is traced beside functions: a module, as of `torch.nn`. */
export interface Traceable {
  /** Whether it is in training mode. */
  training: boolean;
  /** What runs it. */
  call(...args: never[]): unknown;
  /** Its submodules by name. */
  namedChildren(): Iterable<[string, Traceable]>;
  /** @internal */
  ownParameters(): Iterable<[string, Tensor]>;
  /** @internal */
  ownBuffers(): Iterable<[string, Tensor]>;
}

interface Tree {
  name: string;
  training: boolean;
  parameters: [string, Handle][];
  buffers: [string, Handle][];
  children: [string, Tree][];
}

function treeOf(module: Traceable): Tree {
  const handles = (list: Iterable<[string, Tensor]>): [string, Handle][] =>
    Array.from(list, ([name, tensor]) => [name, handleOf(tensor)]);
  return {
    name: module.constructor.name.replace(/\W/g, '_') || 'Module',
    training: module.training,
    parameters: handles(module.ownParameters()),
    buffers: handles(module.ownBuffers()),
    children: Array.from(module.namedChildren(), ([name, child]) => [name, treeOf(child)]),
  };
}

/** Named results are tuples in TorchScript. */
function lower(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || '_handle' in value) return value;
  if (typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function')
    return [...(value as Iterable<unknown>)].map(lower);
  return value;
}

/**
 * Runs a module or a function once with example inputs, and records the operators that run as a module of TorchScript,
 * which {@link save} writes for Python and C++.
 *
 * Parameters and buffers of a module keep their names, and their memory: training one trains the other. What the function
 * computes from anything but tensors is a constant of the trace: branches, numbers, and sizes read by `x.shape`. Arrays of
 * tensors are tuples, plain objects are dicts.
 *
 * @param target - takes and gives tensors, in arrays and plain objects; it must not be asynchronous
 * @param exampleInputs - its arguments
 * @throws when an input or the result is none of these, when the function throws, and when it uses a tensor that requires
 * a gradient and is no parameter of the module
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.trace.html
 * @example
 * const model = torch.jit.trace(new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU()), [torch.ones(1, 2)])
 * model.call(torch.ones(5, 2)).shape // [ 5, 3 ]
 */
export function trace(
  target: Traceable | ((...args: never[]) => unknown),
  exampleInputs: readonly unknown[],
  { argumentNames = [], strict = false }: TraceOptions = {},
): ScriptModule {
  const isModule = typeof target === 'object' && target !== null && typeof target.ownParameters === 'function';
  if (!isModule && typeof target !== 'function') throw wrongArgument('trace', 'target', 'module or function', target);
  if (!Array.isArray(exampleInputs)) throw wrongArgument('trace', 'exampleInputs', 'array of arguments', exampleInputs);
  if (argumentNames.length > 0 && argumentNames.length !== exampleInputs.length) {
    const text = `trace(): ${argumentNames.length} names for ${exampleInputs.length} arguments`;
    throw new FlambeauError('INVALID_VALUE', text);
  }
  const wrongName = argumentNames.find((name) => typeof name !== 'string' || !/^[A-Za-z_]\w*$/.test(name));
  if (wrongName !== undefined) throw wrongArgument('trace', 'argumentNames', 'names as Python has them', wrongName);
  const tree: Tree = isModule
    ? treeOf(target)
    : { name: 'Traced', training: false, parameters: [], buffers: [], children: [] };
  const run = (...args: unknown[]): unknown =>
    isModule ? target.call(...(args as never[])) : (target as (...args: unknown[]) => unknown)(...args);
  const names = exampleInputs.map((_, i) => argumentNames[i] ?? (i === 0 ? 'input' : `input_${i}`));
  current();
  const handle = binding.jitTrace(tree, exampleInputs, names, strict, (...values) => {
    const result = run(...values.map(lift));
    if (typeof (result as PromiseLike<unknown> | null)?.then === 'function')
      throw new FlambeauError('INVALID_VALUE', 'trace(): the function is asynchronous; what it awaits is not recorded');
    return lower(result);
  });
  return ScriptModule._of(handle);
}
