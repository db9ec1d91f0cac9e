import { binding } from '../binding.js';
import type { Device } from '../device.js';
import { dtypes, type Dtype } from '../dtype.js';
import { wrap } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { partsOf, tensorOver, type Memory } from './memory.js';
import { badPickle } from './pickled.js';

/** Turns the bytes of each element around. */
function swapOrder(memory: Memory, length: number, unit: number): void {
  let at = 0;
  for (const part of partsOf(memory, length).parts()) {
    const whole = Buffer.from(part.buffer, part.byteOffset, part.length - (part.length % unit));
    if (unit === 2) whole.swap16();
    else if (unit === 4) whole.swap32();
    else if (unit === 8) whole.swap64();
    binding.copyTo(memory, at, part);
    at += part.length;
  }
}

/** The bytes that change places in another byte order: those of a number, not of a pair of them. */
export function swapUnit(dtype: Dtype): number {
  const { size, kind } = dtypes[dtype];
  return kind === 'complex' ? size / 2 : size;
}

/** A storage of a file: all tensors over it share its memory, on whatever device it ends up. */
export class Storage {
  private placed: Memory | undefined;
  private swapped: number | undefined;

  constructor(
    private readonly memory: Memory,
    readonly bytes: number,
    private readonly device: Device,
    private readonly bigEndian: boolean,
  ) {}

  /** Its memory where it belongs, for elements of `dtype`. */
  for(dtype: Dtype): Memory {
    if (this.bigEndian) this.swap(swapUnit(dtype));
    if (this.device === 'cpu' || this.device === 'meta') return this.memory;
    this.placed ??= wrap(this.memory).to(this.device)._handle!;
    return this.placed;
  }

  private swap(unit: number): void {
    if (this.swapped === undefined) swapOrder(this.memory, this.bytes, unit);
    else if (this.swapped !== unit) throw badPickle('a storage of another byte order has elements of two sizes');
    this.swapped = unit;
  }

  /** A part of it, which shares its memory. */
  part(offset: number, bytes: number): Storage {
    if (offset < 0 || bytes < 0 || offset + bytes > this.bytes)
      throw badPickle('a part of a storage reaches beyond it');
    const memory = this.device === 'meta' ? this.memory : binding.region(this.memory, offset, bytes);
    return new Storage(memory, bytes, this.device, this.bigEndian);
  }

  /** All of it as a tensor of one dimension. */
  flat(dtype: Dtype): Tensor {
    return tensorOver(this.for(dtype), dtype, [Math.floor(this.bytes / dtypes[dtype].size)]);
  }
}

/** A storage as one class of storages sees it. */
export class TypedStorage {
  constructor(
    readonly storage: Storage,
    readonly dtype: Dtype,
  ) {}
}
