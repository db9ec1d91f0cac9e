import { setTimeout as delay } from 'node:timers/promises';
import { FlambeauError } from '../errors.js';
import { Changes } from './changes.js';
import type { Context } from './context.js';
import { listen, makeHandler, type HttpHandler, type ListenOptions, type Listener } from './http/listener.js';
import type { Limits } from './http/limits.js';
import { inferenceRoutes, managementRoutes } from './routes/index.js';
import type { Remote } from './routes/management.js';
import { checkBind } from './security/bind.js';
import type { Security } from './security/security.js';
import { Statistics } from './statistics.js';
import type { Models } from './types.js';

/** Options of {@link createServer}. */
export interface ServerOptions {
  /** What it serves. */
  models: Models;
  /** Where inference listens over HTTP: on loopback and any free port, unless said; `false` for nowhere. */
  http?: ListenOptions | false;
  /** Where management listens; nowhere, unless given. */
  management?: (ListenOptions & { remote?: Remote }) | false;
  /** Starts what listens beside these, as gRPC. */
  listeners?: readonly ((context: Context) => Promise<Listener>)[];
  /** Tokens, certificate, audit log and rates, of `openSecurity`. */
  security?: Security;
  /** The listeners that others may reach though there are no tokens or no TLS, by name: `http`, `management`, `grpc`. */
  allowInsecure?: readonly string[];
  /** Throws where a caller may not, in place of what `security` says; without both everybody may. */
  authorize?: Context['authorize'];
  /** Told how each request ended, for metrics and logs. */
  record?: Context['record'];
}

/** Options of {@link Server.drain}. */
export interface DrainOptions {
  /** How long requests are taken still, so that balancers notice, in milliseconds: 5000. */
  preDrainMs?: number;
  /** How long what was taken may need, in milliseconds: 30000. */
  drainTimeoutMs?: number;
}

/**
 * A server of models. It is made by {@link createServer}.
 *
 * @example
 * const none = { get() { throw new Error('no model') }, isReady: () => true, list: () => [] }
 * serve.createServer({ models: none }) instanceof serve.Server // true
 */
export class Server {
  /** What the protocols see of it. */
  readonly context: Context;
  private readonly options: ServerOptions;
  private listeners: Listener[] = [];
  private state: 'starting' | 'ready' | 'draining' = 'starting';
  private readonly changes = new Changes();
  private draining?: Promise<void>;
  private stop = new AbortController();

  /** @internal */
  constructor(options: ServerOptions) {
    this.options = options;
    const statistics = new Statistics();
    const { security } = options;
    const authenticated = options.authorize !== undefined || security?.authenticates === true;
    const allowInsecure = [...(options.allowInsecure ?? []), ...(security?.allowInsecure ?? [])];
    const { models } = options;
    this.context = {
      models,
      statistics,
      authorize: options.authorize ?? security?.authorize ?? ((): void => undefined),
      ...(!options.authorize && security && { admit: security.admit }),
      checkListener: (name, host, secure) => checkBind(name, host, { authenticated, secure, allowInsecure }),
      ...(security?.tls && { tls: security.tls }),
      record(outcome) {
        statistics.record(outcome);
        security?.record(outcome);
        options.record?.(outcome);
      },
      ...(models.onChange && {
        onChange: (listener) => {
          const ends = [models.onChange!(listener), this.changes.subscribe(listener)];
          return () => ends.forEach((end) => end());
        },
      }),
      state: () => this.state,
    };
  }

  /**
   * Starts to listen everywhere; where one listener cannot, none does. Where others could reach one, it needs tokens and
   * TLS, or to be named in `allowInsecure`.
   *
   * @throws FlambeauError `INVALID_VALUE` where it has not; the error of the socket, as `EADDRINUSE`; FlambeauError `CLOSED` where it was closed before
   * @example
   * const models = { get() { throw new Error('no model') }, isReady: () => true, list: () => [] }
   * const server = serve.createServer({ models })
   * await server.listen()
   * server.addresses.http.host // '127.0.0.1'
   * await server.close()
   */
  async listen(): Promise<this> {
    if (this.draining) throw new FlambeauError('CLOSED', 'the server was closed');
    if (this.listeners.length > 0) throw new FlambeauError('CONFLICT', 'the server listens already');
    const { http = {}, management, listeners = [] } = this.options;
    const starts = [...listeners];
    if (management)
      starts.unshift((context) => listen('management', context, managementRoutes(management.remote), management));
    if (http) starts.unshift((context) => listen('http', context, inferenceRoutes, http));
    try {
      for (const start of starts) {
        const listener = await start(this.context);
        this.listeners.push(listener);
        // Of those that did not ask before, too, and of names that resolved to something else.
        this.context.checkListener?.(listener.name, listener.address.host, listener.secure === true);
      }
    } catch (error) {
      for (const listener of this.listeners.splice(0)) {
        const finished = listener.finish();
        listener.destroy();
        await finished;
      }
      throw error;
    }
    this.become('ready');
    return this;
  }

  /** Where it listens, by name: `http`, `management`, and what else there is. */
  get addresses(): Record<string, { host: string; port: number }> {
    return Object.fromEntries(this.listeners.map(({ name, address }) => [name, address]));
  }

  /** The address of its HTTP listener, as `http://127.0.0.1:8080`; empty while there is none. */
  get url(): string {
    const address = this.addresses.http;
    if (!address) return '';
    const scheme = this.listeners.some(({ name, secure }) => name === 'http' && secure) ? 'https' : 'http';
    return `${scheme}://${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
  }

  /**
   * Inference for a server that exists already: `http.createServer(server.handler())`, or `app.use(server.handler())` of
   * Express, before body parsers. What it has no path for goes to `next`.
   *
   * @param limits - as those of a listener; those of sockets are the other server's
   * @example
   * const models = { get() { throw new Error('no model') }, isReady: () => true, list: () => [] }
   * const server = serve.createServer({ models })
   * typeof server.handler() // 'function'
   */
  handler(limits?: Partial<Limits>): HttpHandler {
    if (this.state === 'starting') this.become('ready');
    return makeHandler(this.context, inferenceRoutes, limits);
  }

  /**
   * Goes down and loses nothing: it is not ready at once, takes requests for `preDrainMs` still, stops to listen, answers
   * what it has, and closes. What is not answered after `drainTimeoutMs` is refused. The models stay loaded.
   *
   * @example
   * const models = { get() { throw new Error('no model') }, isReady: () => true, list: () => [] }
   * const server = serve.createServer({ models })
   * await server.listen()
   * await server.drain({ preDrainMs: 0 })
   */
  drain({ preDrainMs = 5000, drainTimeoutMs = 30_000 }: DrainOptions = {}): Promise<void> {
    this.draining ??= this.goDown(preDrainMs, drainTimeoutMs);
    return this.draining;
  }

  /**
   * Closes without waiting: what is under way is refused.
   *
   * @example
   * const models = { get() { throw new Error('no model') }, isReady: () => true, list: () => [] }
   * const server = serve.createServer({ models })
   * await server.listen()
   * await server.close()
   */
  async close(): Promise<void> {
    this.stop.abort();
    await this.drain({ preDrainMs: 0, drainTimeoutMs: 0 });
  }

  private become(state: 'ready' | 'draining'): void {
    this.state = state;
    this.changes.tell();
  }

  private async goDown(preDrainMs: number, drainTimeoutMs: number): Promise<void> {
    this.become('draining');
    const { signal } = this.stop;
    const pause = (ms: number): Promise<void> => delay(ms, undefined, { signal }).catch(() => undefined);
    if (preDrainMs > 0) await pause(preDrainMs);
    const finished = Promise.all(this.listeners.map((listener) => listener.finish(preDrainMs > 0 ? 100 : 0))).then(
      () => true,
    );
    const within = (ms: number): Promise<boolean | void> => Promise.race([finished, pause(ms)]);
    if (!(await within(drainTimeoutMs))) {
      for (const listener of this.listeners) listener.cancel();
      // A moment for the refusals to be sent.
      await Promise.race([finished, delay(200)]);
      for (const listener of this.listeners) listener.destroy();
    }
    await finished;
  }
}

/**
 * A server for models over the Open Inference Protocol and TorchServe's paths. It listens when told to.
 *
 * @example
 * const none = { get() { throw new Error('no model') }, isReady: () => true, list: () => [] }
 * const server = await serve.createServer({ models: none, http: { port: 0 } }).listen()
 * const answer = await fetch(`${server.url}/v2/health/ready`)
 * answer.status // 200
 * await server.close()
 */
export function createServer(options: ServerOptions): Server {
  return new Server(options);
}
