import { Server, ServerCredentials, type ServerDuplexStream, type UntypedHandleCall } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { service as healthService } from 'grpc-health-check';
import { readFileSync } from 'node:fs';
import type { Http2Server } from 'node:http2';
import { FlambeauError } from '../../errors.js';
import type { Context } from '../context.js';
import { record, running } from './call.js';
import { health } from './health.js';
import { packages } from './proto.js';
import { inferenceService, type ServiceOptions } from './service.js';
import { statusOf } from './status.js';

/** What a listener shows of itself, in PEM. */
export interface TlsFiles {
  /** The certificate, and those that lead to its authority. */
  cert: Buffer;
  /** Its private key. */
  key: Buffer;
  /** Whose certificates callers must have; without it they need none. */
  ca?: Buffer;
}

/** How gRPC is served. */
export interface GrpcOptions extends Omit<ServiceOptions, 'server'> {
  /** The address to listen on; loopback, unless given. */
  host?: string;
  /** The port; 0 takes a free one. */
  port?: number;
  /** Reads the certificate; again at each `reloadTls()`. Without it, there is no TLS. */
  tls?: () => TlsFiles;
  /** The most bytes of a message that comes in; 64 MiB, unless given. */
  maxReceiveBytes?: number;
  /** The most calls of one connection at the same time; 1024, unless given. */
  maxStreams?: number;
  /** When a connection is asked to come anew, so that balancers can spread calls; never, unless given. */
  maxConnectionAgeMs?: number;
  /** The name and the version that the server gives of itself. */
  server?: ServiceOptions['server'];
}

/** A listener of gRPC. */
export interface GrpcServer {
  readonly port: number;
  /** Reads the certificate again, for connections from now on. Throws what reading throws, and keeps the old one. */
  reloadTls(): void;
  /** Takes no new calls, and ends when the last one has ended. */
  tryShutdown(): Promise<void>;
  /** Ends all calls. */
  forceShutdown(): void;
}

const ownVersion = (): string =>
  (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

class ReloadedCredentials extends ServerCredentials {
  constructor(readonly read: () => TlsFiles) {
    const { ca, ...identity } = read();
    const client = { requestCert: ca !== undefined, rejectUnauthorized: ca !== undefined };
    super({ ...client, minVersion: 'TLSv1.2' }, { ...identity, ca });
  }

  reload(): void {
    this.updateSecureContextOptions(this.read());
  }

  _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}

/**
 * Raises the windows of HTTP/2, which let a large message come without a pause for each 64 KiB. grpc-js has an option for
 * clients only, so this goes over a method that its types call private; where it is gone, the windows stay small.
 */
function widenWindows(server: Server): void {
  const inner = server as unknown as { createHttp2Server?: (credentials: ServerCredentials) => Http2Server };
  const create = inner.createHttp2Server;
  if (typeof create !== 'function') return;
  inner.createHttp2Server = function (credentials) {
    const made = create.call(this, credentials);
    made.updateSettings?.({ initialWindowSize: 16 << 20, maxFrameSize: 1 << 20 });
    made.on('session', (session) => session.setLocalWindowSize?.(32 << 20));
    return made;
  };
}

/** Reflection tells what could be called; only who may read learns that. */
function addReflection(server: Server, context: Context): void {
  new ReflectionService(packages, {
    services: ['inference.GRPCInferenceService', 'grpc.health.v1.Health'],
  }).addToServer({
    addService(definition, implementation) {
      const reflect = implementation as Record<string, (call: ServerDuplexStream<unknown, unknown>) => void>;
      const guarded = Object.entries(reflect).map(([name, handler]) => [
        name,
        (call: ServerDuplexStream<unknown, unknown>) => {
          const state = running(context, call);
          const start = performance.now();
          const route = Object.values(definition)[0]!.path.slice(1);
          try {
            state.admit('read');
          } catch (error) {
            record(context, route, state, start, { error });
            call.emit('error', statusOf(error, state.caller.requestId));
            return;
          }
          record(context, route, state, start, {});
          handler(call);
        },
      ]);
      server.addService(definition, Object.fromEntries(guarded) as Record<string, UntypedHandleCall>);
    },
  });
}

/** Serves the Open Inference Protocol over gRPC, with health and reflection. */
export async function startGrpc(context: Context, options: GrpcOptions = {}): Promise<GrpcServer> {
  const { host = '127.0.0.1', port = 0, maxReceiveBytes = 64 << 20, maxStreams = 1024, maxConnectionAgeMs } = options;
  const server = new Server({
    'grpc.max_receive_message_length': maxReceiveBytes,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': maxStreams,
    'grpc.enable_channelz': 0,
    ...(maxConnectionAgeMs === undefined ? {} : { 'grpc.max_connection_age_ms': maxConnectionAgeMs }),
  });
  widenWindows(server);
  const named = { ...options, server: options.server ?? { name: 'flambeau', version: ownVersion() } };
  const { definition, handlers } = inferenceService(context, named);
  server.addService(definition, handlers);
  const { handlers: healthHandlers, finish } = health(context);
  server.addService(healthService, healthHandlers as unknown as Record<string, UntypedHandleCall>);
  addReflection(server, context);

  const tls = options.tls && new ReloadedCredentials(options.tls);
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(address, tls ?? ServerCredentials.createInsecure(), (error, given) => {
      if (error) reject(new FlambeauError('INVALID_VALUE', `gRPC cannot listen on ${address}: ${error.message}`));
      else resolve(given);
    }),
  );
  return {
    port: bound,
    reloadTls: () => tls?.reload(),
    tryShutdown: () => {
      finish();
      return new Promise((resolve, reject) => server.tryShutdown((error) => (error ? reject(error) : resolve())));
    },
    forceShutdown: () => server.forceShutdown(),
  };
}
