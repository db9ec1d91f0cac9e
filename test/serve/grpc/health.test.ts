import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
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
});
