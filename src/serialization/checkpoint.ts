import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dtypes, type Dtype } from '../dtype.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { asStrided } from '../ops/functions.js';
import { fromTypedArray, Tensor } from '../tensor.js';
import { Pickler, unpickle } from './pickle.js';
import { readZip, writeZip, type ZipEntry } from './zip.js';

// The names of PyTorch's typed storages.
const storages: Partial<Record<Dtype, string>> = {
  float32: 'FloatStorage',
  float64: 'DoubleStorage',
  float16: 'HalfStorage',
  bfloat16: 'BFloat16Storage',
  int64: 'LongStorage',
  int32: 'IntStorage',
  int16: 'ShortStorage',
  int8: 'CharStorage',
  uint8: 'ByteStorage',
  bool: 'BoolStorage',
  complex64: 'ComplexFloatStorage',
  complex128: 'ComplexDoubleStorage',
};
const dtypeOfStorage = new Map(Object.entries(storages).map(([dtype, name]) => [name, dtype as Dtype]));

/** What {@link save} writes: tensors, numbers, strings, booleans and null, in arrays, maps and plain objects. */
export type Saveable =
  | Tensor
  | number
  | string
  | boolean
  | null
  | readonly Saveable[]
  | ReadonlyMap<unknown, Saveable>
  | { readonly [key: string]: Saveable };

function serialize(value: unknown): Uint8Array[] {
  const pickler = new Pickler();
  const files: ZipEntry[] = [];
  const writeTensor = (tensor: Tensor): void => {
    const { dtype, shape } = tensor;
    const storage = storages[dtype];
    if (!storage) throw new FlambeauError('INVALID_VALUE', `save(): tensors of dtype ${dtype} cannot be saved yet`);
    const data = tensor.detach().contiguous().toTypedArray();
    const key = String(files.length);
    files.push({ name: `archive/data/${key}`, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) });
    const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
    pickler.global({ module: 'torch._utils', name: '_rebuild_tensor_v2' });
    pickler.tuple(() => {
      pickler.tuple(() => {
        pickler
          .string('storage')
          .global({ module: 'torch', name: storage })
          .string(key)
          .string('cpu')
          .integer(tensor.numel());
      });
      pickler.persistent();
      pickler.integer(0);
      pickler.tuple(() => shape.forEach((size) => pickler.integer(size)));
      pickler.tuple(() => strides.forEach((stride) => pickler.integer(stride)));
      pickler.boolean(tensor.requiresGrad && tensor.isLeaf);
      pickler
        .global({ module: 'collections', name: 'OrderedDict' })
        .tuple(() => {})
        .reduce();
    });
    pickler.reduce();
  };
  const write = (item: unknown, path: string): void => {
    if (item instanceof Tensor) writeTensor(item);
    else if (typeof item === 'string') pickler.string(item);
    else if (typeof item === 'boolean') pickler.boolean(item);
    else if (typeof item === 'number' && Number.isSafeInteger(item) && !Object.is(item, -0)) pickler.integer(item);
    else if (typeof item === 'number') pickler.float(item);
    else if (item === null || item === undefined) pickler.none();
    else if (Array.isArray(item)) pickler.list(() => item.forEach((element, i) => write(element, `${path}[${i}]`)));
    else if (
      item instanceof Map ||
      Object.getPrototypeOf(item) === null ||
      Object.getPrototypeOf(item) === Object.prototype
    ) {
      const entries = item instanceof Map ? [...(item as Map<unknown, unknown>)] : Object.entries(item as object);
      pickler.dict(() => {
        for (const [key, element] of entries) {
          // Python's optimizers number their parameters.
          write(!(item instanceof Map) && /^(0|[1-9]\d{0,8})$/.test(key as string) ? Number(key) : key, path);
          write(element, `${path}.${String(key)}`);
        }
      });
    } else throw wrongArgument('save', path, 'tensor, number, string, boolean, null, array, map or plain object', item);
  };
  write(value, 'value');
  return writeZip([
    { name: 'archive/data.pkl', data: pickler.finish() },
    { name: 'archive/byteorder', data: Buffer.from('little') },
    ...files,
    { name: 'archive/version', data: Buffer.from('3\n') },
  ]);
}

/**
 * Writes tensors, and what holds them, in PyTorch's file format: Python's `torch.load(path, weights_only=True)` reads it.
 * The file appears whole or not at all.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.save.html
 * @example
 * await torch.save(new nn.Linear(2, 1).stateDict(), '/tmp/flambeau-example.pt')
 * Object.keys(await torch.load('/tmp/flambeau-example.pt')) // [ 'weight', 'bias' ]
 */
export async function save(value: Saveable, path: string): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  await writeFile(temporary, Buffer.concat(serialize(value)));
  await rename(temporary, path);
}

/**
 * {@link save}, blocking.
 *
 * @example
 * torch.saveSync({ x: torch.ones(2) }, '/tmp/flambeau-example-3.pt')
 * torch.loadSync('/tmp/flambeau-example-3.pt').x // tensor([1., 1.])
 */
export function saveSync(value: Saveable, path: string): void {
  const temporary = `${path}.${process.pid}.part`;
  writeFileSync(temporary, Buffer.concat(serialize(value)));
  renameSync(temporary, path);
}

/** A storage of a file, before tensors are made of it. */
interface Storage {
  data: Buffer;
  dtype: Dtype;
  /** All of its elements: the tensors of one storage share their memory, as they did when they were saved. */
  flat?: Tensor;
}

// A list that is referred to many times is converted once: copies of copies would grow without bound.
function plain(value: unknown, known = new Map<object, unknown>(), depth = 0): unknown {
  if (!Array.isArray(value) && !(value instanceof Map)) return value;
  if (known.has(value)) {
    const result = known.get(value);
    if (result === undefined) throw new FlambeauError('INVALID_FILE', 'load(): a value contains itself');
    return result;
  }
  if (depth > 500) throw new FlambeauError('INVALID_FILE', 'load(): values are nested more than 500 levels deep');
  known.set(value, undefined);
  const convert = (item: unknown): unknown => plain(item, known, depth + 1);
  let result: unknown;
  if (Array.isArray(value)) result = value.map(convert);
  else {
    const entries = [...(value as Map<unknown, unknown>)].map(([key, item]) => [key, convert(item)] as const);
    result = entries.every(([key]) => typeof key === 'string')
      ? Object.assign(Object.create(null) as object, Object.fromEntries(entries as [string, unknown][]))
      : new Map(entries);
  }
  known.set(value, result);
  return result;
}

function deserialize(file: Buffer): unknown {
  const files = readZip(file);
  const pickle = [...files.keys()].find((name) => name.endsWith('/data.pkl'));
  if (pickle === undefined)
    throw new FlambeauError(
      'INVALID_FILE',
      'load(): the archive holds no data.pkl: it is no checkpoint of PyTorch 1.6 or later',
    );
  const root = pickle.slice(0, -'data.pkl'.length);
  const order = files.get(`${root}byteorder`)?.toString();
  if (order !== undefined && order !== 'little')
    throw new FlambeauError('INVALID_FILE', `load(): byte order '${order}' is not supported`);
  const known = new Map<string, Storage>();
  const value = unpickle(files.get(pickle)!, {
    persistent: (id) => {
      const [kind, type, key, , count] = (Array.isArray(id) ? id : []) as [
        string,
        { name?: string },
        string,
        string,
        number,
      ];
      const dtype = dtypeOfStorage.get(type?.name ?? '');
      const data = files.get(`${root}data/${key}`);
      if (kind !== 'storage' || !dtype || !data)
        throw new FlambeauError(
          'INVALID_FILE',
          `load(): storage '${String(key)}' of type ${String(type?.name)} cannot be read`,
        );
      if (data.length !== count * dtypes[dtype].size)
        throw new FlambeauError(
          'INVALID_FILE',
          `load(): storage '${key}' has ${data.length} bytes instead of ${count * dtypes[dtype].size}`,
        );
      let storage = known.get(key);
      if (!storage) known.set(key, (storage = { data, dtype }));
      if (storage.dtype !== dtype)
        throw new FlambeauError('INVALID_FILE', `load(): storage '${key}' is used as ${storage.dtype} and as ${dtype}`);
      return storage;
    },
    call: ({ module, name }, args) => {
      const full = `${module}.${name}`;
      if (full === 'collections.OrderedDict') return new Map((args[0] ?? []) as [unknown, unknown][]);
      if (full === 'torch._utils._rebuild_parameter') return (args[0] as Tensor).requiresGrad_(args[1] === true);
      if (full !== 'torch._utils._rebuild_tensor_v2')
        throw new FlambeauError('INVALID_FILE', `load(): the file asks for ${full}, which is not allowed`);
      const [storage, offset, size, stride, requiresGrad] = args as [Storage, number, number[], number[], boolean];
      if (!(storage?.data instanceof Buffer) || !Array.isArray(size) || !Array.isArray(stride))
        throw new FlambeauError('INVALID_FILE', 'load(): a tensor has no storage');
      const last = size.reduce((sum, length, i) => sum + (length - 1) * stride[i]!, offset);
      const elements = storage.data.length / dtypes[storage.dtype].size;
      if (offset < 0 || (size.every((length) => length > 0) && (last >= elements || stride.some((step) => step < 0)))) {
        throw new FlambeauError('INVALID_FILE', 'load(): a tensor reaches beyond its storage');
      }
      // A copy of its own, aligned for every element type.
      storage.flat ??= fromTypedArray(new Uint8Array(storage.data), [elements], storage.dtype);
      const tensor = asStrided(storage.flat, size, stride, offset);
      return requiresGrad ? tensor.requiresGrad_() : tensor;
    },
  });
  return plain(value);
}

/**
 * Reads a file that {@link save} or Python's `torch.save` wrote. Nothing in the file is run: only tensors, numbers,
 * strings and what holds them are accepted.
 *
 * @returns the value; dicts with only string keys as plain objects without a prototype, others as maps
 * @throws when the file is damaged, or asks for anything else
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.load.html
 * @example
 * await torch.save({ x: torch.ones(2) }, '/tmp/flambeau-example-2.pt')
 * (await torch.load('/tmp/flambeau-example-2.pt')).x // tensor([1., 1.])
 */
export async function load<T = Record<string, Tensor>>(path: string): Promise<T> {
  return deserialize(await readFile(path)) as T;
}

/**
 * {@link load}, blocking.
 *
 * @throws when the file is damaged, or asks for anything else than data
 * @example
 * torch.saveSync({ step: 3 }, '/tmp/flambeau-example-4.pt')
 * torch.loadSync('/tmp/flambeau-example-4.pt').step // 3
 */
export function loadSync<T = Record<string, Tensor>>(path: string): T {
  return deserialize(readFileSync(path)) as T;
}
