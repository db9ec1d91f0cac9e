// node bench/isolation.mjs [--rounds N]: what a process of its own costs a model: latency of one request after the other,
// requests a second of 16 at once, and the server's own CPU time of each; in turns, medians of the rounds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as torch from 'flambeau';
import * as serve from 'flambeau/serve';

const { values: args } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Gives what it takes. */
class Identity extends torch.nn.Module {
  forward(x) {
    return x.clone();
  }
}

const store = await serve.ModelStore.open(path.join(folder, 'store'), { create: true });
const sides = ['one process', 'isolated'];
const sizes = { '16 floats': 16, '602 kB': 150_528 };
for (const size of Object.values(sizes)) {
  await store.add({ name: `identity-${size}`, model: new Identity(), examples: [{ x: torch.ones(size) }] });
}
torch.setNumThreads(1);
const isolation = await serve.isolate({ threads: 1 });
const registries = {
  'one process': await serve.Registry.open({ store, load: serve.loadServable }),
  isolated: await serve.Registry.open({ store, load: isolation.load }),
};
for (const registry of Object.values(registries))
  for (const size of Object.values(sizes)) await registry.load(`identity-${size}`);

/** Asks so many times, so many at once: milliseconds of each, of all, and of the CPU here. */
async function measure(servable, size, count, atOnce) {
  const times = [];
  let next = 0;
  const data = torch.ones(size);
  const client = async () => {
    while (next++ < count) {
      const start = performance.now();
      const { outputs } = await servable.infer({ inputs: [{ name: 'x', datatype: 'FP32', shape: [size], data }] });
      times.push(performance.now() - start);
      outputs[0].data.dispose();
    }
  };
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await Promise.all(Array.from({ length: atOnce }, client));
  const { user, system } = process.cpuUsage(cpu);
  const p50 = times.sort((a, b) => a - b)[count >> 1];
  return { p50, rate: (count / (performance.now() - start)) * 1e3, cpu: (user + system) / 1e3 / count };
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

console.log(`Node ${process.version}, LibTorch ${torch.libtorchVersion()}.\n`);
console.log('| identity | where | p50 alone, ms | at 16 at once, /s | CPU of the server, ms a request |');
console.log('| --- | --- | ---: | ---: | ---: |');
for (const [label, size] of Object.entries(sizes)) {
  const got = Object.fromEntries(sides.map((side) => [side, []]));
  for (let round = -1; round < Number(args.rounds); round++) {
    for (const side of sides) {
      const servable = registries[side].get(`identity-${size}`);
      const alone = await measure(servable, size, 500, 1);
      const many = await measure(servable, size, 2000, 16);
      if (round >= 0) got[side].push({ p50: alone.p50, rate: many.rate, cpu: many.cpu });
    }
  }
  for (const side of sides) {
    const of = (key) => median(got[side].map((each) => each[key]));
    console.log(
      `| ${label} | ${side} | ${of('p50').toFixed(3)} | ${of('rate').toFixed(0)} | ${of('cpu').toFixed(3)} |`,
    );
  }
}
for (const registry of Object.values(registries)) await registry.close();
await isolation.close();
