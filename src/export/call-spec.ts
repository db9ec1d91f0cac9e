import { FlambeauError } from '../errors.js';
import { isTensor } from '../ops/call.js';
import { damaged } from './json.js';
import { countLeaves, flattenTree, isPlainObject, leafPaths, parseTree, unflattenTree, type Tree } from './pytree.js';

type Named = Tree & { kind: 'object' };
type Fields = ReadonlyMap<string, { field_names: string[] }>;

const nothing: Named = { kind: 'object', type: 'builtins.dict', keys: [], children: [], nulls: [] };

/** The structure of arguments and result, as a file holds it. */
export class CallSpec {
  /** The paths of the arguments' leaves. */
  readonly inputPaths: string[];
  /** The paths of the result's leaves. */
  readonly outputPaths: string[];
  private readonly positional: Tree & { kind: 'array' };
  private readonly named: Named;
  private readonly names: string[];
  private readonly output: Tree;

  /** @param names - those of the positional arguments, as far as they are known */
  constructor(inSpec: string, outSpec: string, names: readonly string[] = [], fields: Fields = new Map()) {
    const args = parseTree(inSpec, 'in_spec', fields);
    const [positional, named] = args.kind === 'array' && args.children.length === 2 ? args.children : [];
    const isEmpty = named?.kind === 'array' && countLeaves(named) === 0;
    if (positional?.kind !== 'array' || (named?.kind !== 'object' && !isEmpty)) {
      throw damaged('in_spec', 'is no structure of positional and named arguments');
    }
    this.positional = positional;
    this.named = named?.kind === 'object' ? named : nothing;
    this.output = parseTree(outSpec, 'out_spec', fields);
    this.names = positional.children.map((_, i) => names[i] ?? `args[${i}]`);
    this.inputPaths = [
      ...positional.children.flatMap((child, i) => leafPaths(child, this.names[i]!)),
      ...leafPaths(this.named, ''),
    ];
    this.outputPaths = leafPaths(this.output, '');
  }

  /** Whether all arguments are single values, by place. */
  get plain(): boolean {
    return this.positional.children.every(({ kind }) => kind === 'leaf') && countLeaves(this.named) === 0;
  }

  /** The leaves of a call: values by place, then, where the last is an object of names, by name. */
  leaves(func: string, args: readonly unknown[]): unknown[] {
    const { children } = this.positional;
    const last = args[args.length - 1];
    const isNamed =
      args.length > 0 && isPlainObject(last) && !isTensor(last) && children[args.length - 1]?.kind !== 'object';
    const options = isNamed ? (last as Record<string, unknown>) : {};
    const values = isNamed ? args.slice(0, -1) : [...args];
    if (values.length > children.length) {
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `${func}(): takes ${children.length} positional argument${children.length === 1 ? '' : 's'}, not ${values.length}`,
      );
    }
    const rest: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(options)) {
      const place = this.named.keys.includes(name) ? -1 : this.names.indexOf(name);
      if (place < 0) rest[name] = value;
      else if (place < values.length && values[place] !== undefined) {
        throw new FlambeauError('INVALID_ARGUMENT', `${func}(): argument '${name}' is given twice`);
      } else values[place] = value;
    }
    const leaves: unknown[] = [];
    children.forEach((child, i) => flattenTree(child, values[i], this.names[i]!, leaves, func));
    flattenTree(this.named, rest, '', leaves, func, [...this.names, ...this.named.keys]);
    return leaves;
  }

  /** A result of leaves. */
  result(leaves: readonly unknown[]): unknown {
    return unflattenTree(this.output, leaves);
  }
}
