import type { MethodDefinition, UntypedHandleCall } from '@grpc/grpc-js';
import { FlambeauError } from '../../errors.js';
import { releaseBody } from '../codec/binary.js';
import type { Context } from '../context.js';
import type { LoadOptions } from '../types.js';
import { unary, type Running } from './call.js';
import { infer } from './infer.js';
import type { Wire, WireParameter } from './messages.js';
import { methods } from './proto.js';
import { streamInfer } from './stream.js';
import { readParameters } from './tensors.js';

/** Counts of models, as the protocol shows them. */
export type Statistics = (name?: string, version?: string) => object[];

/** What the service may do, beside answering. */
export interface ServiceOptions {
  /** Whether models may be loaded and unloaded here. */
  manage?: boolean;
  /** Where the counts of models come from. */
  statistics?: Statistics;
  /** The name and the version that the server gives of itself. */
  server: { name: string; version: string };
}

const loadParameters = ['version', 'instances', 'device'];

function readLoad(wire: Record<string, WireParameter> | undefined, allowed: string[]): LoadOptions {
  const parameters = readParameters(wire);
  const unknown = Object.keys(parameters).find((name) => !allowed.includes(name));
  if (unknown !== undefined) {
    throw new FlambeauError('INVALID_VALUE', `there is no parameter '${unknown}': there are ${allowed.join(', ')}`);
  }
  const { version, instances, device } = parameters;
  return {
    ...(version === undefined ? {} : { version: String(version) }),
    ...(instances === undefined ? {} : { instances: Number(instances) }),
    ...(device === undefined ? {} : { device: String(device) }),
  };
}

type Run<Method extends keyof Wire> = (
  request: Wire[Method]['request'],
  call: Running,
) => Promise<Wire[Method]['response'] | Buffer> | Wire[Method]['response'];

/** The methods with one request and one answer. */
function runs(context: Context, { manage = false, statistics, server }: ServiceOptions) {
  const { models } = context;
  const ready = () => context.state() === 'ready' && models.isReady();
  const mayManage = (call: Running, model: string) => {
    call.authorize('manage', model);
    if (!manage) throw new FlambeauError('FORBIDDEN', 'models are not managed over this listener');
  };
  return {
    ServerLive: () => ({ live: true }),
    ServerReady: () => ({ ready: ready() }),
    ModelReady: ({ name, version }, { notes }) => {
      notes.model = name;
      return { ready: context.state() === 'ready' && models.isReady(name, version || undefined) };
    },
    ServerMetadata: (_request, call) => {
      call.admit('read');
      const extensions = ['binary_tensor_data', 'model_repository', 'parameters'];
      return { ...server, extensions: statistics ? [...extensions, 'statistics'] : extensions };
    },
    ModelMetadata: ({ name, version }, call) => {
      call.authorize('read', name);
      const { platform, inputs, outputs } = models.get(name, version || undefined).info;
      const versions = models.list().filter((model) => model.name === name && model.state === 'READY');
      return { name, versions: versions.map((model) => model.version), platform, inputs, outputs };
    },
    ModelInfer: (request, call) => infer(context, request, call),
    ModelStatistics: ({ name, version }, call) => {
      const permits = name ? call.authorize('read', name) : call.admit('read');
      if (!statistics) throw new FlambeauError('UNSUPPORTED', 'this server keeps no statistics');
      const all = statistics(name || undefined, version || undefined) as { name: string }[];
      return { model_stats: permits ? all.filter((each) => permits(each.name)) : all };
    },
    RepositoryIndex: (request, call) => {
      const permits = call.admit('read');
      const found = models.list().filter(({ name, state }) => permits(name) && (!request.ready || state === 'READY'));
      return { models: found.map(({ name, version, state, reason }) => ({ name, version, state, reason })) };
    },
    RepositoryModelLoad: async ({ model_name: name, parameters }, call) => {
      mayManage(call, name);
      const { version } = await models.load(name, readLoad(parameters, loadParameters));
      call.notes.version = version;
      return {};
    },
    RepositoryModelUnload: async ({ model_name: name, parameters }, call) => {
      mayManage(call, name);
      await models.unload(name, readLoad(parameters, ['version', 'unload_dependents']).version);
      return {};
    },
  } satisfies { [Method in Exclude<keyof Wire, 'ModelStreamInfer'>]: Run<Method> };
}

const asTheyCome = (bytes: Buffer): Buffer => bytes;

/** Gives a message to be copied behind its frame, and frees it as soon as it is. */
function released(bytes: Buffer): Buffer {
  queueMicrotask(() => releaseBody(bytes));
  return bytes;
}

/** The service: its definition, in which messages are bytes, and its handlers, which read and write them. */
export function inferenceService(
  context: Context,
  options: ServiceOptions,
): { definition: Record<string, MethodDefinition<Buffer, Buffer>>; handlers: Record<string, UntypedHandleCall> } {
  const definition = Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      {
        ...method,
        requestSerialize: asTheyCome,
        requestDeserialize: asTheyCome,
        responseSerialize: released,
        responseDeserialize: asTheyCome,
      },
    ]),
  );
  const handlers = Object.fromEntries(
    Object.entries(runs(context, options)).map(([name, run]) => {
      const codec = methods[name as 'ServerLive'];
      return [name, unary(context, codec, run as Run<'ServerLive'>) as UntypedHandleCall];
    }),
  );
  return { definition, handlers: { ...handlers, ModelStreamInfer: streamInfer(context) } };
}
