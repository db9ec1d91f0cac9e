import type { Tensor } from '../../tensor.js';
import { wrongArgument } from '../../errors.js';
import { invoke, Operator } from '../call.js';
import type { Callable } from '../op.js';

/** What {@link uniqueConsecutive} takes by name. */
export interface UniqueConsecutiveOptions {
  /** Whether to tell where each element went. `false` unless given. */
  returnInverse?: boolean;
  /** Whether to count. `false` unless given. */
  returnCounts?: boolean;
  /** The dimension whose slices are compared; the flattened tensor unless given. */
  dim?: number | null;
}

/** What {@link unique} takes by name. */
export interface UniqueOptions extends UniqueConsecutiveOptions {
  /** Whether the elements come in order; with `dim` they always do. `true` unless given. */
  sorted?: boolean;
}

interface Inverse {
  returnInverse: true;
  returnCounts?: false;
}
interface Counts {
  returnInverse?: false;
  returnCounts: true;
}
interface Both {
  returnInverse: true;
  returnCounts: true;
}
interface Neither {
  returnInverse?: false;
  returnCounts?: false;
}

/** The results that are asked for: the elements alone, or in a tuple with inverse and counts, in this order. */
type Unique<Options> = Callable<
  [
    (input: Tensor, options: Options & Both) => [Tensor, Tensor, Tensor],
    (input: Tensor, options: Options & (Inverse | Counts)) => [Tensor, Tensor],
    (input: Tensor, options?: Options & Neither) => Tensor,
    (input: Tensor, options: Options) => Tensor | [Tensor, Tensor] | [Tensor, Tensor, Tensor],
  ]
>;

const operators = {
  flat: new Operator('aten::_unique2', false),
  dim: new Operator('aten::unique_dim', false),
  consecutive: new Operator('aten::unique_consecutive', false),
};

/** Python's arguments, by place or by name, and the results that they ask for. */
function select(
  name: string,
  order: readonly string[],
  args: readonly unknown[],
  compute: (options: Required<UniqueOptions>) => Tensor[],
): unknown {
  const options: Record<string, unknown> = { sorted: true, returnInverse: false, returnCounts: false, dim: null };
  args.forEach((value, i) => {
    if (i === args.length - 1 && typeof value === 'object' && value !== null) {
      const known = Object.entries(value).filter(([, given]) => given !== undefined);
      const strange = known.find(([key]) => !order.includes(key));
      if (strange) throw wrongArgument(name, strange[0], `one of its options: ${order.join(', ')}`, strange[1]);
      Object.assign(options, Object.fromEntries(known));
    } else if (value !== undefined && order[i] !== undefined) options[order[i]] = value;
    else if (value !== undefined) throw wrongArgument(name, String(i), 'missing', value);
  });
  for (const key of ['sorted', 'returnInverse', 'returnCounts'])
    if (typeof options[key] !== 'boolean') throw wrongArgument(name, key, 'boolean', options[key]);
  const [values, inverse, counts] = compute(options as unknown as Required<UniqueOptions>);
  const result = [values];
  if (options.returnInverse === true) result.push(inverse);
  else inverse!.dispose();
  if (options.returnCounts === true) result.push(counts);
  else counts!.dispose();
  return result.length === 1 ? values : result;
}

/**
 * The different elements, each once; with `dim`, the different slices.
 *
 * A tuple where more is asked for: the elements, the index in them of each element of the input (`returnInverse`), and
 * how often each came (`returnCounts`).
 *
 * @throws when `dim` is out of bounds
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unique.html
 * @example
 * torch.unique(torch.tensor([3, 1, 3])) // tensor([1, 3])
 * const [values, counts] = torch.unique(torch.tensor([3, 1, 3]), { returnCounts: true })
 * counts // tensor([1, 2])
 * torch.unique(torch.tensor([[2], [1], [2]]), { dim: 0 }) // tensor([[1], [2]])
 */
export const unique = ((input: Tensor, ...args: unknown[]) =>
  select('unique', ['sorted', 'returnInverse', 'returnCounts', 'dim'], args, ({ dim, ...o }) =>
    dim === null
      ? (invoke(operators.flat, [input, o.sorted, o.returnInverse, o.returnCounts]) as Tensor[])
      : (invoke(operators.dim, [input, dim, o.sorted, o.returnInverse, o.returnCounts]) as Tensor[]),
  )) as unknown as Unique<UniqueOptions>;

/**
 * The elements without those that equal the one before; with `dim`, the slices.
 *
 * A tuple where more is asked for: the elements, the index in them of each element of the input (`returnInverse`), and
 * how often each came in a row (`returnCounts`).
 *
 * @throws when `dim` is out of bounds
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.unique_consecutive.html
 * @example
 * torch.uniqueConsecutive(torch.tensor([1, 1, 2, 1])) // tensor([1, 2, 1])
 * torch.uniqueConsecutive(torch.tensor([1, 1, 2, 1]), { returnCounts: true })[1] // tensor([2, 1, 1])
 */
export const uniqueConsecutive = ((input: Tensor, ...args: unknown[]) =>
  select('uniqueConsecutive', ['returnInverse', 'returnCounts', 'dim'], args, (o) => {
    return invoke(operators.consecutive, [input, o.returnInverse, o.returnCounts, o.dim]) as Tensor[];
  })) as unknown as Unique<UniqueConsecutiveOptions>;
