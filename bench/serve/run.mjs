// node bench/serve/run.mjs [--python PATH] [--ray] [--seconds N] [--rounds N]: servers of the same models, asked by the same
// client, in turns; prints tables of medians.
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as torch from 'flambeau';
import { closed, open, requestBytes } from './load.mjs';

const { values: args } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    ray: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
  },
});
const seconds = Number(args.seconds);
const folder = mkdtempSync(path.join(tmpdir(), 'bench-serve-'));
const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
execFileSync(args.python, [beside('models.py'), folder], { stdio: ['ignore', 'ignore', 'inherit'] });

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function answering(port) {
  for (let i = 0; i < 600; i++) {
    const socket = connect(port, '127.0.0.1');
    const up = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('a server does not listen');
}

const env = { ...process.env, THREADS: args.threads };
const children = [];
async function python(script, style = '') {
  const port = await freePort();
  const child = spawn(args.python, [beside(script)], {
    env: {
      ...env,
      RESNET: path.join(folder, 'resnet18.pt'),
      PORT: String(port),
      STYLE: style,
      RAY_USAGE_STATS_ENABLED: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (script === 'ray_app.py') await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  await answering(port);
  return { host: '127.0.0.1', port };
}

const child = spawn(process.execPath, [beside('flambeau.mjs')], {
  env: { ...env, RESNET: path.join(folder, 'resnet18.pt2') },
  stdio: ['pipe', 'pipe', 'inherit'],
});
children.push(child);
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
const { http } = JSON.parse((await lines.next()).value);
const loopDelay = async () => {
  child.stdin.write('\n');
  return JSON.parse((await lines.next()).value);
};

const servers = [
  ['Flambeau', http],
  ['FastAPI', await python('fastapi_app.py', 'docs')],
  ['FastAPI, tuned', await python('fastapi_app.py', 'tuned')],
  ...(args.ray ? [['Ray Serve', await python('ray_app.py')]] : []),
];

const floats = (count) =>
  Float32Array.from({ length: count }, (_, i) => Math.fround(((i * 2654435761) % 65536) / 65536));
const json = { 'content-type': 'application/json' };
const bytes = { 'content-type': 'application/octet-stream' };

/** The same request for each server, in its own words. */
function request(name, address, model, form, data, shape) {
  if (name !== 'Flambeau') {
    const body = form === 'json' ? Buffer.from(JSON.stringify({ data: [...data] })) : Buffer.from(data.buffer);
    return requestBytes(address, `/${form}/${model}`, form === 'json' ? json : bytes, body);
  }
  const input = { name: 'x', shape, datatype: 'FP32' };
  if (form === 'json') {
    const body = Buffer.from(JSON.stringify({ inputs: [{ ...input, data: [...data] }] }));
    return requestBytes(address, `/v2/models/${model}/infer`, json, body);
  }
  const header = Buffer.from(
    JSON.stringify({
      inputs: [{ ...input, parameters: { binary_data_size: data.byteLength } }],
      parameters: { binary_data_output: true },
    }),
  );
  return requestBytes(
    address,
    `/v2/models/${model}/infer`,
    { ...bytes, 'inference-header-content-length': header.length },
    Buffer.concat([header, Buffer.from(data.buffer)]),
  );
}

const image = floats(3 * 224 * 224);
const cases = [
  ['identity, 16 floats as JSON', 'identity', 'json', floats(16), [16], [1, 32]],
  ['identity, 602 kB binary', 'identity', 'binary', image, [image.length], [1, 32]],
  ['identity, 602 kB tensor as JSON', 'identity', 'json', image, [image.length], [1, 32]],
  ['ResNet-18, binary', 'resnet18', 'binary', image, [1, 3, 224, 224], [1, 32]],
  ['ResNet-18, JSON', 'resnet18', 'json', image, [1, 3, 224, 224], [1, 32]],
];

console.log(`Node ${process.version}, LibTorch ${torch.libtorchVersion()}, ${args.threads} threads for models.\n`);
console.log(
  '| requests | at once | server | per second | p50, ms | p99, ms | Flambeau is |\n| --- | ---: | --- | ---: | ---: | ---: | ---: |',
);
const found = new Map();
for (const [title, model, form, data, shape, concurrencies] of cases) {
  for (const concurrency of concurrencies) {
    const results = servers.map(() => []);
    let delay = 0;
    for (let round = 0; round < Number(args.rounds); round++) {
      for (const [i, [name, address]] of servers.entries()) {
        if (i === 0) await loopDelay();
        results[i].push(await closed(address, request(name, address, model, form, data, shape), concurrency, seconds));
        if (i === 0) delay = Math.max(delay, (await loopDelay()).p99);
      }
    }
    const medians = results.map((list) =>
      Object.fromEntries(['perSecond', 'p50', 'p99'].map((key) => [key, median(list.map((r) => r[key]))])),
    );
    for (const [i, [name]] of servers.entries()) {
      const { perSecond, p50, p99 } = medians[i];
      const factor =
        i === 0 ? `event loop p99 ${delay.toFixed(1)} ms` : `${(medians[0].perSecond / perSecond).toFixed(1)}x`;
      console.log(
        `| ${title} | ${concurrency} | ${name} | ${perSecond.toFixed(0)} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${factor} |`,
      );
    }
    found.set(`${title} ${concurrency}`, medians[0]);
  }
}

// What the model does without a server, in this process, while the servers are idle.
torch.setNumThreads(Number(args.threads));
const program = torch.export.loadSync(path.join(folder, 'resnet18.pt2'));
const timed = (rows) => {
  const x = torch.rand(rows, 3, 224, 224);
  return torch.inferenceMode(() => {
    const times = [];
    for (let until = performance.now() + seconds * 1000; performance.now() < until;) {
      const start = performance.now();
      program.forward(x);
      times.push(performance.now() - start);
    }
    return times;
  });
};
timed(8);
const offline = [1, 8].map((rows) => median(timed(rows)));
const [, address] = servers[0];
const one = request('Flambeau', address, 'resnet18', 'binary', image, [1, 3, 224, 224]);
const saturated = await closed(address, one, 32, seconds * 2);
const small = request('Flambeau', address, 'identity', 'json', floats(16), [16]);
const added = await open(address, small, 200, seconds);
const steady = await open(address, one, 500 / offline[0], seconds);
console.log(
  `\nResNet-18 offline: ${offline[0].toFixed(2)} ms alone, ${(8000 / offline[1]).toFixed(1)} images/s in batches of 8; served at 32 at once: ${saturated.perSecond.toFixed(1)}/s, ${((saturated.perSecond * offline[1]) / 80).toFixed(0)} %.`,
);
console.log(
  `At a fixed rate: identity at 200/s p50 ${added.p50.toFixed(2)} ms, p99 ${added.p99.toFixed(2)} ms; ResNet-18 at half of its rate p50 ${steady.p50.toFixed(2)} ms, p99 ${steady.p99.toFixed(2)} ms.`,
);

for (const each of children) each.kill();
rmSync(folder, { recursive: true });
