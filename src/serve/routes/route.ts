import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, Context, Verb } from '../context.js';

/** What a route is told of a request. */
export interface RouteRequest {
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body(): Promise<Buffer>;
  context: Context;
  caller: Caller;
  signal: AbortSignal;
}

/** What it answers: JSON, unless it is a `Buffer`. */
export interface RouteAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** One method of one path. */
export interface Route {
  method: string;
  /** `/models/{model}/{version}` */
  path: string;
  /** What a token must allow. */
  verb?: Verb;
  summary: string;
  handle(request: RouteRequest): Promise<RouteAnswer>;
}
