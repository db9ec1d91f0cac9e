import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http2 from 'node:http2';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { startGrpc } from '../../../src/serve/grpc/server.js';
import { Client } from '../../../src/serve/index.js';
import { contextOf, double, echo, servable, serving } from './server.js';
import { call, stock, type Stock } from './stock.js';

describe('startGrpc', () => {
  test('says that it cannot listen where another one does', async () => {
    await using server = await serving(contextOf(echo));
    await expect(startGrpc(contextOf(echo), { port: server.port })).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringContaining(`gRPC cannot listen on 127.0.0.1:${server.port}`) as string,
    });
  });

  test('tryShutdown() lets a call end, and takes no new one', async () => {
    let answer!: () => void;
    const started = new Promise<void>((begun) => {
      answer = begun;
    });
    let finish!: () => void;
    const waiting = servable('waiting', '1', async ({ inputs }) => {
      answer();
      await new Promise<void>((resolve) => (finish = resolve));
      return inputs;
    });
    const server = await startGrpc(contextOf(waiting));
    const client = stock(`127.0.0.1:${server.port}`);
    const asked = call(client, 'ModelInfer', { model_name: 'waiting', id: 'last' });
    await started;
    const down = server.tryShutdown();
    const stranger = stock(`127.0.0.1:${server.port}`, undefined, { 'grpc.use_local_subchannel_pool': 1 });
    await expect(call(stranger, 'ServerLive', {})).rejects.toMatchObject({ code: grpc.status.UNAVAILABLE });
    finish();
    expect(await asked).toMatchObject({ id: 'last' });
    await down;
    client.close();
    stranger.close();
  });

  test('has windows in which a large message fits', async () => {
    await using server = await serving(contextOf(echo));
    const session = http2.connect(`http://${server.address}`);
    await once(session, 'remoteSettings');
    expect(session.remoteSettings).toMatchObject({ initialWindowSize: 16 << 20, maxFrameSize: 1 << 20 });
    await expect.poll(() => session.state.remoteWindowSize).toBe(32 << 20);
    session.destroy();
  });

  test('answers damaged messages and unknown methods with a status', async () => {
    await using server = await serving(contextOf(echo));
    const channel = new grpc.Client(server.address, grpc.credentials.createInsecure());
    const same = (bytes: Buffer) => bytes;
    const send = (method: string, bytes: Buffer) =>
      new Promise<number | undefined>((resolve) =>
        channel.makeUnaryRequest(`/inference.GRPCInferenceService/${method}`, same, same, bytes, (error) =>
          resolve(error?.code),
        ),
      );
    // A length that goes beyond the end, an unknown wire type, a group that does not end.
    for (const bytes of [[0x3a, 0x7f, 1], [0x0f], [0x2b], [0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f]])
      expect([bytes, await send('ModelInfer', Buffer.from(bytes))]).toEqual([bytes, grpc.status.INVALID_ARGUMENT]);
    expect(await send('Nothing', Buffer.alloc(0))).toBe(grpc.status.UNIMPLEMENTED);
    channel.close();
  });
});

describe('TLS', () => {
  let folder: string;
  const pem = (name: string) => readFileSync(path.join(folder, name));

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'flambeau-tls-'));
    for (const name of ['first', 'second']) {
      const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
      const files = ['-keyout', `${name}.key`, '-out', `${name}.crt`];
      const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files];
      execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is what a client with the authority gets, and no other', async () => {
    const read = () => ({ cert: pem('first.crt'), key: pem('first.key') });
    await using server = await serving(contextOf(double), { tls: read });
    using client = new Client(`grpcs://127.0.0.1:${server.port}`, { ca: pem('first.crt') });
    expect((await client.predict('double', torch.ones(2))).tolist()).toEqual([2, 2]);
    for (const other of [
      new Client(`grpcs://127.0.0.1:${server.port}`, { ca: pem('second.crt'), retries: 0 }),
      new Client(`grpc://127.0.0.1:${server.port}`, { retries: 0 }),
    ]) {
      await expect(other.predict('double', torch.ones(2))).rejects.toMatchObject({ code: 'NOT_READY' });
      other.close();
    }
  });

  test('reloadTls() takes a new certificate, and keeps the old one where there is none', async () => {
    let name = 'first';
    const read = () => ({ cert: pem(`${name}.crt`), key: pem(`${name}.key`) });
    await using server = await serving(contextOf(double), { tls: read });
    const shown = async () => {
      const socket = tls.connect({
        port: server.port,
        host: '127.0.0.1',
        rejectUnauthorized: false,
        ALPNProtocols: ['h2'],
      });
      await once(socket, 'secureConnect');
      const { subject } = socket.getPeerCertificate();
      socket.destroy();
      return subject.CN;
    };
    expect(await shown()).toBe('first');
    name = 'missing';
    expect(() => server.reloadTls()).toThrow('ENOENT');
    expect(await shown()).toBe('first');
    name = 'second';
    server.reloadTls();
    expect(await shown()).toBe('second');
  });

  test('with an authority for callers, takes none without a certificate of it', async () => {
    const read = () => ({ cert: pem('first.crt'), key: pem('first.key'), ca: pem('second.crt') });
    await using server = await serving(contextOf(double), { tls: read });
    const without = stock(server.address, grpc.credentials.createSsl(pem('first.crt')));
    await expect(call(without, 'ServerLive', {})).rejects.toMatchObject({ code: grpc.status.UNAVAILABLE });
    const identity = [pem('first.crt'), pem('second.key'), pem('second.crt')] as const;
    const known = stock(server.address, grpc.credentials.createSsl(...identity));
    expect(await call(known, 'ServerLive', {})).toEqual({ live: true });
    without.close();
    known.close();
  });
});

describe('reflection', () => {
  interface Answer {
    list_services_response?: { service: { name: string }[] };
    file_descriptor_response?: { file_descriptor_proto: Buffer[] };
  }

  async function reflect(address: string, request: object, token?: string): Promise<Answer> {
    const proto = loadSync('grpc/reflection/v1/reflection.proto', {
      keepCase: true,
      includeDirs: ['node_modules/@grpc/reflection/build/proto'],
    });
    const { ServerReflection } = (
      grpc.loadPackageDefinition(proto) as unknown as {
        grpc: { reflection: { v1: { ServerReflection: new (...args: unknown[]) => Stock } } };
      }
    ).grpc.reflection.v1;
    const client = new ServerReflection(address, grpc.credentials.createInsecure());
    const metadata = new grpc.Metadata();
    if (token) metadata.set('authorization', `Bearer ${token}`);
    const stream = client.ServerReflectionInfo!(metadata) as NodeJS.EventEmitter & {
      write(message: object): void;
      end(): void;
    };
    try {
      return await new Promise((resolve, reject) => {
        stream.once('data', resolve);
        stream.on('error', reject);
        stream.write(request);
        stream.end();
      });
    } finally {
      client.close();
    }
  }

  test('is for those who may read', async () => {
    const context = contextOf(echo);
    context.token = 'secret';
    await using server = await serving(context);
    const request = { list_services: '' };
    await expect(reflect(server.address, request)).rejects.toMatchObject({ code: grpc.status.UNAUTHENTICATED });
    expect(await reflect(server.address, request, 'secret')).toHaveProperty('list_services_response');
  });

  test('names the services and gives the file of each', async () => {
    await using server = await serving(contextOf(echo));
    const { list_services_response: list } = await reflect(server.address, { list_services: '' });
    const names = list!.service.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['inference.GRPCInferenceService', 'grpc.health.v1.Health']));
    const asked = { file_containing_symbol: 'inference.GRPCInferenceService' };
    const { file_descriptor_response: file } = await reflect(server.address, asked);
    expect(Buffer.concat(file!.file_descriptor_proto).includes('raw_input_contents')).toBe(true);
  });
});
