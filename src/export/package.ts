import { binding, type Handle } from '../binding.js';
import { DisposedError, FlambeauError, wrongArgument } from '../errors.js';
import { handleOf, isTensor, wrap } from '../ops/call.js';
import { withArchive, withArchiveSync, type Archive } from '../serialization/mapped.js';
import type { Reading } from '../serialization/source.js';
import type { Tensor } from '../tensor.js';
import { abortable, splitSignal } from '../abort.js';
import { openPt2 } from './archive.js';
import { CallSpec } from './call-spec.js';
import { checkTensors, parseChecks, readSource, type Check } from './package-checks.js';
import { readPackageInfo, type PackageInfo } from './package-info.js';

/** Options of {@link loadPackage}. */
export interface PackageOptions {
  /** That you trust whoever made the package: its code runs as this process. Nothing is loaded without it. */
  trusted?: boolean;
  /** Which model, where a package holds several; `'model'` unless given. */
  model?: string;
  /** How many calls run at the same time, 1 unless given. They share the parameters. */
  runners?: number;
  /** Which of several GPUs. */
  deviceIndex?: number;
}

/**
 * A model that PyTorch's AOTInductor compiled to native code.
 *
 * `R` is what it gives. Its sizes and dtypes are checked when it runs, its strides too: they must be those that it was
 * compiled for.
 *
 * ```ts
 * // It runs where the package was compiled for.
 * const model = await torch.export.loadPackage('model.pt2', { trusted: true, runners: 2 });
 * const y = await model.runAsync(torch.ones(8, 10));
 * ```
 *
 * @see https://docs.pytorch.org/docs/2.13/torch.compiler_aot_inductor.html
 */
export class CompiledModel<R = Tensor> {
  /** What the package says of itself. */
  readonly info: PackageInfo;
  private handle: Handle | null;
  private readonly spec: CallSpec;
  private readonly checks: Check[] | undefined;

  /** @internal */
  constructor({ info, source }: Description, handle: Handle) {
    this.info = info;
    this.handle = handle;
    const [inSpec = '', outSpec = ''] = binding.aotiCallSpec(handle);
    this.spec = new CallSpec(inSpec, outSpec);
    this.checks = parseChecks(source, info.device, this.spec.inputPaths);
    if (!this.checks) binding.aotiCheckInputs();
    for (const name of ['handle', 'spec', 'checks']) Object.defineProperty(this, name, { enumerable: false });
  }

  private get alive(): Handle {
    if (this.handle === null) throw new DisposedError('this model has been disposed');
    return this.handle;
  }

  /** @internal What a `Batcher` runs: all its arguments are tensors then, and are not checked. */
  get _runnable(): Handle {
    return this.alive;
  }

  /** @internal What its tensors must be; `undefined` where the code checks by itself. */
  get _checks(): readonly Check[] | undefined {
    return this.checks;
  }

  private inputs(func: string, args: readonly unknown[]): Handle[] {
    const tensors = this.spec.leaves(func, args).flatMap((leaf, i) => {
      if (isTensor(leaf)) return [leaf];
      // Numbers and the like are constants of the code.
      if (leaf === undefined || typeof leaf !== 'object' || leaf === null) return [];
      throw wrongArgument(func, this.spec.inputPaths[i]!, 'Tensor', leaf);
    });
    const { checks } = this;
    if (checks && tensors.length !== checks.length) {
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `${func}(): takes ${checks.length} tensor${checks.length === 1 ? '' : 's'}, not ${tensors.length}`,
      );
    }
    if (checks) checkTensors(func, checks, tensors);
    return tensors.map(handleOf);
  }

  private result(handles: readonly Handle[]): R {
    return this.spec.result(handles.map(wrap)) as R;
  }

  /**
   * Runs the model.
   *
   * ```ts
   * // It runs where the package was compiled for.
   * const y = model.run(torch.ones(8, 10));
   * ```
   *
   * @param args - as the module took them that was compiled; named ones in an object at the end
   * @throws when there are too few or too many tensors, or they are not what the model was compiled for
   */
  run(...args: unknown[]): R {
    return this.result(binding.aotiRun(this.alive, this.inputs('run', args)));
  }

  /**
   * {@link run} on a thread of the addon's own: the event loop goes on. A `signal` among the named arguments drops a call
   * that has not begun.
   *
   * ```ts
   * // It runs where the package was compiled for.
   * const [a, b] = await Promise.all([model.runAsync(x), model.runAsync(y)]);
   * ```
   */
  async runAsync(...args: unknown[]): Promise<R> {
    const { values, signal } = splitSignal(args);
    const inputs = this.inputs('runAsync', values);
    return this.result(await abortable((turn) => binding.aotiRunAsync(this.alive, inputs, turn), signal));
  }

  /**
   * The names of the parameters and buffers that the model holds.
   *
   * ```ts
   * // It runs where the package was compiled for.
   * model.constants; // ['0.weight', '0.bias']
   * ```
   */
  get constants(): string[] {
    return binding.aotiConstants(this.alive);
  }

  /**
   * Puts other parameters in, by name; those that are not named stay.
   *
   * ```ts
   * // It runs where the package was compiled for.
   * model.loadConstants(await torch.load('weights.pt'));
   * ```
   */
  loadConstants(state: Readonly<Record<string, Tensor>>): void {
    const known = this.constants;
    const entries = Object.entries(state);
    for (const [name, tensor] of entries) {
      if (!known.includes(name)) {
        throw new FlambeauError(
          'INVALID_VALUE',
          `loadConstants(): the model has no constant '${name}'; it has ${known.join(', ')}`,
        );
      }
      if (!isTensor(tensor)) throw wrongArgument('loadConstants', name, 'Tensor', tensor);
    }
    binding.aotiSetConstants(
      this.alive,
      entries.map(([name]) => name),
      entries.map(([, tensor]) => handleOf(tensor)),
    );
  }

  /**
   * Frees the model now. The code itself stays loaded until the process ends.
   *
   * ```ts
   * // It runs where the package was compiled for.
   * model.dispose();
   * ```
   */
  dispose(): void {
    if (this.handle !== null) binding.dispose(this.handle);
    this.handle = null;
  }

  /**
   * {@link dispose}, for `using`.
   *
   * ```ts
   * // It runs where the package was compiled for.
   * using model = await torch.export.loadPackage('model.pt2', { trusted: true });
   * ```
   */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** What is known of a package before it is loaded. */
interface Description {
  info: PackageInfo;
  /** Its source, as far as it holds it. */
  source: string;
}

/** Checks all that can be known before native code is loaded. */
function admit(path: unknown, options: PackageOptions): string {
  if (typeof path !== 'string') throw wrongArgument('export.loadPackage', 'path', 'string', path);
  const { trusted, runners = 1, deviceIndex = -1 } = options;
  if (trusted !== true) {
    throw new FlambeauError(
      'INVALID_ARGUMENT',
      'export.loadPackage(): the package holds native code, which does here what it likes. Where you trust whoever made ' +
        'it, say so: { trusted: true }. torch.export.inspectPackage() reads what it says of itself.',
    );
  }
  if (!Number.isInteger(runners) || runners < 1 || runners > 1024) {
    throw wrongArgument('export.loadPackage', 'runners', 'an integer between 1 and 1024', runners);
  }
  if (!Number.isInteger(deviceIndex) || deviceIndex < -1 || deviceIndex > 127) {
    throw wrongArgument('export.loadPackage', 'deviceIndex', 'an integer below 128', deviceIndex);
  }
  return path;
}

/** Reads all that can be read, and checks that the package runs here. */
function fitting({ model }: PackageOptions): (zip: Archive) => Reading<Description> {
  return function* (zip) {
    const pt2 = yield* openPt2(zip);
    const info = yield* readPackageInfo(pt2, model);
    if (info.problems.length > 0) {
      throw new FlambeauError(
        'DEVICE_UNAVAILABLE',
        `export.loadPackage(): the package does not run here: ${info.problems.join('; ')}`,
      );
    }
    return { info, source: yield* readSource(pt2, info.model) };
  };
}

/**
 * What a package of AOTInductor says of itself, and whether it runs here. Nothing in it is loaded.
 *
 * ```ts
 * // Packages are made for one machine, so there is none here.
 * const { device, cpuIsa, problems } = await torch.export.inspectPackage('model.pt2');
 * ```
 *
 * @param options - `model`: which one, where it holds several
 * @throws when the file is no such package
 */
export async function inspectPackage(path: string, { model }: { model?: string } = {}): Promise<PackageInfo> {
  if (typeof path !== 'string') throw wrongArgument('export.inspectPackage', 'path', 'string', path);
  return withArchive(path, false, function* (zip) {
    return yield* readPackageInfo(yield* openPt2(zip), model);
  });
}

/**
 * Loads a package that `torch._inductor.aoti_compile_and_package` made: native code. What it says of the machine that it
 * needs is checked before.
 *
 * ```ts
 * // Packages are made for one machine, so there is none here.
 * const model = await torch.export.loadPackage('model.pt2', { trusted: true });
 * ```
 *
 * @param path - of the `.pt2` file; the code is unpacked beside other temporary files while it is loaded
 * @throws when it is not said to be trusted, or does not run on this machine
 * @see https://docs.pytorch.org/docs/2.13/torch.compiler_aot_inductor.html
 */
export async function loadPackage<R = Tensor>(path: string, options: PackageOptions = {}): Promise<CompiledModel<R>> {
  const file = admit(path, options);
  const description = await withArchive(file, false, fitting(options));
  const { runners = 1, deviceIndex = -1 } = options;
  const handle = await binding.aotiLoadAsync(file, description.info.model, runners, deviceIndex);
  return new CompiledModel<R>(description, handle);
}

/**
 * {@link loadPackage}, blocking.
 *
 * ```ts
 * // Packages are made for one machine, so there is none here.
 * const model = torch.export.loadPackageSync('model.pt2', { trusted: true });
 * ```
 *
 * @throws what `loadPackage` throws
 */
export function loadPackageSync<R = Tensor>(path: string, options: PackageOptions = {}): CompiledModel<R> {
  const file = admit(path, options);
  const description = withArchiveSync(file, false, fitting(options));
  const { runners = 1, deviceIndex = -1 } = options;
  const handle = binding.aotiLoad(file, description.info.model, runners, deviceIndex);
  return new CompiledModel<R>(description, handle);
}
