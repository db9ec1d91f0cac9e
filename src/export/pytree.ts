import { describe, FlambeauError } from '../errors.js';
import { isTensor } from '../ops/call.js';
import { damaged, dictionary, list, optional, parseJson, record, recursive, string, type Decoder } from './json.js';

/** The structure of arguments or results: a leaf, or children in an array or under names. */
export type Tree =
  | { readonly kind: 'leaf' }
  | { readonly kind: 'array'; readonly type: string; readonly children: readonly Tree[] }
  | {
      readonly kind: 'object';
      readonly type: string;
      readonly keys: readonly string[];
      readonly children: readonly Tree[];
      /** Fields that are null and have no leaf. */
      readonly nulls: readonly string[];
    };

interface Written {
  type: string | null;
  context: string | null;
  children_spec: Written[];
}

const written: Decoder<Written> = recursive(() =>
  record({ type: optional(string), context: optional(string), children_spec: list(written) }),
);

function isNames(value: unknown, length?: number): value is (string | number)[] {
  return (
    Array.isArray(value) &&
    (length === undefined || value.length === length) &&
    value.every((key) => typeof key === 'string' || typeof key === 'number')
  );
}

const arrays = new Set(['builtins.tuple', 'builtins.list', 'collections.deque', 'torch.Size']);

/** Reads what `treespec_dumps` wrote. */
export function parseTree(
  text: string,
  place: string,
  namedTuples: ReadonlyMap<string, { field_names: string[] }>,
): Tree {
  const parsed = parseJson(text, place);
  if (!Array.isArray(parsed) || parsed.length !== 2) throw damaged(place, 'is no structure of arguments');
  if (parsed[0] !== 1) throw damaged(place, `is of protocol ${String(parsed[0])}; this reads protocol 1`);
  return build(written(parsed[1], place), place, namedTuples);
}

function build(spec: Written, place: string, namedTuples: ReadonlyMap<string, { field_names: string[] }>): Tree {
  const { type, context } = spec;
  if (type === null) return { kind: 'leaf' };
  const children = spec.children_spec.map((child) => build(child, place, namedTuples));
  const object = (keys: readonly (string | number)[], nulls: readonly (string | number)[] = []): Tree => {
    if (keys.length !== children.length) throw damaged(place, `has ${children.length} values for ${keys.length} names`);
    return { kind: 'object', type, keys: keys.map(String), children, nulls: nulls.map(String) };
  };
  if (type === 'collections.namedtuple') {
    const fields = namedTuples.get(context ?? '');
    if (!fields) throw damaged(place, `has a named tuple '${context}' without the names of its fields`);
    return object(fields.field_names);
  }
  if (arrays.has(type)) return { kind: 'array', type, children };
  // What others register says its names in its context, in one of a few ways.
  let said: unknown = null;
  try {
    said = JSON.parse(context ?? 'null');
  } catch {
    // A context of another kind: the values come by place.
  }
  if (isNames(said, children.length)) return object(said);
  if (Array.isArray(said) && isNames(said[0], children.length)) {
    return object(said[0], isNames(said[1]) ? said[1] : []);
  }
  if (typeof said === 'object' && said !== null && 'dict_context' in said && isNames(said.dict_context)) {
    return object(said.dict_context);
  }
  return { kind: 'array', type, children };
}

/** The number of leaves. */
export function countLeaves(tree: Tree): number {
  return tree.kind === 'leaf' ? 1 : tree.children.reduce((sum, child) => sum + countLeaves(child), 0);
}

/** The path of a part. */
export function childPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? (path === '' ? key : `${path}.${key}`) : `${path}['${key}']`;
}

/** The paths of the leaves, in order. */
export function leafPaths(tree: Tree, path: string): string[] {
  if (tree.kind === 'leaf') return [path];
  return tree.children.flatMap((child, i) =>
    leafPaths(child, childPath(path, tree.kind === 'array' ? i : tree.keys[i]!)),
  );
}

/** Whether a value is an object of named values. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * The leaves of a value that has this structure; `undefined` where one is left out.
 *
 * @param names - those that an unknown one is told of, where there are more than the structure's
 */
export function flattenTree(
  tree: Tree,
  value: unknown,
  path: string,
  leaves: unknown[],
  func: string,
  names?: readonly string[],
): void {
  if (tree.kind === 'leaf') {
    leaves.push(value);
    return;
  }
  if (value === undefined) {
    for (let i = countLeaves(tree); i > 0; i--) leaves.push(undefined);
    return;
  }
  if (tree.kind === 'array') {
    if (!Array.isArray(value)) throw mismatch(func, path, `array of ${tree.children.length}`, value);
    if (value.length !== tree.children.length) {
      throw mismatch(func, path, `array of ${tree.children.length}`, `array of ${value.length}`);
    }
    tree.children.forEach((child, i) => flattenTree(child, value[i], childPath(path, i), leaves, func));
    return;
  }
  const { keys, nulls } = tree;
  const isTuple = tree.type === 'collections.namedtuple' && Array.isArray(value);
  if (isTuple) {
    flattenTree({ kind: 'array', type: tree.type, children: tree.children }, value, path, leaves, func);
    return;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isTensor(value)) {
    throw mismatch(func, path, `object with ${keys.join(', ')}`, value);
  }
  const object = value instanceof Map ? Object.fromEntries(value) : (value as Record<string, unknown>);
  if (isPlainObject(object)) {
    const odd = Object.keys(object).find(
      (key) => !keys.includes(key) && !(nulls.includes(key) && object[key] === null) && object[key] !== undefined,
    );
    if (odd !== undefined) {
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `${func}(): unknown argument '${childPath(path, odd)}'; expected ${(names ?? keys).map((key) => childPath(path, key)).join(', ')}`,
      );
    }
  }
  tree.children.forEach((child, i) => {
    const key = keys[i]!;
    flattenTree(child, Object.hasOwn(object, key) ? object[key] : undefined, childPath(path, key), leaves, func);
  });
}

function mismatch(func: string, path: string, expected: string, value: unknown): FlambeauError {
  const came = typeof value === 'string' && value.startsWith('array of ') ? value : describe(value);
  return new FlambeauError('INVALID_ARGUMENT', `${func}(): argument '${path}' must be ${expected}, not ${came}`);
}

/** A value of this structure, made of leaves. */
export function unflattenTree(tree: Tree, leaves: readonly unknown[], at = { next: 0 }): unknown {
  if (tree.kind === 'leaf') return leaves[at.next++];
  const values = tree.children.map((child) => unflattenTree(child, leaves, at));
  if (tree.kind === 'array') return values;
  return Object.fromEntries([...tree.keys.map((key, i) => [key, values[i]]), ...tree.nulls.map((key) => [key, null])]);
}

/** Names of the fields of named tuples, as the file holds them. */
export const namedTupleFields = dictionary(record({ field_names: list(string) }));
