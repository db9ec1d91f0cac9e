import { noGrad } from '../autograd/modes.js';
import { binding } from '../binding.js';
import { dtypes } from '../dtype.js';
import { FlambeauError } from '../errors.js';
import { wrap } from '../ops/call.js';
import { asStrided, zeros } from '../ops/functions.js';
import type { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';
import { readJson, type Archive } from './archive.js';
import { damaged } from './json.js';
import { payloadConfig, type TensorMeta } from './schema.js';

// Weights without bytes are zeros, as in Python. A small file may not ask for any amount of them.
const mostZeros = 2 ** 30;

interface Meta {
  size: number[];
  stride: number[];
  offset: number;
}

function plain({ sizes, strides, storage_offset }: TensorMeta, place: string): Meta {
  const number = (value: { kind: string; value: unknown }): number => {
    if (typeof value.value !== 'number' || value.value < 0) throw damaged(place, 'has sizes that are no whole numbers');
    return value.value;
  };
  if (sizes.length !== strides.length) throw damaged(place, `has ${sizes.length} sizes and ${strides.length} strides`);
  return { size: sizes.map(number), stride: strides.map(number), offset: number(storage_offset) };
}

/** How many elements of its memory a tensor reaches over. */
function extent({ size, stride, offset }: Meta): number {
  return size.includes(0) ? offset : size.reduce((sum, length, i) => sum + (length - 1) * stride[i]!, offset + 1);
}

function unsupported(place: string, what: string): FlambeauError {
  return new FlambeauError('UNSUPPORTED', `export.load(): ${place} is ${what}`);
}

/** Tensors of a file by name. Those that were one memory are it again. */
class Payload {
  private readonly memories = new Map<string, Tensor>();
  private zeros = 0;

  constructor(
    private readonly archive: Archive,
    private readonly folder: string,
  ) {}

  /** The bytes of a file as a tensor of its own. */
  private memory(file: string, place: string): Tensor {
    let memory = this.memories.get(file);
    if (!memory) {
      const bytes = this.archive.files.get(this.folder + file);
      if (!bytes) throw damaged(place, `lies in '${file}', which is not there`);
      memory = wrap(binding.copyIn(bytes, [bytes.length], 'uint8'));
      this.memories.set(file, memory);
    }
    return memory;
  }

  tensor(file: string, meta: TensorMeta, place: string): Tensor {
    const { dtype, layout } = meta;
    if (layout !== 'strided') throw unsupported(place, `of the layout ${layout}`);
    const { size: bytesOfOne } = dtypes[dtype];
    const shape = plain(meta, place);
    const memory = this.memory(file, place);
    const bytes = memory.numel();
    const reach = extent(shape) * bytesOfOne;
    if (bytes === 0) {
      const wanted = shape.size.reduce((a, b) => a * b, bytesOfOne);
      this.zeros += wanted;
      if (!(this.zeros <= mostZeros))
        throw damaged(place, `has no values, and is too large to be zeros: ${wanted} bytes`);
      return zeros(shape.size, { dtype });
    }
    if (!(reach <= bytes)) throw damaged(place, `reaches over ${reach} bytes of '${file}', which has ${bytes}`);
    if (bytes % bytesOfOne !== 0) throw damaged(place, `is of ${dtype}, and '${file}' has ${bytes} bytes`);
    return asStrided(memory.view(dtype), shape.size, shape.stride, shape.offset).detach();
  }
}

/** A tensor that a program holds. */
export interface Held {
  tensor: Tensor;
  isParameter: boolean;
}

/** Reads the tensors of one folder. */
export function readPayload(archive: Archive, folder: string, configFile: string): Map<string, Held> {
  const { config } = payloadConfig(readJson(archive, folder + configFile), configFile);
  const payload = new Payload(archive, folder);
  const found = new Map<string, Held>();
  noGrad(() => {
    for (const [name, { path_name: file, is_param: isParameter, use_pickle: pickled, tensor_meta: meta }] of config) {
      const place = `'${name}' of ${configFile}`;
      if (pickled || !meta) throw unsupported(place, 'an object of Python, not a plain tensor');
      const tensor = keep(payload.tensor(file, meta, place));
      if (meta.requires_grad && isParameter) tensor.requiresGrad_();
      found.set(name, { tensor, isParameter });
    }
  });
  return found;
}
