import { noGrad } from '../autograd/modes.js';
import { dtypes } from '../dtype.js';
import { FlambeauError } from '../errors.js';
import { isTensor } from '../ops/call.js';
import { zeros } from '../ops/functions.js';
import { loadSync } from '../serialization/load.js';
import type { Reading } from '../serialization/source.js';
import type { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';
import type { Pt2 } from './archive.js';
import { damaged } from './json.js';
import { payloadConfig, type TensorMeta } from './schema.js';

// Weights without bytes are zeros, as in Python. A small file may not ask for any amount of them.
const mostZeros = 2 ** 30;

/** A tensor that a program holds. */
export interface Held {
  tensor: Tensor;
  isParameter: boolean;
}

interface Shape {
  size: number[];
  stride: number[];
  offset: number;
}

function shapeOf({ sizes, strides, storage_offset }: TensorMeta, place: string): Shape {
  const number = (value: { kind: string; value: unknown }): number => {
    if (typeof value.value !== 'number' || value.value < 0) throw damaged(place, 'has sizes that are no whole numbers');
    return value.value;
  };
  if (sizes.length !== strides.length) throw damaged(place, `has ${sizes.length} sizes and ${strides.length} strides`);
  return { size: sizes.map(number), stride: strides.map(number), offset: number(storage_offset) };
}

/** How many elements of its memory a tensor reaches over. */
function extent({ size, stride, offset }: Shape): number {
  return size.includes(0) ? offset : size.reduce((sum, length, i) => sum + (length - 1) * stride[i]!, offset + 1);
}

function unsupported(place: string, what: string): FlambeauError {
  return new FlambeauError('UNSUPPORTED', `export.load(): ${place} is ${what}`);
}

/** Reads the tensors of one folder, over the mapped file where there is one. Those that were one memory are it again. */
export function* readPayload(pt2: Pt2, folder: string, configFile: string): Reading<Map<string, Held>> {
  const { config } = payloadConfig(yield* pt2.json(folder + configFile), configFile);
  const found = new Map<string, Held>();
  let blank = 0;
  for (const [name, { path_name: file, is_param: isParameter, use_pickle: pickled, tensor_meta: meta }] of config) {
    const place = `'${name}' of ${configFile}`;
    if (pickled || !meta) throw unsupported(place, 'an object of Python, not a plain tensor');
    if (meta.layout !== 'strided') throw unsupported(place, `of the layout ${meta.layout}`);
    const bytes = pt2.size(folder + file);
    if (bytes === undefined) throw damaged(place, `lies in '${file}', which is not there`);
    const { dtype } = meta;
    const shape = shapeOf(meta, place);
    let tensor: Tensor;
    if (bytes === 0) {
      const wanted = shape.size.reduce((a, b) => a * b, dtypes[dtype].size);
      blank += wanted;
      if (!(blank <= mostZeros)) throw damaged(place, `has no values, and is too large to be zeros: ${wanted} bytes`);
      tensor = zeros(shape.size, { dtype });
    } else {
      const reach = extent(shape) * dtypes[dtype].size;
      if (!(reach <= bytes)) throw damaged(place, `reaches over ${reach} bytes of '${file}', which has ${bytes}`);
      tensor = yield* pt2.zip.tensor(pt2.path(folder + file), dtype, shape.size, shape.stride, shape.offset);
    }
    found.set(name, { tensor: hold(tensor, isParameter && meta.requires_grad), isParameter });
  }
  return found;
}

function hold(tensor: Tensor, requiresGrad: boolean): Tensor {
  return noGrad(() => keep(tensor).requiresGrad_(requiresGrad));
}

/** Reads tensors as earlier versions of PyTorch wrote them: a checkpoint within the archive. */
export function* readCheckpoint(pt2: Pt2, name: string, parameters: ReadonlySet<string>): Reading<Map<string, Held>> {
  const bytes = yield* pt2.bytes(name);
  const found = new Map<string, Held>();
  if (bytes.length === 0) return found;
  for (const [key, tensor] of Object.entries(loadSync<Record<string, unknown>>(bytes))) {
    if (!isTensor(tensor)) throw unsupported(`'${key}' of ${name}`, 'no tensor');
    const isParameter = parameters.has(key);
    found.set(key, { tensor: hold(tensor.detach(), isParameter && tensor.requiresGrad), isParameter });
  }
  return found;
}
