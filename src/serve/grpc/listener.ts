import type { Context } from '../context.js';
import type { Listener } from '../http/listener.js';
import { modelStats } from '../statistics.js';
import { startGrpc, type GrpcOptions } from './server.js';

/**
 * The Open Inference Protocol over gRPC, with health and reflection, as one of the `listeners` of a server.
 *
 * @example
 * const models = { get() { throw new Error('no model') }, isReady: () => true, list: () => [] }
 * const server = await serve.createServer({ models, listeners: [serve.grpc()] }).listen()
 * const client = new serve.Client(`grpc://127.0.0.1:${server.addresses.grpc.port}`)
 * await client.ready() // true
 * client.close()
 * await server.close()
 */
export function grpc(options: GrpcOptions = {}): (context: Context) => Promise<Listener> {
  return async (context) => {
    const host = options.host ?? '127.0.0.1';
    // Its own certificate, or the one of the whole server, which may change.
    const common = options.tls ? undefined : context.tls;
    const tls = options.tls ?? (common && (() => common.read()));
    context.checkListener?.('grpc', host, tls !== undefined);
    const server = await startGrpc(context, {
      statistics: (name, version) => modelStats(context, name, version),
      ...options,
      ...(tls && { tls }),
    });
    const unsubscribe = common?.subscribe(() => server.reloadTls());
    return {
      name: 'grpc',
      address: { host, port: server.port },
      secure: tls !== undefined,
      finish: () => {
        unsubscribe?.();
        return server.tryShutdown();
      },
      // gRPC itself says that a connection went away.
      cancel: () => server.forceShutdown(),
      destroy: () => server.forceShutdown(),
    };
  };
}
