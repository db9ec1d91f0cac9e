import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectYoung } from './collector.js';
import { FlambeauError, makeError } from './errors.js';
import { findLibtorch, type Libtorch } from './libtorch/find.js';
import { Complex } from './shape.js';
import { warn } from './warnings.js';
import { where } from './where.js';

/** A native handle: an External, or the id of a scoped tensor. Opaque. */
export type Handle = object | number;

/** What LibTorch says of one overload. */
export interface OverloadInfo {
  name: string;
  /** One letter a result: T tensor, L list of tensors, G generator, V any other value. */
  returns: string;
  names: string;
  arguments: string[];
  self: number;
}

/** What LibTorch says of the overloads under one name. */
export interface OperatorInfo {
  index: number;
  singleTensor: boolean;
  aliased: number;
  self: number;
  overloads: OverloadInfo[];
}

/** A module out of a file, and the other files that were asked for. */
export type JitLoaded = [module: Handle, extra: Record<string, Buffer>];

/** What an object of TorchScript is made of. */
export interface JitDescription {
  name: string;
  module: boolean;
  methods: string[];
  attributes: { name: string; kind: string; type: string }[];
}

/** A text of JSON without its large arrays, and three numbers for each of these: whose it is, start, end. */
interface Split {
  text: string;
  spans: number[];
}

/** The functions of the addon. */
export interface Binding {
  setUp(options: {
    makeError: typeof makeError;
    Complex: typeof Complex;
    collectYoung: () => void;
    warn: typeof warn;
    where: typeof where;
    /** How many bytes of large blocks that nobody uses any more are kept for the next tensors. */
    kept: number;
  }): void;
  call(head: number, ...values: unknown[]): unknown;
  callList(head: number, second: unknown, a: Handle, b?: Handle, c?: Handle): unknown;
  callNamed(op: number, flags: number, set: number, ...values: unknown[]): unknown;
  callMany(op: number, tensors: number, lists: number, set: number, values: unknown[], async: boolean): unknown;
  optionSet(names: string[]): number;
  describeOperator(name: string, raw: boolean): OperatorInfo;
  operatorNames(): string[];
  schema(name: string): string;
  unsupportedArguments(): string[];

  shape(x: Handle): number[];
  strides(x: Handle): number[];
  dim(x: Handle): number;
  numel(x: Handle): number;
  storageOffset(x: Handle): number;
  storageBytes(x: Handle): number;
  dataPointer(x: Handle): bigint;
  dtype(x: Handle): string;
  device(x: Handle): string;
  layout(x: Handle): string;
  requiresGrad(x: Handle): boolean;
  isLeaf(x: Handle): boolean;
  isView(x: Handle): boolean;
  isInference(x: Handle): boolean;
  retainsGrad(x: Handle): boolean;
  outputNr(x: Handle): number;
  version(x: Handle): number;
  gradFn(x: Handle): string | null;
  isContiguous(x: Handle, memoryFormat?: string): boolean;
  grad(x: Handle): Handle | null;
  gradsOf(xs: readonly Handle[], scoped: boolean): [grads: (Handle | null)[], alike: boolean];
  setGrad(x: Handle, grad: Handle | null): void;
  setRequiresGrad(x: Handle, value: boolean): void;
  retainGrad(x: Handle): void;
  data(x: Handle): Handle;
  setData(x: Handle, data: Handle): void;
  isSame(x: Handle, y: Handle): boolean;
  item(x: Handle): unknown;
  dispose(x: Handle): void;
  disposeAll(ids: Float64Array): void;
  promote(x: Handle): Handle;
  at(x: Handle, flags: number, ...index: unknown[]): Handle;
  set(x: Handle, index: unknown[], value: unknown, isHandle: boolean): void;

  copyIn(array: ArrayBufferView, shape: readonly number[], dtype?: string): Handle;
  shareIn(array: ArrayBufferView, shape: readonly number[], dtype?: string): Handle;
  copyOut(x: Handle): ArrayBuffer;
  copyOutAsync(x: Handle): Promise<ArrayBuffer>;

  backward(
    xs: Handle[],
    grads: (Handle | null)[],
    retain: boolean | undefined,
    create: boolean,
    inputs: Handle[],
  ): void;
  backwardAsync(
    xs: Handle[],
    grads: (Handle | null)[],
    retain: boolean | undefined,
    create: boolean,
    inputs: Handle[],
  ): Promise<void>;
  gradients(
    xs: Handle[],
    grads: (Handle | null)[],
    retain: boolean | undefined,
    create: boolean,
    inputs: Handle[],
    unused: boolean,
  ): (Handle | null)[];
  registerHook(x: Handle, hook: (grad: Handle) => Handle | undefined): number;
  removeHook(x: Handle, id: number): void;
  registerAccumulated(x: Handle, hook: (x: Handle) => void): number;
  removeAccumulated(x: Handle, id: number): void;
  applyFunction(request: {
    name: string;
    inputs: Handle[];
    outputs: (Handle | null)[];
    saved: (Handle | null)[];
    nonDifferentiable: Handle[];
    dirty: Handle[];
    materialize: boolean;
    backward: (grads: (Handle | null)[], saved: (Handle | null)[]) => (Handle | null)[];
  }): (Handle | null)[];

  setGradEnabled(value: boolean): void;
  isGradEnabled(): boolean;
  setInferenceMode(value: boolean): void;
  isInferenceMode(): boolean;
  setAnomaly(value: boolean, checkNan: boolean): void;
  setChecksSparse(value: boolean): void;
  checksSparse(): boolean;
  setDeterministic(enabled: boolean, warnOnly: boolean): void;
  deterministic(): { enabled: boolean; warnOnly: boolean };
  matmulPrecision(precision?: string): string;
  setFlushDenormal(enabled: boolean): boolean;
  setNumThreads(n: number): void;
  getNumThreads(): number;
  setExecutorThreads(n: number): void;
  setDefaultDtype(dtype: string): void;
  getDefaultDtype(): string;
  manualSeed(seed: number | bigint): void;
  makeGenerator(device?: string): Handle;
  defaultGenerator(device?: string): Handle;
  generatorSeed(generator: Handle, seed?: number | bigint): bigint;
  generatorFresh(generator: Handle): bigint;
  generatorState(generator: Handle, state?: Handle): Handle;
  generatorDevice(generator: Handle): string;
  memoryStats(): { tensors: number; bytes: number };
  torchVersion(): string;
  loadLibrary(path: string): void;

  acceleratorType(): string | null;
  deviceCount(): number;
  currentDevice(): number;
  setDevice(index: number): void;
  synchronize(index?: number): void;
  synchronizeAsync(index?: number): Promise<void>;
  emptyCache(): void;
  deviceMemory(index?: number): { allocated: number; reserved: number; peakAllocated: number; peakReserved: number };
  resetPeakMemory(index?: number): void;
  deviceName(index?: number): string;

  graphCreate(spec: object): Handle;
  graphRun(graph: Handle, inputs: unknown[], marks: number[]): unknown[];
  graphAccept(graph: Handle, ...tensors: Handle[]): void;
  graphAgain(graph: Handle, ...tensors: Handle[]): Handle | unknown[] | undefined;
  graphRunAsync(graph: Handle, inputs: unknown[], marks: number[], turn?: Handle): Promise<unknown[]>;
  halt(): void;
  makeTurn(): Handle;
  dropTurn(turn: Handle): boolean;
  graphDescribe(graph: Handle): object;
  setSavedHooks(pack: ((handle: Handle) => unknown) | null, unpack?: (packed: never) => Handle): void;
  setAutocast(device: string, enabled: boolean, dtype: string | null): void;
  setAutocastCache(enabled: boolean, clear: boolean): void;
  autocastState(device: string): { enabled: boolean; dtype: string };

  transformPush(kind: 'vmap', batchSize: number, randomness: string): number;
  transformPush(kind: 'grad' | 'jvp'): number;
  transformPop(): void;
  transformWrap(tensor: Handle, level: number, requiresGrad: boolean): Handle;
  transformUnwrap(tensor: Handle, level: number): Handle;
  transformAddDim(tensor: Handle, dim: number, level: number): Handle;
  transformRemoveDim(tensor: Handle, level: number, batchSize: number, dim: number | null): Handle | null;
  dualEnter(): number;
  dualExit(): void;
  captureBegin(inputs: Handle[], names: string[]): void;
  captureEnd(outputs: Handle[]): Handle;
  captureAbandon(): void;
  captureSuspend(value: boolean): boolean;

  aotiLoad(path: string, model: string, runners: number, device: number): Handle;
  aotiLoadAsync(path: string, model: string, runners: number, device: number): Promise<Handle>;
  aotiRun(aotiPackage: Handle, inputs: Handle[]): Handle[];
  aotiRunAsync(aotiPackage: Handle, inputs: Handle[], turn?: Handle): Promise<Handle[]>;
  aotiCheckInputs(): void;
  aotiCallSpec(aotiPackage: Handle): string[];
  aotiConstants(aotiPackage: Handle): string[];
  aotiSetConstants(aotiPackage: Handle, names: string[], tensors: Handle[]): void;

  batcherCreate(
    runnable: Handle,
    instances: number,
    maxRows: number,
    delayMs: number,
    maxQueueRows: number,
    sizes: readonly number[],
    device: string | undefined,
  ): Handle;
  batcherSubmit(
    batcher: Handle,
    priority: number,
    number: number,
    leftMs: number,
    wake: boolean,
    ...tensors: Handle[]
  ): Promise<[queueMs: number, computeMs: number, rows: number, ...outputs: Handle[]]>;
  batcherCancel(batcher: Handle, priority: number, number: number): boolean;
  batcherStart(batcher: Handle): void;
  batcherScale(batcher: Handle, instances: number): void;
  watch(runnable: Handle, toCpu: boolean): Handle;
  watchLongestMs(watched: Handle): number;
  batcherLoad(batcher: Handle): [queuedRows: number, queued: number, running: number];
  jsonSplit(
    bytes: Uint8Array,
    list: string,
    field: string,
    depth: number,
    limit: number,
    async: boolean,
  ): Split | Promise<Split>;
  jsonRead(
    bytes: Uint8Array,
    start: number,
    end: number,
    shape: readonly number[],
    dtype: string,
    async: boolean,
  ): Handle | Promise<Handle>;
  jsonWrite(x: Handle, nested: boolean, async: boolean): string | Promise<ArrayBuffer[]>;
  mapFile(path: string, bytes: number): Handle;
  allocate(bytes: number): Handle;
  region(x: Handle, offset: number, bytes: number): Handle;
  over(
    storage: Handle,
    type: string | Handle,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
  ): Handle;
  storage(x: Handle): Handle;
  storageKey(x: Handle): bigint;
  copyTo(x: Handle, offset: number, bytes: Uint8Array): void;
  copyFrom(x: Handle, offset: number, bytes: Uint8Array): void;
  lend(x: Handle, offset: number, bytes: number, disposed?: boolean): ArrayBuffer;
  giveBack(buffer: ArrayBuffer): void;
  detach(buffer: ArrayBuffer): void;
  jitLoad(source: string | Uint8Array, device: string | undefined, extra: string[]): JitLoaded;
  jitLoadAsync(source: string | Uint8Array, device: string | undefined, extra: string[]): Promise<JitLoaded>;
  jitSave(module: Handle, path: string | undefined, extra: Record<string, Uint8Array>): Buffer | undefined;
  jitSaveAsync(
    module: Handle,
    path: string | undefined,
    extra: Record<string, Uint8Array>,
  ): Promise<Buffer | undefined>;
  jitMethod(object: Handle, name: string): Handle;
  jitRun(method: Handle, values: readonly unknown[]): unknown;
  jitRunAsync(method: Handle, values: readonly unknown[], turn?: Handle): Promise<unknown>;
  jitDescribe(object: Handle): JitDescription;
  jitIdentity(x: Handle): number;
  jitGet(object: Handle, name: string): unknown;
  jitSet(object: Handle, name: string, value: unknown): void;
  jitTrain(module: Handle, mode: boolean): void;
  jitText(object: Handle, method: string, kind: 'graph' | 'code' | 'schema'): string;
  jitFreeze(module: Handle, preserved: string[], numerics: boolean): Handle;
  jitOptimize(module: Handle, others: string[]): Handle;
  jitTrace(
    tree: object,
    inputs: readonly unknown[],
    names: string[],
    strict: boolean,
    fn: (...values: unknown[]) => unknown,
  ): Handle;

  share(x: Handle): number;
  receive(ticket: number): Handle;
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const extension = { linux: 'so', darwin: 'dylib', win32: 'dll' } as Record<string, string>;
const prefix = process.platform === 'win32' ? '' : 'lib';
// A library that stays when its handle is closed: process.dlopen closes what does not register a module.
const keep = ({ linux: 0x1000, darwin: 0x80 } as Record<string, number>)[process.platform] ?? 0;

/** Loads a library that is no addon, so that what is loaded after it finds it by its name. */
function loadLibrary(libtorch: Libtorch, name: string): void {
  const file = path.join(libtorch.lib, `${prefix}${name}.${extension[process.platform] ?? 'so'}`);
  if (!existsSync(file)) return;
  try {
    process.dlopen({ exports: {} }, file, constants.dlopen.RTLD_LAZY | keep);
  } catch (error) {
    const message = (error as Error).message;
    // Loaded, and no addon: what was wanted.
    if (message.includes('did not self-register') || message.includes('Module did not')) return;
    throw new FlambeauError(
      'ADDON_LOAD_FAILED',
      `LibTorch ${libtorch.version} (${libtorch.flavour}) was found in ${libtorch.lib}, but ${path.basename(file)} does not ` +
        `load: ${message}\nMend it with: npx flambeau install ${libtorch.flavour} --force`,
      { cause: error },
    );
  }
}

/** Whether an NVIDIA driver answers here. Without one the CUDA library would only cost time and memory. */
function hasDriver(): boolean {
  return (
    process.platform === 'win32' ||
    existsSync('/proc/driver/nvidia/version') ||
    existsSync('/dev/nvidiactl') ||
    existsSync('/dev/dxg')
  );
}

const loader = createRequire(import.meta.url)('node-gyp-build') as ((root: string) => Binding) & {
  path(root: string): string;
};

/** The version of LibTorch that the addon was made for, which stands beside it: it fits no other minor version. */
function builtFor(): string | undefined {
  try {
    const record = readFileSync(path.join(path.dirname(loader.path(root)), 'flambeau.json'), 'utf8');
    return /^\d+\.\d+/.exec((JSON.parse(record) as { libtorch: string }).libtorch)?.[0];
  } catch {
    return undefined;
  }
}

function load(): Binding {
  const minor = builtFor();
  const libtorch = findLibtorch({ minor });
  if (minor && !libtorch.version.startsWith(`${minor}.`)) {
    throw new FlambeauError(
      'ADDON_LOAD_FAILED',
      `The native addon was compiled for LibTorch ${minor}, and does not fit LibTorch ${libtorch.version} in ` +
        `${libtorch.lib}.\nMend it with: npx flambeau build`,
    );
  }
  if (process.platform === 'win32') process.env.PATH = `${libtorch.lib};${process.env.PATH ?? ''}`;
  loadLibrary(libtorch, 'c10');
  loadLibrary(libtorch, 'torch_cpu');
  // Before the first question about CUDA: LibTorch remembers a "no" for ever.
  if (hasDriver()) loadLibrary(libtorch, 'torch_cuda');
  let binding: Binding;
  try {
    binding = loader(root);
  } catch (error) {
    const { message } = error as Error;
    const missing = message.includes('No native build was found');
    throw new FlambeauError(
      missing ? 'ADDON_NOT_FOUND' : 'ADDON_LOAD_FAILED',
      `The native addon ${missing ? 'was not found' : 'does not load'}.\n` +
        `Looked in: ${path.join(root, 'build/Release')}, ${path.join(root, 'prebuilds')}\n` +
        `LibTorch: ${libtorch.version} (${libtorch.flavour}) in ${libtorch.lib}\nReason: ${message}\n` +
        'Mend it with: npx flambeau build',
      { cause: error },
    );
  }
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  binding.setUp({ makeError, Complex, collectYoung, warn, where, kept: Math.min(256 << 20, memory / 16) });
  // process.exit() takes LibTorch down; its threads must be at rest by then.
  process.on('exit', () => binding.halt());
  return binding;
}

/** The loaded addon. */
export const binding: Binding = load();
