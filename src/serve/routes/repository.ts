import { z } from 'zod';
import { FlambeauError } from '../../errors.js';
import { problems } from '../store/manifest.js';
import type { Route, RouteRequest } from '../http/router.js';

const index = z.object({ ready: z.boolean().optional() });
const load = z.object({ parameters: z.record(z.string(), z.unknown()).optional() });

async function read<T>(request: RouteRequest, schema: z.ZodType<T>): Promise<T> {
  const text = (await request.body()).toString('utf8').trim();
  let json: unknown;
  try {
    json = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new FlambeauError('INVALID_VALUE', 'the body is no JSON');
  }
  const result = schema.safeParse(json);
  if (!result.success) throw new FlambeauError('INVALID_VALUE', `the body is wrong: ${problems(result.error)}`);
  return result.data;
}

/** The repository extension of the Open Inference Protocol. */
export const repositoryRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v2/repository/index',
    verb: 'read',
    scope: 'several',
    summary: 'What the store has, and what of it is loaded.',
    async handle(request) {
      const { ready = false } = await read(request, index);
      const all = request.context.models
        .list()
        .filter(({ name, state }) => request.permits(name) && (!ready || state === 'READY'));
      return { body: all.map(({ name, version, state, reason }) => ({ name, version, state, reason })) };
    },
  },
  {
    method: 'POST',
    path: '/v2/repository/models/{model}/load',
    verb: 'manage',
    summary: 'Loads the newest version of a model; it takes the place of the default one.',
    async handle(request) {
      const name = request.params['model']!;
      const { parameters = {} } = await read(request, load);
      const [odd] = Object.keys(parameters);
      if (odd !== undefined)
        throw new FlambeauError(
          'INVALID_VALUE',
          `the parameter '${odd}' is not taken: models are loaded as they are stored`,
        );
      await request.context.models.load(name);
      return { body: { name, load: true } };
    },
  },
  {
    method: 'POST',
    path: '/v2/repository/models/{model}/unload',
    verb: 'manage',
    summary: 'Lets a model finish what it has, and frees all its versions.',
    async handle(request) {
      const name = request.params['model']!;
      await request.context.models.unload(name);
      return { body: { name, unload: true } };
    },
  },
];
