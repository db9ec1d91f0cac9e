// The clients of the bench: load.cc for HTTP, nghttp2's h2load for gRPC. Both are one thread of C++, so that what they cost
// hides little of what a server costs. Times of answers are in milliseconds.
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

/** A run, with the seconds that the server and the client have used of the processors. */
async function counted(server, work) {
  const before = server.it.cpu();
  const result = await work();
  if (result.errors > 0) throw new Error(`${server.title}: ${result.errors} bad answers, the first: ${result.error}`);
  if (result.answered === 0) throw new Error(`${server.title}: no answers`);
  return { ...result, cpu: server.it.cpu() - before, client: result.cpu };
}

/** Sends a request of `requestOf` for some seconds, at a rate or else so many at once. */
export function http(client, server, request, { atOnce = 4, rate = 0, seconds, warm }) {
  const file = path.join(client.folder, 'request');
  const { headers, body } = request;
  const lines = [`POST ${request.path} HTTP/1.1`, `host: 127.0.0.1:${server.http}`, `content-length: ${body.length}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  writeFileSync(file, Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]));
  const options = { connections: atOnce, rate, seconds, warm, least: request.least, most: request.most };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return counted(server, async () => JSON.parse((await run(client.load, [String(server.http), file, ...args])).stdout));
}

/** Whether there is h2load. */
export function hasH2load(program) {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The same for a message over gRPC: one connection, with so many calls at once. */
export function grpc(client, server, request, { atOnce, seconds, warm }) {
  const message = path.join(client.folder, 'message');
  const log = path.join(client.folder, 'log');
  writeFileSync(message, request.body);
  const once = async (time) => {
    rmSync(log, { force: true });
    const headers = ['content-type: application/grpc', 'te: trailers'].flatMap((line) => ['-H', line]);
    const args = ['-c', '1', '-m', String(atOnce), '-t', '1', '-D', `${Math.round(time * 1000)}ms`, '-d', message];
    const url = `http://127.0.0.1:${server.grpc}${request.path}`;
    // The shell tells the processor time of h2load.
    const words = ['-c', '"$@"; times', 'bash', client.h2load, ...args, `--log-file=${log}`, ...headers, url];
    const { stdout } = await run('bash', words, { env: { ...process.env, LC_ALL: 'C' } });
    return read(stdout, log, request, time);
  };
  return counted(server, async () => {
    const { answered } = await once(warm);
    const result = await once(seconds);
    return { ...result, answered: result.answered + answered };
  });
}

/** What h2load tells: a line for each answer, and sums. */
function read(text, log, request, seconds) {
  const times = [];
  let errors = 0;
  for (const line of readFileSync(log, 'latin1').split('\n')) {
    if (line === '') continue;
    const [, status, microseconds] = line.split('\t');
    if (status !== '200') errors++;
    else times.push(Number(microseconds) / 1e3);
  }
  times.sort((a, b) => a - b);
  // h2load does not read the status of gRPC, which stands behind the message: an error has no message.
  const bytes = Number(/\((\d+)\) data/.exec(text)?.[1]);
  if (bytes < times.length * request.size) errors++;
  const [, m1, s1, m2, s2] = /\n\d+m[\d.]+s \d+m[\d.]+s\n(\d+)m([\d.]+)s (\d+)m([\d.]+)s/.exec(text) ?? [];
  return {
    perSecond: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    answered: times.length,
    errors,
    error: `${bytes} bytes in ${times.length} answers`,
    cpu: (Number(m1) + Number(m2)) * 60 + Number(s1) + Number(s2),
  };
}
