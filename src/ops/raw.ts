import { binding } from '../binding.js';
import { wrongArgument } from '../errors.js';
import { invoke, invokeAsync, Operator } from './call.js';

/** One overload, or all under a name: called with positional arguments and a trailing object of named ones. */
export interface RawOperator {
  (...args: unknown[]): unknown;
  /** The same on the addon's own threads. */
  callAsync(...args: unknown[]): Promise<unknown>;
}

/** An operator by its name: an overload is a member, `default` the unnamed one. */
export type RawPacket = RawOperator & Readonly<Record<string, RawOperator>>;

/** The operators of a namespace. */
export type RawNamespace = Readonly<Record<string, RawPacket>>;

/** The raw door: every operator that LibTorch's dispatcher holds, under the names that schemas spell. */
export interface Ops {
  /** The names of all operators: `'aten::add.Tensor'`. */
  names(): string[];
  /** The schema of an operator, or of all overloads of a name, a line each. */
  schema(name: string): string;
  /** Loads a library that registers operators of its own. */
  loadLibrary(path: string): void;
  /** PyTorch's own operators. */
  readonly aten: RawNamespace;
  readonly [namespace: string]: RawNamespace | unknown;
}

function callable(name: string): RawPacket {
  const operator = new Operator(name, true);
  const fn = Object.assign((...args: unknown[]) => invoke(operator, args), {
    callAsync: (...args: unknown[]) => invokeAsync(operator, args),
  });
  Object.defineProperty(fn, 'name', { value: name });
  if (name.includes('.')) return fn as unknown as RawPacket;
  return withMembers(fn, (overload) => callable(`${name}.${overload}`)) as unknown as RawPacket;
}

/** Members that are made when they are first asked for. */
function withMembers<T extends object>(target: T, make: (name: string) => unknown): T {
  return new Proxy(target, {
    get(object, name, receiver) {
      if (typeof name === 'symbol' || name === 'then' || name in object) return Reflect.get(object, name, receiver);
      const member = make(name);
      Object.defineProperty(object, name, { value: member, enumerable: true });
      return member;
    },
  });
}

/**
 * The raw door: `torch.ops.<namespace>.<operator>.<overload>(...)`, with schema names exactly as PyTorch spells them.
 *
 * @see https://docs.pytorch.org/docs/2.13/torch.library.html
 * @example
 * torch.ops.aten.add.Tensor(torch.ones(2), torch.ones(2), { alpha: 3 }) // tensor([4., 4.])
 * torch.ops.schema('aten::relu.default') // 'aten::relu(Tensor self) -> Tensor'
 */
export const ops: Ops = withMembers(
  {
    names: () => binding.operatorNames(),
    schema: (name: string) => {
      if (typeof name !== 'string')
        throw wrongArgument('ops.schema', 'name', "a string such as 'aten::add.Tensor'", name);
      return binding.schema(name);
    },
    loadLibrary: (path: string) => {
      if (typeof path !== 'string') throw wrongArgument('ops.loadLibrary', 'path', 'string', path);
      binding.loadLibrary(path);
    },
  },
  (namespace) => withMembers({}, (name) => callable(`${namespace}::${name}`)),
) as unknown as Ops;
