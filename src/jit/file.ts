import { closeSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { binding, type JitLoaded } from '../binding.js';
import type { Device } from '../device.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { ScriptModule, type FreezeOptions, type OptimizeOptions } from './module.js';

/** Options of {@link load}. */
export interface LoadOptions {
  /** The device that all tensors go to; those that the file names unless given. */
  mapLocation?: Device;
  /** Files of the archive to read beside the module, for {@link ScriptModule.extraFiles}. */
  extraFiles?: readonly string[];
}

/** Options of {@link save}. */
export interface SaveOptions {
  /** Files to put into the archive beside the module, by name. */
  extraFiles?: Readonly<Record<string, string | Uint8Array>>;
}

type Source = string | Uint8Array;

/** Says what a file is that is no archive, by its first bytes. */
function requireArchive(head: Uint8Array): void {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 16));
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04034b50) return;
  let what = 'it is no zip archive, which every file of TorchScript is';
  if (bytes.length === 0) what = 'it is empty';
  else if (bytes[0] === 0x80)
    what = 'it is a pickle, as torch.save wrote before PyTorch 1.6; torch.load reads checkpoints';
  else if (bytes.length > 8 && bytes[8] === 0x7b) what = 'it looks like safetensors, not TorchScript';
  throw new FlambeauError('INVALID_FILE', `jit.load(): the file cannot be read: ${what}`);
}

function checked(name: string, source: Source, { mapLocation, extraFiles = [], ...rest }: LoadOptions) {
  if (typeof source !== 'string' && !(source instanceof Uint8Array))
    throw wrongArgument(name, 'source', 'path or Buffer', source);
  for (const option of Object.keys(rest)) {
    const text = `${name}(): unknown option '${option}'; expected mapLocation or extraFiles`;
    throw new FlambeauError('INVALID_ARGUMENT', text);
  }
  if (mapLocation !== undefined && typeof mapLocation !== 'string')
    throw wrongArgument(name, 'mapLocation', 'device', mapLocation);
  if (!Array.isArray(extraFiles) || extraFiles.some((file) => typeof file !== 'string'))
    throw wrongArgument(name, 'extraFiles', 'array of names', extraFiles);
  return { mapLocation, extraFiles: [...(extraFiles as string[])] };
}

const adopt = ([handle, extra]: JitLoaded): ScriptModule => ScriptModule._of(handle, extra);

/**
 * Reads a model of TorchScript, as Python's `torch.jit.save`, C++ or {@link save} wrote it.
 *
 * The file holds code, which runs as it is loaded and called: load only what you trust.
 *
 * @param source - a path, or the file's bytes
 * @throws when the file is damaged, or another kind of file: the message says which function reads it; when it needs an
 * operator that no loaded library has
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.load.html
 * @example
 * const bytes = await torch.jit.save(torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)]))
 * const model = await torch.jit.load(bytes, { mapLocation: 'cpu' })
 * (await model.forwardAsync(torch.ones(3, 2))).shape // [ 3, 1 ]
 */
export async function load(source: Source, options: LoadOptions = {}): Promise<ScriptModule> {
  const { mapLocation, extraFiles } = checked('load', source, options);
  if (typeof source === 'string') {
    const head = Buffer.alloc(16);
    const file = await open(source);
    try {
      requireArchive(head.subarray(0, (await file.read(head)).bytesRead));
    } finally {
      await file.close();
    }
  } else requireArchive(source);
  return adopt(await binding.jitLoadAsync(source, mapLocation, extraFiles));
}

/**
 * {@link load}, blocking.
 *
 * @throws when the file is damaged, or another kind of file
 * @example
 * const bytes = torch.jit.saveSync(torch.jit.trace((x) => x.mul(2), [torch.ones(1)]))
 * torch.jit.loadSync(bytes).call(torch.tensor([2])) // tensor([4])
 */
export function loadSync(source: Source, options: LoadOptions = {}): ScriptModule {
  const { mapLocation, extraFiles } = checked('loadSync', source, options);
  if (typeof source === 'string') {
    const head = Buffer.alloc(16);
    const file = openSync(source, 'r');
    try {
      requireArchive(head.subarray(0, readSync(file, head)));
    } finally {
      closeSync(file);
    }
  } else requireArchive(source);
  return adopt(binding.jitLoad(source, mapLocation, extraFiles));
}

interface Target {
  path?: string;
  extra: Record<string, Uint8Array>;
}

function target(name: string, module: unknown, path: unknown, options: SaveOptions): Target {
  if (!(module instanceof ScriptModule)) throw wrongArgument(name, 'module', 'ScriptModule', module);
  const { extraFiles = {} } = typeof path === 'object' && path !== null ? (path as SaveOptions) : options;
  const extra: Record<string, Uint8Array> = {};
  for (const [file, data] of Object.entries(extraFiles)) {
    if (typeof data !== 'string' && !(data instanceof Uint8Array))
      throw wrongArgument(name, `extraFiles.${file}`, 'string or Buffer', data);
    extra[file] = typeof data === 'string' ? Buffer.from(data) : data;
  }
  if (path === undefined || (typeof path === 'object' && path !== null)) return { extra };
  if (typeof path !== 'string' || path === '') throw wrongArgument(name, 'path', 'path', path);
  return { path, extra };
}

const partOf = (path: string): string => `${path}.${process.pid}.part`;

/**
 * Writes a module for Python's `torch.jit.load`, C++ and {@link load}. The file appears whole or not at all.
 *
 * @param path - where to; without one, the promise is of the bytes
 * @throws when the module cannot be written, as one that was optimized for inference
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.save.html
 * @example
 * const model = torch.jit.trace(new nn.Linear(2, 1), [torch.ones(1, 2)])
 * const bytes = await torch.jit.save(model, { extraFiles: { 'labels.json': '["cat", "dog"]' } })
 * const { extraFiles } = await torch.jit.load(bytes, { extraFiles: ['labels.json'] })
 * JSON.parse(extraFiles['labels.json']) // [ 'cat', 'dog' ]
 */
export function save(module: ScriptModule, path: string, options?: SaveOptions): Promise<void>;
export function save(module: ScriptModule, options?: SaveOptions): Promise<Buffer>;
export async function save(
  module: ScriptModule,
  path?: string | SaveOptions,
  options: SaveOptions = {},
): Promise<Buffer | void> {
  const { path: file, extra } = target('save', module, path, options);
  if (file === undefined) return binding.jitSaveAsync(module._alive, undefined, extra);
  try {
    await binding.jitSaveAsync(module._alive, partOf(file), extra);
    await rename(partOf(file), file);
  } catch (error) {
    await rm(partOf(file), { force: true });
    throw error;
  }
}

/**
 * {@link save}, blocking.
 *
 * @throws when the module cannot be written
 * @example
 * torch.jit.saveSync(torch.jit.trace((x) => x.mul(2), [torch.ones(1)])).subarray(0, 2).toString() // 'PK'
 */
export function saveSync(module: ScriptModule, path: string, options?: SaveOptions): void;
export function saveSync(module: ScriptModule, options?: SaveOptions): Buffer;
export function saveSync(module: ScriptModule, path?: string | SaveOptions, options: SaveOptions = {}): Buffer | void {
  const { path: file, extra } = target('saveSync', module, path, options);
  if (file === undefined) return binding.jitSave(module._alive, undefined, extra);
  try {
    binding.jitSave(module._alive, partOf(file), extra);
    renameSync(partOf(file), file);
  } catch (error) {
    rmSync(partOf(file), { force: true });
    throw error;
  }
}

/**
 * {@link ScriptModule.freeze}, as PyTorch spells it.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.freeze.html
 * @example
 * const model = torch.jit.trace(new nn.Linear(2, 1).eval(), [torch.ones(1, 2)])
 * [...torch.jit.freeze(model).parameters()].length // 0
 */
export function freeze(module: ScriptModule, options?: FreezeOptions): ScriptModule {
  if (!(module instanceof ScriptModule)) throw wrongArgument('freeze', 'module', 'ScriptModule', module);
  return module.freeze(options);
}

/**
 * {@link ScriptModule.optimizeForInference}, as PyTorch spells it.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.jit.optimize_for_inference.html
 * @example
 * const model = torch.jit.trace(new nn.Linear(2, 1).eval(), [torch.ones(1, 2)])
 * torch.jit.optimizeForInference(model).call(torch.ones(3, 2)).shape // [ 3, 1 ]
 */
export function optimizeForInference(module: ScriptModule, options?: OptimizeOptions): ScriptModule {
  if (!(module instanceof ScriptModule)) throw wrongArgument('optimizeForInference', 'module', 'ScriptModule', module);
  return module.optimizeForInference(options);
}
