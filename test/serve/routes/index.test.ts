import { describe, expect, test } from 'vitest';
import type { Json } from '../models.js';
import { inferenceRoutes, managementRoutes } from '../../../src/serve/routes/index.js';
import { FlambeauError } from '../../../src/errors.js';
import { echo, withServer } from '../models.js';

const probes = [
  '/v2/health/live',
  '/v2/health/ready',
  '/v2/models/{model}/ready',
  '/v2/models/{model}/versions/{version}/ready',
  '/ping',
];
const concrete = (path: string): string =>
  path.replace('{model}', 'none').replace('{version}', '1').replace('{path...}', 'a/b');

describe('routes', () => {
  test('all but the probes ask for a verb', () => {
    for (const { path, verb } of [...inferenceRoutes, ...managementRoutes()])
      expect([path, verb === undefined]).toEqual([path, probes.includes(path)]);
  });

  test.each(inferenceRoutes.filter(({ verb }) => verb))(
    '$method $path is refused before its body is read',
    async (route) => {
      const authorize = (): never => {
        throw new FlambeauError('UNAUTHENTICATED', 'a token is needed');
      };
      await withServer(
        [echo('FP32')],
        async (url) => {
          const answer = await fetch(url + concrete(route.path), { method: route.method });
          expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
          const body = (await answer.json()) as object;
          expect(Object.keys(body)).toEqual(route.path.startsWith('/v2') ? ['error'] : ['code', 'type', 'message']);
        },
        { authorize },
      );
    },
  );

  test('the description has every route, and OPTIONS / gives it too', async () => {
    await withServer([echo('FP32')], async (url) => {
      const document = (await (await fetch(`${url}/api-description`)).json()) as Json;
      expect(document.openapi).toMatch(/^3\./);
      for (const { method, path, summary } of inferenceRoutes)
        expect(document.paths[path.replace('...', '')][method.toLowerCase()].summary).toBe(summary);
      const schema = document.paths['/v2/models/{model}/infer'].post.requestBody.content['application/json'].schema;
      expect(schema.properties.inputs.type).toBe('array');
      expect(await (await fetch(url, { method: 'OPTIONS' })).json()).toEqual(document);
      const part = (await (await fetch(`${url}/predictions/echo_FP32`, { method: 'OPTIONS' })).json()) as Json;
      expect(Object.keys(part.paths)[0]).toBe('/predictions/{model}');
    });
  });
});
