import type { Route } from '../http/router.js';
import { openapiRoutes } from './openapi.js';
import { management, type Remote } from './management.js';
import { predictionRoutes } from './predictions.js';
import { repositoryRoutes } from './repository.js';
import { v2Routes } from './v2.js';

/** What the HTTP listener answers. */
export const inferenceRoutes: readonly Route[] = [...v2Routes, ...predictionRoutes, ...openapiRoutes];

/**
 * What the management listener answers.
 *
 * @param remote - where models may be fetched from; only the store's own can be registered without
 */
export const managementRoutes = (remote?: Remote): readonly Route[] => [
  ...v2Routes.filter(({ path, verb }) => path.startsWith('/v2/health/') && !verb),
  ...predictionRoutes.filter(({ path }) => path === '/ping'),
  ...management(remote),
  ...repositoryRoutes,
  ...openapiRoutes.filter(({ path }) => !path.startsWith('/predictions')),
];
