import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { AbortLike } from '../../abort.js';
import type { Caller, Context, Verb } from '../context.js';
import type { Timing } from '../types.js';
import { HttpError, type ErrorStyle } from './errors.js';
import { FlambeauError } from '../../errors.js';

/** What a route is given. */
export interface RouteRequest {
  /** The parts of the path that its pattern names. */
  params: Record<string, string>;
  /** What stands behind the `?`. */
  query: URLSearchParams;
  /** By their names in lower case. */
  headers: IncomingHttpHeaders;
  /** The whole body, inflated. With `aligned`, the byte of that index is where any type may begin. */
  body(aligned?: number): Promise<Buffer>;
  /** The server that it came to. */
  context: Context;
  /** Who sent it. */
  caller: Caller;
  /** Whether the caller may do this to a model; for routes of the scope `several`. */
  permits(model: string): boolean;
  /** Asks for leave to do this to a model, or to all; for routes of the scope `late`. */
  authorize(model?: string): void;
  /** Aborted when the client goes away. */
  readonly signal: AbortLike;
  /** From the headers, in `performance.now()`'s milliseconds. */
  deadline?: number;
  /** When the request came, likewise. */
  started: number;
  /** The routes of this listener, for its description. */
  routes: readonly Route[];
  /** What metrics and the log want to know beside the path. */
  note(facts: { model?: string; version?: string; timing?: Timing; rows?: number }): void;
}

/** What a route answers. */
export interface Reply {
  /** 200, unless said. */
  status?: number;
  /** Headers beside those that every answer has. */
  headers?: Record<string, string>;
  /** Bytes, or a value for JSON. */
  body?: unknown;
  /** Bytes and text in parts, which are written without being put together. */
  parts?: readonly (Uint8Array | string)[];
}

/** One endpoint. */
export interface Route {
  /** `GET`, `POST`, ... */
  method: string;
  /** `/v2/models/{name}/infer`; a last segment `{path...}` takes the rest. */
  path: string;
  /** What a token must allow; public without. */
  verb?: Verb;
  /**
   * What a token is looked at for: the model of the path, or else all. `several` answers with what the caller may see, by
   * `permits`; `late` finds its model in what is sent, and asks by `authorize`.
   */
  scope?: 'several' | 'late';
  /** What it does, for the description. */
  summary: string;
  /** The JSON of the request, for the description. */
  body?: z.ZodType;
  /** The JSON of the answer, likewise. */
  answer?: z.ZodType;
  /** Answers; what it throws is answered with the status of its code. */
  handle(request: RouteRequest): Promise<Reply> | Reply;
}

interface Node {
  children: Map<string, Node>;
  param?: Node;
  rest?: Map<string, Route>;
  methods: Map<string, Route>;
}

const node = (): Node => ({ children: new Map(), methods: new Map() });

/** A route and what its pattern took of the path. */
export interface Match {
  route: Route;
  params: Record<string, string>;
}

/** Whose errors a path has. */
export function styleOf(path: string): ErrorStyle {
  return path === '/v2' || path.startsWith('/v2/') ? 'v2' : 'torchserve';
}

/** The parts of a path; a slash at its end counts for nothing. */
const segmentsOf = (path: string): string[] => path.replace(/\/$/, '').split('/').slice(1);

/** Finds the route of a request by its method and path. */
export class Router {
  private readonly root = node();

  constructor(readonly routes: readonly Route[]) {
    for (const route of routes) this.add(route);
  }

  private add(route: Route): void {
    let at = this.root;
    for (const segment of segmentsOf(route.path)) {
      if (segment.endsWith('...}')) {
        put((at.rest ??= new Map()), route);
        return;
      }
      if (segment.startsWith('{')) at = at.param ??= node();
      else {
        if (!at.children.has(segment)) at.children.set(segment, node());
        at = at.children.get(segment)!;
      }
    }
    put(at.methods, route);
  }

  /**
   * @param path - still percent-encoded, without the query
   * @throws FlambeauError `NOT_FOUND`; `METHOD_NOT_ALLOWED` with `Allow`; `INVALID_VALUE` where the encoding is wrong
   */
  match(method: string, path: string): Match {
    const segments = segmentsOf(path);
    const methods = find(this.root, segments, 0);
    if (!methods) throw new FlambeauError('NOT_FOUND', `there is nothing at ${path.slice(0, 200)}`);
    const route = methods.get(method) ?? (method === 'HEAD' ? methods.get('GET') : undefined);
    if (!route) {
      const allowed = [...methods.keys()];
      if (methods.has('GET')) allowed.push('HEAD');
      const allow = [...new Set([...allowed, 'OPTIONS'])].sort().join(', ');
      if (method === 'OPTIONS') return { route: options(allow), params: {} };
      throw new HttpError(405, 'METHOD_NOT_ALLOWED', `${method} is not for ${path.slice(0, 200)}: ${allow}`, { allow });
    }
    const params: Record<string, string> = {};
    segmentsOf(route.path).forEach((name, i) => {
      if (name.endsWith('...}')) params[name.slice(1, -4)] = segments.slice(i).map(decode).join('/');
      else if (name.startsWith('{')) params[name.slice(1, -1)] = decode(segments[i]!);
    });
    return { route, params };
  }
}

function put(methods: Map<string, Route>, route: Route): void {
  if (methods.has(route.method)) throw new Error(`two routes for ${route.method} ${route.path}`);
  methods.set(route.method, route);
}

function find(at: Node, segments: string[], i: number): Map<string, Route> | undefined {
  const segment = segments[i];
  if (segment === undefined) return at.methods.size > 0 ? at.methods : undefined;
  const child = at.children.get(segment);
  return (
    (child && find(child, segments, i + 1)) ??
    (at.param && segment !== '' ? find(at.param, segments, i + 1) : undefined) ??
    at.rest
  );
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new FlambeauError('INVALID_VALUE', `the path has a wrong percent sign: ${segment.slice(0, 100)}`);
  }
}

function options(allow: string): Route {
  return {
    method: 'OPTIONS',
    path: '*',
    summary: 'What is allowed',
    handle: () => ({ status: 204, headers: { allow } }),
  };
}
