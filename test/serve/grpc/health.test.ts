import { status } from '@grpc/grpc-js';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import * as torch from '../../../src/index.js';
import { grpc } from '../../../src/serve/grpc/listener.js';
import { Registry } from '../../../src/serve/registry/registry.js';
import { createServer } from '../../../src/serve/server.js';
import { ModelStore } from '../../../src/serve/store/store.js';
import { programs, temporaryFolder, Times } from '../servable.js';
import { contextOf, double, echo, serving } from './server.js';
import { call, stockHealth } from './stock.js';

describe('grpc.health.v1', () => {
  test('knows no service that is no model', async () => {
    await using server = await serving(contextOf(echo));
    const client = stockHealth(server.address);
    await expect(call(client, 'Check', { service: 'nobody' })).rejects.toMatchObject({ code: status.NOT_FOUND });
    client.close();
  });

  test('follows the readiness of the server and of each model, without a token', async () => {
    const context = contextOf(double, echo);
    context.token = 'secret';
    await using server = await serving(context);
    const client = stockHealth(server.address);
    const check = async (service: string) => (await call<{ status: string }>(client, 'Check', { service })).status;
    for (const service of ['', 'inference.GRPCInferenceService', 'echo', 'echo/1', 'double'])
      expect([service, await check(service)]).toEqual([service, 'SERVING']);
    await context.models.unload('echo');
    expect([await check('echo'), await check('double')]).toEqual(['NOT_SERVING', 'SERVING']);
    context.stage = 'draining';
    for (const service of ['', 'inference.GRPCInferenceService', 'double'])
      expect([service, await check(service)]).toEqual([service, 'NOT_SERVING']);
    client.close();
  });

  test('tells those who watch of each change', async () => {
    const context = contextOf(echo);
    await using server = await serving(context);
    const client = stockHealth(server.address);
    const stream = client.Watch!({ service: 'echo' }) as NodeJS.EventEmitter & { cancel(): void };
    const seen: string[] = [];
    stream.on('data', (message: { status: string }) => seen.push(message.status));
    stream.on('error', () => {});
    await expect.poll(() => seen).toEqual(['SERVING']);
    await context.models.unload('echo');
    await expect.poll(() => seen).toEqual(['SERVING', 'NOT_SERVING']);
    await context.models.load('echo');
    await expect.poll(() => seen).toEqual(['SERVING', 'NOT_SERVING', 'SERVING']);
    stream.cancel();
    client.close();
  });

  test('tells of changes of a registry as they come, and keeps no server from going down', async () => {
    const store = await ModelStore.open(temporaryFolder(onTestFinished));
    for (const factor of [1, 2])
      await store.add({ name: 'm', model: new Times(factor), examples: [{ x: torch.ones(2) }] });
    const models = await Registry.open({ store, load: programs().load });
    const looks = vi.spyOn(models, 'isReady');
    const server = await createServer({ models, http: false, listeners: [grpc()] }).listen();
    onTestFinished(() => models.close());
    const client = stockHealth(`127.0.0.1:${server.addresses.grpc!.port}`);
    onTestFinished(() => client.close());
    let ended = 0;
    const watch = (service: string): string[] => {
      const seen: string[] = [];
      const stream = client.Watch!({ service }) as NodeJS.EventEmitter;
      stream.on('data', (message: { status: string }) => seen.push(message.status));
      stream.on('error', () => {}).on('end', () => ended++);
      return seen;
    };
    const [all, any, second] = [watch(''), watch('m'), watch('m/2')];
    await expect.poll(() => [all, any, second]).toEqual([['SERVING'], ['NOT_SERVING'], ['NOT_SERVING']]);
    await models.load('m', { version: '1' });
    await expect.poll(() => any).toEqual(['NOT_SERVING', 'SERVING']);
    await models.load('m');
    await expect.poll(() => second).toEqual(['NOT_SERVING', 'SERVING']);
    await models.unload('m');
    await expect.poll(() => second).toEqual(['NOT_SERVING', 'SERVING', 'NOT_SERVING']);
    expect(any).toEqual(second);
    // Nobody looks where nothing happens.
    looks.mockClear();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(looks).not.toHaveBeenCalled();
    // Longer than this test may run: a drain that waited for them would not end.
    await server.drain({ preDrainMs: 0, drainTimeoutMs: 1_000_000 });
    await expect.poll(() => ended).toBe(3);
    expect(all).toEqual(['SERVING', 'NOT_SERVING']);
  });
});
