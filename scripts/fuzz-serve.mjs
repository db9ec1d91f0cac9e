// node scripts/fuzz-serve.mjs [--seconds 600] [--requests N] [--seed N]: sends a server requests that were changed at
// random, in random pieces, and tells what ended it, what was not answered, and answers that are no HTTP.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    requests: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

let state = Number(options.seed) >>> 0;
/** A whole number below `end`: mulberry32, so that a seed says all. */
function random(end) {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % end;
}
const pick = (list) => list[random(list.length)];

const post = (target, headers, body) =>
  Buffer.concat([
    Buffer.from(
      [`POST ${target} HTTP/1.1`, 'host: a', `content-length: ${body.length}`, ...headers, '', ''].join('\r\n'),
    ),
    body,
  ]);
const json = (datatype, data) =>
  Buffer.from(JSON.stringify({ id: '1', inputs: [{ name: 'x', shape: [2, 2], datatype, data }] }));
const binary = (datatype, size) => {
  const input = { name: 'x', shape: [2, 2], datatype, parameters: { binary_data_size: 4 * size } };
  return [
    Buffer.from(JSON.stringify({ inputs: [input], outputs: [{ name: 'y', parameters: { binary_data: true } }] })),
    Buffer.alloc(4 * size, 1),
  ];
};
const templates = [
  post('/v2/models/FP32/infer', [], json('FP32', [1, 2.5, -3e2, 0])),
  post(
    '/v2/models/INT64/infer',
    [],
    json('INT64', [
      [1, 2],
      [3, 4],
    ]),
  ),
  post(
    '/v2/models/BOOL/versions/1/infer',
    ['content-encoding: gzip'],
    gzipSync(json('BOOL', [true, false, true, true])),
  ),
  ...['FP32', 'FP16'].map((datatype) => {
    const [head, data] = binary(datatype, datatype === 'FP32' ? 4 : 2);
    return post(
      `/v2/models/${datatype}/infer`,
      [`inference-header-content-length: ${head.length}`],
      Buffer.concat([head, data]),
    );
  }),
  post('/v2/models/FP32/infer', ['inference-header-content-length: 0'], Buffer.alloc(8)),
  post('/predictions/FP32', ['content-type: application/json'], Buffer.from('[[1,2],[3,4]]')),
  Buffer.from(
    'POST /v2/models/FP32/infer HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"inp\r\n4\r\nuts"\r\n0\r\n\r\n',
  ),
  Buffer.from('GET /v2/models/FP32 HTTP/1.1\r\nhost: a\r\nx-request-timeout-ms: 5\r\n\r\n'),
];
const words = [
  '\r\n',
  '\r\n\r\n',
  '"',
  '[',
  '{',
  ']',
  '0',
  '-1',
  '1e999',
  'null',
  '\0',
  '\\u0000',
  'chunked',
  'transfer-encoding: chunked\r\n',
  'content-length: 5\r\n',
  'expect: 100-continue\r\n',
  '99999999999',
  '"data":[',
  'HTTP/1.0',
];

function changed(bytes) {
  let all = Buffer.from(bytes);
  for (let i = random(4); i > 0; i--) {
    const at = random(all.length + 1);
    const end = Math.min(all.length, at + random(8));
    const parts = { keep: all.subarray(0, at), rest: all.subarray(at), beyond: all.subarray(end) };
    switch (random(5)) {
      case 0:
        if (at < all.length) all[at] ^= 1 << random(8);
        break;
      case 1:
        all = Buffer.concat([parts.keep, parts.beyond]);
        break;
      case 2:
        all = Buffer.concat([parts.keep, Buffer.from(pick(words)), parts.rest]);
        break;
      case 3:
        all = Buffer.concat([parts.keep, all.subarray(at, end), parts.rest]);
        break;
      default:
        all = Buffer.concat([parts.keep, Buffer.from(pick(words)), parts.beyond]);
    }
  }
  return random(20) === 0 ? all.subarray(0, random(all.length + 1)) : all;
}

/** The end of a body in chunks, or -1 where it is not whole. */
function endOfChunks(bytes, at) {
  for (;;) {
    const end = bytes.indexOf('\r\n', at);
    const size = parseInt(bytes.toString('latin1', at, end), 16);
    if (end < 0 || !(end + 4 + size <= bytes.length)) return -1;
    at = end + 4 + size;
    if (size === 0) return at;
  }
}

/** How many answers there are, and what is wrong with one; the last may not be whole yet. */
function answersIn(bytes) {
  let at = 0;
  let count = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf('\r\n\r\n', at);
    if (end < 0) return { count };
    const head = bytes.toString('latin1', at, end);
    if (!/^HTTP\/1\.1 \d{3} [^\r\n]*(\r\n[\w-]+: ?[^\r\n]*)*$/.test(head))
      return { problem: `no head: ${head.slice(0, 200)}` };
    const status = Number(head.slice(9, 12));
    at = end + 4;
    if (status < 200) continue;
    const chunked = /\r\ntransfer-encoding: *chunked/i.test(head);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? (status === 204 ? 0 : NaN));
    if (!chunked && Number.isNaN(length)) return { problem: `no length: ${head}` };
    const next = chunked ? endOfChunks(bytes, at) : at + length;
    if (next < 0 || next > bytes.length) return { count };
    const body = bytes.subarray(at, next);
    if (/application\/json/.test(head)) {
      try {
        JSON.parse(body.toString());
      } catch (error) {
        return { problem: `no JSON: ${error.message}: ${body}` };
      }
    }
    if (status === 500) return { problem: `an error of its own: ${body}` };
    at = next;
    count++;
  }
  return { count };
}

/** Sends bytes and waits for an answer; gives what is wrong with it. */
async function send(port, bytes, whole = false) {
  // Ends of lines before a request are no request.
  if (bytes.toString('latin1').trim() === '') return undefined;
  const socket = connect(port, '127.0.0.1');
  let received = Buffer.alloc(0);
  const answered = new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ problem: 'no answer within 10 s' }), 10_000);
    const end = (result) => {
      clearTimeout(timer);
      resolve(result);
    };
    socket.on('data', (part) => {
      received = Buffer.concat([received, part]);
      const found = answersIn(received);
      if (found.problem || found.count > 0) end(found);
    });
    socket.on('error', (error) => end({ problem: `the connection ended with ${error.message}` }));
    socket.on('close', () => end({ problem: 'the connection ended without an answer' }));
  });
  socket.setNoDelay(true);
  for (let at = 0; at < bytes.length && !socket.destroyed;) {
    const size = !whole && random(3) === 0 ? 1 + random(20) : bytes.length;
    socket.write(bytes.subarray(at, (at += size)));
    if (random(2) === 0) await new Promise(setImmediate);
  }
  const { problem } = await answered;
  socket.destroy();
  // A client that goes on sending to what has refused it already may lose the answer; one that is done may not.
  if (!whole && /EPIPE|ECONNRESET/.test(problem ?? '')) return send(port, bytes, true);
  return problem;
}

const server = fork(path.join(import.meta.dirname, '..', 'test/serve/fuzz/server.mjs'), { silent: true });
let errors = '';
server.stderr.on('data', (data) => (errors = (errors + data).slice(-4000)));
const [first] = await once(server.stdout, 'data');
const port = Number(first);
let gone = false;
server.on('exit', () => (gone = true));
const until = performance.now() + Number(options.seconds) * 1000;
const wrong = [];
let count = 0;
async function worker() {
  while (performance.now() < until && count < Number(options.requests) && !gone && wrong.length < 10) {
    count++;
    const bytes = changed(pick(templates));
    const problem = await send(port, bytes);
    if (problem) wrong.push(`${problem}\n  ${JSON.stringify(bytes.toString('latin1'))}`);
  }
}
await Promise.all(Array.from({ length: 64 }, worker));
const last = gone ? 'the server ended' : await send(port, templates[0]);
if (last) wrong.push(`afterwards: ${last}`);
server.kill();
console.log(`seed ${options.seed}: ${count} requests, ${wrong.length} wrong`);
for (const each of wrong) console.log(`wrong: ${each}`);
if (errors) console.log(`the server's errors: ${errors}`);
process.exit(wrong.length > 0 ? 1 : 0);
