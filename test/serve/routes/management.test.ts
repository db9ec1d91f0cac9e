import { describe, expect, onTestFinished, test, vi } from 'vitest';
import * as torch from '../../../src/index.js';
import { Registry } from '../../../src/serve/registry/registry.js';
import { management } from '../../../src/serve/routes/management.js';
import { repositoryRoutes } from '../../../src/serve/routes/repository.js';
import { HandlerServable } from '../../../src/serve/models/handler.js';
import { createServer } from '../../../src/serve/server.js';
import { modelsOf } from '../models.js';
import type { Reply, Route } from '../../../src/serve/http/router.js';
import { ModelStore } from '../../../src/serve/store/store.js';
import { programs, rejection, temporaryFolder, Times } from '../servable.js';

type Call = (method: string, url: string, body?: unknown) => Promise<Reply>;

/** Calls routes as a listener does. */
async function setting(routes: readonly Route[], names: string[] = ['m']): Promise<{ call: Call; registry: Registry }> {
  const store = await ModelStore.open(temporaryFolder(onTestFinished));
  for (const name of names) {
    for (const factor of [1, 2]) await store.add({ name, model: new Times(factor), examples: [{ x: torch.ones(2) }] });
  }
  const registry = await Registry.open({ store, load: programs().load });
  onTestFinished(() => registry.close());
  const call: Call = async (method, url, body) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    for (const route of routes) {
      const pattern = new RegExp(`^${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
      const match = route.method === method ? pattern.exec(pathname) : null;
      if (!match) continue;
      return route.handle({
        params: { ...match.groups },
        query: searchParams,
        headers: {},
        body: () =>
          Promise.resolve(
            Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)),
          ),
        context: { models: registry, authorize: () => {}, record: () => {}, state: () => 'ready' },
        caller: { protocol: 'http', remote: '127.0.0.1', requestId: '1' },
        permits: () => true,
        authorize: () => undefined,
        signal: new AbortController().signal,
        note: () => {},
      });
    }
    throw new Error(`no route ${method} ${url}`);
  };
  return { call, registry };
}

describe('management', () => {
  test('refuse as TorchServe does', async () => {
    const { call } = await setting(management());
    const refusal = async (method: string, url: string, body?: unknown): Promise<[number, string]> => {
      const { status, message } = await rejection(call(method, url, body));
      return [status, message];
    };
    expect(await refusal('POST', '/models')).toEqual([400, 'Parameter url is required.']);
    for (const url of ['https://example.com/m.pt', '../m', 'm/1/2', 'file:///etc/passwd', 'n', 'm/01', 'm/7'])
      expect((await refusal('POST', `/models?url=${encodeURIComponent(url)}`))[0]).toBe(404);
    expect((await refusal('POST', '/models?url=m&model_name=n'))[0]).toBe(400);
    expect((await refusal('POST', '/models', '{"url"'))[0]).toBe(400);
    expect(await refusal('GET', '/models/m')).toEqual([404, 'Model not found: m']);
    expect((await refusal('PUT', '/models/m?min_worker=2'))[0]).toBe(404);
    expect((await refusal('DELETE', '/models/m'))[0]).toBe(404);
    await call('POST', '/models?url=m/1');
    expect(await refusal('POST', '/models?url=m/1')).toEqual([
      409,
      'Model version 1 is already registered for model m',
    ]);
    expect((await refusal('PUT', '/models/m?min_worker=3&max_worker=2'))[0]).toBe(400);
    expect((await refusal('PUT', '/models/m?min_worker=0'))[0]).toBe(400);
    expect(await refusal('PUT', '/models/m/2/set-default')).toEqual([
      404,
      'Model version: 2 does not exist for model: m',
    ]);
    await call('POST', '/models', { url: 'm/2' });
    expect((await refusal('DELETE', '/models/m/all'))[0]).toBe(404);
    expect((await refusal('PUT', '/models/m/all'))[0]).toBe(404);
    const message = 'Cannot remove default version for model m';
    const body = { code: 403, type: 'InvalidModelVersionException', message };
    expect(await call('DELETE', '/models/m/1')).toEqual({ status: 403, body });
  });

  test('take addresses only where a list allows them', async () => {
    const store = await ModelStore.open(temporaryFolder(onTestFinished));
    const { call } = await setting(management({ store, policy: { allow: ['https://models.example.com/'] } }));
    const url = (address: string): string => `/models?url=${encodeURIComponent(address)}`;
    const listed = url('https://models.example.com/m.pt2');
    expect((await rejection(call('POST', listed))).message).toContain('model_name and sha256');
    const other = `${url('https://other.example.com/m.pt2')}&model_name=m&sha256=${'0'.repeat(64)}`;
    expect(await rejection(call('POST', other))).toMatchObject({
      status: 404,
      message: expect.stringContaining('not on the list') as string,
    });
    expect(store.list()).toEqual([]);
  });

  test('register, scale, describe, list, set the default and unregister', async () => {
    const { call, registry } = await setting(management());
    expect(await call('POST', '/models?url=m/1&initial_workers=2')).toEqual({
      status: 200,
      body: { status: 'Model "m" Version: 1 registered with 2 initial workers' },
    });
    expect((await call('POST', '/models', { url: 'm', initial_workers: 0 })).body).toEqual({
      status:
        'Model "m" Version: 2 registered with 0 initial workers. Use scale workers API to add workers for the model.',
    });
    expect(await call('PUT', '/models/m/2?min_worker=3&synchronous=true')).toEqual({
      status: 200,
      body: { status: 'Workers scaled to 3 for model: m, version: 2' },
    });
    expect(await call('PUT', '/models/m?min_worker=nan')).toEqual({
      status: 202,
      body: { status: 'Processing worker updates...' },
    });
    expect((await call('GET', '/models/m')).body).toMatchObject([
      { modelName: 'm', modelVersion: '1', status: 'READY' },
    ]);
    expect((await call('GET', '/models/m/all')).body).toHaveLength(2);
    expect((await call('GET', '/models/m/2')).body).toMatchObject([{ modelVersion: '2', batchSize: 1 }]);
    expect(await call('PUT', '/models/m/2/set-default')).toEqual({
      status: 200,
      body: { status: 'Default version successfully updated for model "m" to "2"' },
    });
    expect(registry.get('m').info.version).toBe('2');
    expect((await call('DELETE', '/models/m/1')).body).toEqual({ status: 'Model "m" unregistered' });
    expect((await call('DELETE', '/models/m')).body).toEqual({ status: 'Model "m" unregistered' });
    expect((await call('GET', '/models')).body).toEqual({ models: [] });
  });

  test('take the settings of TorchServe that mean something here', async () => {
    const { call, registry } = await setting(management());
    const load = vi.spyOn(registry, 'load').mockImplementation((name) => Promise.resolve({ name } as never));
    await call('POST', '/models?url=m/1&initial_workers=2&batch_size=4&max_batch_delay=7&response_timeout=30');
    const batching = { maxBatchRows: 4, maxQueueDelayMs: 7 };
    expect(load).toHaveBeenLastCalledWith('m', { version: '1', instances: 2, batching, maxRunMs: 30_000 });
    await call('POST', '/models', { url: 'm/2', response_timeout: 'no', batch_size: 1, runtime: 'PYTHON' });
    expect(load).toHaveBeenLastCalledWith('m', { version: '2' });
  });

  test('say what a handler says of itself, where that is asked for', async () => {
    const info = { version: '1', platform: 'flambeau_handler', inputs: [], outputs: [] };
    const run = () => ({});
    const models = [
      new HandlerServable({ ...info, name: 'open' }, { run, describe: (state) => ({ labels: state }) }, ['a', 'b']),
      new HandlerServable({ ...info, name: 'shut' }, { run }, undefined),
      new HandlerServable(
        { ...info, name: 'broken' },
        { run, describe: () => Promise.reject(new Error('no words')) },
        undefined,
      ),
    ];
    const server = await createServer({ models: modelsOf(models), management: {} }).listen();
    onTestFinished(() => server.close());
    const ask = async (path: string): Promise<[number, Record<string, unknown>[]]> => {
      const answer = await fetch(`http://127.0.0.1:${server.addresses.management!.port}/models/${path}`);
      return [answer.status, (await answer.json()) as Record<string, unknown>[]];
    };
    const [status, [open]] = await ask('open?customized=true');
    expect([status, open!['customizedMetadata']]).toEqual([200, { labels: ['a', 'b'] }]);
    for (const path of ['open', 'open?customized=no', 'shut/all?customized=TRUE']) {
      const [, [model]] = await ask(path);
      expect([model!['modelVersion'], 'customizedMetadata' in model!]).toEqual(['1', false]);
    }
    expect((await ask('broken?customized=true'))[0]).toBe(500);
  });

  test('list models page by page', async () => {
    const { call, registry } = await setting(management(), ['c', 'a', 'b']);
    for (const name of ['a', 'b', 'c']) await registry.load(name);
    const entry = (name: string): object => ({ modelName: name, modelUrl: `${name}/2` });
    expect((await call('GET', '/models')).body).toEqual({ models: [entry('a'), entry('b'), entry('c')] });
    expect((await call('GET', '/models?limit=2')).body).toEqual({
      nextPageToken: '2',
      models: [entry('a'), entry('b')],
    });
    expect((await call('GET', '/models?limit=2&next_page_token=2')).body).toEqual({ models: [entry('c')] });
    expect((await call('GET', '/models?limit=-1&next_page_token=-4')).body).toMatchObject({ models: [{}, {}, {}] });
  });
});

describe('repositoryRoutes', () => {
  test('take no files and no settings with a request', async () => {
    const { call } = await setting(repositoryRoutes);
    const upload = { parameters: { 'file:1/model.pt': 'AAAA' } };
    expect(await rejection(call('POST', '/v2/repository/models/m/load', upload))).toMatchObject({
      code: 'INVALID_VALUE',
    });
    expect(await rejection(call('POST', '/v2/repository/models/n/load'))).toMatchObject({ code: 'UNKNOWN_MODEL' });
    expect(await rejection(call('POST', '/v2/repository/index', '['))).toMatchObject({ code: 'INVALID_VALUE' });
    expect(await rejection(call('POST', '/v2/repository/index', { ready: 1 }))).toMatchObject({
      code: 'INVALID_VALUE',
    });
  });

  test('load, unload and show the index', async () => {
    const { call } = await setting(repositoryRoutes);
    const index = (body?: unknown): Promise<unknown> =>
      call('POST', '/v2/repository/index', body).then((answer) => answer.body);
    expect(await call('POST', '/v2/repository/models/m/load')).toEqual({ body: { name: 'm', load: true } });
    const unloaded = { name: 'm', version: '1', state: 'UNAVAILABLE', reason: '' };
    const ready = { name: 'm', version: '2', state: 'READY', reason: '' };
    expect(await index()).toEqual([unloaded, ready]);
    expect(await index({ ready: true })).toEqual([ready]);
    await call('POST', '/v2/repository/models/m/unload', { parameters: { unload_dependents: true } });
    expect(await index({ ready: true })).toEqual([]);
  });
});
