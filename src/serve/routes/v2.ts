import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FlambeauError } from '../../errors.js';
import type { Route, RouteRequest } from '../http/router.js';
import { modelStats } from '../statistics.js';
import { modelOf, run } from './run.js';
import { checkJson, writeAnswer } from './v2-answer.js';
import { headerLength, readRaw, readRequest } from './v2-request.js';
import { inferAnswer, inferRequest, modelMetadata, serverMetadata } from './v2-schema.js';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const extensions = ['binary_tensor_data', 'parameters', 'statistics', 'model_repository'];

/** The routes of a model, with and without its version. */
function forModel(end: string, route: Omit<Route, 'path'>): Route[] {
  return ['/v2/models/{model}', '/v2/models/{model}/versions/{version}'].map((path) => ({
    ...route,
    path: path + end,
  }));
}

const server: Route = {
  method: 'GET',
  path: '/v2',
  verb: 'read',
  scope: 'several',
  summary: 'What the server is, and the extensions of the protocol that it has',
  answer: serverMetadata,
  handle: () => ({ body: { name: 'flambeau', version, extensions } }),
};

// KServe's client reads the bodies, Triton's the status alone.
const live: Route = {
  method: 'GET',
  path: '/v2/health/live',
  summary: 'Whether the process answers; so it does until it ends',
  answer: z.object({ live: z.boolean() }),
  handle: () => ({ body: { live: true } }),
};

const ready: Route = {
  method: 'GET',
  path: '/v2/health/ready',
  summary: 'Whether requests should be sent here: 200, or 503',
  answer: z.object({ live: z.boolean(), ready: z.boolean() }),
  handle({ context }) {
    const is = context.state() === 'ready' && context.models.isReady();
    return { status: is ? 200 : 503, body: { live: true, ready: is } };
  },
};

const modelReady = forModel('/ready', {
  method: 'GET',
  summary: 'Whether a model can be asked: 200, or 503',
  answer: z.object({ name: z.string(), ready: z.boolean() }),
  handle({ context, params }) {
    const { model = '', version } = params;
    context.models.get(model, version);
    if (!context.models.isReady(model, version)) throw new FlambeauError('NOT_READY', `model '${model}' is not ready`);
    return { body: { name: model, ready: true } };
  },
});

const metadata = forModel('', {
  method: 'GET',
  verb: 'read',
  summary: 'What a model takes and gives',
  answer: modelMetadata,
  handle(request) {
    const { name, platform, inputs, outputs } = modelOf(request).info;
    const loaded = request.context.models.list().filter((model) => model.name === name && model.state === 'READY');
    return { body: { name, versions: loaded.map((model) => model.version), platform, inputs, outputs } };
  },
});

async function infer(request: RouteRequest): ReturnType<typeof run> {
  const { info } = modelOf(request);
  const length = headerLength(request.headers['inference-header-content-length']);
  const body = await request.body(length ?? 0);
  const { id, binary, infer } = length === 0 ? readRaw(body, info) : await readRequest(body, length);
  for (const { name, datatype } of info.outputs)
    if (!infer.outputs || infer.outputs.includes(name)) checkJson(name, datatype, binary(name));
  return run(request, infer, (result, ran) => writeAnswer(ran, id, result, binary));
}

const inference = forModel('/infer', {
  method: 'POST',
  verb: 'infer',
  summary: 'Runs a model: tensors as JSON or in binary, or one tensor raw',
  body: inferRequest,
  answer: inferAnswer,
  handle: infer,
});

const stats = ['/v2/models/stats', '/v2/models/{model}/stats', '/v2/models/{model}/versions/{version}/stats'].map(
  (path): Route => ({
    method: 'GET',
    path,
    verb: 'read',
    ...(!path.includes('{model}') && { scope: 'several' }),
    summary: 'How many requests a model had, how they ended, and where their time went',
    answer: z.object({ model_stats: z.array(z.record(z.string(), z.any())) }),
    handle(request) {
      const { model, version } = request.params;
      const all = modelStats(request.context, model, version);
      const seen = model === undefined ? all.filter(({ name }) => request.permits(String(name))) : all;
      return { body: { model_stats: seen } };
    },
  }),
);

/** The Open Inference Protocol over HTTP, but for the repository extension. */
export const v2Routes: readonly Route[] = [server, live, ready, ...modelReady, ...metadata, ...inference, ...stats];
