import { dtypes, isDtype, type Dtype } from '../dtype.js';
import { FlambeauError } from '../errors.js';
import { Global } from './pickled.js';

/** The element types that have storages of their own name; the others are kept in untyped ones. */
export const storageNames: Partial<Record<Dtype, string>> = {
  float64: 'DoubleStorage',
  float32: 'FloatStorage',
  float16: 'HalfStorage',
  int64: 'LongStorage',
  int32: 'IntStorage',
  int16: 'ShortStorage',
  int8: 'CharStorage',
  uint8: 'ByteStorage',
  bool: 'BoolStorage',
  bfloat16: 'BFloat16Storage',
  complex128: 'ComplexDoubleStorage',
  complex64: 'ComplexFloatStorage',
  qint8: 'QInt8Storage',
  qint32: 'QInt32Storage',
  quint8: 'QUInt8Storage',
};

const dtypeOfStorage = new Map<string, Dtype | undefined>([
  ...Object.entries(storageNames).flatMap(([dtype, name]) => [
    [`torch.${name}`, dtype as Dtype] as const,
    [`torch.cuda.${name}`, dtype as Dtype] as const,
  ]),
  ['torch.storage.UntypedStorage', undefined],
  ['torch.UntypedStorage', undefined],
]);

/** Classes of tensors from before there was one, dense and sparse. */
const tensorClass = /^torch\.(?:cuda\.)?(sparse\.)?(\w+)Tensor$/;

const functions = new Set([
  '_codecs.encode',
  'builtins.bytearray',
  'builtins.complex',
  'builtins.set',
  'collections.Counter',
  'collections.OrderedDict',
  'torch.Size',
  'torch.Tensor',
  'torch.device',
  'torch.nn.parameter.Parameter',
  'torch.serialization._get_layout',
  'torch._tensor._rebuild_from_type_v2',
  'torch._utils._rebuild_device_tensor_from_cpu_tensor',
  'torch._utils._rebuild_meta_tensor_no_storage',
  'torch._utils._rebuild_nested_tensor',
  'torch._utils._rebuild_parameter',
  'torch._utils._rebuild_parameter_with_state',
  'torch._utils._rebuild_qtensor',
  'torch._utils._rebuild_sparse_tensor',
  'torch._utils._rebuild_tensor',
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_tensor_v3',
]);

const schemes = new Set([
  'per_channel_affine',
  'per_channel_affine_float_qparams',
  'per_channel_symmetric',
  'per_tensor_affine',
  'per_tensor_symmetric',
]);

// Dtypes that Python's reader lets through, as values.
const otherDtypes = /^(u?int[1-7]|bits(8|16|1x8|2x4|4x2)|quint(4x2|2x4)|float4_e2m1fn_x2)$/;

// Names of Python 2, which pickles of protocol 2 have.
const renamed: Record<string, string> = { __builtin__: 'builtins', copy_reg: 'copyreg' };

/** The dtype of a storage class; `null` where the class is no storage, `undefined` for an untyped one. */
export function dtypeOfStorageClass(callee: Global): Dtype | undefined | null {
  return dtypeOfStorage.has(callee.name) ? dtypeOfStorage.get(callee.name) : null;
}

/** The dtype of an old class of tensors, and whether it is sparse. */
export function oldTensorClass(callee: Global): { dtype: Dtype; sparse: boolean } | undefined {
  const found = tensorClass.exec(callee.name);
  const dtype = found && dtypeOfStorage.get(`torch.${found[2]}Storage`);
  return dtype ? { dtype, sparse: found[1] !== undefined } : undefined;
}

/** The value that a global stands for by itself: the name of a dtype or of a quantization scheme. */
export function constantOf({ name }: Global): string | undefined {
  const own = name.startsWith('torch.') ? name.slice(6) : '';
  return isDtype(own) || schemes.has(own) || otherDtypes.test(own) ? own : undefined;
}

/** The dtype that a global is. */
export function dtypeOfGlobal(callee: Global): Dtype | undefined {
  const name = constantOf(callee);
  return name !== undefined && Object.hasOwn(dtypes, name) ? (name as Dtype) : undefined;
}

const known = new Map<string, Global>();

/** The global of a name, which is one of those that Python's `weights_only` allows. */
export function allow(module: string, name: string): Global {
  const full = `${renamed[module] ?? module}.${name}`;
  const before = known.get(full);
  if (before) return before;
  const callee = new Global(full);
  const isAllowed =
    functions.has(full) ||
    dtypeOfStorage.has(full) ||
    constantOf(callee) !== undefined ||
    oldTensorClass(callee) !== undefined;
  if (!isAllowed) {
    throw new FlambeauError(
      'INVALID_FILE',
      `load(): the file asks for ${full.slice(0, 200)}, which is not among what a file of tensors may ask for`,
    );
  }
  known.set(full, callee);
  return callee;
}
