import { status, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import type { Context } from '../context.js';

type Serving = 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';

interface Asked {
  service: string;
}

const own = 'inference.GRPCInferenceService';

/** How often is looked for changes, where the models tell of none. */
const periodMs = 250;

/** As many may watch: each costs a look at every change. */
const maxWatchers = 1000;

/** Calls a listener whenever there may be something new; what it gives ends that. */
function onChange(context: Context, listener: () => void): () => void {
  if (context.onChange) return context.onChange(listener);
  const timer = setInterval(listener, periodMs).unref();
  return () => clearInterval(timer);
}

/**
 * `grpc.health.v1.Health` for the server (`''` and the name of the service) and for each model (`name`, or
 * `name/version`). Probes need no permission.
 */
export function health(context: Context) {
  /** Those who watch: what looks for them, and what ends their calls. */
  const watchers = new Map<() => void, () => void>();
  let end: (() => void) | undefined;
  const leave = (look: () => void): void => {
    watchers.delete(look);
    if (watchers.size > 0) return;
    end?.();
    end = undefined;
  };

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

  const handlers = {
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
        leave(look);
        call.end();
      });
      watchers.set(look, () => call.end());
      end ??= onChange(context, () => [...watchers.keys()].forEach((each) => each()));
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
  /** Tells those who watch how it stands, and ends their calls: they would keep a server from going down. */
  const finish = (): void => {
    for (const [look, endCall] of [...watchers]) {
      look();
      leave(look);
      endCall();
    }
  };
  return { handlers, finish };
}
