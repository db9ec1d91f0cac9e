import * as torch from '../../src/index.js';

function raw(tensor: torch.Tensor): unknown {
  const { dtype } = tensor;
  if (dtype.startsWith('complex')) return torch.viewAsReal(tensor.to('complex64').resolveConj()).tolist();
  return tensor.tolist();
}

/** Numbers that JSON has no word for are compared as Python's JSON writes them. */
function isNested(tensor: torch.Tensor): boolean {
  try {
    return tensor.shape === null;
  } catch {
    return true;
  }
}

function describeTensor(tensor: torch.Tensor): unknown {
  if (isNested(tensor)) return { nested: tensor.unbind().map(describe) };
  const { dtype, shape, layout, device } = tensor;
  const result: Record<string, unknown> = { dtype, shape, layout };
  if (tensor.requiresGrad) result.requiresGrad = true;
  let plain = tensor.detach();
  if (device === 'meta') return { ...result, device, stride: tensor.stride() };
  if (layout === 'strided') {
    result.stride = tensor.stride();
    result.offset = tensor.storageOffset();
    result.storage = tensor.storageBytes();
  } else plain = plain.toDense();
  if (/^qu?int/.test(dtype)) {
    result.values = plain.intRepr().tolist();
    result.dequantized = plain.dequantize().tolist();
  } else result.values = raw(plain);
  return result;
}

/** What a loaded value is, as scripts/record/checkpoint.py says it of Python's. */
export function describe(value: unknown): unknown {
  if (value instanceof torch.Tensor) return describeTensor(value);
  if (typeof value === 'bigint') return { big: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof torch.Complex) return { complex: [value.re, value.im] };
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (value instanceof Set) return { set: [...value].map(describe) };
  if (Array.isArray(value)) return { [Object.isFrozen(value) ? 'tuple' : 'list']: value.map(describe) };
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  return { dict: entries.map(([key, item]) => [describe(key), describe(item)]) };
}
