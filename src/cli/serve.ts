import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { FlambeauError } from '../errors.js';
import { setNumThreads } from '../runtime.js';
import { flags, nearest, readConfig, type Config } from '../serve/config.js';
import { grpc } from '../serve/grpc/listener.js';
import { isolate, type Isolation } from '../serve/isolation/index.js';
import { createLog, type Log } from '../serve/log.js';
import { createMetrics } from '../serve/metrics.js';
import { loadServable } from '../serve/models/load.js';
import { Registry } from '../serve/registry/registry.js';
import type { State } from '../serve/registry/snapshot.js';
import { createServer } from '../serve/server.js';
import { openSecurity } from '../serve/security/security.js';
import { ModelStore } from '../serve/store/store.js';

/** A server that listens. */
interface Running {
  /** Loads the models, and says that it serves. */
  load(): Promise<void>;
  /** @param isHurried - whether somebody waits for the end */
  drain(isHurried: boolean): Promise<void>;
  reload(): void;
}

/** What goes down in the end, the last one first. */
type Cleanup = (() => unknown)[];

/** The versions that are loaded where no snapshot says which: those that are named, else the newest of each model. */
function wantedOf(store: ModelStore, { models }: Config): State {
  const state: State = {};
  const all = [...new Set(store.list().map(({ name }) => name))].map((name) => ({ name }));
  for (const { name, version, ...options } of models ?? (all as NonNullable<Config['models']>)) {
    const which = version ?? store.versions(name).at(-1);
    if (which === undefined || !store.versions(name).includes(which))
      throw new FlambeauError(
        'UNKNOWN_MODEL',
        `the store '${store.folder}' has no model '${name}'${version === undefined ? '' : ` of version ${version}`}`,
      );
    // The first one that is named is the default.
    const wanted = (state[name] ??= { defaultVersion: which, versions: {} });
    wanted.versions[which] = options;
  }
  return state;
}

/** Loads what a snapshot says; a model of it that does not load is told of. All else must load. */
async function loadAll(registry: Registry, wanted: State, { models }: Config, isFirst: boolean): Promise<void> {
  await registry.restore();
  if (!isFirst && !models) return;
  for (const [name, { versions }] of Object.entries(wanted)) {
    for (const [version, options] of Object.entries(versions))
      if (!registry.isReady(name, version)) await registry.load(name, { ...options, version });
  }
}

function openIsolation({ threads, unresponsiveMs }: Config, log: Log): Promise<Isolation> {
  return isolate({
    ...(threads && { threads }),
    ...(unresponsiveMs && { unresponsiveMs }),
    warn: (error) => log.warn(error.message),
  });
}

/** Opens all that there is, and listens. */
async function start(config: Config, log: Log, cleanup: Cleanup): Promise<Running> {
  const store = await ModelStore.open(config.store);
  const wanted = wantedOf(store, config);
  const { instances } = config;
  const isolation = config.isolation === 'process' ? await openIsolation(config, log) : undefined;
  // After the models.
  if (isolation) cleanup.push(() => isolation.close());
  else if (config.threads !== undefined) setNumThreads(config.threads);
  const load = isolation?.load ?? loadServable;
  const registry = await Registry.open({
    store,
    wanted,
    load: (source, options) => load(source, { ...(instances && { instances }), ...options }),
    ...(config.snapshot !== false && { snapshot: config.snapshot }),
    warn: (error) => log.warn(error.message),
  });
  cleanup.push(() => registry.close());
  // One that cannot be used has another name by now.
  const isFirst = config.snapshot === false || !existsSync(config.snapshot);
  const security = await openSecurity({ ...config.security, warn: (message) => log.warn(message) });
  cleanup.push(() => security.close());
  const metrics = config.metrics && createMetrics(registry, isolation && { isolation });
  if (metrics) cleanup.push(() => metrics.close());
  const { allow = [], ...management } = config.management ?? { port: 0 };
  const server = createServer({
    models: registry,
    http: config.http,
    management: config.management !== undefined && {
      ...management,
      ...(allow.length > 0 && { remote: { store, policy: { allow } } }),
    },
    security,
    listeners: [
      ...(config.grpc ? [grpc(config.grpc)] : []),
      ...(metrics && config.metrics ? [metrics.listener(config.metrics)] : []),
    ],
    record(outcome) {
      metrics?.record(outcome);
      log.record(outcome);
    },
  });
  // It listens while models load: alive, and not ready.
  await server.listen();
  cleanup.push(() => server.close());
  const addresses = Object.fromEntries(
    Object.entries(server.addresses).map(([name, { host, port }]) => [
      name,
      `${host.includes(':') ? `[${host}]` : host}:${port}`,
    ]),
  );
  log.info('listening', addresses);
  return {
    async load() {
      await loadAll(registry, wanted, config, isFirst);
      const ready = registry.list().filter(({ state }) => state === 'READY');
      const models = ready.map(({ name, version }) => `${name}/${version}`);
      const tls = config.security?.tls !== undefined;
      const facts = { pid: process.pid, ready: registry.isReady(), tls, ...addresses, models };
      process.stdout.write(`${JSON.stringify({ msg: 'serving', ...facts })}\n`);
    },
    drain: (isHurried) => server.drain({ ...config.drain, ...(isHurried && { preDrainMs: 0 }) }),
    reload: () => security.reload(),
  };
}

/** `flambeau serve`: serves the models of a store until it is told to stop. */
export async function serve(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { config: file, ...given } = values;
  const config = readConfig(given as Record<string, string | string[] | undefined>, process.env, file as string);
  const log = createLog(config.log);
  const cleanup: Cleanup = [];
  const goDown = async (): Promise<void> => {
    for (const step of cleanup.splice(0).reverse()) await step();
  };
  let running: Running | undefined;
  let stopping = false;
  const stopped = new Promise<void>((resolve, reject) => {
    const stop = (signal: NodeJS.Signals): void => {
      if (stopping) {
        log.flush();
        process.exit(signal === 'SIGINT' ? 130 : 143);
      }
      stopping = true;
      log.info('going down', { signal });
      (running?.drain(signal === 'SIGINT') ?? Promise.resolve()).then(resolve, reject);
    };
    // In place of those of the other commands, which end at once.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.removeAllListeners(signal).on(signal, stop);
  });
  process.on('SIGHUP', () => {
    log.reopen();
    running?.reload();
  });
  process.on('uncaughtExceptionMonitor', (error) => {
    log.error('uncaught', { error: { message: error.message, stack: error.stack } });
    log.flush();
  });
  try {
    const started = start(config, log, cleanup).then((each) => (running = each).load());
    // A signal while models load need not wait for them.
    await Promise.race([started, stopped]);
    await stopped;
    const down = goDown()
      .then(() => started.catch(() => undefined))
      .then(goDown)
      .then(() => true);
    if (!(await within(config.drain?.drainTimeoutMs ?? 30_000, down))) {
      log.error('models do not end');
      log.flush();
      process.exit(1);
    }
    log.info('stopped');
    await log.close();
    return 0;
  } catch (error) {
    if (config.log?.file !== undefined) log.error('not started', { reason: (error as Error).message });
    await goDown();
    await log.close();
    throw error;
  }
}

/** What comes in that time, or `undefined`. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  const pause = delay(ms, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, pause]);
  } finally {
    over.abort();
  }
}

function parse(args: string[]): ReturnType<typeof parseArgs> {
  const options = Object.entries(flags).map(([name, { kind }]) => [
    name,
    { type: 'string' as const, multiple: kind === 'list' },
  ]);
  try {
    return parseArgs({ args, options: { config: { type: 'string' }, ...Object.fromEntries(options) } });
  } catch (error) {
    const [, name] = /Unknown option '--([^']+)'/.exec((error as Error).message) ?? [];
    const near = name === undefined ? undefined : nearest(name, Object.keys(flags));
    if (near !== undefined) (error as Error).message = `there is no option --${name}; did you mean --${near}?`;
    throw error;
  }
}
