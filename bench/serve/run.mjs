// node bench/serve/run.mjs [--python PATH] [--servers LIST] [--only REGEX] [--seconds N] [--rounds N] [--threads N] [--batch N]
// [--h2load PATH]: servers of the same models, asked by the same clients, in rounds that take turns; prints tables of medians.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as torch from 'flambeau';
import { median } from '../rounds.mjs';
import { cases, checked, descriptor, loadAverages, takes } from './cases.mjs';
import { grpc, hasH2load, http } from './client.mjs';
import { beside, compile, names, Process, start } from './servers.mjs';

const { values: args } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    servers: { type: 'string', default: Object.keys(names).join() },
    only: { type: 'string', default: '' },
    seconds: { type: 'string', default: '0.6' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    batch: { type: 'string', default: '8' },
    h2load: { type: 'string', default: 'h2load' },
  },
});
const [seconds, rounds, batch] = [args.seconds, args.rounds, args.batch].map(Number);
const wanted = args.servers.split(',');
const unknown = wanted.find((name) => !(name in names));
if (unknown !== undefined) throw new Error(`no server '${unknown}'; there are ${Object.keys(names).join(', ')}`);
const only = new RegExp(args.only);
const chosen = (it, what) => only.test(`${it.title}, ${what}`);
const closedTitle = (n) => `${n} at once`;
const openTitle = (rate) => (rate < 1 ? `at ${rate} of its rate` : `at ${rate}/s`);

const folder = mkdtempSync(path.join(tmpdir(), 'bench-serve-'));
const env = {
  THREADS: args.threads,
  BATCH: args.batch,
  RESNET: path.join(folder, 'resnet18.pt'),
  PROTO: path.join(folder, 'proto'),
};
const servers = [];
let offline;
const left = [];

/** Starts what the chosen cases ask, one after the other; a server that this machine cannot run is left out, and named. */
async function prepare() {
  const asked = cases.filter(
    (it) => it.atOnce.some((n) => chosen(it, closedTitle(n))) || it.rates.some((rate) => chosen(it, openTitle(rate))),
  );
  if (asked.length === 0) throw new Error(`no case matches --only ${args.only}`);
  execFileSync(args.python, [beside('models.py'), folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(env.PROTO, descriptor());
  const client = { folder, load: compile('load', folder), h2load: args.h2load };
  const h2load = hasH2load(args.h2load);
  if (!h2load) left.push('gRPC (no h2load; it is in the package nghttp2-client)');
  for (const name of wanted) {
    if (name.startsWith('grpc') && !(h2load && asked.some((it) => it.form === 'grpc'))) continue;
    try {
      const server = await start(name, { python: args.python, folder, env });
      if (!h2load) server.grpc = undefined;
      servers.push(server);
    } catch (error) {
      left.push(`${names[name]} (${error.message})`);
    }
  }
  if (asked.some((it) => it.model === 'resnet18')) {
    offline = new Process(process.execPath, [beside('offline.mjs')], { ...env, RESNET: `${env.RESNET}2` });
    await offline.line();
  }
  return { client, asked };
}

/** Medians of times, and the processors' milliseconds a request in all rounds: the system counts them by hundredths of a second. */
function summary(runs) {
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
  return {
    ...Object.fromEntries(['perSecond', 'p50', 'p99'].map((key) => [key, median(runs.map((run) => run[key]))])),
    cpu: (sum('cpu') * 1e3) / sum('answered'),
    costs: (sum('client') * 1e3) / sum('answered'),
  };
}

const warmed = new Set();

/** The medians of the rounds, a server at a time in each round; and those of the network without a server. */
async function inTurns(client, it, how) {
  const those = servers.filter((server) => takes(server, it));
  const runs = those.map(() => []);
  const alone = [];
  const send = it.form === 'grpc' ? grpc : http;
  let right;
  const requests = [];
  for (const server of those) {
    const found = await checked(it, server, right);
    requests.push(found.request);
    right = found.right;
  }
  const time = { seconds, warm: 0.2 };
  // What a server adds to a network is small beside what the network's own time drifts: many short rounds.
  const turns = it.model === 'resnet18' ? rounds * 4 : rounds;
  // Compilers that work while a program runs have seen a case before it counts.
  for (const [i, server] of (warmed.has(it) ? [] : those).entries()) {
    await send(client, server, requests[i], { atOnce: 32, seconds: seconds * 2, warm: 0.1 });
  }
  warmed.add(it);
  for (let round = 0; round < turns; round++) {
    if (it.model === 'resnet18' && it.form === 'binary') {
      const rows = how.atOnce > 1 ? batch : 1;
      alone.push((await offline.ask(JSON.stringify({ rows, seconds }))).ms / rows);
    }
    const rate = how.rate < 1 ? (how.rate * 1000) / median(alone) : how.rate;
    if (rate > 0) time.seconds = Math.max(time.seconds, Math.min(4, 20 / rate));
    for (const [i, server] of those.entries()) {
      runs[i].push(await send(client, server, requests[i], { ...how, rate, ...time }));
    }
  }
  const results = those.map((server, i) => ({
    server,
    ...summary(runs[i]),
    // Each round beside the network in the same round.
    added: median(alone.map((ms, round) => runs[i][round].p50 - ms)),
    share: median(alone.map((ms, round) => (runs[i][round].perSecond * ms) / 1000)),
  }));
  return { results, requests, time, alone: alone.length > 0 ? median(alone) : undefined };
}

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const ms = (value) => value.toFixed(value < 1 ? 3 : value < 100 ? 2 : 0);
const factor = (value) => `${value.toFixed(value < 1 ? 2 : 1)}x`;

async function closedTable(client, asked) {
  const delays = [];
  const notes = [];
  row('requests', 'at once', 'server', 'per second', 'p50, ms', 'p99, ms', 'CPU, ms', 'client, ms', 'rate', 'CPU');
  row('---', '---:', '---', '---:', '---:', '---:', '---:', '---:', '---:', '---:');
  for (const it of asked) {
    for (const atOnce of it.atOnce.filter((n) => chosen(it, closedTitle(n)))) {
      const { results, requests, time, alone } = await inTurns(client, it, { atOnce });
      const own = results.find(({ server }) => server.name === 'flambeau');
      for (const { server, perSecond, p50, p99, cpu, costs, added, share } of results) {
        const factors =
          own && own.server !== server ? [own.perSecond / perSecond, cpu / own.cpu].map(factor) : ['', ''];
        row(it.title, atOnce, server.title, perSecond.toFixed(0), ms(p50), ms(p99), ms(cpu), ms(costs), ...factors);
        if (alone !== undefined) {
          notes.push(
            atOnce === 1
              ? [server.title, `${ms(alone)} ms`, `${ms(p50)} ms`, `${added.toFixed(2)} ms added`]
              : [
                  server.title,
                  `${(1000 / alone).toFixed(1)}/s`,
                  `${perSecond.toFixed(1)}/s`,
                  `${(share * 100).toFixed(0)} %`,
                ],
          );
        }
      }
      if (own && it.form !== 'grpc') {
        await own.server.it.ask();
        await http(client, own.server, requests[results.indexOf(own)], { atOnce, ...time });
        delays.push([it.title, atOnce, await own.server.it.ask()]);
      }
    }
  }
  if (delays.length > 0) {
    console.log('\nDelay of the event loop of Flambeau, its own timer of 1 ms in it:\n');
    row('requests', 'at once', 'p50, ms', 'p99, ms', 'max, ms');
    row('---', '---:', '---:', '---:', '---:');
    for (const [title, atOnce, { p50, p99, max }] of delays)
      row(title, atOnce, ...[p50, p99, max].map((v) => v.toFixed(1)));
  }
  if (notes.length > 0) {
    console.log(
      `\nResNet-18, binary, beside the network without a server (alone; in batches of ${batch}), in the same rounds:\n`,
    );
    row('server', 'network', 'served', '');
    row('---', '---:', '---:', '---:');
    for (const cells of notes) row(...cells);
  }
}

async function openTable(client, asked) {
  const all = asked.flatMap((it) => it.rates.filter((rate) => chosen(it, openTitle(rate))).map((rate) => [it, rate]));
  if (all.length === 0) return;
  console.log('\nAt fixed rates, from when a request was due:\n');
  row('requests', 'rate', 'server', 'answered per second', 'p50, ms', 'p99, ms', 'CPU, ms');
  row('---', '---:', '---', '---:', '---:', '---:', '---:');
  for (const [it, rate] of all) {
    const { results } = await inTurns(client, it, { rate });
    for (const { server, perSecond, p50, p99, cpu } of results) {
      row(it.title, openTitle(rate), server.title, perSecond.toFixed(0), ms(p50), ms(p99), ms(cpu));
    }
  }
}

async function end() {
  await Promise.all([...servers.map(({ it }) => it.end()), offline?.end()]);
  rmSync(folder, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end().then(() => process.exit(1)));

const began = performance.now();
try {
  const before = loadAverages();
  const { client, asked } = await prepare();
  const runtime = `Node ${process.version}, LibTorch ${torch.libtorchVersion()}`;
  console.log(
    `${runtime}, ${cpus().length} cores, ${args.threads} threads for models; load averages before: ${before}.`,
  );
  if (left.length > 0) console.log(`Left out: ${left.join('; ')}.`);
  console.log(
    `Medians of ${rounds} rounds, of ${rounds * 4} for networks. CPU: of all processes of the server, a request; the last two: Flambeau's.\n`,
  );
  await closedTable(client, asked);
  await openTable(client, asked);
  console.log(`\nLoad averages after: ${loadAverages()}; ${((performance.now() - began) / 1000).toFixed(0)} s in all.`);
} finally {
  await end();
}
