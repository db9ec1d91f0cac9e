// The servers of the bench: how each is started, and what it has used of the processors.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Compiles a program of this folder. */
export function compile(name, folder) {
  const program = path.join(folder, name);
  execFileSync('c++', ['-O2', '-std=c++17', '-o', program, beside(`${name}.cc`)], { stdio: 'inherit' });
  return program;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function answering(port, child) {
  for (let i = 0; i < 600 && child.exitCode === null; i++) {
    const socket = connect(port, '127.0.0.1');
    const up = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${child.spawnargs.join(' ')} does not listen`);
}

/** The processes that a process has started, and those that they have, and itself. */
function family(pid) {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended meanwhile.
    }
  }
  const found = [pid];
  for (const each of found) found.push(...(children.get(each) ?? []));
  return found;
}

/** The seconds that a process has run on processors, all its threads together. */
function cpuOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

/** A server, or another process that tells a line in JSON when it is ready and may be asked by lines. */
export class Process {
  constructor(command, args, env) {
    this.child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
    this.child.on('error', () => {}); // the first line says it, by not coming
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async line() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.child.spawnargs.join(' ')} has ended`);
    return JSON.parse(value);
  }

  ask(line = '') {
    this.child.stdin.write(`${line}\n`);
    return this.line();
  }

  /** The seconds of processors that it and what it started have used. */
  cpu() {
    return family(this.child.pid).reduce((sum, pid) => sum + cpuOf(pid), 0);
  }

  async end() {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await once(child, 'exit');
    clearTimeout(force);
  }
}

/** What --servers names, in the order of the tables. */
export const names = {
  flambeau: 'Flambeau',
  fastapi: 'FastAPI',
  standard: 'FastAPI [standard]',
  tuned: 'FastAPI, tuned',
  ray: 'Ray Serve',
  'grpc-aio': 'grpcio, asyncio',
  'grpc-threads': 'grpcio, threads',
  node: 'floor: node:http',
  epoll: 'floor: C++ epoll',
};

/** Starts one; what it can is in `http` and `grpc`, ports, and in `models`. */
export async function start(name, { python, folder, env }) {
  const scripted = async (script, variables, ready = false) => {
    const port = await freePort();
    const it = new Process(python, [beside(script)], { ...env, ...variables, PORT: String(port) });
    if (ready) await it.line();
    await answering(port, it.child);
    return [it, port];
  };
  const http = ([it, port]) => ({ it, http: port, plain: true, models: ['identity', 'resnet18'] });
  const rpc = ([it, port]) => ({ it, grpc: port, models: ['identity'] });
  const floor = async (it) => ({
    it,
    http: (await it.line()).http.port,
    plain: true,
    floor: true,
    models: ['identity'],
  });
  const asyncio = { LOOP: 'asyncio', HTTP: 'h11' };
  const uvloop = { LOOP: 'uvloop', HTTP: 'httptools' };
  const starts = {
    flambeau: async () => {
      const it = new Process(process.execPath, [beside('flambeau.mjs')], { ...env, RESNET: `${env.RESNET}2` });
      const addresses = await it.line();
      return { it, http: addresses.http.port, grpc: addresses.grpc.port, models: ['identity', 'resnet18'] };
    },
    fastapi: async () => http(await scripted('fastapi_app.py', { STYLE: 'docs', ...asyncio })),
    standard: async () => http(await scripted('fastapi_app.py', { STYLE: 'docs', ...uvloop })),
    tuned: async () => http(await scripted('fastapi_app.py', { STYLE: 'tuned', ...uvloop })),
    ray: async () => http(await scripted('ray_app.py', { RAY_USAGE_STATS_ENABLED: '0' }, true)),
    'grpc-aio': async () => rpc(await scripted('grpc_app.py', { STYLE: 'aio' })),
    'grpc-threads': async () => rpc(await scripted('grpc_app.py', { STYLE: 'threads' })),
    node: () => floor(new Process(process.execPath, [beside('floor_node.mjs')])),
    epoll: () => floor(new Process(compile('floor', folder), [])),
  };
  return { name, title: names[name], ...(await starts[name]()) };
}
