import * as rpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import * as torch from '../../../src/index.js';
import { Registry } from '../../../src/serve/registry/registry.js';
import { inferenceRoutes, managementRoutes } from '../../../src/serve/routes/index.js';
import { ModelStore } from '../../../src/serve/store/store.js';
import { modelsOf, servable } from '../models.js';
import { call, floats, stock, type Stock } from '../grpc/stock.js';
import { programs, temporaryFolder, Times } from '../servable.js';
import { guarded, tokenFile } from './tools.js';

const methods = Object.keys(
  loadSync(path.resolve('src/serve/grpc/inference.proto'))['inference.GRPCInferenceService'] as Record<string, unknown>,
);
const unaryMethods = methods.filter((name) => name !== 'ModelStreamInfer');
const grpcProbes = ['ServerLive', 'ServerReady', 'ModelReady'];

const climbs = [
  '..',
  '../secret',
  '../../etc/passwd',
  '..\\secret',
  '/etc/passwd',
  'm/../../secret',
  'm/../m',
  './m',
  'm\0',
  'm%2f..',
  '.hidden',
  'C:\\secret',
  '\u2025/secret',
  'm'.repeat(5000),
  '__proto__',
  'constructor',
  'toString',
];

/** A server over a real store, with a secret beside it. */
async function overStore(remoteList?: readonly string[]) {
  const root = temporaryFolder(onTestFinished);
  writeFileSync(path.join(root, 'secret'), 'the secret of the house');
  const store = await ModelStore.open(path.join(root, 'store'), { create: true });
  await store.add({ name: 'm', model: new Times(2), examples: [{ x: torch.ones(2) }] });
  const registry = await Registry.open({ store, load: programs().load });
  onTestFinished(() => registry.close());
  await registry.load('m');
  let token = '';
  const remote = remoteList && { store, policy: { allow: remoteList } };
  const made = await guarded(
    (folder) => {
      const { file, secrets } = tokenFile(folder, {});
      token = secrets[0]!;
      return { tokens: file };
    },
    { models: registry, management: remote ? { remote } : {} },
  );
  const files = (): string[] => readdirSync(root, { recursive: true }).map(String).sort();
  return { ...made, root, token, files };
}

/** Everything that comes back from bytes that are sent as they are, until the server closes. */
function raw(url: string, bytes: string, { end = true } = {}): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.write(bytes, 'latin1');
      if (end) socket.end();
    });
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
const statuses = (answer: string): string[] => [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, code]) => code!);

describe('an attacker', () => {
  test('without a token gets nothing from any route of any listener, but for probes', async () => {
    const { url, management, grpcAddress } = await guarded((folder) => ({
      tokens: tokenFile(folder, {}).file,
      rates: { failures: { perSecond: 1e6 } },
    }));
    for (const [base, routes] of [
      [url, inferenceRoutes],
      [management, managementRoutes()],
    ] as const) {
      for (const { method, path: pattern, verb } of routes) {
        if (verb === undefined) continue;
        const place = pattern.replace('{model}', 'echo_FP32').replace('{version}', '1').replace('{path...}', 'a');
        for (const twist of [place, ...(place === '/' ? [] : [`${place}/`]), `${place}?token=x`]) {
          const answer = await fetch(base + twist, { method, ...(method === 'POST' && { body: '{}' }) });
          expect([method, twist, answer.status]).toEqual([method, twist, 401]);
        }
        const shouted = await raw(
          base,
          `${method} ${place} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
        );
        expect(statuses(shouted)).toEqual(['401']);
      }
    }
    const client = stock(grpcAddress);
    onTestFinished(() => client.close());
    for (const method of unaryMethods) {
      const request = { model_name: 'echo_FP32', name: 'echo_FP32' };
      const code = await call(client, method, request).then(
        () => rpc.status.OK,
        (error: { code: rpc.status }) => error.code,
      );
      expect([method, code]).toEqual([
        method,
        grpcProbes.includes(method) ? rpc.status.OK : rpc.status.UNAUTHENTICATED,
      ]);
    }
    const streamed = new Promise((_, reject) => {
      const stream = client.ModelStreamInfer?.() as unknown as rpc.ClientDuplexStream<object, object>;
      stream
        .on('error', reject)
        .on('data', (data: { error_message?: string }) => reject(new Error(data.error_message)));
      stream.write({ model_name: 'echo_FP32' });
      stream.end();
    });
    await expect(streamed).rejects.toThrow('a token is needed');
  });

  test('climbs out of the store by no name, over no route and no protocol', async () => {
    const { url, management, grpcAddress, root, token, files } = await overStore([]);
    const before = files();
    const headers = { authorization: `Bearer ${token}` };
    const check = (what: unknown, status: number, text: string): void => {
      expect([what, status >= 400 && status < 500]).toEqual([what, true]);
      for (const leak of [root, 'the secret of the house', 'ENOENT', '    at ', 'node_modules'])
        expect([what, text.includes(leak)]).toEqual([what, false]);
    };
    for (const name of climbs) {
      for (const [base, routes] of [
        [url, inferenceRoutes],
        [management, managementRoutes()],
      ] as const) {
        for (const { method, path: pattern } of routes) {
          if (!pattern.includes('{model}')) continue;
          for (const place of [
            pattern.replace('{model}', encodeURIComponent(name)).replace('{version}', '1'),
            ...(pattern.includes('{version}')
              ? [pattern.replace('{model}', 'm').replace('{version}', encodeURIComponent(name))]
              : []),
          ]) {
            if (method === 'OPTIONS') continue;
            const target = base + place.replace('{path...}', 'a');
            // `fetch` resolves dots itself; so it goes as it is.
            const body = method === 'POST' ? '{"inputs":[]}' : '';
            const pathname = target.slice(base.length);
            const answer = await raw(
              base,
              `${method} ${pathname} HTTP/1.1\r\nHost: x\r\nAuthorization: ${headers.authorization}\r\n` +
                `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
              { end: false },
            );
            // A probe of what there is not is not ready.
            const status = Number(statuses(answer)[0]);
            if (pattern.endsWith('/ready'))
              expect([pathname, [400, 404, 503].includes(status)]).toEqual([pathname, true]);
            check([method, pathname], pattern.endsWith('/ready') ? 404 : status, answer);
          }
        }
      }
      const registered = await fetch(`${management}/models?url=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers,
      });
      check(['register', name], registered.status, await registered.text());
    }
    const client = stock(grpcAddress);
    onTestFinished(() => client.close());
    for (const name of climbs) {
      for (const method of unaryMethods.filter((each) => each.startsWith('Model') || /Repository.*oad/.test(each))) {
        if (method === 'ModelReady') continue;
        for (const request of [
          { model_name: name, name },
          { model_name: 'm', name: 'm', model_version: name, version: name },
        ]) {
          if (method.startsWith('Repository') && request.model_name === 'm') continue;
          const failure = await call(client, method, request, { metadata: headers }).then(
            () => undefined,
            (error: { code: rpc.status; details: string }) => error,
          );
          expect([method, request, failure?.code]).toEqual([
            method,
            request,
            expect.toSatisfy((code) => [3, 5, 9].includes(code as number)),
          ]);
          check([method, request], 404, failure!.details);
        }
      }
    }
    expect(files()).toEqual(before);
  }, 60_000);

  test('registers nothing from elsewhere: the list is empty by default', async () => {
    const urls = [
      'https://example.com/m.pt2',
      'http://example.com/m.pt2',
      'https://127.0.0.1/m.pt2',
      'https://169.254.169.254/latest/meta-data',
      'https://[::1]/m.pt2',
      'file:///etc/passwd',
      'ftp://example.com/m.pt2',
      'HTTPS://EXAMPLE.COM/m',
      'https://user:word@example.com/m.pt2',
      '//example.com/m.pt2',
      's3://bucket/m.pt2',
    ];
    for (const list of [undefined, []]) {
      const { management, token, files, lines } = await overStore(list);
      const before = files();
      const headers = { authorization: `Bearer ${token}` };
      for (const url of urls) {
        const query = new URLSearchParams({ url, model_name: 'new', sha256: '0'.repeat(64) });
        for (const init of [{}, { body: JSON.stringify(Object.fromEntries(query)) }]) {
          const place = `${management}/models${'body' in init ? '' : `?${query}`}`;
          const answer = await fetch(place, { method: 'POST', headers, ...init });
          expect([url, answer.status]).toEqual([url, 404]);
          await answer.text();
        }
      }
      expect(files()).toEqual(before);
      // Each attempt is in the audit log.
      expect(lines().filter(({ event }) => event === 'asked')).toHaveLength(2 * urls.length);
      const refused = () => lines().filter(({ event, code }) => event === 'managed' && code === 'UNKNOWN_MODEL');
      const told = await vi.waitUntil(() => refused().length === 2 * urls.length && refused());
      expect(told.every(({ model }) => model === 'new' || urls.includes(model as string))).toBe(true);
    }
  });

  test('smuggles no second request in one', async () => {
    const { url, token } = await overStore();
    const auth = `Host: x\r\nAuthorization: Bearer ${token}\r\n`;
    const inner = `GET /v2 HTTP/1.1\r\n${auth}\r\n`;
    const post = 'POST /v2/models/m/infer HTTP/1.1\r\n';
    const attempts: Record<string, string> = {
      'a length and chunks': `${post}${auth}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      'two lengths': `${post}${auth}Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
      'lengths in one': `${post}${auth}Content-Length: 0, ${inner.length}\r\n\r\n${inner}`,
      'a signed length': `${post}${auth}Content-Length: +0\r\n\r\n${inner}`,
      'a length in hex': `${post}${auth}Content-Length: 0x0\r\n\r\n${inner}`,
      'another coding': `${post}${auth}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
      'two codings': `${post}${auth}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
      'a space before the colon': `${post}${auth}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner}`,
      'a folded header': `${post}${auth}X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${inner}`,
      'a bare line feed': `${post}${auth}X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      'a bare return': `${post}${auth}X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      'a zero byte': `${post}${auth}X: a\0b\r\nContent-Length: 0\r\n\r\n${inner}`,
      'a wrong chunk size': `${post}${auth}Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n${inner}`,
    };
    for (const [name, bytes] of Object.entries(attempts)) {
      const answer = await raw(url, bytes);
      expect([name, statuses(answer)]).toEqual([name, ['400']]);
      expect([name, answer.includes('"flambeau"')]).toEqual([name, false]);
    }
  });

  test('makes no token of two headers, and no header of a request id', async () => {
    const { url, token } = await overStore();
    const get = (headers: string): Promise<string> =>
      raw(url, `GET /v2 HTTP/1.1\r\nHost: x\r\n${headers}Connection: close\r\n\r\n`);
    expect(statuses(await get(`Authorization: Bearer wrong\r\nAuthorization: Bearer ${token}\r\n`))).toEqual(['401']);
    expect(statuses(await get(`X-Authorization: Bearer ${token}\r\n`))).toEqual(['401']);
    expect(statuses(await get(`Proxy-Authorization: Bearer ${token}\r\nCookie: token=${token}\r\n`))).toEqual(['401']);
    const odd = await get(`Authorization: Bearer ${token}\r\nX-Request-Id: a" b\t<script>\r\n`);
    expect([statuses(odd), odd.includes('<script>')]).toEqual([['200'], false]);
    expect(
      statuses(await get(`X-Forwarded-For: 127.0.0.1\r\nX-Original-URL: /ping\r\nX-Rewrite-URL: /ping\r\n`)),
    ).toEqual(['401']);
  });

  test('makes the server hold no huge body', async () => {
    const { url, token } = await overStore();
    const head = (auth: string, rest: string): string =>
      `POST /v2/models/m/infer HTTP/1.1\r\nHost: x\r\n${auth}${rest}\r\n\r\n`;
    const known = `Authorization: Bearer ${token}\r\n`;
    const length = 'Content-Length: 999999999999';
    expect(statuses(await raw(url, head('', length)))).toEqual(['401']);
    expect(statuses(await raw(url, head(known, length)))).toEqual(['413']);
    expect(statuses(await raw(url, `${head(known, 'Transfer-Encoding: chunked')}FFFFFFFFFF\r\n`))).not.toContain('200');
    expect(statuses(await raw(url, head(known, `X: ${'y'.repeat(20_000)}`)))).toEqual(['431']);
    const nested = `{"inputs":${'['.repeat(100_000)}`;
    const deep = head(known, `Connection: close\r\nContent-Length: ${nested.length}`) + nested;
    expect(statuses(await raw(url, deep, { end: false }))).toEqual(['400']);
    expect((await fetch(`${url}/v2/health/live`)).status).toBe(200);
  });

  test('learns nothing of the inside by an error', async () => {
    const inside = '/srv/flambeau/models/m/1/model.pt2';
    const broken = servable('broken', [{ name: 'x', datatype: 'FP32', shape: [1] }], [], () => {
      throw new TypeError(`cannot open ${inside}`);
    });
    const { url, grpcAddress } = await guarded(() => ({}), { models: modelsOf([broken]) });
    const bodies: string[] = [];
    const body = '{"inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}]}';
    for (const place of ['/v2/models/broken/infer', '/predictions/broken']) {
      const answer = await fetch(url + place, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      const text = await answer.text();
      expect([place, answer.status]).toEqual([place, 500]);
      bodies.push(text, JSON.stringify([...answer.headers]));
    }
    const client: Stock = stock(grpcAddress);
    const inputs = [{ name: 'x', datatype: 'FP32', shape: [1] }];
    const message = { model_name: 'broken', inputs, raw_input_contents: [floats(1)] };
    onTestFinished(() => client.close());
    const failure = await call(client, 'ModelInfer', message).catch((error: rpc.ServiceError) => error);
    expect((failure as rpc.ServiceError).code).toBe(rpc.status.INTERNAL);
    bodies.push((failure as rpc.ServiceError).details, JSON.stringify((failure as rpc.ServiceError).metadata.getMap()));
    for (const text of bodies) expect(text).not.toMatch(/srv|TypeError|\bat \w|\.[jt]s\b|cannot open/);
  });
});
