import { FlambeauError } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { keep } from '../../tensor/scope.js';
import { noGrad } from '../../autograd/modes.js';
import { Parameter } from '../parameter.js';
import { ModuleTree } from './tree.js';

function copyTensor(value: Tensor): Tensor {
  if (!value.isLeaf) {
    throw new FlambeauError(
      'INVALID_VALUE',
      'clone(): a module that holds a tensor of a graph cannot be copied; only leaves have a copy of their own',
    );
  }
  const data = noGrad(() => value.detach().clone());
  const copy =
    value instanceof Parameter ? new Parameter(data, value.requiresGrad) : keep(data.requiresGrad_(value.requiresGrad));
  const { grad } = value;
  if (grad) copy.grad = noGrad(() => grad.detach().clone());
  return copy;
}

/** A copy with memory of its own. What is shared inside of a value is shared inside of its copy. */
export function deepCopy<T>(value: T, seen = new Map<unknown, unknown>()): T {
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value) as T;
  const remember = <C>(copy: C): C => {
    seen.set(value, copy);
    return copy;
  };
  if (value instanceof Tensor) return remember(copyTensor(value)) as T;
  if (value instanceof ModuleTree) {
    const copy = remember(Object.create(Object.getPrototypeOf(value) as object) as ModuleTree);
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
      if ('value' in property) property.value = deepCopy(property.value as unknown, seen);
      Object.defineProperty(copy, name, property);
    }
    copy._hooks = value._hooks?.copy();
    for (const [name, persistent] of value._bufferNames()) copy._bufferNames().set(name, persistent);
    copy._applied();
    return copy as T;
  }
  if (Array.isArray(value)) {
    const copy: unknown[] = remember([]);
    for (const item of value as unknown[]) copy.push(deepCopy(item, seen));
    return copy as T;
  }
  if (value instanceof Map) {
    const copy = remember(new Map<unknown, unknown>());
    for (const [key, item] of value as Map<unknown, unknown>) copy.set(key, deepCopy(item, seen));
    return copy as T;
  }
  if (value instanceof Set) {
    const copy = remember(new Set<unknown>());
    for (const item of value as Set<unknown>) copy.add(deepCopy(item, seen));
    return copy as T;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of other classes have insides that nobody else knows.
  if (prototype !== Object.prototype && prototype !== null) return value;
  const copy = remember(Object.create(prototype as object | null) as Record<string, unknown>);
  for (const [key, item] of Object.entries(value)) copy[key] = deepCopy(item, seen);
  return copy as T;
}
