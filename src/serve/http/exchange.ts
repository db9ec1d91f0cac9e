import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LightAbort } from '../../abort.js';
import { FlambeauError } from '../../errors.js';
import { giveBack, releaseBody } from '../codec/binary.js';
import type { Caller, Context, Outcome } from '../context.js';
import type { Bag, Slotted } from './bag.js';
import { readBody, type Held } from './body.js';
import { timeoutOf } from './deadline.js';
import { answerError, HttpError } from './errors.js';
import type { Limits } from './limits.js';
import { styleOf, type Reply, type Route, type Router, type RouteRequest } from './router.js';

/** An id that may stand in headers and logs as it is. */
const sane = /^[\w.:+/=@-]{1,128}$/;

/** What all requests of a listener share. */
export interface Shared {
  context: Context;
  router: Router;
  limits: Limits;
  held: Held;
  /** The requests that are not answered yet. */
  running: Bag<Exchange>;
}

type Facts = { [K in 'model' | 'version' | 'timing' | 'rows' | 'bytesOut']: Outcome[K] };

/** One request and its answer; it is itself what its route is given. */
export class Exchange implements RouteRequest, Slotted {
  slot = -1;
  readonly started = performance.now();
  readonly caller: Caller;
  readonly signal = new LightAbort();
  params: RouteRequest['params'] = {};
  deadline: number | undefined = undefined;
  private readonly path: string;
  // All fields at once: objects that grow one by one are slow.
  private readonly facts: Facts = {
    model: undefined,
    version: undefined,
    timing: undefined,
    rows: undefined,
    bytesOut: undefined,
  };
  private route?: Route;
  /** To which models it may do what it asks for; to all, where that was asked before. */
  private may?: (model: string) => boolean;
  private heldBytes = 0;
  private bytesIn = 0;
  private reading?: Promise<Buffer>;
  private whole?: Buffer;
  private parts: NonNullable<Reply['parts']> = [];
  private error?: unknown;
  private code = 'OK';

  constructor(
    private readonly shared: Shared,
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    /** Whether the client waits for leave to send its body. */
    private waiting = false,
  ) {
    const id = request.headers['x-request-id'];
    this.caller = {
      protocol: 'http',
      authorization: request.headers.authorization,
      remote: request.socket.remoteAddress ?? '',
      requestId: typeof id === 'string' && sane.test(id) ? id : randomUUID(),
    };
    // A proxy's form of a request names the host too.
    this.path = (request.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
    shared.running.add(this);
    response.once('close', () => this.ended());
  }

  /** Whether an answer has begun. */
  get begun(): boolean {
    return this.response.headersSent;
  }

  /** Takes the request back: the answer is that the server goes down. */
  cancel(): void {
    this.signal.abort(new FlambeauError('CLOSED', 'the server is going down'));
  }

  get headers(): IncomingMessage['headers'] {
    return this.request.headers;
  }

  get context(): Context {
    return this.shared.context;
  }

  get routes(): readonly Route[] {
    return this.shared.router.routes;
  }

  get query(): URLSearchParams {
    const mark = this.path.indexOf('?');
    return new URLSearchParams(mark < 0 ? '' : this.path.slice(mark + 1));
  }

  permits(model: string): boolean {
    return this.may?.(model) ?? true;
  }

  authorize(model?: string): void {
    this.context.authorize(this.caller, this.route!.verb!, model);
  }

  note(facts: Parameters<RouteRequest['note']>[0]): void {
    Object.assign(this.facts, facts);
  }

  /**
   * Answers. Nothing that it meets is thrown.
   *
   * @param next - called in place of an answer where there is no such path
   */
  async run(next?: () => void): Promise<void> {
    try {
      await this.send(await this.handle());
    } catch (error) {
      if (next && error instanceof FlambeauError && error.code === 'NOT_FOUND' && !this.route) {
        this.shared.running.delete(this);
        return next();
      }
      await this.fail(error);
    } finally {
      // What is read on other threads is read by now.
      if (this.whole) releaseBody(this.whole);
    }
  }

  private handle(): Promise<Reply> | Reply {
    const { request, shared, caller } = this;
    if (request.rawHeaders.length / 2 > shared.limits.maxHeaders)
      throw new HttpError(431, 'TOO_LARGE', `a request may have ${shared.limits.maxHeaders} headers`);
    const mark = this.path.indexOf('?');
    const path = mark < 0 ? this.path : this.path.slice(0, mark);
    const { route, params } = shared.router.match(request.method ?? 'GET', path === '*' ? '/' : path);
    this.route = route;
    this.facts.model = params.model;
    this.facts.version = params.version;
    if (route.verb && route.scope && shared.context.admit) this.may = shared.context.admit(caller, route.verb);
    else if (route.verb) shared.context.authorize(caller, route.verb, params.model);
    this.params = params;
    const timeout = timeoutOf(request.headers);
    if (timeout !== undefined) this.deadline = this.started + timeout;
    return route.handle(this);
  }

  body(aligned?: number): Promise<Buffer> {
    if (this.reading) return this.reading;
    if (this.waiting) this.response.writeContinue();
    this.waiting = false;
    const { limits, held } = this.shared;
    this.reading = readBody(this.request, limits, held, (bytes) => (this.heldBytes += bytes), aligned).then((body) => {
      this.bytesIn = body.length;
      this.whole = body;
      return body;
    });
    return this.reading;
  }

  private async send(reply: Reply): Promise<void> {
    let parts = reply.parts;
    const headers: Record<string, string | number> = { ...reply.headers };
    if (!parts) {
      if (reply.body === undefined) parts = [];
      else if (reply.body instanceof Uint8Array) parts = [reply.body];
      else {
        headers['content-type'] ??= 'application/json';
        const pretty = styleOf(this.path) === 'torchserve';
        parts = [pretty ? `${JSON.stringify(reply.body, null, 2)}\n` : JSON.stringify(reply.body)];
      }
    }
    await this.write(reply.status ?? 200, headers, parts);
  }

  private async fail(error: unknown): Promise<void> {
    this.error = error;
    const { reason } = this.signal;
    const shown = reason instanceof FlambeauError && reason.code === 'CLOSED' ? reason : error;
    const answer = answerError(shown, styleOf(this.path), this.caller.requestId);
    this.code = answer.code;
    if (this.begun) {
      this.response.destroy();
      return;
    }
    await this.write(answer.status, answer.headers, [answer.body]);
  }

  private async write(
    status: number,
    headers: Record<string, string | number>,
    parts: NonNullable<Reply['parts']>,
  ): Promise<void> {
    const { response, request, shared } = this;
    if (response.destroyed || response.writableEnded) return;
    let length = 0;
    for (const part of parts) length += typeof part === 'string' ? Buffer.byteLength(part) : part.length;
    this.facts.bytesOut = length;
    headers['x-request-id'] = this.caller.requestId;
    headers['cache-control'] ??= 'no-store';
    headers['x-content-type-options'] = 'nosniff';
    if (status !== 204) headers['content-length'] = length;
    const unread = !request.complete;
    if (unread || shared.context.state() === 'draining') headers.connection = 'close';
    response.writeHead(status, headers);
    response.setTimeout(shared.limits.idleTimeoutMs, () => response.destroy());
    this.parts = parts;
    const body = request.method === 'HEAD' ? [] : parts;
    // One text goes out together with the head.
    const last = !unread && body.length === 1 && typeof body[0] === 'string' ? body[0] : undefined;
    if (last === undefined) {
      response.cork();
      for (const part of body) response.write(part);
      response.uncork();
    }
    // Closing at once would reset the connection, and with it the answer, while the client still sends.
    if (unread && !this.waiting) await drained(request);
    response.end(last);
  }

  private ended(): void {
    const { shared, response, facts } = this;
    shared.held.bytes -= this.heldBytes;
    // Large outputs lie in tensors: their memory need not wait for a collection.
    if (response.writableFinished) for (const part of this.parts) if (typeof part !== 'string') giveBack(part);
    this.parts = [];
    if (!shared.running.delete(this)) return;
    if (!response.writableFinished) {
      this.code = 'CANCELLED';
      this.signal.abort(new FlambeauError('CANCELLED', 'the client went away'));
    }
    shared.context.record({
      model: facts.model,
      version: facts.version,
      timing: facts.timing,
      rows: facts.rows,
      bytesOut: facts.bytesOut,
      caller: this.caller,
      route: this.route ? `${this.route.method} ${this.route.path}` : 'none',
      verb: this.route?.verb,
      code: this.code,
      status: response.writableFinished ? response.statusCode : 499,
      durationMs: performance.now() - this.started,
      bytesIn: this.bytesIn,
      error: this.error,
    });
  }
}

/** Takes what is left of a body, a little and not for long, and forgets it. */
function drained(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = 1 << 20;
    const done = (): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', done).off('close', done);
      request.pause();
      resolve();
    };
    const onData = (chunk: Buffer): void => {
      if ((left -= chunk.length) < 0) done();
    };
    const timer = setTimeout(done, 1000);
    request
      .on('data', onData)
      .on('end', done)
      .on('close', done)
      .on('error', () => undefined)
      .resume();
  });
}
