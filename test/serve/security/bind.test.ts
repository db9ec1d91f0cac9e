import { describe, expect, onTestFinished, test } from 'vitest';
import { grpc } from '../../../src/serve/grpc/listener.js';
import { listen, type Listener } from '../../../src/serve/http/listener.js';
import { checkBind, isLoopback } from '../../../src/serve/security/bind.js';
import { createServer, type Server, type ServerOptions } from '../../../src/serve/server.js';
import { modelsOf } from '../models.js';

describe('isLoopback', () => {
  test('is true for what only this machine reaches', () => {
    for (const host of ['127.0.0.1', '127.8.9.1', '::1', '[::1]', '::ffff:127.0.0.1', 'localhost', 'LocalHost'])
      expect([host, isLoopback(host)]).toEqual([host, true]);
    const others = ['', '0', '0.0.0.0', '::', '[::]', '10.0.0.1', '::ffff:10.0.0.1', '127.0.0.1.example.com', 'host'];
    for (const host of others) expect([host, isLoopback(host)]).toEqual([host, false]);
  });
});

describe('checkBind', () => {
  test('says what is missing', () => {
    const refusal = (authenticated: boolean, secure: boolean): string => {
      try {
        checkBind('grpc', '0.0.0.0', { authenticated, secure });
      } catch (error) {
        return /without (.*?):/.exec((error as Error).message)![1]!;
      }
      return '';
    };
    expect(refusal(false, false)).toBe('tokens and TLS');
    expect(refusal(true, false)).toBe('TLS');
    expect(refusal(false, true)).toBe('tokens');
    expect(refusal(true, true)).toBe('');
  });
});

describe('createServer', () => {
  const at: Record<string, (host: string) => Partial<ServerOptions>> = {
    http: (host) => ({ http: { host } }),
    management: (host) => ({ management: { host } }),
    grpc: (host) => ({ listeners: [grpc({ host })] }),
    metrics: (host) => ({ listeners: [(context) => listen('metrics', context, [], { host })] }),
  };
  const serverOf = (options: Partial<ServerOptions>): Server => {
    const server = createServer({ models: modelsOf([]), ...options });
    onTestFinished(() => server.close());
    return server;
  };

  test.each(Object.keys(at))('does not let %s listen where others can reach it', async (name) => {
    for (const host of ['0.0.0.0', '::', '']) {
      const server = serverOf(at[name]!(host));
      await expect(server.listen()).rejects.toMatchObject({
        code: 'INVALID_VALUE',
        message: expect.stringMatching(new RegExp(`'${name}'.*without tokens and TLS.*allowInsecure`)) as string,
      });
      expect(server.addresses).toEqual({});
    }
  });

  test.each(Object.keys(at))('lets %s do so where it is named, and no other', async (name) => {
    const options = at[name]!('0.0.0.0');
    const server = await serverOf({ ...options, allowInsecure: [name] }).listen();
    expect(server.addresses[name]!.host).toBe('0.0.0.0');
    const other = name === 'http' ? 'management' : 'http';
    await expect(serverOf({ ...options, allowInsecure: [other] }).listen()).rejects.toMatchObject({
      code: 'INVALID_VALUE',
    });
  });

  test('closes a listener that did not ask', async () => {
    let destroyed = 0;
    const careless: Listener = {
      name: 'careless',
      address: { host: '192.168.1.1', port: 1 },
      finish: async () => undefined,
      cancel: () => undefined,
      destroy: () => void destroyed++,
    };
    const server = serverOf({ listeners: [async () => careless] });
    await expect(server.listen()).rejects.toThrow(`the listener 'careless' may not listen on '192.168.1.1'`);
    expect([destroyed, server.addresses]).toEqual([1, {}]);
  });
});
