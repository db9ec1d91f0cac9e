import { FlambeauError } from '../../../src/errors.js';
import type { Caller, Context, Outcome, Verb } from '../../../src/serve/context.js';
import { startGrpc, type GrpcOptions } from '../../../src/serve/grpc/server.js';
import type { InferRequest, ModelInfo, ModelStatus, Models, NamedTensor, Servable } from '../../../src/serve/types.js';
import type { Tensor } from '../../../src/tensor.js';

/** A model in TypeScript, with one job: what it does to a request. */
export function servable(
  name: string,
  version: string,
  run: (request: InferRequest) => NamedTensor[] | Promise<NamedTensor[]>,
): Servable {
  const spec = { name: 'x', datatype: 'FP32' as const, shape: [-1, 3] };
  return {
    info: { name, version, platform: 'flambeau_handler', inputs: [spec], outputs: [{ ...spec, name: 'y' }] },
    infer: async (request) => ({
      outputs: await run(request),
      timing: { queueMs: 0, computeMs: 0, batchRows: 1 },
    }),
    load: () => ({ queued: 0, running: 0 }),
    scale: () => {},
    close: async () => {},
  };
}

/** Gives back what comes. */
export const echo = servable('echo', '1', ({ inputs, outputs }) =>
  inputs.filter(({ name }) => outputs?.includes(name) ?? true),
);

/** Twice what comes, under the name `y`. */
export const double = servable('double', '2', ({ inputs }) =>
  inputs.map((input) => ({ ...input, name: 'y', data: (input.data as Tensor).mul(2) })),
);

/** Waits until it is taken back, and says so. */
export const slow = servable(
  'slow',
  '1',
  ({ signal }) =>
    new Promise((_resolve, reject) =>
      signal?.addEventListener('abort', () => reject(new FlambeauError('CANCELLED', 'taken back'))),
    ),
);

/** Throws the error that its parameter names. */
export const failing = servable('failing', '1', ({ parameters }) => {
  if (parameters?.code === 'bug') throw new TypeError('the secret of the house');
  throw new FlambeauError(parameters?.code as 'QUEUE_FULL', 'as was asked for');
});

/** What a server under test shows of itself. */
export interface TestContext extends Context {
  outcomes: Outcome[];
  asked: { caller: Caller; verb: Verb; model?: string }[];
  stage: ReturnType<Context['state']>;
  /** The only token that may; any, unless given. */
  token?: string;
  loads: object[];
}

/** A context over models in memory; unloading takes one away, loading brings it back. */
export function contextOf(...servables: Servable[]): TestContext {
  const loaded = new Map(servables.map((each) => [each.info.name, each]));
  const all = new Map(loaded);
  const statusOf = ({ info }: Servable): ModelStatus => ({
    name: info.name,
    version: info.version,
    state: loaded.has(info.name) ? 'READY' : 'UNAVAILABLE',
    reason: loaded.has(info.name) ? '' : 'unloaded',
    isDefault: true,
  });
  const loads: object[] = [];
  const models: Models = {
    get(name, version) {
      const found = all.get(name);
      if (!found || (version !== undefined && version !== found.info.version))
        throw new FlambeauError('UNKNOWN_MODEL', `no model '${name}'`);
      if (!loaded.has(name)) throw new FlambeauError('NOT_READY', `'${name}' is not loaded`);
      return found;
    },
    isReady: (name, version) =>
      name === undefined ||
      (loaded.has(name) && (version ?? loaded.get(name)!.info.version) === loaded.get(name)!.info.version),
    list: () => [...all.values()].map(statusOf),
    load: async (name, options): Promise<ModelInfo> => {
      loads.push({ name, ...options });
      const found = all.get(name);
      if (!found) throw new FlambeauError('UNKNOWN_MODEL', `no model '${name}'`);
      loaded.set(name, found);
      return found.info;
    },
    unload: async (name) => {
      loaded.delete(name);
    },
    setDefault: async () => {},
    scale: async () => {},
  };
  const context: TestContext = {
    models,
    outcomes: [],
    asked: [],
    loads,
    stage: 'ready',
    authorize(caller, verb, model) {
      context.asked.push({ caller, verb, model });
      if (context.token !== undefined && caller.authorization !== `Bearer ${context.token}`)
        throw new FlambeauError('UNAUTHENTICATED', 'there is no valid token');
    },
    record: (outcome) => void context.outcomes.push(outcome),
    state: () => context.stage,
  };
  return context;
}

/** Serves, and stops when the block ends. */
export async function serving(context: Context, options?: GrpcOptions) {
  const server = await startGrpc(context, options);
  return {
    ...server,
    address: `127.0.0.1:${server.port}`,
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  };
}
