import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import * as torch from '../../src/index.js';
import { Client } from '../../src/serve/client/client.js';
import { ModelStore } from '../../src/serve/store/store.js';
import { temporaryFolder } from '../serve/servable.js';
import type { Json } from '../serve/models.js';

const program = join(import.meta.dirname, '..', '..', 'lib', 'cli', 'main.js');
const infer = '{"inputs":[{"name":"x","datatype":"FP32","shape":[1,4],"data":[1,2,3,4]}]}';
const removals: (() => void)[] = [];
let store: string;

beforeAll(async () => {
  const folder = temporaryFolder((remove) => removals.push(remove));
  store = join(folder, 'store');
  const opened = await ModelStore.open(store, { create: true });
  for (const name of ['a', 'b', 'b'])
    await opened.add({ name, model: 'test/export/files/mlp.pt2', batching: { maxBatchRows: 8 } });
});
afterAll(() => removals.forEach((remove) => remove()));

interface Running {
  child: ChildProcess;
  /** The line that says where it listens. */
  serving: Json;
  lines: Json[];
  errors(): string;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

/** Starts the program, and waits until it serves or ends. */
async function serve(args: string[], env: Record<string, string> = {}, until = 'serving'): Promise<Running> {
  const child = spawn(process.execPath, [program, 'serve', ...args], { env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const running = { child, lines: [] as Json[], serving: undefined as Json };
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  await new Promise<void>((resolve) => {
    void ended.then(() => resolve());
    createInterface(child.stdout).on('line', (line) => {
      const value: Json = JSON.parse(line);
      running.lines.push(value);
      if (value.msg !== until) return;
      running.serving = value;
      resolve();
    });
  });
  return { ...running, ended, errors: () => errors };
}

const apart = ['--http', '127.0.0.1:0', '--snapshot', 'off'];
const quiet = [...apart, '--pre-drain', '0'];
const line = (running: Running, msg: string): Promise<Json> =>
  vi.waitFor(
    () => {
      const found = running.lines.find((each) => each.msg === msg);
      if (!found) throw new Error(`no line '${msg}'`);
      return found;
    },
    { timeout: 10_000 },
  );

describe('flambeau serve', () => {
  test('ends with 1 and one line when it cannot start, and with 2 when it is called wrongly', async () => {
    const broken = join(temporaryFolder(onTestFinished), 'store');
    const opened = await ModelStore.open(broken, { create: true });
    await opened.add({ name: 'm', model: 'test/export/files/mlp.pt2' });
    writeFileSync(join(broken, 'm', '1', 'model.pt2'), 'damaged');
    const busy = await serve(['--store', store, ...quiet]);
    const cases: [string[], RegExp][] = [
      [['--store', join(broken, 'nothing')], /is not there$/],
      [['--store', store, '--model', 'nobody'], /has no model 'nobody'$/],
      [['--store', store, '--model', 'a:7'], /has no model 'a' of version 7$/],
      [['--store', store, '--http', '0.0.0.0:0'], /'http' may not listen on '0\.0\.0\.0'.* without tokens and TLS/],
      [['--store', store, '--http', busy.serving.http], /EADDRINUSE/],
      [['--store', broken, '--http', '127.0.0.1:0'], /m\/1\/model\.pt2/],
      [['--store', store, '--log-file', join(broken, 'no', 'log')], /ENOENT/],
      [[], /a store is needed/],
    ];
    for (const [args, message] of cases) {
      const failed = await serve(args.includes('--http') ? args : [...args, '--http', '127.0.0.1:0']);
      expect([await failed.ended, failed.serving]).toEqual([1, undefined]);
      expect(failed.errors().trim()).toMatch(message);
      expect(failed.errors().trim().split('\n')).toHaveLength(1);
    }
    const misused = await serve(['--store', store, '--managment', '1']);
    expect([await misused.ended, misused.errors()]).toEqual([
      2,
      'flambeau serve: there is no option --managment; did you mean --management?\n',
    ]);
  }, 60_000);

  test('serves the newest of each model everywhere that it is told to', async () => {
    const everywhere = ['--grpc', '0', '--management', '0', '--metrics', '0'];
    const running = await serve(['--store', store, ...quiet, ...everywhere]);
    const { http, grpc, management, metrics, models } = running.serving;
    expect(models).toEqual(['a/1', 'b/2']);
    for (const place of [http, grpc, management, metrics]) expect(place).toMatch(/^127\.0\.0\.1:\d+$/);
    for (const url of [`http://${http}`, `grpc://${grpc}`]) {
      using client = new Client(url);
      expect((await client.predict('b', torch.ones(3, 4))).shape).toEqual([3, 3]);
    }
    const text = await (await fetch(`http://${metrics}/metrics`)).text();
    for (const protocol of ['http', 'grpc'])
      expect(text).toContain(`flambeau_requests_total{protocol="${protocol}",model="b",version="2",code="OK"} `);
    expect((await fetch(`http://${management}/models/b/2/set-default`, { method: 'PUT' })).status).toBe(200);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(running.errors()).toBe('');
    const requests = running.lines.filter(({ msg, route }) => msg === 'request' && route.endsWith('ModelInfer'));
    expect(requests).toMatchObject([{ protocol: 'grpc', model: 'b', version: '2', code: 'OK', rows: 3 }]);
  }, 30_000);

  test('is not ready at once at SIGTERM, still alive, takes requests, and ends with 0', async () => {
    const running = await serve(['--store', store, ...apart, '--pre-drain', '1500']);
    const url = `http://${running.serving.http}`;
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200);
    running.child.kill('SIGTERM');
    await line(running, 'going down');
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(503);
    expect((await fetch(`${url}/v2/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/v2/models/a/infer`, { method: 'POST', body: infer })).status).toBe(200);
    expect(await running.ended).toBe(0);
    expect(running.lines.at(-1).msg).toBe('stopped');
  }, 30_000);

  test('is alive and not ready while models load, and ends though one never does', async () => {
    const slow = join(temporaryFolder(onTestFinished), 'store');
    const handler = join(slow, '..', 'never.mjs');
    writeFileSync(
      handler,
      'export default { load: () => new Promise(() => setInterval(() => {}, 1e6)), run: (x) => x };',
    );
    const spec = { name: 'x', datatype: 'FP32', shape: [-1] } as const;
    const opened = await ModelStore.open(slow, { create: true });
    await opened.add({
      name: 'never',
      model: handler,
      inputs: [{ ...spec, shape: [-1] }],
      outputs: [{ ...spec, shape: [-1] }],
    });
    const running = await serve(['--store', slow, ...quiet, '--drain-timeout', '300'], {}, 'listening');
    const url = `http://${running.serving.http}`;
    expect((await fetch(`${url}/v2/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(503);
    expect((await fetch(`${url}/v2/models/never/infer`, { method: 'POST', body: infer })).status).toBe(503);
    running.child.kill('SIGTERM');
    expect([await running.ended, running.lines.at(-1).msg]).toEqual([1, 'models do not end']);
  }, 30_000);

  test('ends at once at a second SIGTERM', async () => {
    const running = await serve(['--store', store, ...apart, '--pre-drain', '600000']);
    running.child.kill('SIGTERM');
    await line(running, 'going down');
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(143);
  }, 30_000);

  test('has what it had before, after kill -9, and what is named beside', async () => {
    const snapshot = join(temporaryFolder(onTestFinished), 'state.json');
    const args = ['--store', store, '--http', '127.0.0.1:0', '--snapshot', snapshot, '--pre-drain', '0'];
    const first = await serve([...args, '--model', 'b:1', '--management', '0']);
    expect(first.serving.models).toEqual(['b/1']);
    const loaded = await fetch(`http://${first.serving.management}/v2/repository/models/a/load`, { method: 'POST' });
    expect(loaded.status).toBe(200);
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    const second = await serve(args);
    expect(second.serving.models).toEqual(['a/1', 'b/1']);
    second.child.kill('SIGTERM');
    await second.ended;
    const third = await serve([...args, '--model', 'b:2']);
    expect(third.serving.models).toEqual(['a/1', 'b/1', 'b/2']);
  }, 60_000);

  test('takes its settings from a file and the environment, and opens its log anew at SIGHUP', async () => {
    const folder = temporaryFolder(onTestFinished);
    const [file, log] = [join(folder, 'serve.json'), join(folder, 'log')];
    writeFileSync(
      file,
      JSON.stringify({ http: '127.0.0.1:0', snapshot: false, drain: { preDrainMs: 0 }, log: { file: log } }),
    );
    const running = await serve(['--config', file], {
      FLAMBEAU_STORE: store,
      FLAMBEAU_MODEL: 'a',
      FLAMBEAU_INSTANCES: '2',
    });
    expect([running.serving.models, running.lines.length]).toEqual([['a/1'], 1]);
    const call = (id: string): Promise<Response> =>
      fetch(`http://${running.serving.http}/v2/models/a/infer`, {
        ...{ method: 'POST', body: infer, headers: { 'x-request-id': id } },
      });
    const logged = (path: string, id: string): Promise<void> =>
      vi.waitFor(() => expect(readFileSync(path, 'utf8')).toContain(`"requestId":"${id}"`), { timeout: 10_000 });
    await call('first');
    await logged(log, 'first');
    renameSync(log, `${log}.1`);
    running.child.kill('SIGHUP');
    await vi.waitFor(() => readFileSync(log), { timeout: 10_000 });
    await call('second');
    await logged(log, 'second');
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(0);
    expect(readFileSync(log, 'utf8')).toContain('"msg":"stopped"');
  }, 30_000);

  test('asks for tokens over TLS on every listener, takes new ones at SIGHUP, and writes an audit log', async () => {
    const folder = temporaryFolder(onTestFinished);
    const [tokens, audit] = [join(folder, 'tokens.json'), join(folder, 'audit.log')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', 'key', '-out', 'cert'];
    execFileSync('openssl', [...made, ...subject], { cwd: folder, stdio: 'ignore' });
    const flambeau = (...args: string[]): string =>
      execFileSync(process.execPath, [program, ...args], { encoding: 'utf8' });
    const tokenFor = (verbs: string): string =>
      /fl[\w-]{40,}/.exec(flambeau('token', 'create', '--file', tokens, '--verbs', verbs))![0];
    const first = tokenFor('infer,read');
    const secure = [
      '--tokens',
      tokens,
      '--audit',
      audit,
      '--tls-key',
      join(folder, 'key'),
      '--tls-cert',
      join(folder, 'cert'),
    ];
    const running = await serve([
      ...['--store', store, '--model', 'a', '--snapshot', 'off', '--pre-drain', '0', ...secure],
      ...['--http', '127.0.0.1:0', '--grpc', '0.0.0.0:0', '--metrics', '0', '--management', '0'],
    ]);
    expect(running.serving).toMatchObject({ tls: true, grpc: expect.stringMatching(/^0\.0\.0\.0:/), models: ['a/1'] });
    const ca = readFileSync(join(folder, 'cert'));
    const { http, grpc, metrics, management } = running.serving;
    const status = (place: string, path: string, token?: string, method = 'GET'): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
        request(`https://${place}${path}`, { ca, headers, method }, (answer) => {
          answer.resume().on('end', () => resolve(answer.statusCode!));
        })
          .on('error', reject)
          .end();
      });
    const places = [`https://${http}`, `grpcs://127.0.0.1:${grpc.split(':')[1]}`];
    for (const url of places) {
      using stranger = new Client(url, { ca });
      await expect(stranger.infer('a', [])).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      using client = new Client(url, { ca, token: first });
      expect((await client.predict('a', torch.ones(2, 4))).shape).toEqual([2, 3]);
    }
    expect(await status(http, '/v2/health/ready')).toBe(200);
    expect([await status(metrics, '/metrics'), await status(metrics, '/metrics', first)]).toEqual([401, 403]);
    const second = tokenFor('manage,metrics');
    running.child.kill('SIGHUP');
    await vi.waitFor(async () => expect(await status(metrics, '/metrics', second)).toBe(200), { timeout: 10_000 });
    expect(await status(management, '/models/a/1/set-default', second, 'PUT')).toBe(200);
    running.child.kill('SIGTERM');
    expect([await running.ended, running.errors()]).toEqual([0, '']);
    expect(JSON.stringify(running.lines)).not.toContain(first.slice(-20));
    expect(flambeau('audit', 'verify', audit)).toBeTruthy();
    expect(readFileSync(audit, 'utf8')).toMatch(/"managed".*set-default/);
    writeFileSync(audit, readFileSync(audit, 'utf8').replace('set-default', 'set-defaulT'));
    expect(() => flambeau('audit', 'verify', audit)).toThrow();
  }, 60_000);

  test('answers on after the process of its models was killed', async () => {
    const running = await serve(['--store', store, ...quiet, '--isolation', 'process']);
    const pid = Number(execFileSync('ps', ['-o', 'pid=', '--ppid', String(running.serving.pid)], { encoding: 'utf8' }));
    expect(pid).toBeGreaterThan(0);
    process.kill(pid, 'SIGKILL');
    using client = new Client(`http://${running.serving.http}`, { retries: 20 });
    expect((await client.predict('a', torch.ones(2, 4))).shape).toEqual([2, 3]);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  }, 30_000);

  test('ends a process of models that stands still for longer than it may', async () => {
    const folder = temporaryFolder(onTestFinished);
    const handler = join(folder, 'loop.mjs');
    writeFileSync(handler, 'export default { run: (x) => { while (x.x.shape[0] === 1); return { x: x.x }; } };');
    const spec = { name: 'x', datatype: 'FP32', shape: [-1, 4] } as const;
    const opened = await ModelStore.open(join(folder, 'store'), { create: true });
    await opened.add({ name: 'loop', model: handler, inputs: [spec], outputs: [spec] });
    const limit = ['--isolation', 'process', '--unresponsive', '400'];
    const running = await serve(['--store', join(folder, 'store'), ...quiet, ...limit]);
    const url = `http://${running.serving.http}/v2/models/loop/infer`;
    expect((await fetch(url, { method: 'POST', body: infer })).status).toBe(500);
    using client = new Client(`http://${running.serving.http}`, { retries: 20 });
    expect((await client.predict('loop', torch.ones(2, 4))).shape).toEqual([2, 4]);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  }, 30_000);
});
