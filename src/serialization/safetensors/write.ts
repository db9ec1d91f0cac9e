import { binding } from '../../binding.js';
import { dtypes } from '../../dtype.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { handleOf } from '../../ops/call.js';
import { Tensor } from '../../tensor.js';
import { partsOf, type Bytes } from '../memory.js';
import { pathOf } from '../source.js';
import { collectSync, inChunks, writeFile, writeFileSync, type Writing } from '../target.js';
import { formatNames } from './header.js';

/** The elements of a tensor in order, as bytes. */
export function elementBytes(tensor: Tensor): Bytes {
  const plain = tensor.detach().to('cpu').resolveConj().resolveNeg().contiguous();
  const { size } = dtypes[plain.dtype];
  // The part of the storage that it is: a tensor that nothing else frees while it is written.
  return partsOf(binding.storage(handleOf(plain)), plain.numel() * size, plain.storageOffset() * size);
}

function check(name: string, tensor: unknown): Tensor {
  if (!(tensor instanceof Tensor)) throw wrongArgument('saveFile', `tensors.${name}`, 'Tensor', tensor);
  if (name === '__metadata__')
    throw new FlambeauError('INVALID_VALUE', "saveFile(): no tensor may be named '__metadata__'");
  if (!formatNames[tensor.dtype])
    throw new FlambeauError('INVALID_VALUE', `saveFile(): safetensors has no dtype ${tensor.dtype} ('${name}')`);
  if (tensor.layout !== 'strided' || tensor.device === 'meta')
    throw new FlambeauError('INVALID_VALUE', `saveFile(): '${name}' is not dense; save x.toDense()`);
  return tensor;
}

function serialize(tensors: Readonly<Record<string, Tensor>>, metadata?: Readonly<Record<string, string>>): Writing {
  if (typeof tensors !== 'object' || tensors === null || tensors instanceof Tensor)
    throw wrongArgument('saveFile', 'tensors', 'an object of tensors', tensors);
  const header: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  if (metadata !== undefined) {
    if (typeof metadata !== 'object' || metadata === null)
      throw wrongArgument('saveFile', 'metadata', 'an object of strings', metadata);
    for (const [key, value] of Object.entries(metadata))
      if (typeof value !== 'string') throw wrongArgument('saveFile', `metadata.${key}`, 'string', value);
    header.__metadata__ = metadata;
  }
  const rows = Object.entries(tensors).map(([name, value]) => ({ name, tensor: check(name, value) }));
  // The largest elements first, so that all are aligned.
  rows.sort((a, b) => dtypes[b.tensor.dtype].size - dtypes[a.tensor.dtype].size);
  let at = 0;
  for (const { name, tensor } of rows) {
    const { dtype, shape } = tensor;
    header[name] = { dtype: formatNames[dtype], shape, data_offsets: [at, (at += tensor.nbytes)] };
  }
  const json = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  start.writeBigUInt64LE(BigInt(start.length - 8));
  json.copy(start, 8);
  return parts(start, rows);
}

function* parts(start: Buffer, rows: readonly { tensor: Tensor }[]): Writing {
  yield* inChunks(start);
  for (const { tensor } of rows) yield* elementBytes(tensor).parts();
}

/**
 * Writes tensors as a safetensors file, which appears whole or not at all. Views are written as tensors of their own.
 * Nothing may be written to the tensors before the promise is settled.
 *
 * @param metadata - texts to be kept in the file's header
 * @throws when a tensor has a dtype that the format lacks, or is not dense
 * @see https://huggingface.co/docs/safetensors/api/torch
 * @example
 * await torch.safetensors.saveFile({ x: torch.ones(2) }, '/tmp/flambeau-example-3.safetensors', { format: 'pt' })
 */
export async function saveFile(
  tensors: Readonly<Record<string, Tensor>>,
  path: string | URL,
  metadata?: Readonly<Record<string, string>>,
): Promise<void> {
  if (typeof path !== 'string' && !(path instanceof URL)) throw wrongArgument('saveFile', 'path', 'a path', path);
  await writeFile(pathOf(path), serialize(tensors, metadata));
}

/**
 * {@link saveFile}, blocking.
 *
 * @example
 * torch.safetensors.saveFileSync({ x: torch.ones(2) }, '/tmp/flambeau-example-4.safetensors')
 */
export function saveFileSync(
  tensors: Readonly<Record<string, Tensor>>,
  path: string | URL,
  metadata?: Readonly<Record<string, string>>,
): void {
  if (typeof path !== 'string' && !(path instanceof URL)) throw wrongArgument('saveFileSync', 'path', 'a path', path);
  writeFileSync(pathOf(path), serialize(tensors, metadata));
}

/**
 * Tensors as the bytes of a safetensors file.
 *
 * @param metadata - texts to be kept in the header
 * @throws when a tensor has a dtype that the format lacks, or is not dense
 * @see https://huggingface.co/docs/safetensors/api/torch
 * @example
 * torch.safetensors.save({ x: torch.ones(2) }).subarray(8, 20).toString() // '{"x":{"dtype'
 */
export function save(tensors: Readonly<Record<string, Tensor>>, metadata?: Readonly<Record<string, string>>): Buffer {
  return collectSync(serialize(tensors, metadata));
}
