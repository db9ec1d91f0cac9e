import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { haproxy } from './install.js';

const program = process.platform === 'linux' ? haproxy() : undefined;
const atLeast = 20_000;
const atOnce = 16;

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

const configuration = (front: number, servers: number[]): string => `
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  timeout check 5s
  option httpchk GET /v2/health/ready
frontend models
  bind 127.0.0.1:${front}
  default_backend servers
backend servers
  balance roundrobin
${servers.map((port, i) => `  server s${i} 127.0.0.1:${port} check inter 100ms fall 1 rise 1`).join('\n')}
`;

async function started(port: number, drain: boolean): Promise<ChildProcess> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('server.mjs', import.meta.url))], {
    env: { ...process.env, PORT: String(port), DRAIN: drain ? 'yes' : 'no' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = (await once(child.stdout!, 'data')) as [Buffer];
  expect(first.toString()).toBe('ready\n');
  return child;
}

const body = JSON.stringify({ inputs: [{ name: 'x', shape: [3], datatype: 'FP32', data: [1, 2, 3] }] });

/** One request: nothing where it was answered rightly, or what happened instead. */
const ask = (port: number, agent: Agent): Promise<string | undefined> =>
  new Promise((resolve) => {
    const request = httpRequest(
      {
        ...{ host: '127.0.0.1', port, agent, method: 'POST', path: '/v2/models/neg/infer' },
        headers: { 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', (error) => resolve(error.message));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve(
            response.statusCode === 200 && text.includes('[-1,-2,-3]') ? undefined : `${response.statusCode} ${text}`,
          );
        });
      },
    );
    request.on('error', (error) => resolve(error.message));
    request.end(body);
  });

/** Restarts two servers, one after the other, under load, and gives the failures and the number of all requests. */
async function rolling(drain: boolean): Promise<{ failures: string[]; count: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-haproxy-'));
  const [front = 0, ...ports] = await freePorts(3);
  writeFileSync(path.join(folder, 'haproxy.cfg'), configuration(front, ports));
  const children = await Promise.all(ports.map((port) => started(port, drain)));
  const balancer = spawn(program!.command, ['-db', '-f', path.join(folder, 'haproxy.cfg')], {
    env: program!.env,
    stdio: 'ignore',
  });
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  try {
    // Up when both servers are.
    while ((await ask(front, agent)) !== undefined) await new Promise((resolve) => setTimeout(resolve, 50));
    const failures: string[] = [];
    let count = 0;
    let over = false;
    const load = Array.from({ length: atOnce }, async () => {
      while (!over || count < atLeast) {
        count++;
        const failure = await ask(front, agent);
        if (failure !== undefined) failures.push(failure);
      }
    });
    for (const [i, port] of ports.entries()) {
      const child = children[i]!;
      const from = count;
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      expect(code).toBe(0);
      children[i] = await started(port, drain);
      // Some load on both before the next goes, and time for the balancer to see this one.
      while (count < from + atLeast / 4) await new Promise((resolve) => setTimeout(resolve, 50));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    over = true;
    await Promise.all(load);
    return { failures, count };
  } finally {
    agent.destroy();
    balancer.kill('SIGKILL');
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!program)('a rolling restart behind HAProxy', () => {
  test('fails requests of servers that just end', { timeout: 180_000 }, async () => {
    const { failures, count } = await rolling(false);
    expect(count).toBeGreaterThanOrEqual(atLeast);
    expect(failures.length).toBeGreaterThan(0);
  });

  test('fails no request of servers that drain', { timeout: 180_000 }, async () => {
    const { failures, count } = await rolling(true);
    expect(failures).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(atLeast);
  });
});
