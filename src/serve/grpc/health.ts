import { status, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import type { Context } from '../context.js';

type Serving = 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';

interface Asked {
  service: string;
}

const own = 'inference.GRPCInferenceService';

/** How often those who watch are told of a change, at the latest. */
const periodMs = 250;

/** As many may watch: each costs a look at every period. */
const maxWatchers = 100;

/**
 * `grpc.health.v1.Health` for the server (`''` and the name of the service) and for each model (`name`, or
 * `name/version`). Probes need no permission.
 */
export function healthHandlers(context: Context) {
  const watchers = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  const serving = (service: string): Serving => {
    const { models } = context;
    const up = (ready: boolean): Serving => (ready && context.state() === 'ready' ? 'SERVING' : 'NOT_SERVING');
    if (service === '' || service === own) return up(models.isReady());
    const slash = service.lastIndexOf('/');
    const name = slash < 0 ? service : service.slice(0, slash);
    const version = slash < 0 ? undefined : service.slice(slash + 1);
    if (models.isReady(name, version)) return up(true);
    const known = models.list().some((one) => one.name === name && (version ?? one.version) === one.version);
    return known ? 'NOT_SERVING' : 'SERVICE_UNKNOWN';
  };

  return {
    check(
      { request: { service } }: ServerUnaryCall<Asked, { status: Serving }>,
      answer: (failure: { code: status; details: string } | null, message?: { status: Serving }) => void,
    ): void {
      const found = serving(service);
      if (found === 'SERVICE_UNKNOWN') answer({ code: status.NOT_FOUND, details: `no service or model '${service}'` });
      else answer(null, { status: found });
    },

    watch(call: ServerWritableStream<Asked, { status: Serving }>): void {
      if (watchers.size >= maxWatchers) {
        call.emit('error', { code: status.RESOURCE_EXHAUSTED, details: `more than ${maxWatchers} watch already` });
        return;
      }
      let last: Serving | undefined;
      const look = () => {
        const now = serving(call.request.service);
        if (now !== last) call.write({ status: now });
        last = now;
      };
      call.on('cancelled', () => {
        watchers.delete(look);
        if (watchers.size === 0) clearInterval(timer);
        call.end();
      });
      if (watchers.size === 0) timer = setInterval(() => watchers.forEach((each) => each()), periodMs).unref();
      watchers.add(look);
      look();
    },

    // Names of models are not for everybody.
    list(
      _call: ServerUnaryCall<object, object>,
      answer: (failure: null, message: { statuses: Record<string, { status: Serving }> }) => void,
    ): void {
      answer(null, { statuses: { '': { status: serving('') }, [own]: { status: serving(own) } } });
    },
  };
}
