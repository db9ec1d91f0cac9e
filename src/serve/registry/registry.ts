import { FlambeauError, wrongArgument } from '../../errors.js';
import { loadSettings, checkName, checkVersion, problems, trim } from '../store/manifest.js';
import type { ModelStore } from '../store/store.js';
import type { LoadOptions, ModelInfo, Models, ModelStatus, NamedTensor, Servable } from '../types.js';
import { Changes } from '../changes.js';
import { Served } from './served.js';
import { Slots } from './slots.js';
import { readSnapshot, type State } from './snapshot.js';
import { Turns } from './turns.js';
import { warmUp } from './warm-up.js';
import { Wishes } from './wishes.js';
import { z } from 'zod';

/** What makes a model of a file of the store. */
export type Loader = (
  source: { info: ModelInfo; file: string; examples?: NamedTensor[][] },
  options: LoadOptions,
) => Promise<Servable>;

/** What a {@link Registry} works with. */
export interface RegistryOptions {
  /** Where the models are. */
  store: ModelStore;
  /** What loads them. */
  load: Loader;
  /** The file that keeps what is loaded; it is read when the registry is opened. Nothing is kept, unless given. */
  snapshot?: string;
  /** What is to be loaded by {@link Registry.restore} where there is no snapshot. */
  wanted?: State;
  /** Told of what goes wrong beside a call: a snapshot that cannot be used, a model that does not load again. */
  warn?: (error: Error) => void;
}

const settings = z.strictObject({ ...loadSettings, version: z.string().optional() });

function checkOptions(func: string, options: LoadOptions): LoadOptions {
  if (typeof options !== 'object' || options === null) throw wrongArgument(func, 'options', 'an object', options);
  if (options.version !== undefined) checkVersion(func, options.version);
  const result = settings.safeParse(options);
  if (!result.success) throw new FlambeauError('INVALID_VALUE', `${func}(): ${problems(result.error)}`);
  return trim(result.data) as LoadOptions;
}

/**
 * The models of a server: it loads versions of a store, swaps them while requests run, and keeps what is loaded over a
 * crash.
 *
 * Calls that change one model wait for each other. One that fails changes nothing: what served goes on serving.
 *
 * ```ts
 * // `createServer` makes one of its own.
 * const registry = await serve.Registry.open({ store, load: serve.loadServable, snapshot: 'state.json' });
 * await registry.load('resnet');
 * ```
 */
export class Registry implements Models {
  private readonly store: ModelStore;
  private readonly loader: Loader;
  private readonly warn: (error: Error) => void;
  private readonly wishes: Wishes;
  private readonly slots = new Slots();
  private readonly turns = new Turns();
  private readonly changes = new Changes();
  private closing = false;

  private constructor({ store, load, snapshot, warn }: RegistryOptions, state: State) {
    this.store = store;
    this.loader = load;
    this.warn = warn ?? ((error) => process.emitWarning(error.message));
    this.wishes = new Wishes(state, snapshot);
    for (const [name, { versions }] of this.wishes.entries())
      for (const version of Object.keys(versions)) this.slots.add(name, version, 'LOADING');
  }

  /**
   * Makes a registry, with what its snapshot says to be loaded by {@link restore}.
   *
   * ```ts
   * // `createServer` makes one of its own.
   * const registry = await serve.Registry.open({ store, load: serve.loadServable });
   * ```
   */
  static async open(options: RegistryOptions): Promise<Registry> {
    const { state, refused } = options.snapshot === undefined ? {} : await readSnapshot(options.snapshot);
    const registry = new Registry(options, state ?? options.wanted ?? {});
    if (refused) registry.warn(refused);
    return registry;
  }

  /**
   * Loads what the snapshot says. A model that does not load is told of and stays wanted: the registry is not ready until
   * it is loaded or unloaded by hand.
   *
   * ```ts
   * await registry.restore();
   * registry.isReady(); // true
   * ```
   */
  async restore(): Promise<void> {
    const loads = this.wishes.entries().flatMap(([name, { versions }]) =>
      Object.entries(versions).map(([version, options]) =>
        this.inTurn(name, () => this.bring(name, { ...options, version })).catch((error: Error) => {
          this.warn(new FlambeauError('NOT_READY', `'${name}' of version ${version} does not load: ${error.message}`));
        }),
      ),
    );
    await Promise.all(loads);
  }

  /** One change of a model after the other. Those who look for changes are told of its beginning and its end. */
  private inTurn<T>(name: string, change: () => Promise<T>): Promise<T> {
    return this.turns.take(name, async () => {
      if (this.closing) throw new FlambeauError('NOT_READY', 'the server is shutting down');
      try {
        return await change();
      } finally {
        this.changes.tell();
      }
    });
  }

  /** Makes a change of what is wanted and of what there is. */
  private commit(...change: Parameters<Wishes['commit']>): Promise<void> {
    return this.wishes.commit(...change).then(() => this.changes.tell());
  }

  private served(name: string, version: string | undefined): Served | undefined {
    return this.slots.served(name, version);
  }

  private default(name: string): string | undefined {
    return this.wishes.default(name);
  }

  /**
   * A version that is ready: the default one, unless one is named.
   *
   * ```ts
   * const { outputs } = await registry.get('resnet').infer({ inputs });
   * ```
   *
   * @throws `UNKNOWN_MODEL`, `NOT_READY`
   */
  get(name: string, version?: string): Servable {
    const served = this.served(name, version ?? this.default(name));
    if (served) return version === undefined ? served.asDefault : served;
    const own = this.slots.of(name);
    const known = own !== undefined && (version === undefined || own.has(version));
    const versions = known ? [] : this.store.versions(name);
    if (known || (version === undefined ? versions.length > 0 : versions.includes(version))) {
      const what = version === undefined ? `'${name}'` : `'${name}' of version ${version}`;
      throw new FlambeauError('NOT_READY', `the model ${what} is not loaded`);
    }
    if (version !== undefined && versions.length > 0)
      throw new FlambeauError('UNKNOWN_MODEL', `the model '${name}' has no version ${version}`);
    throw new FlambeauError('UNKNOWN_MODEL', `there is no model '${name}'`);
  }

  /**
   * Whether a model is ready; without a name, whether all that are to be loaded are.
   *
   * ```ts
   * registry.isReady('resnet', '2'); // true
   * ```
   */
  isReady(name?: string, version?: string): boolean {
    const ready = (served: Served | undefined): boolean => served?.isReady() ?? false;
    if (name !== undefined) return ready(this.served(name, version ?? this.default(name)));
    return this.wishes
      .entries()
      .every(([name, { versions }]) => Object.keys(versions).every((version) => ready(this.served(name, version))));
  }

  /**
   * What the store has and what is loaded, sorted by name and version.
   *
   * ```ts
   * registry.list(); // [ { name: 'resnet', version: '1', state: 'READY', reason: '', isDefault: true } ]
   * ```
   */
  list(): ModelStatus[] {
    return this.slots.list(this.store.list(), (name) => this.default(name));
  }

  /**
   * Calls a listener after what is ready, or what the list shows, has changed.
   *
   * ```ts
   * const end = registry.onChange(() => console.log(registry.isReady()));
   * end(); // it is not called any more
   * ```
   *
   * @returns what ends that
   */
  onChange(listener: () => void): () => void {
    return this.changes.subscribe(listener);
  }

  /**
   * Loads a version of the store and warms it up. With a version named it stands beside others; without, the newest takes
   * the place of the default one, which finishes what it has. One that is loaded already is loaded anew, with these options.
   *
   * ```ts
   * await registry.load('resnet', { version: '2', instances: 2, batching: { maxBatchRows: 32 } });
   * ```
   *
   * @throws `UNKNOWN_MODEL`, `INVALID_FILE`, `CHECKSUM_MISMATCH`, and what loading and warming up throw
   */
  async load(name: string, options: LoadOptions = {}): Promise<ModelInfo> {
    checkName('load', name);
    const checked = checkOptions('load', options);
    return this.inTurn(name, () => this.bring(name, checked));
  }

  /** Loads a version and puts it into its place. */
  private async bring(name: string, given: LoadOptions): Promise<ModelInfo> {
    const isNewest = given.version === undefined;
    const version = given.version ?? this.store.versions(name).at(-1);
    if (version === undefined) throw new FlambeauError('UNKNOWN_MODEL', `the store has no model '${name}'`);
    const before = this.slots.get(name, version);
    const old = before?.served;
    const slot = old ? before : this.slots.add(name, version, 'LOADING');
    this.changes.tell();
    let served: Served | undefined;
    const retired: Served[] = [];
    const { version: _, ...wish } = given;
    try {
      served = await this.make(name, version, given);
      const ready = served;
      const replaced = isNewest ? this.default(name) : undefined;
      const lesser = replaced !== undefined && replaced !== version ? replaced : undefined;
      await this.commit(
        name,
        (now) => {
          const { [lesser ?? '']: __, ...versions } = now?.versions ?? {};
          const defaultVersion = isNewest ? version : (now?.defaultVersion ?? version);
          return { defaultVersion, versions: { ...versions, [version]: wish } };
        },
        () => {
          if (old) {
            old.successor = ready;
            retired.push(old);
          }
          slot.served = ready;
          slot.state = 'READY';
          slot.reason = '';
          const last = this.served(name, lesser);
          if (last) retired.push(last);
          if (lesser !== undefined) this.slots.forget(name, lesser);
        },
      );
    } catch (error) {
      this.slots.failed(name, version, (error as Error).message);
      if (!old) {
        // What is wanted since the start stays visible; all else leaves no trace.
        if (!this.wishes.has(name, version)) this.slots.forget(name, version);
        else Object.assign(slot, { state: 'UNAVAILABLE', reason: (error as Error).message });
      }
      await served?.close();
      throw error;
    }
    this.slots.failed(name, version, undefined);
    await this.retire(retired);
    return served.info;
  }

  /** Reads, loads and warms up. */
  private async make(name: string, version: string, given: LoadOptions): Promise<Served> {
    const { info, file, options, examples } = await this.store.read(name, version);
    const merged = { ...options, ...given, version };
    const described = merged.batching ? { ...info, batching: merged.batching } : info;
    const servable = await this.loader({ info: described, file, ...(examples && { examples }) }, merged);
    try {
      await warmUp(servable, examples ?? []);
    } catch (error) {
      await servable.close();
      throw error;
    } finally {
      for (const example of examples ?? []) for (const { data } of example) if ('dispose' in data) data.dispose();
    }
    servable.onChange?.(() => this.changes.tell());
    return new Served(servable, () => this.served(name, this.default(name)));
  }

  /** Lets what was replaced finish. It is out of everybody's way, so that its own failure is only told of. */
  private async retire(list: readonly Served[]): Promise<void> {
    const results = await Promise.allSettled(list.map((served) => served.close()));
    for (const result of results) if (result.status === 'rejected') this.warn(result.reason as Error);
  }

  /**
   * Lets a version finish what it has, and frees it; all versions, unless one is named. Where it was the default one, the
   * newest that is left is the default.
   *
   * ```ts
   * await registry.unload('resnet', '1');
   * ```
   *
   * @throws `UNKNOWN_MODEL`, or `NOT_READY` where it is not loaded
   */
  async unload(name: string, version?: string): Promise<void> {
    checkName('unload', name);
    if (version !== undefined) checkVersion('unload', version);
    return this.inTurn(name, async () => {
      const versions = this.slots.of(name);
      if (!versions || (version !== undefined && !versions.has(version))) throw this.missing(name, version);
      const going = version === undefined ? [...versions.keys()] : [version];
      const retired: Served[] = [];
      await this.commit(
        name,
        (now) => {
          const left = Object.entries(now?.versions ?? {}).filter(([each]) => !going.includes(each));
          if (left.length === 0 || !now) return undefined;
          const newest = left.map(([each]) => each).sort((a, b) => Number(b) - Number(a))[0]!;
          const isDefault = going.includes(now.defaultVersion);
          return { defaultVersion: isDefault ? newest : now.defaultVersion, versions: Object.fromEntries(left) };
        },
        () => {
          for (const each of going) {
            const slot = versions.get(each)!;
            if (slot.served) retired.push(slot.served);
            slot.served = undefined;
            slot.state = 'UNLOADING';
          }
        },
      );
      try {
        await this.retire(retired);
      } finally {
        for (const each of going) this.slots.forget(name, each);
      }
    });
  }

  /** Why nothing of this name and version can be changed. */
  private missing(name: string, version: string | undefined): Error {
    try {
      this.get(name, version);
    } catch (error) {
      return error as Error;
    }
    return new FlambeauError('NOT_READY', `the model '${name}' is not loaded`);
  }

  /**
   * Sends requests without a version to this one, which must be loaded.
   *
   * ```ts
   * await registry.setDefault('resnet', '2');
   * ```
   *
   * @throws `UNKNOWN_MODEL`, `NOT_READY`
   */
  async setDefault(name: string, version: string): Promise<void> {
    checkName('setDefault', name);
    checkVersion('setDefault', version);
    return this.inTurn(name, async () => {
      if (!this.served(name, version)) throw this.missing(name, version);
      await this.commit(
        name,
        (now) => ({ versions: {}, ...now, defaultVersion: version }),
        () => undefined,
      );
    });
  }

  /**
   * Changes how many requests (or batches) of a version run at the same time; of the default one, unless one is named.
   *
   * ```ts
   * await registry.scale('resnet', 4);
   * ```
   *
   * @throws `UNKNOWN_MODEL`, `NOT_READY`, `INVALID_VALUE`
   */
  async scale(name: string, instances: number, version?: string): Promise<void> {
    checkName('scale', name);
    if (version !== undefined) checkVersion('scale', version);
    checkOptions('scale', { instances });
    return this.inTurn(name, async () => {
      const which = version ?? this.default(name);
      const served = this.served(name, which);
      if (!served || which === undefined) throw this.missing(name, version);
      await this.commit(
        name,
        (now) => ({ ...now!, versions: { ...now!.versions, [which]: { ...now!.versions[which], instances } } }),
        () => served.scale(instances),
      );
    });
  }

  /**
   * Lets all models finish what they have, and frees them. The snapshot stays as it is: the next start has them again.
   *
   * ```ts
   * await registry.close();
   * ```
   */
  async close(): Promise<void> {
    this.closing = true;
    await this.turns.ended();
    const served = this.slots.takeAll();
    this.changes.tell();
    await this.retire(served);
    this.slots.clear();
  }
}
