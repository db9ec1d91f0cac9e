import { FlambeauError, wrongArgument } from '../../errors.js';
import type { Loader } from '../registry/registry.js';
import { Supervisor } from './supervisor.js';

/** Options of {@link isolate}. */
export interface IsolationOptions {
  /** How many threads an operator uses in that process; as many as LibTorch takes by itself, unless given. */
  threads?: number;
  /**
   * How long the event loop of that process may stand still before it is ended and started anew, in milliseconds: 30000;
   * `Infinity` for as long as it likes. Handlers run on it; the models of the addon do not, and have `maxRunMs`.
   */
  unresponsiveMs?: number;
  /** Told when the process ended, or a model does not load again; `process.emitWarning`, unless given. */
  warn?: (error: Error) => void;
}

/**
 * A process of its own for the models of a {@link Registry}. It is made by {@link isolate}.
 *
 * ```ts
 * // It starts a process.
 * const isolation = await serve.isolate();
 * isolation.isUp; // true
 * await isolation.close();
 * ```
 */
export class Isolation {
  private readonly supervisor: Supervisor;
  /**
   * What a registry loads with: its models are in that process, and here are their stand-ins.
   *
   * ```ts
   * // In the store's process there are no weights then.
   * const registry = await serve.Registry.open({ store, load: isolation.load });
   * ```
   */
  readonly load: Loader;

  /** @internal */
  constructor(supervisor: Supervisor) {
    this.supervisor = supervisor;
    this.load = (source, options) => supervisor.load(source, options);
  }

  /** The id of the process of now; `undefined` while there is none. */
  get pid(): number | undefined {
    return this.supervisor.pid;
  }

  /** Whether there is a process with all its models. */
  get isUp(): boolean {
    return this.supervisor.isUp;
  }

  /** How often a process ended by itself, and how often one was ended because it did not go on. */
  get ended(): Readonly<Record<'crash' | 'hang', number>> {
    return { ...this.supervisor.ended };
  }

  /**
   * Ends the process, after the registry was closed. What it has not answered is refused.
   *
   * ```ts
   * await registry.close();
   * await isolation.close();
   * ```
   *
   * @param withinMs - it has so long to end by itself
   */
  close(withinMs = 5000): Promise<void> {
    return this.supervisor.close(withinMs);
  }
}

/**
 * Starts a process for models, one for all of them. A crash of native code ends that process and not the server: another
 * one starts and loads the models again, and the requests that were under way are run once more, each alone. A request
 * whose process ends twice is answered with an error. A process whose event loop stands still, or which runs a batch for
 * longer than the `maxRunMs` of its model, is ended by the server.
 *
 * ```ts
 * const isolation = await serve.isolate();
 * const registry = await serve.Registry.open({ store, load: isolation.load });
 * await registry.load('resnet');
 * ```
 *
 * @throws FlambeauError `INTERNAL` where the process does not come up
 * @example
 * const isolation = await serve.isolate()
 * isolation.isUp // true
 * await isolation.close()
 */
export async function isolate(options: IsolationOptions = {}): Promise<Isolation> {
  if (typeof options !== 'object' || options === null) throw wrongArgument('isolate', 'options', 'an object', options);
  const {
    threads = 0,
    unresponsiveMs = 30_000,
    warn = (error: Error): void => process.emitWarning(error.message),
    ...others
  } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new FlambeauError('INVALID_ARGUMENT', `isolate(): unknown option '${unknown}'`);
  if (!Number.isInteger(threads) || threads < 0)
    throw wrongArgument('isolate', 'threads', 'a whole number, at least 0', threads);
  if (typeof unresponsiveMs !== 'number' || !(unresponsiveMs >= 10))
    throw wrongArgument('isolate', 'unresponsiveMs', 'a number, at least 10', unresponsiveMs);
  const supervisor = new Supervisor({ threads, unresponsiveMs, warn });
  await supervisor.start();
  return new Isolation(supervisor);
}
