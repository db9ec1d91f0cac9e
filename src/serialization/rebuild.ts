import type { Layout } from '../device.js';
import { dtypes, type Dtype } from '../dtype.js';
import { FlambeauError } from '../errors.js';
import { invoke, Operator } from '../ops/call.js';
import { sparseCompressedTensor, sparseCooTensor } from '../ops/sparse/creation.js';
import { Complex } from '../shape.js';
import { tensor, Tensor } from '../tensor.js';
import { oldTensorClass } from './allowed.js';
import { tensorOver } from './memory.js';
import { badPickle, Global, Tuple, type Call } from './pickled.js';
import type { Resolver } from './resolve.js';
import type { TypedStorage } from './storages.js';

const operators = {
  conj: new Operator('aten::_conj', false),
  neg: new Operator('aten::_neg_view', false),
  emptyStrided: new Operator('aten::empty_strided', false),
  perTensor: new Operator('aten::_empty_affine_quantized', false),
  perChannel: new Operator('aten::_empty_per_channel_affine_quantized', false),
  nested: new Operator('aten::_nested_view_from_buffer', false),
};

type Rebuild = (raw: readonly unknown[], resolver: Resolver) => unknown;

function learned(value: Tensor, requiresGrad: unknown): Tensor {
  if (requiresGrad !== true) return value;
  const { kind } = dtypes[value.dtype];
  if (kind !== 'float' && kind !== 'complex') throw badPickle(`a tensor of dtype ${value.dtype} asks for a gradient`);
  return value.requiresGrad_();
}

/** `conj` and `neg`: what a tensor's elements are still to become. */
function pending(value: Tensor, raw: unknown, resolver: Resolver): Tensor {
  if (raw === undefined || raw === null) return value;
  const marks = resolver.value(raw) as { conj?: unknown; neg?: unknown };
  let result = value;
  if (marks.conj === true) result = invoke(operators.conj, [result]) as Tensor;
  if (marks.neg === true) result = invoke(operators.neg, [result]) as Tensor;
  return result;
}

function laid({ storage }: TypedStorage, dtype: Dtype, raw: readonly unknown[], resolver: Resolver): Tensor {
  const [, offset, shape, strides] = raw;
  return tensorOver(
    storage.for(dtype),
    dtype,
    resolver.counts(shape),
    resolver.counts(strides),
    resolver.count(offset),
  );
}

const rebuildV2: Rebuild = (raw, resolver) => {
  const typed = resolver.storage(raw[0]);
  return learned(pending(laid(typed, typed.dtype, raw, resolver), raw[6], resolver), raw[4]);
};

const rebuildV3: Rebuild = (raw, resolver) => {
  const value = laid(resolver.storage(raw[0]), resolver.dtype(raw[6]), raw, resolver);
  return learned(pending(value, raw[7], resolver), raw[4]);
};

function sparseOf(layout: Layout, data: readonly unknown[], resolver: Resolver): Tensor {
  // Their indices are looked at, each.
  const parts = data.map((item) => resolver.value(item));
  for (const part of parts) if (part instanceof Tensor) resolver.spendTensor(part);
  if (layout === 'sparse_coo') {
    const isCoalesced = data[3] === true ? { isCoalesced: true } : {};
    return sparseCooTensor(
      resolver.tensor(data[0]),
      resolver.tensor(data[1]),
      [...resolver.counts(data[2])],
      isCoalesced,
    );
  }
  if (!['sparse_csr', 'sparse_csc', 'sparse_bsr', 'sparse_bsc'].includes(layout))
    throw badPickle(`a sparse tensor has the layout ${String(layout)}`);
  const [compressed, plain, values] = [0, 1, 2].map((i) => resolver.tensor(data[i]));
  return sparseCompressedTensor(compressed!, plain!, values!, [...resolver.counts(data[3])], { layout });
}

const sparse: Rebuild = (raw, resolver) => {
  if (!(raw[1] instanceof Tuple)) throw badPickle('a sparse tensor has no parts');
  return sparseOf(resolver.value(raw[0]) as Layout, raw[1].items, resolver);
};

const nested: Rebuild = (raw, resolver) => {
  const [buffer, sizes, strides, offsets] = raw.map((item) => resolver.tensor(item));
  if (!buffer || !sizes || !strides || !offsets) throw badPickle('a nested tensor lacks a part');
  for (const part of [sizes, strides, offsets]) {
    resolver.spendTensor(part);
    if (part.dtype !== 'int64') throw badPickle('the sizes of a nested tensor are not of dtype int64');
  }
  const [parts, dims] = sizes.shape;
  if (
    sizes.ndim !== 2 ||
    strides.shape.join() !== sizes.shape.join() ||
    offsets.ndim !== 1 ||
    offsets.shape[0] !== parts
  )
    throw badPickle('the sizes of a nested tensor do not fit together');
  // LibTorch believes them.
  const steps = strides.tolist() as unknown[][];
  const starts = offsets.tolist() as unknown[];
  (sizes.tolist() as unknown[][]).forEach((size, i) => {
    const lengths = size.map((length) => resolver.count(length));
    const last = lengths.reduce(
      (sum, length, d) => sum + (length - 1) * resolver.count(steps[i]![d]),
      resolver.count(starts[i]),
    );
    if ((!lengths.includes(0) && last >= buffer.numel()) || dims! > 63)
      throw badPickle('a part of a nested tensor reaches beyond its buffer');
  });
  if (buffer.ndim !== 1 || !buffer.isContiguous()) throw badPickle('the buffer of a nested tensor is no flat one');
  return invoke(operators.nested, [buffer, sizes, strides, offsets]);
};

/** The zero point of a quantized tensor is one of its elements' values. */
function checkZeroPoint(dtype: Dtype, value: unknown): void {
  const [least, most] = { quint8: [0, 255], qint8: [-128, 127] }[dtype as string] ?? [-(2 ** 31), 2 ** 31 - 1];
  if (!Number.isInteger(value) || (value as number) < least! || (value as number) > most!)
    throw badPickle(`a quantized tensor has the zero point ${String(value)}`);
}

const quantized: Rebuild = (raw, resolver) => {
  const typed = resolver.storage(raw[0]);
  const { dtype, storage } = typed;
  if (!/^qu?int/.test(dtype)) throw badPickle(`a quantized tensor has dtype ${dtype}`);
  const params = raw[4] instanceof Tuple ? raw[4].items : [];
  const scheme = resolver.value(params[0]);
  const shape = resolver.counts(raw[2]);
  let empty: Tensor;
  if (scheme === 'per_tensor_affine') {
    const [scale, zeroPoint] = [resolver.number(params[1]), resolver.number(params[2])];
    checkZeroPoint(dtype, zeroPoint);
    empty = invoke(operators.perTensor, [[0], { scale, zeroPoint, dtype }]) as Tensor;
  } else if (scheme === 'per_channel_affine' || scheme === 'per_channel_affine_float_qparams') {
    const floating = scheme !== 'per_channel_affine';
    const part = (item: unknown, wanted: Dtype): Tensor => {
      const value = resolver.value(item);
      const made = value instanceof Tensor ? value : tensor(resolver.list(item) as number[], { dtype: wanted });
      resolver.spendTensor(made);
      return made;
    };
    const scales = part(params[1], floating ? 'float32' : 'float64');
    const zeroPoints = part(params[2], floating ? 'float32' : 'int64');
    const axis = resolver.count(params[3]);
    const channels = shape[axis];
    if (channels === undefined || scales.numel() !== channels || zeroPoints.numel() !== channels)
      throw badPickle('the scales of a quantized tensor do not fit its size');
    if (!floating) for (const value of zeroPoints.flatten().tolist() as unknown[]) checkZeroPoint(dtype, value);
    // The smallest tensor with these channels: its memory is the file's, later.
    const size = shape.map((_, i) => (i === axis ? channels : 0));
    if (shape.length === 1) resolver.spend(channels);
    empty = invoke(operators.perChannel, [size, { scales, zeroPoints, axis, dtype }]) as Tensor;
  } else throw badPickle(`a quantized tensor has the scheme ${String(scheme)}`);
  return tensorOver(storage.for(dtype), empty, shape, resolver.counts(raw[3]), resolver.count(raw[1]));
};

const meta: Rebuild = (raw, resolver) => {
  const [shape, strides] = [resolver.counts(raw[1]), resolver.counts(raw[2])];
  if (shape.length !== strides.length) throw badPickle('a tensor has as many strides as sizes');
  const value = invoke(operators.emptyStrided, [
    [...shape],
    [...strides],
    { dtype: resolver.dtype(raw[0]), device: 'meta' },
  ]);
  return learned(value as Tensor, raw[3]);
};

const fromCpu: Rebuild = (raw, resolver) => {
  const value = resolver.tensor(raw[0]);
  const dtype = resolver.dtype(raw[1]);
  const device = resolver.placeOf(resolver.text(raw[2])) as 'cpu';
  if (dtype !== value.dtype || device !== 'cpu') resolver.spend(value.numel() * dtypes[dtype].size);
  return learned(value.to({ dtype, device }), raw[3]);
};

const parameter: Rebuild = (raw, resolver) => {
  const value = resolver.tensor(raw[0]);
  return learned(value.detach(), raw.length < 2 || raw[1] === true);
};

const typed: Rebuild = (raw, resolver) => {
  const [callee, , args] = raw;
  if (!(callee instanceof Global) || !(args instanceof Tuple) || !callee.name.startsWith('torch._utils._rebuild_'))
    throw badPickle('a tensor is made by what makes none');
  return functions[callee.name]!(args.items, resolver);
};

const complex: Rebuild = (raw, resolver) =>
  new Complex(resolver.number(raw[0]), raw[1] === undefined ? 0 : resolver.number(raw[1]));

const bytes: Rebuild = (raw, resolver) => {
  const text = resolver.text(raw[0]);
  const encoding = raw[1] ?? 'utf-8';
  resolver.spend(text.length);
  if (encoding === 'latin1') return Buffer.from(text, 'latin1');
  if (encoding === 'utf-8' || encoding === 'utf8') return Buffer.from(text);
  throw badPickle(`bytes are encoded as ${String(encoding)}`);
};

const byteArray: Rebuild = (raw, resolver) => {
  const value = raw.length === 0 ? Buffer.alloc(0) : resolver.value(raw[0]);
  if (typeof value === 'string') return bytes(raw, resolver);
  if (!(value instanceof Uint8Array)) throw badPickle('a bytearray is made of what is no bytes');
  resolver.spend(value.length);
  return Buffer.from(value);
};

const device: Rebuild = (raw, resolver) =>
  raw.length > 1 ? `${resolver.text(raw[0])}:${resolver.count(raw[1])}` : resolver.text(raw[0]);

const items: Rebuild = (raw, resolver) => {
  const value = raw.length === 0 ? [] : resolver.list(raw[0]);
  resolver.spend(value.length);
  return value;
};

/** A Counter of a dict, or an OrderedDict of pairs. */
const dict: Rebuild = (raw, resolver) => {
  const value = resolver.value(raw[0]);
  if (!Array.isArray(value)) {
    if (typeof value !== 'object' || value === null) throw badPickle('a dict is made of what is none');
    return value;
  }
  resolver.spend(value.length);
  const pairs = value as unknown[];
  if (!pairs.every((pair) => Array.isArray(pair) && pair.length === 2))
    throw badPickle('a dict is made of what is no pair');
  const map = new Map(pairs as [unknown, unknown][]);
  if (![...map.keys()].every((key) => typeof key === 'string')) return map;
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of map) object[key as string] = item;
  return object;
};

const functions: Record<string, Rebuild> = {
  '_codecs.encode': bytes,
  'builtins.bytearray': byteArray,
  'builtins.complex': complex,
  'builtins.set': (raw, resolver) => new Set(items(raw, resolver) as unknown[]),
  'collections.Counter': dict,
  'collections.OrderedDict': dict,
  'torch.Size': (raw, resolver) => Object.freeze([...(items(raw, resolver) as unknown[])]),
  'torch.device': device,
  'torch.nn.parameter.Parameter': parameter,
  'torch.serialization._get_layout': (raw, resolver) => resolver.text(raw[0]).replace(/^torch\./, ''),
  'torch._tensor._rebuild_from_type_v2': typed,
  'torch._utils._rebuild_device_tensor_from_cpu_tensor': fromCpu,
  'torch._utils._rebuild_meta_tensor_no_storage': meta,
  'torch._utils._rebuild_nested_tensor': nested,
  'torch._utils._rebuild_parameter': parameter,
  'torch._utils._rebuild_parameter_with_state': parameter,
  'torch._utils._rebuild_qtensor': quantized,
  'torch._utils._rebuild_sparse_tensor': sparse,
  'torch._utils._rebuild_tensor': rebuildV2,
  'torch._utils._rebuild_tensor_v2': rebuildV2,
  'torch._utils._rebuild_tensor_v3': rebuildV3,
};

/** A tensor of a class from before 0.4: its state is a storage, and how it lies there. */
function old(call: Call, resolver: Resolver): unknown {
  const found = oldTensorClass(call.callee) ?? (call.callee.name === 'torch.Tensor' ? { sparse: false } : undefined);
  if (!found) return undefined;
  if (found.sparse) return sparseOf('sparse_coo', call.args.items, resolver);
  if (!(call.state instanceof Tuple)) throw badPickle(`${call.callee.name} is made without a storage`);
  return rebuildV2(call.state.items.slice(0, 4), resolver);
}

/** Makes what a call makes. */
export function rebuild(call: Call, resolver: Resolver): unknown {
  if (call.callee.name.startsWith('torch.')) resolver.countTensor();
  const fn = Object.hasOwn(functions, call.callee.name) ? functions[call.callee.name] : undefined;
  try {
    const value = fn ? fn(call.args.items, resolver) : old(call, resolver);
    if (value === undefined) throw badPickle(`${call.callee.name} is called`);
    return value;
  } catch (error) {
    // What LibTorch refuses is wrong in the file.
    if (!(error instanceof FlambeauError) || !['INVALID_ARGUMENT', 'INVALID_VALUE', 'TORCH'].includes(error.code))
      throw error;
    throw new FlambeauError('INVALID_FILE', `load(): ${call.callee.name} fails: ${error.message}`, { cause: error });
  }
}
