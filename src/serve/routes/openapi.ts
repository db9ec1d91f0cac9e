import { z } from 'zod';
import type { Route, RouteRequest } from '../http/router.js';
import { styleOf } from '../http/router.js';

const error = {
  v2: z.object({ error: z.string() }),
  torchserve: z.object({ code: z.int(), type: z.string(), message: z.string() }),
};
const json = (schema: z.ZodType): object => ({
  'application/json': { schema: z.toJSONSchema(schema, { target: 'openapi-3.0' }) },
});

function operation(route: Route): object {
  const names = [...route.path.matchAll(/\{(\w+)(?:\.\.\.)?\}/g)].map((match) => match[1]!);
  return {
    summary: route.summary,
    operationId: `${route.method} ${route.path}`.replace(/\W+/g, '_').replace(/_$/, '').toLowerCase(),
    ...(names.length > 0
      ? { parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })) }
      : {}),
    ...(route.body ? { requestBody: { required: true, content: json(route.body) } } : {}),
    ...(route.verb ? { security: [{ token: [] }] } : {}),
    responses: {
      200: { description: 'Done', ...(route.answer ? { content: json(route.answer) } : {}) },
      default: { description: 'An error', content: json(error[styleOf(route.path)]) },
    },
  };
}

/** The OpenAPI document of routes. */
export function describeRoutes(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace('...}', '}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Flambeau', version: '1' },
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
}

const describe = ({ routes }: RouteRequest): { body: object } => ({ body: describeRoutes(routes) });

/** The description of a listener by its own routes. */
export const openapiRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api-description',
    verb: 'read',
    scope: 'several',
    summary: 'This document',
    handle: describe,
  },
  { method: 'OPTIONS', path: '/', verb: 'read', scope: 'several', summary: 'This document', handle: describe },
  {
    method: 'OPTIONS',
    path: '/predictions/{model}',
    verb: 'read',
    summary: 'The part of this document on one model',
    handle({ routes, params, context }) {
      context.models.get(params.model!);
      return { body: describeRoutes(routes.filter(({ path }) => path.startsWith('/predictions/{model}'))) };
    },
  },
];
