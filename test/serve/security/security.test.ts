import * as rpc from '@grpc/grpc-js';
import { once } from 'node:events';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import tls from 'node:tls';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Client } from '../../../src/serve/client/client.js';
import { verifyAudit } from '../../../src/serve/security/audit-file.js';
import { openSecurity } from '../../../src/serve/security/security.js';
import { makeToken } from '../../../src/serve/security/tokens.js';
import * as torch from '../../../src/index.js';
import { call, floats, stock } from '../grpc/stock.js';
import { temporaryFolder } from '../servable.js';
import { allVerbs, certificate, guarded, keep, tokenFile } from './tools.js';

const body = '{"inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}]}';
const inferPath = '/v2/models/echo_FP32/infer';
const ask = (url: string, secret?: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, headers: secret === undefined ? {} : { authorization: `Bearer ${secret}` } });
const infer = (url: string, secret?: string, path = inferPath): Promise<Response> =>
  ask(url + path, secret, { method: 'POST', body });
const message = {
  model_name: 'echo_FP32',
  inputs: [{ name: 'x', datatype: 'FP32', shape: [1] }],
  raw_input_contents: [floats(1)],
};

describe('openSecurity', () => {
  test('refuses files that cannot be used', async () => {
    const folder = temporaryFolder(onTestFinished);
    const { file } = tokenFile(folder, {});
    await expect(openSecurity({ tokens: `${file}.not` })).rejects.toMatchObject({ code: 'ENOENT' });
    writeFileSync(file, '{"tokens"');
    await expect(openSecurity({ tokens: file })).rejects.toMatchObject({ code: 'INVALID_FILE' });
    const [one, other] = [certificate(folder, 'one'), certificate(folder, 'other')];
    await expect(openSecurity({ tls: { cert: one.cert, key: other.key } })).rejects.toMatchObject({
      code: 'INVALID_FILE',
    });
    await expect(openSecurity({ tls: { cert: file, key: one.key } })).rejects.toMatchObject({ code: 'INVALID_FILE' });
  });
});

describe('tokens', () => {
  test('are needed for all but the probes, on all listeners', async () => {
    const { url, management, grpcAddress } = await guarded((folder) => ({ tokens: tokenFile(folder, {}).file }));
    for (const [answer, challenge] of [
      [await infer(url), 'Bearer'],
      [await infer(url, 'nonsense'), 'Bearer error="invalid_token"'],
      [await ask(`${management}/models`), 'Bearer'],
      [await ask(`${management}/models?url=echo_FP32`, 'nonsense', { method: 'POST' }), 'Bearer error="invalid_token"'],
    ] as const)
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, challenge]);
    for (const probe of ['/v2/health/live', '/v2/health/ready', '/v2/models/echo_FP32/ready', '/ping'])
      expect([probe, (await ask(url + probe)).status]).toEqual([probe, 200]);
    const client = stock(grpcAddress);
    onTestFinished(() => client.close());
    await expect(call(client, 'ModelInfer', message)).rejects.toMatchObject({ code: rpc.status.UNAUTHENTICATED });
    await expect(call(client, 'ServerMetadata', {})).rejects.toMatchObject({ code: rpc.status.UNAUTHENTICATED });
    expect(await call(client, 'ServerLive', {})).toEqual({ live: true });
  });

  test('allow verbs and models, and nothing else', async () => {
    let secrets: string[] = [];
    const { url, management, grpcAddress, lines } = await guarded((folder) => {
      const made = tokenFile(
        folder,
        { verbs: ['infer'], models: ['echo_F*'] },
        { verbs: ['read'] },
        { verbs: ['manage'], models: ['echo_INT8'] },
      );
      secrets = made.secrets;
      return { tokens: made.file };
    });
    const [user, reader, manager] = secrets as [string, string, string];
    const statuses = async (...answers: Promise<Response>[]): Promise<number[]> =>
      (await Promise.all(answers)).map(({ status }) => status);
    const load = '/v2/repository/models/echo_FP32/load';
    expect(
      await statuses(
        infer(url, user),
        infer(url, user, '/v2/models/echo_INT8/infer'),
        // What there is not is not told either.
        infer(url, user, '/v2/models/none/infer'),
        infer(url, reader),
        ask(`${url}/v2`, user),
        ask(`${url}/v2`, reader),
        ask(`${management}/models`, reader),
        ask(`${management}/models`, manager),
        ask(management + load, reader, { method: 'POST' }),
        ask(management + load, manager, { method: 'POST' }),
        ask(`${management}/models?url=echo_FP32`, manager, { method: 'POST' }),
        ask(`${management}/models?url=echo_FP32/1`, reader, { method: 'POST' }),
        ask(`${management}/models`, manager, { method: 'POST', body: '{"url":"echo_FP32"}' }),
        ask(`${management}/models?url=none&model_name=echo_INT8`, manager, { method: 'POST' }),
        ask(`${management}/models?url=https://a.b/echo_INT8&model_name=echo_FP32`, manager, { method: 'POST' }),
        ask(`${management}/models?url=https://a.b/echo_INT8`, manager, { method: 'POST' }),
        // What names nothing is about all.
        ask(`${management}/models`, manager, { method: 'POST', body: '{"ulr":"echo_INT8"}' }),
      ),
    ).toEqual([200, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403]);
    // Allowed; the models of this server are fixed, and loaded already.
    expect(
      await statuses(
        ask(`${management}/models?url=echo_INT8`, manager, { method: 'POST' }),
        ask(`${management}/models`, manager, { method: 'POST', body: '{"url":"echo_INT8/1"}' }),
        // Nothing comes from elsewhere here.
        ask(`${management}/models?url=https://a.b/c&model_name=echo_INT8`, manager, { method: 'POST' }),
      ),
    ).toEqual([409, 409, 404]);
    const asked = lines().filter(({ event }) => event === 'asked');
    expect(asked.map(({ model }) => model)).toEqual(['echo_INT8', 'echo_INT8', 'echo_INT8']);
    expect((await ask(management + load.replace('FP32', 'INT8'), manager, { method: 'POST' })).status).toBe(409);
    const client = stock(grpcAddress);
    onTestFinished(() => client.close());
    const metadata = (secret: string) => ({ metadata: { authorization: `Bearer ${secret}` } });
    expect(await call(client, 'ModelInfer', message, metadata(user))).toHaveProperty('outputs');
    await expect(call(client, 'ModelInfer', message, metadata(reader))).rejects.toMatchObject({
      code: rpc.status.PERMISSION_DENIED,
    });
    await expect(
      call(client, 'RepositoryModelLoad', { model_name: 'echo_FP32' }, metadata(manager)),
    ).rejects.toMatchObject({ code: rpc.status.PERMISSION_DENIED });
    // Allowed; the models of this server are fixed.
    await expect(
      call(client, 'RepositoryModelLoad', { model_name: 'echo_INT8' }, metadata(manager)),
    ).rejects.toMatchObject({ code: rpc.status.FAILED_PRECONDITION });
    const text = JSON.stringify(lines());
    for (const secret of secrets) expect(text).not.toContain(secret.slice(-43));
  });

  test('show of what is about several models those that they may read', async () => {
    let secrets: string[] = [];
    const { url, management, grpcAddress } = await guarded((folder) => {
      const made = tokenFile(
        folder,
        { verbs: ['read'], models: ['echo_I*'] },
        { verbs: ['read'], models: ['other'] },
        { verbs: ['read'] },
      );
      secrets = made.secrets;
      return { tokens: made.file };
    });
    const names = async (answer: Promise<Response>): Promise<string[]> => {
      const body = (await (await answer).json()) as object;
      const list = Object.values(body).find((part) => Array.isArray(part)) as object[] | undefined;
      return ((list ?? body) as { name?: string; modelName?: string }[]).map(
        ({ name, modelName }) => name ?? modelName!,
      );
    };
    const client = stock(grpcAddress);
    onTestFinished(() => client.close());
    const [int8, all] = [['echo_INT8'], ['echo_FP32', 'echo_INT8']];
    for (const [secret, seen] of [
      [secrets[0]!, int8],
      [secrets[1]!, []],
      [secrets[2]!, all],
    ] as const) {
      expect((await names(ask(`${management}/models`, secret))).sort()).toEqual(seen);
      expect((await names(ask(`${management}/v2/repository/index`, secret, { method: 'POST' }))).sort()).toEqual(seen);
      expect((await names(ask(`${url}/v2/models/stats`, secret))).sort()).toEqual(seen);
      const metadata = { metadata: { authorization: `Bearer ${secret}` } };
      const index = await call<{ models: { name: string }[] }>(client, 'RepositoryIndex', {}, metadata);
      expect(index.models.map(({ name }) => name).sort()).toEqual(seen);
      const stats = await call<{ model_stats: { name: string }[] }>(client, 'ModelStatistics', {}, metadata);
      expect(stats.model_stats.map(({ name }) => name).sort()).toEqual(seen);
      // What is about no model.
      expect([(await ask(`${url}/v2`, secret)).status, (await ask(`${url}/api-description`, secret)).status]).toEqual([
        200, 200,
      ]);
      expect(await call(client, 'ServerMetadata', {}, metadata)).toMatchObject({ name: 'flambeau' });
      const may = seen.includes('echo_FP32') ? 200 : 403;
      for (const path of ['', '/stats'])
        expect((await ask(`${url}/v2/models/echo_FP32${path}`, secret)).status).toBe(may);
    }
  });

  test('change while the server runs, and a file that cannot be used changes nothing', async () => {
    const made = makeToken({ verbs: allVerbs, models: ['*'] });
    let file = '';
    const { url, security, warnings } = await guarded((folder) => {
      file = tokenFile(folder).file;
      keep(file, [made.record]);
      return { tokens: file, watchMs: 5, rates: { failures: { perSecond: 1e6 } } };
    });
    expect((await infer(url, made.secret)).status).toBe(200);
    const whole = readFileSync(file, 'utf8');
    for (const torn of ['', whole.slice(0, 100), '{}', whole.replace('"verbs"', '"verb"')]) {
      writeFileSync(file, torn);
      security.reload();
      expect((await infer(url, made.secret)).status).toBe(200);
    }
    expect(warnings.at(-1)).toContain('the set of tokens stays as it was');
    if (process.platform !== 'win32') {
      writeFileSync(file, writeNone());
      chmodSync(file, 0o644);
      security.reload();
      expect(warnings.at(-1)).toContain('its mode is 0644');
      chmodSync(file, 0o600);
    }
    const next = makeToken({ verbs: allVerbs, models: ['*'] });
    keep(file, [next.record]);
    // Nobody calls: the file is looked at.
    await vi.waitUntil(async () => (await infer(url, next.secret)).status === 200, { timeout: 20_000 });
    expect((await infer(url, made.secret)).status).toBe(401);
  });

  const writeNone = (): string => '{"format":"flambeau-tokens","revision":1,"tokens":[]}';
});

describe('rates', () => {
  test('hold up a token and an address, say when to come back, and no one else', async () => {
    let secrets: string[] = [];
    const { url, grpcAddress, lines } = await guarded((folder) => {
      const made = tokenFile(folder, {}, {});
      secrets = made.secrets;
      return {
        tokens: made.file,
        rates: { token: { perSecond: 0.01, burst: 2 }, failures: { perSecond: 0.02, burst: 1 } },
      };
    });
    const [one, other] = secrets as [string, string];
    expect([(await infer(url, one)).status, (await infer(url, one)).status]).toEqual([200, 200]);
    const refused = await infer(url, one);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '100']);
    expect((await infer(url, other)).status).toBe(200);
    expect((await infer(url)).status).toBe(401);
    const guess = await infer(url, 'guess');
    expect([guess.status, guess.headers.get('retry-after')]).toEqual([429, '50']);
    // Those who guess do not hold up those who need not.
    expect((await infer(url, other)).status).toBe(200);
    const client = stock(grpcAddress);
    onTestFinished(() => client.close());
    await expect(
      call(client, 'ModelInfer', message, { metadata: { authorization: `Bearer ${one}` } }),
    ).rejects.toSatisfy(
      ({ code, metadata }: rpc.ServiceError) =>
        code === rpc.status.RESOURCE_EXHAUSTED && metadata.get('grpc-retry-pushback-ms')[0] === '100000',
    );
    expect(lines().filter(({ code }) => code === 'RATE_LIMITED').length).toBeGreaterThan(0);
  });

  test('of an address count all that comes from it, probes aside', async () => {
    const { url } = await guarded(() => ({ rates: { address: { perSecond: 0.01, burst: 1 } } }));
    expect([(await infer(url)).status, (await infer(url)).status]).toEqual([200, 429]);
    expect((await ask(`${url}/v2/health/live`)).status).toBe(200);
  });

  test('put refusals together in the audit log, and count each', async () => {
    const { url, lines, security } = await guarded(() => ({ rates: { address: { perSecond: 0.001, burst: 1 } } }));
    for (let i = 0; i < 31; i++) await infer(url);
    await security.close();
    const counts = lines().filter(({ code }) => code === 'RATE_LIMITED');
    expect(counts.length).toBeLessThan(15);
    expect(counts.reduce((sum, { count }) => sum + (count as number), 0)).toBe(30);
  });
});

describe('the audit log', () => {
  test('has every action of management before and after it, and every refusal', async () => {
    let secrets: string[] = [];
    const { url, management, grpcAddress, folder, security, server, lines } = await guarded((folder) => {
      const made = tokenFile(folder, {}, { verbs: ['infer'] });
      secrets = made.secrets;
      return { tokens: made.file };
    });
    const [admin, user] = secrets as [string, string];
    await ask(`${management}/models/echo_FP32?min_worker=2&synchronous=true`, admin, { method: 'PUT' });
    await ask(`${management}/models/echo_FP32`, user, { method: 'DELETE' });
    await infer(url);
    await infer(url, user);
    const client = stock(grpcAddress);
    const metadata = { authorization: `Bearer ${user}` };
    await call(client, 'RepositoryModelUnload', { model_name: 'echo_INT8' }, { metadata }).catch(() => undefined);
    client.close();
    await server.close();
    await security.close();
    const shown = lines().map(({ event, token, route, code, verb, model }) =>
      Object.values({ event, token: token && 'token', route, verb, model, code })
        .join(' ')
        .trim(),
    );
    expect(shown[0]).toBe('opened');
    expect(shown.at(-1)).toBe('closed');
    expect(new Set(shown.slice(1, -1))).toEqual(
      new Set([
        'asked token  manage echo_FP32',
        'managed token PUT /models/{model} manage echo_FP32 CONFLICT',
        'refused token DELETE /models/{model} manage echo_FP32 FORBIDDEN',
        'refused token inference.GRPCInferenceService/RepositoryModelUnload manage echo_INT8 FORBIDDEN',
        'refused  POST /v2/models/{model}/infer infer echo_FP32 UNAUTHENTICATED',
      ]),
    );
    expect(verifyAudit(`${folder}/audit.jsonl`)).toMatchObject({ ok: true, lines: shown.length });
  });

  test('that cannot be written stops management, and nothing else', async () => {
    let secret = '';
    const { url, management, folder, warnings } = await guarded((folder) => {
      const made = tokenFile(folder, {});
      secret = made.secrets[0]!;
      return { tokens: made.file };
    });
    writeFileSync(`${folder}/audit.jsonl`, '');
    const answer = await ask(`${management}/models/echo_FP32`, secret, { method: 'DELETE' });
    expect([answer.status, (await answer.text()).includes('audit')]).toEqual([500, false]);
    expect(warnings).toEqual([expect.stringContaining('management is refused')]);
    expect((await infer(url, secret)).status).toBe(200);
  });
});

describe('TLS', () => {
  const shown = async (port: number): Promise<string> => {
    const socket = tls.connect({
      port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return String(subject.CN);
  };

  test('is spoken by all listeners, with a certificate that changes while they run', async () => {
    let pair = { cert: '', key: '' };
    const { server, security, folder, warnings } = await guarded((folder) => {
      pair = certificate(folder, 'first');
      return { tls: pair, tokens: tokenFile(folder, {}).file };
    });
    const ports = Object.values(server.addresses).map(({ port }) => port);
    expect(server.url).toMatch(/^https:/);
    expect(await Promise.all(ports.map(shown))).toEqual(['first', 'first', 'first']);
    const second = certificate(folder, 'second');
    copyFileSync(second.cert, pair.cert);
    // The key is still of the first.
    security.reload();
    expect(warnings.at(-1)).toContain('the certificate stays as it was');
    expect(await Promise.all(ports.map(shown))).toEqual(['first', 'first', 'first']);
    copyFileSync(second.key, pair.key);
    security.reload();
    expect(await Promise.all(ports.map(shown))).toEqual(['second', 'second', 'second']);
    // Plain text is not answered.
    await expect(fetch(`http://127.0.0.1:${server.addresses.http!.port}/ping`)).rejects.toThrow();
  });

  test('with tokens lets listeners be where others reach them', async () => {
    let secret = '';
    const { server, folder } = await guarded(
      (folder) => {
        const made = tokenFile(folder, {});
        secret = made.secrets[0]!;
        return { tokens: made.file, tls: certificate(folder, 'open') };
      },
      { http: { host: '0.0.0.0' } },
    );
    const ca = readFileSync(`${folder}/open.crt`);
    const { http, grpc } = server.addresses;
    for (const address of [`https://127.0.0.1:${http!.port}`, `grpcs://127.0.0.1:${grpc!.port}`]) {
      using client = new Client(address, { ca, token: secret, retries: 0 });
      expect((await client.predict('echo_FP32', torch.ones(1))).tolist()).toEqual([1]);
      using stranger = new Client(address, { ca, retries: 0 });
      await expect(stranger.predict('echo_FP32', torch.ones(1))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  test('asks for certificates of callers where there is an authority for them', async () => {
    let own = { cert: '', key: '' };
    const { server } = await guarded((folder) => {
      own = certificate(folder, 'caller');
      return { tls: { ...certificate(folder, 'server'), ca: own.cert } };
    });
    const status = (identity: object): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get(`${server.url}/ping`, { rejectUnauthorized: false, agent: false, ...identity }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on('error', reject);
      });
    await expect(status({})).rejects.toThrow();
    expect(await status({ cert: readFileSync(own.cert), key: readFileSync(own.key) })).toBe(200);
  });
});
