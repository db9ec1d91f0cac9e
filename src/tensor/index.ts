import type { Handle } from '../binding.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import type { Tensor } from '../tensor.js';

/**
 * A range of a dimension, as `start:stop:step` in Python. Made by {@link slice}.
 *
 * @example
 * torch.slice(1, 3) // Slice { start: 1, stop: 3, step: null }
 */
export class Slice {
  constructor(
    /** The first index; the start of the dimension when null. */ readonly start: number | null,
    /** The index before which to stop; the end of the dimension when null. */ readonly stop: number | null,
    /** The distance between two indices. */ readonly step: number | null,
  ) {}
}

/**
 * A range of a dimension for {@link Tensor.at} and {@link Tensor.set}: `slice(1, 3)` is Python's `1:3`, `slice()` its `:`.
 *
 * @param start - the first index, or the stop when it is the only one given and not null
 * @param stop - the index before which to stop
 * @param step - the distance between two indices, greater than zero
 * @see https://docs.pytorch.org/docs/2.13/tensor_view.html
 * @example
 * torch.arange(6).at(torch.slice(1, 4)) // tensor([1, 2, 3])
 * torch.arange(6).at(torch.slice(null, null, 2)) // tensor([0, 2, 4])
 */
export function slice(start: number | null = null, stop: number | null = null, step: number | null = null): Slice {
  checkBound('start', start);
  checkBound('stop', stop);
  checkBound('step', step);
  if (step !== null && step <= 0)
    throw new FlambeauError('INVALID_VALUE', `slice(): argument 'step' must be greater than zero, not ${step}`);
  return new Slice(start, stop, step);
}

function checkBound(name: string, value: number | null): void {
  if (value !== null && !Number.isInteger(value)) throw wrongArgument('slice', name, 'integer or null', value);
}

/** What stands for one dimension: a number, a range, `null` for a new dimension, `'...'` for all that are left, a mask, or indices. */
export type Index = number | Slice | null | '...' | boolean | Tensor | readonly number[] | readonly boolean[];

/** Turns indices into the flat list that the binding reads; `handle` gives a tensor's, and undefined for anything else. */
export function flatten(
  func: string,
  index: readonly Index[],
  handle: (value: unknown) => Handle | undefined,
  toTensor: (list: readonly number[] | readonly boolean[]) => Tensor,
): unknown[] {
  const flat: unknown[] = [];
  for (let i = 0; i < index.length; i++) {
    const item = index[i]!;
    if (item === null) flat.push(0);
    else if (item === '...') flat.push(1);
    else if (typeof item === 'number') {
      if (!Number.isInteger(item)) throw wrongArgument(func, `index[${i}]`, 'integer', item);
      flat.push(2, item);
    } else if (typeof item === 'boolean') flat.push(3, item);
    else if (item instanceof Slice) {
      if (item.start === null && item.stop === null && item.step === null) flat.push(6);
      else flat.push(4, item.start, item.stop, item.step);
    } else if (Array.isArray(item)) flat.push(5, handle(toTensor(item as readonly number[])));
    else {
      const tensor = handle(item);
      if (tensor === undefined)
        throw wrongArgument(func, `index[${i}]`, "integer, slice, null, '...', boolean, Tensor or array", item);
      flat.push(5, tensor);
    }
  }
  return flat;
}
