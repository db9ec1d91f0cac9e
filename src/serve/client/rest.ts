import http from 'node:http';
import https from 'node:https';
import { FlambeauError, errors, type ErrorCode } from '../../errors.js';
import { decodeBody, encodeBody } from './binary-body.js';
import { AttemptError } from './retry.js';
import type { Attempt, Endpoint, Transport } from './transport.js';

/** What a status means where the server does not say its code. */
const codes: Record<number, ErrorCode> = {
  400: 'INVALID_VALUE',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'UNKNOWN_MODEL',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  429: 'RATE_LIMITED',
  499: 'CANCELLED',
  501: 'UNSUPPORTED',
  503: 'NOT_READY',
  504: 'EXPIRED',
  507: 'OUT_OF_MEMORY',
};

interface Reply {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

interface Send {
  method?: string;
  pieces?: Uint8Array[];
  headers?: http.OutgoingHttpHeaders;
}

/** Seconds, or a date. */
function retryAfter(value: string | undefined): number {
  if (value === undefined) return 0;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return ms > 0 ? ms : 0;
}

/** What the body of a failure says: of the protocol, or of TorchServe's paths. */
function messageOf({ body, status }: Reply): string {
  try {
    const { error, message } = JSON.parse(body.toString()) as { error?: unknown; message?: unknown };
    const text = error ?? message;
    if (typeof text === 'string') return text;
  } catch {
    // Something between may have answered, in its own way.
  }
  return `the server answered ${status}`;
}

function failureOf(reply: Reply): AttemptError {
  const told = reply.headers['x-error-code'];
  const known = typeof told === 'string' && Object.hasOwn(errors, told);
  const code = known ? (told as ErrorCode) : (codes[reply.status] ?? 'INTERNAL');
  const again = reply.status === 503 || reply.status === 429;
  return new AttemptError(new FlambeauError(code, messageOf(reply)), again, retryAfter(reply.headers['retry-after']));
}

async function collect(response: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

/** The Open Inference Protocol over HTTP, with the binary extension. */
export function restTransport({ url, token, ca }: Endpoint): Transport {
  const secure = url.protocol === 'https:';
  const agent = secure ? new https.Agent({ keepAlive: true, ca }) : new http.Agent({ keepAlive: true });
  const base = url.pathname.replace(/\/+$/, '');

  async function send(
    path: string,
    { signal }: Attempt,
    { method = 'GET', pieces = [], headers = {} }: Send = {},
  ): Promise<Reply> {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const request = (secure ? https : http).request({
      agent,
      signal,
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port || (secure ? 443 : 80),
      path: base + path,
      method,
      headers: {
        ...headers,
        ...(method === 'GET' ? {} : { 'content-length': length }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    try {
      const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
        request.once('response', resolve);
        // A connection may also break after the answer began.
        request.on('error', reject);
      });
      request.cork();
      for (const piece of pieces) request.write(piece);
      request.uncork();
      request.end();
      const response = await answered;
      return { status: response.statusCode ?? 0, headers: response.headers, body: await collect(response) };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const text = `no answer from ${url.origin}: ${code ?? message}`;
      throw new AttemptError(new FlambeauError('NOT_READY', text, { cause: error }), true);
    }
  }

  async function ask(path: string, attempt: Attempt, options?: Send): Promise<Reply> {
    const reply = await send(path, attempt, options);
    if (reply.status >= 200 && reply.status < 300) return reply;
    throw failureOf(reply);
  }

  async function json<T>(path: string, attempt: Attempt, method = 'GET', body?: object): Promise<T> {
    const pieces = body === undefined ? [] : [Buffer.from(JSON.stringify(body))];
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const reply = await ask(path, attempt, { method, pieces, headers });
    try {
      return (reply.body.length === 0 ? {} : JSON.parse(reply.body.toString())) as T;
    } catch (cause) {
      throw new FlambeauError('INTERNAL', `the answer of ${url.origin} is no JSON`, { cause });
    }
  }

  async function probe(path: string, attempt: Attempt): Promise<boolean> {
    const { status } = await send(path, attempt);
    return status === 200;
  }

  const modelPath = (model: string, version: string | undefined): string =>
    `/v2/models/${encodeURIComponent(model)}${version === undefined ? '' : `/versions/${encodeURIComponent(version)}`}`;

  return {
    async infer(request, attempt) {
      const { pieces, headerLength } = await encodeBody(request);
      const reply = await ask(`${modelPath(request.model, request.version)}/infer`, attempt, {
        method: 'POST',
        pieces,
        headers: { 'content-type': 'application/octet-stream', 'inference-header-content-length': headerLength },
      });
      const told = reply.headers['inference-header-content-length'];
      return decodeBody(reply.body, told === undefined ? reply.body.length : Number(told));
    },
    live: (attempt) => probe('/v2/health/live', attempt),
    ready: (model, version, attempt) =>
      probe(model === undefined ? '/v2/health/ready' : `${modelPath(model, version)}/ready`, attempt),
    serverMetadata: (attempt) => json('/v2', attempt),
    modelMetadata: (model, version, attempt) => json(modelPath(model, version), attempt),
    index: (attempt) => json('/v2/repository/index', attempt, 'POST', {}),
    load(model, { version, instances }, attempt) {
      if (version === undefined && instances === undefined)
        return json(`/v2/repository/models/${encodeURIComponent(model)}/load`, attempt, 'POST', {});
      const query = new URLSearchParams({ url: version === undefined ? model : `${model}/${version}` });
      if (instances !== undefined) query.set('initial_workers', String(instances));
      return json(`/models?${query.toString()}&synchronous=true`, attempt, 'POST');
    },
    unload: (model, version, attempt) =>
      version === undefined
        ? json(`/v2/repository/models/${encodeURIComponent(model)}/unload`, attempt, 'POST', {})
        : json(`/models/${encodeURIComponent(model)}/${encodeURIComponent(version)}`, attempt, 'DELETE'),
    scale(model, instances, version, attempt) {
      const path = `/models/${encodeURIComponent(model)}${version === undefined ? '' : `/${encodeURIComponent(version)}`}`;
      return json(`${path}?min_worker=${instances}&synchronous=true`, attempt, 'PUT');
    },
    close: () => agent.destroy(),
  };
}
