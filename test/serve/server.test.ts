import { createServer as createHttp, request as httpRequest, Agent, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Listener } from '../../src/serve/http/listener.js';
import { createServer } from '../../src/serve/server.js';
import { echo, modelsOf, servable, withServer } from './models.js';

const body = '{"inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}]}';
const path = '/v2/models/echo_FP32/infer';

/** A model that waits to be let go. */
function gated(): { model: ReturnType<typeof servable>; started: Promise<void>; go(): void } {
  let began = (): void => undefined;
  let go = (): void => undefined;
  const started = new Promise<void>((resolve) => (began = resolve));
  const gate = new Promise<void>((resolve) => (go = resolve));
  const model = servable('gated', [], [], async (_inputs, { signal }) => {
    began();
    await Promise.race([
      gate,
      new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason))),
    ]);
    return [];
  });
  return { model, started, go };
}

describe('createServer', () => {
  test('listens nowhere when one listener cannot listen', async () => {
    await withServer([echo('FP32')], async (_url, server) => {
      const { port } = server.addresses.http!;
      let finished = 0;
      const other: Listener = {
        name: 'other',
        address: { host: '', port: 0 },
        finish: async () => void finished++,
        cancel: () => undefined,
        destroy: () => undefined,
      };
      const options = { models: modelsOf([]), management: { port }, listeners: [async () => other] };
      const second = createServer(options);
      await expect(second.listen()).rejects.toThrow('EADDRINUSE');
      expect([second.addresses, second.context.state(), finished]).toEqual([{}, 'starting', 0]);
      await second.close();
      await expect(second.listen()).rejects.toThrow('closed');
      await expect(server.listen()).rejects.toThrow('listens already');
    });
  });

  test('is on loopback, and management on a listener of its own', async () => {
    await withServer(
      [echo('FP32')],
      async (url, server) => {
        expect(Object.keys(server.addresses)).toEqual(['http', 'management']);
        const { host, port } = server.addresses.management!;
        expect([host, server.addresses.http!.host]).toEqual(['127.0.0.1', '127.0.0.1']);
        expect((await fetch(`http://${host}:${port}/ping`)).status).toBe(200);
        expect((await fetch(`http://${host}:${port}${path}`, { method: 'POST', body })).status).toBe(404);
        expect(await (await fetch(`http://${host}:${port}/more`)).json()).toEqual({ more: 1 });
        expect((await fetch(`${url}/more`)).status).toBe(404);
        expect((await fetch(url + path, { method: 'POST', body })).status).toBe(200);
      },
      {
        management: { routes: [{ method: 'GET', path: '/more', summary: '', handle: () => ({ body: { more: 1 } }) }] },
      },
    );
  });

  test('drains: not ready at once and live, takes requests, finishes what it has, then refuses connections', async () => {
    const { model, started, go } = gated();
    const server = await createServer({ models: modelsOf([echo('FP32'), model]) }).listen();
    const url = server.url;
    const late = fetch(`${url}/v2/models/gated/infer`, { method: 'POST', body });
    await started;
    let over = false;
    const drained = server.drain({ preDrainMs: 500 }).then(() => (over = true));
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(503);
    expect((await fetch(`${url}/v2/health/live`)).status).toBe(200);
    const taken = await fetch(url + path, { method: 'POST', body });
    expect([taken.status, taken.headers.get('connection')]).toEqual([200, 'close']);
    while (
      await fetch(`${url}/ping`).then(
        () => true,
        () => false,
      )
    );
    expect(over).toBe(false);
    go();
    const answer = await late;
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    await drained;
  });

  test('refuses with 503 what is not done in time', async () => {
    const { model, started } = gated();
    const server = await createServer({ models: modelsOf([model]) }).listen();
    const late = fetch(`${server.url}/v2/models/gated/infer`, { method: 'POST', body });
    await started;
    await server.drain({ preDrainMs: 0, drainTimeoutMs: 10 });
    const answer = await late;
    expect([answer.status, await answer.json()]).toEqual([503, { error: 'the server is going down' }]);
  });

  test('loses no request of clients that keep their connections while it drains', async () => {
    const server = await createServer({ models: modelsOf([echo('FP32')]) }).listen();
    const { port } = server.addresses.http!;
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    let closing = false;
    const ask = (): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = httpRequest(
          { port, host: '127.0.0.1', path, method: 'POST', agent },
          (answer: IncomingMessage) => {
            closing ||= answer.headers.connection === 'close';
            answer.resume().on('end', () => resolve(answer.statusCode));
          },
        );
        sent.on('error', reject).end(body);
      });
    const statuses: (number | undefined)[] = [];
    const lost: string[] = [];
    // As a balancer does, it goes elsewhere once it is told.
    const client = async (): Promise<void> => {
      try {
        while (!closing) statuses.push(await ask());
      } catch (error) {
        lost.push((error as Error).message);
      }
    };
    const clients = [client(), client(), client(), client()];
    while (statuses.length < 50) await ask();
    await server.drain({ preDrainMs: 100 });
    await Promise.all(clients);
    agent.destroy();
    expect([lost, new Set(statuses)]).toEqual([[], new Set([200])]);
  });

  test('stands in a server that exists already', async () => {
    const server = createServer({ models: modelsOf([echo('FP32')]), http: false });
    const handle = server.handler();
    const outer = createHttp((request, response) => {
      handle(request, response, () => response.end('outer'));
    }).listen(0, '127.0.0.1');
    await once(outer, 'listening');
    const url = `http://127.0.0.1:${(outer.address() as AddressInfo).port}`;
    try {
      expect(await (await fetch(`${url}/mine`)).text()).toBe('outer');
      expect((await fetch(url + path, { method: 'POST', body })).status).toBe(200);
      expect((await fetch(url + path)).status).toBe(405);
      expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200);
    } finally {
      outer.closeAllConnections();
      outer.close();
      await server.close();
    }
  });
});
