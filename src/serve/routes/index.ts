import type { Route } from '../http/router.js';
import { openapiRoutes } from './openapi.js';
import { predictionRoutes } from './predictions.js';
import { v2Routes } from './v2.js';

/** What the HTTP listener answers. */
export const inferenceRoutes: readonly Route[] = [...v2Routes, ...predictionRoutes, ...openapiRoutes];

/** What the management listener answers. */
export const managementRoutes: readonly Route[] = [
  ...v2Routes.filter(({ path, verb }) => path.startsWith('/v2/health/') && !verb),
  ...predictionRoutes.filter(({ path }) => path === '/ping'),
  ...openapiRoutes.filter(({ path }) => !path.startsWith('/predictions')),
];
