import {
  createServer as createHttp,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps, type Server as HttpsServer, type ServerOptions as TlsOptions } from 'node:https';
import { Server as NetServer, type AddressInfo, type Socket } from 'node:net';
import { FlambeauError } from '../../errors.js';
import type { Context } from '../context.js';
import type { TlsSource } from '../security/tls.js';
import { Bag } from './bag.js';
import { Held } from './body.js';
import { answerError, HttpError } from './errors.js';
import { Exchange, type Shared } from './exchange.js';
import { defaultLimits, type Limits } from './limits.js';
import { Router, type Route } from './router.js';

/** A part of a server that takes requests at an address of its own. */
export interface Listener {
  /** `http`, `management`, `grpc`, ... */
  readonly name: string;
  /** Where it listens. */
  readonly address: { host: string; port: number };
  /** Whether it speaks TLS. */
  readonly secure?: boolean;
  /**
   * Takes no more connections; settles when all that it has is answered.
   *
   * @param graceMs - how long requests may be under way still on connections that seem idle
   */
  finish(graceMs?: number): Promise<void>;
  /** Answers what is left that the server goes down. */
  cancel(): void;
  /** Closes what is open still. */
  destroy(): void;
}

/** Where a listener stands, and what it takes. */
export interface ListenOptions {
  /** `127.0.0.1`, unless given. */
  host?: string;
  /** Any free port, where it is 0. */
  port?: number;
  /** What it takes, and how long it waits. */
  limits?: Partial<Limits>;
  /** Endpoints beside those that it has. */
  routes?: readonly Route[];
  /** HTTPS, with a key and a certificate. */
  tls?: TlsOptions;
}

/** Answers requests of `node:http`, and of servers made of it. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;

function share(context: Context, routes: readonly Route[], limits: Partial<Limits> = {}): Shared {
  const all = { ...defaultLimits, ...limits };
  return { context, router: new Router(routes), limits: all, held: new Held(all.maxHeldBytes), running: new Bag() };
}

/** A handler for a server that exists already. */
export function makeHandler(context: Context, routes: readonly Route[], limits?: Partial<Limits>): HttpHandler {
  const shared = share(context, routes, limits);
  return (request, response, next) => void new Exchange(shared, request, response).run(next);
}

function tlsOptions(source: TlsSource): TlsOptions {
  const { cert, key, ca } = source.read();
  const client = { requestCert: ca !== undefined, rejectUnauthorized: ca !== undefined };
  return { cert, key, ...(ca && { ca }), ...client, minVersion: 'TLSv1.2' };
}

/** Starts to listen. */
export async function listen(
  name: string,
  context: Context,
  routes: readonly Route[],
  options: ListenOptions,
): Promise<Listener> {
  const shared = share(context, [...routes, ...(options.routes ?? [])], options.limits);
  const { limits, running } = shared;
  const basics = {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    // How often the timeouts above are looked at.
    connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
    noDelay: true,
  };
  const host = options.host ?? '127.0.0.1';
  // Its own certificate, or the one of the whole server, which may change.
  const common = options.tls ? undefined : context.tls;
  const tls = options.tls ?? (common && tlsOptions(common));
  context.checkListener?.(name, host, tls !== undefined);
  const server: Server = tls
    ? createHttps({ handshakeTimeout: limits.headersTimeoutMs, ...tls, ...basics })
    : createHttp(basics);
  const unsubscribe = common?.subscribe(() => (server as HttpsServer).setSecureContext(tlsOptions(common)));
  server.once('close', () => unsubscribe?.());
  server.maxConnections = limits.maxConnections;
  // More are refused by the exchange; Node would leave them out without a word.
  server.maxHeadersCount = 0;
  server.on('request', (request, response) => void new Exchange(shared, request, response).run());
  server.on('checkContinue', (request, response) => void new Exchange(shared, request, response, true).run());
  // An expectation that nobody knows may be passed over, and the answer is then one of ours.
  server.on('checkExpectation', (request, response) => void new Exchange(shared, request, response).run());
  server.on('connect', (_request, socket) =>
    refuse(socket as Socket, new HttpError(405, 'METHOD_NOT_ALLOWED', 'this is no proxy')),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => malformed(error, socket, running));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port: options.port ?? 0 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { address, port } = server.address() as AddressInfo;
  return {
    name,
    address: { host: address, port },
    secure: tls !== undefined,
    finish: (graceMs = 0) => finish(server, running, graceMs),
    cancel: () => {
      for (const exchange of running) exchange.cancel();
    },
    destroy: () => server.closeAllConnections(),
  };
}

/**
 * Stops to listen and waits. `Server.close` of `node:http` closes at once what seems idle, and with it connections whose
 * request is on its way; here they are answered, with `Connection: close`, until nothing came for a while.
 */
function finish(server: Server, running: Bag<Exchange>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    let last = performance.now();
    const look = (): void => {
      if (running.size > 0) last = performance.now();
      else if (performance.now() - last >= graceMs) server.closeIdleConnections();
    };
    const timer = setInterval(look, 10);
    NetServer.prototype.close.call(server, () => {
      clearInterval(timer);
      // Ends the timer of Node's own timeouts; that it does not listen any more is known.
      server.close(() => undefined);
      resolve();
    });
    look();
  });
}

/** Answers what is no HTTP. */
function malformed(error: NodeJS.ErrnoException, socket: Socket, running: Bag<Exchange>): void {
  if (socket.destroyed) return;
  const own = [...running].filter(({ request }) => request.socket === socket);
  // An answer that has begun, or that an earlier request waits for, must not be mixed with this one.
  const earlier = own.find(({ request, begun }) => request.complete || begun);
  if (earlier) {
    socket.pause();
    earlier.response.once('close', () => socket.destroy());
    return;
  }
  let [status, code, message]: [number, 'INVALID_VALUE' | 'TOO_LARGE' | 'EXPIRED', string] = [
    400,
    'INVALID_VALUE',
    'this is no HTTP request',
  ];
  if (error.code === 'HPE_HEADER_OVERFLOW') [status, code, message] = [431, 'TOO_LARGE', 'the head is too large'];
  else if (error.code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    [status, code, message] = [413, 'TOO_LARGE', 'chunk extensions are too large'];
  else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT')
    [status, code, message] = [408, 'EXPIRED', 'the request took too long to come'];
  refuse(socket, new HttpError(status, code, message));
}

function refuse(socket: Socket, error: FlambeauError): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = answerError(error, 'v2', '');
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
