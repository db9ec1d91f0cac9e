import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlambeauError } from '../../../src/errors.js';
import { echo, servable, withServer } from '../models.js';

const models = [echo('FP32')];
const path = '/v2/models/echo_FP32/infer';
const body = '{"inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}]}';

function open(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect(Number(port), hostname).on('error', () => undefined);
}

/** All that a connection answers to bytes, until it is closed. */
async function raw(url: string, ...parts: (string | Uint8Array)[]): Promise<string> {
  const socket = open(url);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  for (const part of parts) socket.write(part);
  if (!socket.closed) await once(socket, 'close');
  return text;
}

const head = (lines: string[] = [], method = 'POST', target = path): string =>
  [`${method} ${target} HTTP/1.1`, 'Host: x', ...lines, '', ''].join('\r\n');

/** Whether answers stand one behind the other, each whole. */
function wellFormed(text: string): boolean {
  let rest = text;
  while (rest !== '') {
    const answer = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n(?:[\w-]+: ?[^\r\n]*\r\n)*\r\n/.exec(rest);
    if (!answer) return false;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(answer[0])?.[1] ?? 0);
    rest = rest.slice(answer[0].length);
    if (rest.length < length) return false;
    rest = rest.slice(length);
  }
  return true;
}

describe('an HTTP listener', () => {
  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['two lengths', head(['Content-Length: 1', 'Content-Length: 2']), 400],
    ['a length beside chunks', head(['Content-Length: 1', 'Transfer-Encoding: chunked']), 400],
    ['a chunk of no length', `${head(['Transfer-Encoding: chunked'])}zz\r\n`, 400],
    ['a large head', head([`a: ${'x'.repeat(20_000)}`]), 431],
    ['many headers', head([...Array(150).keys()].map((i) => `a${i}: b`).concat('Connection: close')), 431],
    ['a large body, before it comes', head(['Content-Length: 99999999999']), 413],
    ['CONNECT', head([], 'CONNECT', 'x:80'), 405],
    ['a wrong percent sign', head(['Connection: close'], 'GET', '/v2/models/%zz/ready'), 400],
    ['an unknown path', head(['Connection: close'], 'GET', '/v2/none'), 404],
  ])('answers %s, and closes', async (_what, sent, status) => {
    await withServer(models, async (url) => {
      const text = await raw(url, sent);
      expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(wellFormed(text)).toBe(true);
    });
  });

  test('says which methods a path has', async () => {
    await withServer(models, async (url) => {
      const wrong = await fetch(url + path, { method: 'GET' });
      expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'OPTIONS, POST']);
      const allowed = await fetch(url + path, { method: 'OPTIONS' });
      expect([allowed.status, allowed.headers.get('allow')]).toEqual([204, 'OPTIONS, POST']);
      const headed = await fetch(`${url}/v2/health/live`, { method: 'HEAD' });
      expect([headed.status, await headed.text(), headed.headers.get('content-length')]).toEqual([200, '', '13']);
    });
  });

  test('ends a chunked body that grows beyond the limit', async () => {
    const http = { limits: { maxBodyBytes: 1000 } };
    await withServer(
      models,
      async (url) => {
        const chunk = `100\r\n${'x'.repeat(256)}\r\n`;
        const text = await raw(url, head(['Transfer-Encoding: chunked']), chunk.repeat(4), '0\r\n\r\n');
        expect(text).toMatch(/^HTTP\/1.1 413 /);
      },
      { http },
    );
  });

  test('asks for a body only where it will read it', async () => {
    await withServer(models, async (url) => {
      const expect100 = ['Expect: 100-continue', `Content-Length: ${body.length}`, 'Connection: close'];
      const socket = open(url);
      socket.write(head(expect100));
      const [first] = (await once(socket, 'data')) as [Buffer];
      expect(first.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
      socket.write(body);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1.1 200 /);
      socket.destroy();
      expect(await raw(url, head(expect100, 'POST', '/v2/models/none/infer'))).toMatch(/^HTTP\/1.1 404 /);
    });
  });

  test('holds no more bytes of bodies than it may, and gives them back', async () => {
    const http = { limits: { maxHeldBytes: 1000 } };
    await withServer(
      models,
      async (url) => {
        const held = open(url);
        held.write(`${head(['Content-Length: 950'])}x`);
        let refused: Response;
        do refused = await fetch(url + path, { method: 'POST', body });
        while (refused.status === 200);
        expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
        held.destroy();
        let after: Response;
        do after = await fetch(url + path, { method: 'POST', body });
        while (after.status === 503);
        expect(after.status).toBe(200);
      },
      { http },
    );
  });

  test('a client that sends its request byte by byte is ended, and others are served meanwhile', async () => {
    const http = { limits: { headersTimeoutMs: 300, idleTimeoutMs: 300 } };
    await withServer(
      models,
      async (url) => {
        const slow = [...Array(50).keys()].map((i) =>
          raw(url, i % 2 ? 'POST / HTTP/1.1\r\nHost:' : `${head(['Content-Length: 100'])}x`),
        );
        for (let i = 0; i < 20; i++) expect((await fetch(url + path, { method: 'POST', body })).status).toBe(200);
        for (const text of await Promise.all(slow)) expect(text).toMatch(/^HTTP\/1.1 408 /);
      },
      { http },
    );
  });

  test('answers pipelined requests in their order, also before one that is malformed', async () => {
    await withServer(models, async (url) => {
      const one = `${head([`Content-Length: ${body.length}`])}${body}`;
      const text = await raw(url, one + head([], 'GET', '/v2/health/live') + 'junk\r\n\r\n');
      expect(text.match(/^HTTP\/1.1 \d+|"live":true|"data":\[1/gm)?.[0]).toBe('HTTP/1.1 200');
      expect(wellFormed(text)).toBe(true);
    });
  });

  test('whatever comes is answered well, and the server answers on', async () => {
    const token = fc.stringMatching(/^[\w-]{1,12}$/);
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'BREW'),
      target: fc.oneof(
        fc.constantFrom(path, '/predictions/echo_FP32', '/v2', '/', '*', '//', '/v2/models/%00/infer'),
        fc.webPath(),
      ),
      headers: fc.array(
        fc.oneof(
          fc.tuple(token, fc.string({ maxLength: 40 })),
          fc.tuple(
            fc.constantFrom(
              'content-length',
              'inference-header-content-length',
              'content-encoding',
              'content-type',
              'transfer-encoding',
              'x-request-timeout-ms',
              'x-request-id',
              'expect',
            ),
            fc.oneof(
              fc.constantFrom(
                '0',
                '5',
                '-1',
                '1e9',
                'gzip',
                'chunked',
                'application/json',
                'multipart/form-data; boundary=a',
                '100-continue',
              ),
              fc.string({ maxLength: 10 }),
            ),
          ),
        ),
        { maxLength: 6 },
      ),
      body: fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((text) => Buffer.from(text)),
        fc.constant(Buffer.from(body)),
      ),
    });
    const http = {
      limits: { headersTimeoutMs: 500, idleTimeoutMs: 200, requestTimeoutMs: 1000, keepAliveTimeoutMs: 200 },
    };
    await withServer(
      models,
      async (url) => {
        await fc.assert(
          fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 20 }), async (requests) => {
            const answers = requests.map(({ method, target, headers, body }) => {
              const lines = headers.map(([name, value]) => `${name}: ${value}`);
              return raw(
                url,
                `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines.join('\r\n')}${lines.length ? '\r\n' : ''}\r\n`,
                body,
              );
            });
            for (const [i, text] of (await Promise.all(answers)).entries())
              if (requests[i]!.method !== 'HEAD') expect(wellFormed(text), text).toBe(true);
            expect((await fetch(url + path, { method: 'POST', body })).status).toBe(200);
          }),
          { numRuns: 25 },
        );
      },
      { http },
    );
  });

  test('takes over a sane request id, and makes one otherwise', async () => {
    await withServer(models, async (url) => {
      const id = async (sent: string): Promise<string | null> =>
        (await fetch(`${url}/ping`, { headers: { 'x-request-id': sent } })).headers.get('x-request-id');
      expect(await id('a-1:b')).toBe('a-1:b');
      expect(await id('a b<c>')).toMatch(/^[\da-f-]{36}$/);
    });
  });

  test('tells how each request ended', async () => {
    const seen: unknown[] = [];
    const model = servable('no', [], [], () => Promise.reject(new FlambeauError('QUEUE_FULL', 'no')));
    await withServer(
      [...models, model],
      async (url) => {
        await (await fetch(url + path, { method: 'POST', body })).text();
        await (await fetch(`${url}/v2/models/no/infer`, { method: 'POST', body })).text();
      },
      {
        record: ({ route, model, version, code, status, verb }) =>
          seen.push([route, model, version, code, status, verb]),
      },
    );
    const route = 'POST /v2/models/{model}/infer';
    expect(seen).toEqual([
      [route, 'echo_FP32', '1', 'OK', 200, 'infer'],
      [route, 'no', '1', 'QUEUE_FULL', 503, 'infer'],
    ]);
  });
});
